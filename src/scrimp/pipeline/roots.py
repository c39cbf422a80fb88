"""Where the root is that a run is about: the folder it was started in, or one above it that configures it.

The look upward ends at the top of the repository. Without a configuration there, and outside of a repository, a folder
stands for itself; so does one that git ignores, as it is no part of what the repository's configuration speaks of.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scrimp.model.errors import UserError
from scrimp.model.source import Skipped

if TYPE_CHECKING:
    from scrimp.tree.files import Tree

REPOSITORY = ".git"
_NO_FILE = frozenset({"missing", "link", "special"})
"""Codes of what can't be read because there is no such file."""


def root_for(
    folder: Path, explicit: str | None = None, revisions: Callable[[], Iterable[str]] = tuple
) -> Path:
    """The root for a folder, by the files on disk; the folder itself if a configuration is named ``explicit``.

    Of what ``revisions`` say the outermost counts: a change that takes a configuration away, or adds one further in,
    doesn't choose by which it is judged. Raises ``UserError`` for a configuration that can't be read.
    """
    top = None if explicit is not None else _top(folder)
    return folder if top is None else _below(top, _absolute(folder), revisions) or folder


def stands_alone(folder: Path) -> bool:
    """Whether a folder is no part of the tree around it.

    Git then ignores it, or it is the root that its own configuration makes it.
    """
    start = _absolute(folder)
    top = _top(folder)
    return top is not None and (_is_apart(start) or _below(top, start, tuple) == start)


def holds_repository(root: Path, folder: Path) -> bool:
    """Whether a folder below a root lies in a repository that does, too, and so is no part of the root's tree."""
    path = Path(inner(folder, root))
    around = (path, *path.parents)[:-1] if path.parts else ()
    return any((root / each / REPOSITORY).exists() for each in around)


def inner(folder: Path, root: Path) -> str:
    """The path of a folder from the root around it; empty if it is the root."""
    path = _absolute(folder).relative_to(_absolute(root)).as_posix()
    return "" if path == "." else path


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100  Path.absolute keeps ``..``


def _top(folder: Path) -> Path | None:
    """The top of the repository, if it lies above a folder and no link leads from there to it."""
    start = _absolute(folder)
    if (start / REPOSITORY).exists():
        return None
    top = next((each for each in start.parents if (each / REPOSITORY).exists()), None)
    if top is None or not start.is_dir() or start.resolve() != top.resolve() / start.relative_to(top):
        return None
    return top


def _below(top: Path, folder: Path, revisions: Callable[[], Iterable[str]]) -> Path | None:
    """The root for a folder below the top of a repository."""
    from scrimp.config.roots import root_above  # noqa: PLC0415  few runs begin below the top
    from scrimp.tree import git  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    path, named = folder.relative_to(top).as_posix(), tuple(revisions())
    found = [root_above(path, _reading(Worktree(top), ()))]
    for name in named:
        tree = git.GitTree(top, name)
        found.append(root_above(path, _reading(tree, tree.paths())))
        tree.close()
    roots = [each for each in found if each is not None]
    if not roots:
        return None
    # A change might well have git ignore the folder that it is judged in.
    apart = not named and _is_apart(folder)
    return None if apart else top / min(roots, key=len)


def _is_apart(folder: Path) -> bool:
    """Whether git was told to ignore a folder, and nothing in it is tracked."""
    from scrimp.tree import git  # noqa: PLC0415
    from scrimp.tree.command import NoRepositoryError  # noqa: PLC0415

    try:
        return git.is_ignored(folder) and not git.on_disk(folder).paths
    except NoRepositoryError:
        return False


def _reading(tree: Tree, listed: Collection[str]) -> Callable[[str], bytes | None]:
    """Reads a tree's files for their configuration; those that are ``listed`` are there, even if they can't be read."""

    def read(path: str) -> bytes | None:
        found = tree.read(path)
        if isinstance(found, Skipped) and (found.code not in _NO_FILE or path in listed):
            raise UserError(f"{path}: it can't be read: {found.reason}", "nothing is judged without it")
        return found if isinstance(found, bytes) else None

    return read
