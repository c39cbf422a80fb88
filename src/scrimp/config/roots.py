"""Which folder is the root: the one whose configuration holds for the folder that somebody works in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scrimp.config.globs import relative
from scrimp.config.load import NAMES, PIPELINES, PROJECT, excluded_by, in_project

Read = Callable[[str], bytes | None]
"""Reads a file by its path from the top of a repository; ``None`` if there is none."""


def root_above(folder: str, read: Read) -> str | None:
    """The root for a folder of a repository, both by their paths from its top; ``None`` if nothing configures it.

    It is the outermost folder around it with a configuration, as a file below adds to that of the root. But what the
    root excludes is not read there: a configuration in it makes a root of its own. Raises ``UserError`` for a file that
    decides about this and can't be understood.
    """
    around = ["", *_folders(folder)] if folder else [""]
    configured = [each for each in around if _configures(each, read)]
    if not configured:
        return None
    root = configured[0]
    for inner in configured[1:]:
        if _leaves_out(root, inner, read):
            root = inner
    return root


def _folders(folder: str) -> Iterator[str]:
    """A folder and those it lies in, the outermost first."""
    names = folder.split("/")
    return ("/".join(names[:depth]) for depth in range(1, len(names) + 1))


def _configures(folder: str, read: Read) -> bool:
    """Whether a folder has a configuration. One in YAML isn't parsed for that: a file of that name is one."""
    if _in(folder, "").startswith(PIPELINES):
        return False
    found = {name: raw for name in NAMES if (raw := read(_in(folder, name))) is not None}
    project = found.pop(PROJECT, None)
    return bool(found) or (project is not None and in_project(_in(folder, PROJECT), project) is not None)


def _leaves_out(root: str, inner: str, read: Read) -> bool:
    """Whether a root excludes what configures a folder below it."""
    below = relative(inner, root) or ""
    excluded = excluded_by(root, read)
    found = [name for name in NAMES if read(_in(inner, name)) is not None]
    return all(excluded.covers(_in(below, name)) for name in found)


def _in(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
