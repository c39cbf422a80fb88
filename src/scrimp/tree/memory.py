"""A tree of files that are on no disk: examples, and whatever else is to be looked at as if it were a project."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from scrimp.model.revision import Revision
from scrimp.model.source import Skipped
from scrimp.tree.files import TreeFile


class MemoryTree:
    """Some ``contents`` by path (POSIX, relative to a root that doesn't matter)."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents

    @property
    def root(self) -> Path:
        """A folder for those who need one."""
        return Path("/")

    @property
    def revision(self) -> Revision:
        """As of a working tree."""
        return Revision("worktree", None)

    def files(self) -> Sequence[TreeFile]:
        """The files, sorted by path."""
        return [TreeFile(path, len(content), None) for path, content in sorted(self._contents.items())]

    def paths(self) -> Collection[str]:
        """Their paths."""
        return self._contents.keys()

    def skipped(self) -> Sequence[Skipped]:
        """Nothing."""
        return ()

    def read(self, path: str) -> bytes | Skipped:
        """The bytes of a file."""
        content = self._contents.get(path)
        return (
            Skipped(path, "missing", "there is no such file", incomplete=False)
            if content is None
            else content
        )

    def close(self) -> None:
        """Nothing is open."""
