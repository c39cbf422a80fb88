"""A tree in which the bytes of one file are others: an editor's unsaved text, or standard input."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from scrimp.model.report import Revision
from scrimp.model.source import Skipped
from scrimp.tree.files import Tree, TreeFile


class Overlay:
    """``tree`` with ``content`` in place of, or besides, the file ``path`` (POSIX, relative to the root).

    The content may be replaced between two readings.
    """

    def __init__(self, tree: Tree, path: str, content: bytes) -> None:
        self.path = path
        self.content = content
        self._tree = tree

    @property
    def root(self) -> Path:
        """The audited folder."""
        return self._tree.root

    @property
    def revision(self) -> Revision:
        """What is read below."""
        return self._tree.revision

    def files(self) -> Sequence[TreeFile]:
        """The files of the tree, this one among them."""
        others = [file for file in self._tree.files() if file.path != self.path]
        own = TreeFile(self.path, len(self.content), None)
        return sorted((*others, own), key=lambda file: file.path)

    def paths(self) -> Collection[str]:
        """Their paths."""
        return {file.path for file in self.files()}

    def skipped(self) -> Sequence[Skipped]:
        """What the tree skips."""
        return [each for each in self._tree.skipped() if each.path != self.path]

    def read(self, path: str) -> bytes | Skipped:
        """The bytes of a file."""
        return self.content if path == self.path else self._tree.read(path)

    def close(self) -> None:
        """Close the tree."""
        self._tree.close()
