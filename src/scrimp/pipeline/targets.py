"""Where fixes are made: in files on disk, or in the text that standard input brought."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from scrimp.model.source import Skipped, Source
from scrimp.tree.decode import decode, encode

if TYPE_CHECKING:
    from scrimp.fix import Rewrite


class Target(Protocol):
    """Gives files to fix and takes them back; both raise ``FileRefusedError`` for a file it doesn't fix."""

    def reread(self, path: str, blob: str) -> Source:
        """The text of a file whose bytes must still have the git hash ``blob``."""

    def write(self, rewrites: Sequence[Rewrite]) -> None:
        """Replace the texts of files, all of them or none."""


class Disk(Struct, frozen=True):
    """The files below a folder."""

    root: Path

    def reread(self, path: str, blob: str) -> Source:
        """The text of a file on disk."""
        from scrimp.fix import reread  # noqa: PLC0415  heavy, and few runs fix anything

        return reread(self.root, path, blob)

    def write(self, rewrites: Sequence[Rewrite]) -> None:
        """Replace files on disk."""
        from scrimp.fix import write  # noqa: PLC0415

        write(self.root, rewrites)


class Memory(Struct):
    """The bytes of one file, of which what lies on disk is left alone."""

    path: str
    content: bytes

    def reread(self, path: str, blob: str) -> Source:  # noqa: ARG002  nobody else changes what is in memory
        """The file's text."""
        from scrimp.fix import FileRefusedError  # noqa: PLC0415

        if path != self.path:
            raise FileRefusedError(f"it is not {self.path}, which alone is fixed", path)
        source = decode(path, self.content)
        if isinstance(source, Skipped):
            raise FileRefusedError(source.reason, path)
        return source

    def write(self, rewrites: Sequence[Rewrite]) -> None:
        """Replace the file's text."""
        for rewrite in rewrites:
            self.content = encode(rewrite.before, rewrite.text)
