"""A tree in which the bytes of some files are others: standard input, an editor's unsaved text, or fixes on trial."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from scrimp.model.revision import Revision
from scrimp.model.source import Skipped
from scrimp.tree.files import Tree, TreeFile


class Overlay:
    """``tree`` with some ``contents`` by path in place of, or besides, its files (POSIX, relative to the root)."""

    def __init__(self, tree: Tree, contents: Mapping[str, bytes]) -> None:
        self._tree = tree
        self._contents = contents

    def with_contents(self, contents: Mapping[str, bytes]) -> Overlay:
        """The same tree with further contents."""
        return Overlay(self._tree, {**self._contents, **contents})

    @property
    def root(self) -> Path:
        """The audited folder."""
        return self._tree.root

    @property
    def revision(self) -> Revision:
        """What is read below."""
        return self._tree.revision

    def files(self) -> Sequence[TreeFile]:
        """The files of the tree, those of the contents among them."""
        others = [file for file in self._tree.files() if file.path not in self._contents]
        own = [TreeFile(path, len(content), None) for path, content in self._contents.items()]
        return sorted((*others, *own), key=lambda file: file.path)

    def paths(self) -> Collection[str]:
        """Their paths."""
        return {file.path for file in self.files()}

    def skipped(self) -> Sequence[Skipped]:
        """What the tree skips."""
        return [each for each in self._tree.skipped() if each.path not in self._contents]

    def read(self, path: str) -> bytes | Skipped:
        """The bytes of a file."""
        content = self._contents.get(path)
        return self._tree.read(path) if content is None else content

    def close(self) -> None:
        """Close the tree."""
        self._tree.close()
