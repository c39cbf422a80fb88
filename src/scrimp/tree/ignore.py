"""Ignore files, for folders without git: what a ``.gitignore`` and those above it leave out.

The rules are git's: the last matching line of the nearest ignore file decides, and what is below an ignored
folder can't be brought back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pathspec
from msgspec import Struct

from scrimp.tree.limits import read_regular

FILE = ".gitignore"

DEFAULTS = frozenset(
    {
        *(".bzr", ".git", ".hg", ".jj", ".svn"),
        *(".direnv", ".eggs", ".nox", ".tox", ".venv", "__pypackages__", "node_modules", "venv"),
        *(".hypothesis", ".ipynb_checkpoints", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"),
    }
)
"""Folders that a walk never enters: histories, installed packages and caches."""

SIZE_LIMIT = 2**20
"""Bytes of an ignore file that are read; more is no ignore file."""

STARS_LIMIT = 4
"""Stars in a line. Each one more multiplies the time that a hostile line can take by the length of a path."""

STARS = re.compile(r"\*+")

ALL_INSIDE = re.compile(r"/\*\*(/?) *$")
"""``x/**`` is what is inside of ``x``, not ``x``: said so that pathspec, too, leaves the folder open."""


class Rules(Struct, frozen=True):
    """The lines of one ignore file; ``folder`` is where it stands: empty, or ending with a slash."""

    folder: str
    spec: pathspec.GitIgnoreSpec

    def verdict(self, path: str) -> bool | None:
        """Whether a path below the folder is ignored, or ``None`` if no line speaks of it.

        What a line says of a folder around it doesn't count: whether that was ignored is settled before.
        """
        name = path.removeprefix(self.folder)
        around, _, own = name.rstrip("/").rpartition("/")
        own += "/" * name.endswith("/")
        spec, lines = self.spec, tuple(self.spec.patterns)
        while True:
            found = spec.check_file(name)
            if found.index is None or not around or spec.check_file(f"{around}/").index != found.index:
                return found.include
            line = pathspec.GitIgnoreSpec(lines[found.index : found.index + 1])
            if line.check_file(own).include is not None:
                return found.include  # it speaks of both
            spec = pathspec.GitIgnoreSpec(lines[: found.index])


def rules(root: Path, folder: str) -> Rules | None:
    """The rules of a folder's ignore file, if it has one that can be read."""
    try:
        raw = read_regular(f"{root}/{folder}{FILE}", SIZE_LIMIT)
    except OSError:
        return None  # as with git, no ignore file means that more is looked at
    lines = raw[:SIZE_LIMIT].decode("utf-8", "surrogateescape").split("\n")
    patterns = (ALL_INSIDE.sub(r"/**/*\1", line) for line in lines if _is_pattern(line))
    return Rules(folder, pathspec.GitIgnoreSpec.from_lines(patterns))


def is_ignored(path: str, nearest_first: Iterable[Rules]) -> bool:
    """Whether the rules that apply to a path ignore it; a folder's path ends with a slash."""
    verdicts = (each.verdict(path) for each in nearest_first)
    return next((verdict for verdict in verdicts if verdict is not None), False)


def _is_pattern(line: str) -> bool:
    """Whether a line can be used; git passes over those that it can't read, too."""
    if len(STARS.findall(line)) > STARS_LIMIT:
        return False
    try:
        pathspec.GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
