"""Files that git keeps as objects: of a revision, or of what is staged."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from scrimp.model.revision import Revision
from scrimp.model.source import Skipped
from scrimp.tree.blobs import Blobs, sizes
from scrimp.tree.files import Listing, TreeFile, folder, link, submodule
from scrimp.tree.limits import not_a_pointer, too_large

LINK, SUBMODULE = "120000", "160000"
"""Modes of git's entries that are not regular files."""


class TreeEntry(Struct, frozen=True):
    """What git lists: ``mode`` in octal digits, the ``hash`` of the blob or commit, and the path."""

    mode: str
    hash: str
    path: str

    def judged(self, size: int) -> TreeFile | Skipped:
        """A regular file of that size, or what else it is."""
        if self.mode == SUBMODULE:
            return submodule(self.path)
        if self.mode == LINK:
            return link(self.path)
        return TreeFile(self.path, size, self.hash)


class ObjectTree(ABC):
    """The files below ``root`` whose bytes are blobs of its repository; nothing is ever checked out."""

    def __init__(self, root: Path, revision: Revision, size_limit: int) -> None:
        self.root = folder(root)
        self.revision = revision
        self._size_limit = size_limit
        self._blobs = Blobs(self.root)

    @property
    @abstractmethod
    def entries(self) -> tuple[TreeEntry, ...]:
        """What git lists, with paths relative to the root."""

    @property
    @abstractmethod
    def objects(self) -> str:
        """What ``git rev-list`` calls all these objects."""

    @property
    @abstractmethod
    def place(self) -> str:
        """Where the files are, for messages."""

    def files(self) -> Sequence[TreeFile]:
        """The regular files, sorted by path, with their blob hashes."""
        return self._listing.files

    def paths(self) -> Collection[str]:
        """The paths of ``files()``."""
        return self._by_path.keys()

    def skipped(self) -> Sequence[Skipped]:
        """Links and submodules."""
        return self._listing.skipped

    def read(self, path: str) -> bytes | Skipped:
        """The bytes of a file as git keeps them; ``Skipped`` with code ``missing``, ``size`` or ``lfs``."""
        file = self._by_path.get(path)
        if file is None or file.blob is None:
            return Skipped(path, "missing", f"no such file in {self.place}", incomplete=True)
        if file.size > self._size_limit:
            return too_large(path, self._size_limit)
        raw = self._blobs.read(file.blob) if file.blob in self._sizes else None
        if raw is None:
            reason = "its blob is not in this clone; fetch it, or clone without a filter"
            return Skipped(path, "missing", reason, incomplete=True)
        return not_a_pointer(path, raw)

    def close(self) -> None:
        """End the process that reads blobs."""
        self._blobs.close()

    @cached_property
    def _sizes(self) -> dict[str, int]:
        blobs = [entry.hash for entry in self.entries if entry.mode != SUBMODULE]
        return sizes(self.root, self.objects, blobs)

    @cached_property
    def _listing(self) -> Listing:
        return Listing.of([entry.judged(self._sizes.get(entry.hash, 0)) for entry in self.entries])

    @cached_property
    def _by_path(self) -> dict[str, TreeFile]:
        return {file.path: file for file in self._listing.files}
