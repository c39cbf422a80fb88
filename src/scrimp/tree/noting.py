"""A tree that notes what is read of it, so that it can be told later whether anything of that has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from scrimp.model.revision import Revision
from scrimp.model.source import Skipped
from scrimp.tree.decode import blob_hash
from scrimp.tree.files import Tree, TreeFile


class Noting:
    """``tree``, noting the hashes of files that are read; ``told`` hears of each."""

    def __init__(self, tree: Tree, told: Callable[[str, str], None]) -> None:
        self._tree = tree
        self._told = told
        self._read: dict[str, str] = {}

    @property
    def root(self) -> Path:
        """The audited folder."""
        return self._tree.root

    @property
    def revision(self) -> Revision:
        """What is read."""
        return self._tree.revision

    def files(self) -> Sequence[TreeFile]:
        """The files of the tree."""
        return self._tree.files()

    def paths(self) -> Collection[str]:
        """Their paths."""
        return self._tree.paths()

    def skipped(self) -> Sequence[Skipped]:
        """What the tree skips."""
        return self._tree.skipped()

    def read(self, path: str) -> bytes | Skipped:
        """The bytes of a file, or why it can't be read."""
        raw = self._tree.read(path)
        self._read[path] = _content(raw)
        if isinstance(raw, bytes):
            self._told(path, self._read[path])
        return raw

    def close(self) -> None:
        """Close the tree."""
        self._tree.close()

    def noted(self) -> dict[str, str]:
        """What was read, and what was known unread, by path: a hash of the bytes, or why there were none."""
        return {**self._hashes, **self._read}

    def is_still(self, noted: Mapping[str, str]) -> bool:
        """Whether all of it would be read alike now; what is known unread isn't read again."""
        known = self._hashes
        return all((known.get(path) or _content(self._tree.read(path))) == was for path, was in noted.items())

    @cached_property
    def _hashes(self) -> dict[str, str]:
        return {file.path: file.blob for file in self._tree.files() if file.blob is not None}


def _content(raw: bytes | Skipped) -> str:
    return f"{raw.code}: {raw.reason}" if isinstance(raw, Skipped) else blob_hash(raw)
