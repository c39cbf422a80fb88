"""What every tree gives: its regular files, what was left out, and bytes by path.

Paths are POSIX and relative to the audited root, which may be a folder of a repository. Names that are not
UTF-8 keep their bytes as lone surrogates (``surrogateescape``), so a path always leads back to its file. The
path of a folder that could not be listed ends with a slash.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from scrimp.model.errors import UserError
from scrimp.model.revision import Revision
from scrimp.model.source import Skipped


class TreeFile(Struct, frozen=True):
    """A regular file: ``size`` in bytes; ``blob`` is the git hash of its bytes where that is known unread.

    A blob that is not in the clone has size 0, and can't be read.
    """

    path: str
    size: int
    blob: str | None


class OnDisk(Struct, frozen=True):
    """What is said to be in a folder, before any of it was looked at.

    ``paths`` may name files that are gone. ``repositories`` are folders that are repositories of their own,
    ``sparse`` is tracked but left out by a sparse checkout, ``unreadable`` folders couldn't be listed.
    """

    paths: tuple[str, ...]
    repositories: tuple[str, ...] = ()
    sparse: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

    def seen_around(self, name: str) -> OnDisk:
        """The same as it is called in a folder around, where this one has a name."""
        return OnDisk(
            tuple(f"{name}/{path}" for path in self.paths),
            tuple(f"{name}/{path}" for path in self.repositories),
            tuple(f"{name}/{path}" for path in self.sparse),
            tuple(f"{name}/{path.removeprefix('./')}" for path in self.unreadable),
        )

    def joined(self, other: OnDisk) -> OnDisk:
        """What is in either."""
        return OnDisk(
            tuple(dict.fromkeys((*self.paths, *other.paths))),
            (*self.repositories, *other.repositories),
            (*self.sparse, *other.sparse),
            (*self.unreadable, *other.unreadable),
        )


class Listing(Struct, frozen=True):
    """What a tree holds: ``files`` and ``skipped`` in the order of their paths."""

    files: tuple[TreeFile, ...]
    skipped: tuple[Skipped, ...]

    @classmethod
    def of(cls, found: Sequence[TreeFile | Skipped]) -> Listing:
        """Sort what was found in any order."""
        files = [each for each in found if isinstance(each, TreeFile)]
        skipped = [each for each in found if isinstance(each, Skipped)]
        path = attrgetter("path")
        return cls(tuple(sorted(files, key=path)), tuple(sorted(skipped, key=path)))


class Tree(Protocol):
    """A set of files that can be listed and read. The listing is made once, when first asked for."""

    @property
    def root(self) -> Path:
        """The audited folder, absolute."""
        ...

    @property
    def revision(self) -> Revision:
        """What is read: the working tree or a commit."""
        ...

    def files(self) -> Sequence[TreeFile]:
        """The regular files, sorted by path."""
        ...

    def paths(self) -> Collection[str]:
        """The paths of ``files()``, with a quick ``in``."""
        ...

    def skipped(self) -> Sequence[Skipped]:
        """What stands in the tree but is not among its files, sorted by path."""
        ...

    def read(self, path: str) -> bytes | Skipped:
        """The raw bytes of a file, or why it can't be read. Never raises for what a tree can hold."""
        ...

    def close(self) -> None:
        """Let go of processes. The tree can be used again afterwards; closing twice is harmless."""
        ...


def folder(root: Path) -> Path:
    """The absolute path of an existing folder; raises ``UserError`` if it isn't one."""
    absolute = root.absolute()
    if absolute.is_dir():
        return absolute
    if absolute.exists():
        raise UserError(f"{root} is a file, not a folder", f"name its folder, or run: scrimp check {root}")
    raise UserError(f"{root}: there is no such folder", "check the path")


def link(path: str) -> Skipped:
    """The value for a symbolic link. Its target is read where it stands, if it is in the tree."""
    return Skipped(path, "link", "a symbolic link; links are not followed", incomplete=False)


def submodule(path: str) -> Skipped:
    """The value for a folder that is a repository of its own."""
    return Skipped(path, "submodule", "a repository of its own; scan it by itself", incomplete=False)
