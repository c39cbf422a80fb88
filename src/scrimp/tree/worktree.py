"""The files on disk, as git lists them, or as ignore files leave them where there is no git."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path

from msgspec.structs import replace

from scrimp.model.revision import Revision
from scrimp.model.source import Skipped
from scrimp.tree import git
from scrimp.tree.command import NoRepositoryError
from scrimp.tree.files import Listing, OnDisk, TreeFile, folder, link, submodule
from scrimp.tree.limits import SIZE_LIMIT, NotRegularError, not_a_pointer, read_regular, too_large

Identify = Callable[[str, os.stat_result], str | None]
"""Tells the blob hash of a file by its path and status; ``None`` where that isn't known."""
Status = Callable[[str], os.stat_result]
"""Tells the status of what stands at a path below a root; of a link its own. Raises ``OSError``."""


def _unknown(_path: str, _status: os.stat_result) -> str | None:
    return None


class Worktree:
    """The files below a folder, tracked or not, but not ignored.

    Inside a repository these are the files that git lists, below ``root``, which may be any folder of it.
    Outside of one, without git, or if the folder itself is ignored and nothing in it is tracked, it is
    walked (see ``walk``). What is ``named``, by paths from the root, is there even if it is ignored or lies in a
    repository within. ``identify`` tells the hash of a file that was read before, by its path and status.
    Raises ``UserError`` if the root is no folder, or git refuses its repository.
    """

    def __init__(
        self,
        root: Path,
        size_limit: int = SIZE_LIMIT,
        identify: Identify = _unknown,
        named: Collection[str] = (),
    ) -> None:
        self.root = folder(root)
        self.revision = Revision("worktree", None)
        self._size_limit = size_limit
        self._identify = identify
        self._named = named
        self._start = f"{self.root}/"
        self._real_folders: dict[str, bool] = {"": True}

    def files(self) -> Sequence[TreeFile]:
        """The regular files, sorted by path, with the blob hashes of those that ``identify`` knows."""
        return self._listing.files

    def paths(self) -> Collection[str]:
        """The paths of ``files()``."""
        return self._by_path.keys()

    def skipped(self) -> Sequence[Skipped]:
        """Links, submodules, special files, unreadable folders, files that a sparse checkout leaves out."""
        return self._listing.skipped

    def read(self, path: str) -> bytes | Skipped:
        """The bytes of any regular file below the root, listed or not, or why it can't be read."""
        if not _is_below(path):
            return Skipped(path, "missing", "outside of the audited folder", incomplete=True)
        try:
            if not self._is_real(path.rpartition("/")[0]):
                return link(path)
            raw = read_regular(self._start + path, self._size_limit)
        except PermissionError:
            return _forbidden(path)
        except NotRegularError:
            return _special(path)
        except OSError as error:
            return _unread(path, error)
        except ValueError:
            return Skipped(path, "missing", "no file can have this name", incomplete=True)
        return too_large(path, self._size_limit) if len(raw) > self._size_limit else not_a_pointer(path, raw)

    def close(self) -> None:
        """Nothing is held open."""

    @cached_property
    def _by_path(self) -> dict[str, TreeFile]:
        return {file.path: file for file in self._listing.files}

    @cached_property
    def _listing(self) -> Listing:
        listed = _with_named(_listed(self.root), self.root, self._named)
        sparse = frozenset(listed.sparse)
        with _below(self.root) as status_of:
            looked_at = [self._looked_at(path, status_of, path in sparse) for path in listed.paths]
        return Listing.of(
            [
                *(each for each in looked_at if each is not None),
                *map(submodule, listed.repositories),
                *map(_unlisted, listed.unreadable),
            ]
        )

    def _looked_at(self, path: str, status_of: Status, sparse: bool) -> TreeFile | Skipped | None:
        """What stands at a listed path; nothing if the file was deleted, or a link stands for its folder.

        Of a file that was named behind such a link that is said: whoever named it doesn't expect silence.
        """
        try:
            if not self._is_real(path.rpartition("/")[0]):
                return link(path) if path in self._named else None
            status = status_of(path)
        except PermissionError:
            return _forbidden(path)
        except OSError:
            return _left_out(path) if sparse else None
        if stat.S_ISREG(status.st_mode):
            return TreeFile(path, status.st_size, self._identify(path, status))
        if stat.S_ISLNK(status.st_mode):
            return link(path)
        return None if stat.S_ISDIR(status.st_mode) else _special(path)

    def _is_real(self, inner: str) -> bool:
        """Whether no part of a folder's path is a link, which could lead out of the tree; or ``OSError``."""
        known = self._real_folders.get(inner)
        if known is None:
            names = inner.split("/")
            above = ("/".join(names[:depth]) for depth in range(1, len(names) + 1))
            known = all(stat.S_ISDIR(os.lstat(self._start + path).st_mode) for path in above)
            self._real_folders[inner] = known
        return known


@contextmanager
def _below(root: Path) -> Iterator[Status]:
    """Looks at what is below a folder, which is found once where the system lets it be held open."""
    if os.stat not in os.supports_dir_fd:
        start = f"{root}/"
        yield lambda path: os.lstat(start + path)
        return
    folder = os.open(root, os.O_RDONLY)
    try:
        yield partial(os.stat, dir_fd=folder, follow_symlinks=False)
    finally:
        os.close(folder)


def _listed(root: Path) -> OnDisk:
    """What git lists; a folder that git knows nothing of, or was told to ignore, is walked."""
    try:
        listed = git.on_disk(root)
        asked_for_ignored = not listed.paths and git.is_ignored(root)
    except NoRepositoryError:
        asked_for_ignored = True
    if not asked_for_ignored:
        return listed
    from scrimp.tree import walk  # noqa: PLC0415 - pathspec takes longer to import than git to list a tree

    return walk.on_disk(root)


def _with_named(listed: OnDisk, root: Path, named: Collection[str]) -> OnDisk:
    """What is listed, and what was named of which nothing is."""
    if not named:
        return listed
    known = set(listed.paths)
    listed = replace(listed, repositories=tuple(each for each in listed.repositories if each not in named))
    for name in sorted(set(named) - known):
        folder = root / name
        if folder.is_symlink() or not folder.is_dir():
            listed = listed.joined(OnDisk((name,)))
        elif not any(path.startswith(f"{name}/") for path in known):
            listed = listed.joined(_listed(folder).seen_around(name))
    return listed


def _is_below(path: str) -> bool:
    """Whether a path stays below the folder that it is relative to."""
    return bool(path) and not os.path.isabs(path) and ".." not in path.split("/")  # noqa: PTH117


def _forbidden(path: str) -> Skipped:
    return Skipped(path, "permission", "no permission to read it", incomplete=True)


def _unlisted(path: str) -> Skipped:
    return Skipped(
        path, "permission", "the folder could not be listed; permit it, or exclude it", incomplete=True
    )


def _special(path: str) -> Skipped:
    return Skipped(path, "special", "not a regular file", incomplete=False)


def _left_out(path: str) -> Skipped:
    return Skipped(path, "missing", "left out by a sparse checkout", incomplete=True)


def _unread(path: str, error: OSError) -> Skipped:
    if error.errno == errno.ELOOP:
        return link(path)
    return Skipped(path, "missing", f"it could be listed but not read: {error.strerror}", incomplete=True)
