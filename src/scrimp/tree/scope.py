"""A tree narrowed to what a configuration leaves in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from scrimp.model.revision import Revision
from scrimp.model.source import Skipped
from scrimp.tree.files import Tree, TreeFile


class Scoped:
    """A tree without what is excluded, where only files in scope can make a run incomplete.

    ``excluded`` and ``in_scope`` are asked with paths of files; ``excluded`` also with folders that
    couldn't be listed, whose paths end with a slash. Such a folder is in scope unless it is excluded, as
    nobody knows what it holds.
    """

    def __init__(self, tree: Tree, excluded: Callable[[str], bool], in_scope: Callable[[str], bool]) -> None:
        self._tree = tree
        self._excluded = excluded
        self._in_scope = in_scope

    @property
    def root(self) -> Path:
        """The audited folder."""
        return self._tree.root

    @property
    def revision(self) -> Revision:
        """What is read."""
        return self._tree.revision

    def files(self) -> Sequence[TreeFile]:
        """The regular files that are not excluded, sorted by path."""
        return tuple(self._by_path.values())

    def paths(self) -> Collection[str]:
        """The paths of ``files()``."""
        return self._by_path.keys()

    def skipped(self) -> Sequence[Skipped]:
        """What was left out of the tree but is not excluded, sorted by path."""
        return tuple(self._judged(each) for each in self._tree.skipped() if not self._excluded(each.path))

    def read(self, path: str) -> bytes | Skipped:
        """The bytes of any file of the tree, excluded ones too, or why it can't be read."""
        raw = self._tree.read(path)
        return self._judged(raw) if isinstance(raw, Skipped) else raw

    def close(self) -> None:
        """Close the tree."""
        self._tree.close()

    @cached_property
    def _by_path(self) -> dict[str, TreeFile]:
        return {file.path: file for file in self._tree.files() if not self._excluded(file.path)}

    def _judged(self, skipped: Skipped) -> Skipped:
        counts = skipped.path.endswith("/") or self._in_scope(skipped.path)
        return replace(skipped, incomplete=skipped.incomplete and counts)
