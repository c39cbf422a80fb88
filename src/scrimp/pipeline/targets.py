"""Where fixes are made: in files on disk, or in the text that standard input brought."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from scrimp.fix import FileRefusedError, reread, write
from scrimp.model.source import Skipped, Source
from scrimp.tree.decode import decode, encode
from scrimp.tree.overlay import Overlay


class Target(Protocol):
    """Gives files to fix and takes them back; both raise ``FileRefusedError`` for a file it doesn't fix."""

    def reread(self, path: str, blob: str) -> Source:
        """The text of a file whose bytes must still have the git hash ``blob``."""

    def write(self, before: Source, text: str) -> None:
        """Replace a file's text, all or nothing."""


@dataclass(frozen=True, slots=True)
class Disk:
    """The files below a folder."""

    root: Path

    def reread(self, path: str, blob: str) -> Source:
        """The text of a file on disk."""
        return reread(self.root, path, blob)

    def write(self, before: Source, text: str) -> None:
        """Replace a file on disk."""
        write(self.root, before, text)


@dataclass(frozen=True, slots=True)
class Memory:
    """The one file that an overlay holds; what lies on disk is left alone."""

    overlay: Overlay

    def reread(self, path: str, blob: str) -> Source:  # noqa: ARG002  nobody else changes what is in memory
        """The overlay's text."""
        if path != self.overlay.path:
            raise FileRefusedError(f"it is not {self.overlay.path}, which alone is fixed")
        source = decode(path, self.overlay.content)
        if isinstance(source, Skipped):
            raise FileRefusedError(source.reason)
        return source

    def write(self, before: Source, text: str) -> None:
        """Replace the overlay's text."""
        self.overlay.content = encode(before, text)
