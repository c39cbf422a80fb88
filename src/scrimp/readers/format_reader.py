"""Reads a file by a row of the project's own formats."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import Protocol, cast
from zlib import crc32

import msgspec

from scrimp.model.facts import Facts
from scrimp.model.source import Lines, Source
from scrimp.readers import adapters, textfile
from scrimp.readers.document import Document
from scrimp.readers.presets import Format
from scrimp.readers.reader import Reader

_PARSERS = {".json": "json", ".jsonc": "json", ".toml": "toml"}


class _Parser(Protocol):
    """A reader of documents."""

    def parse(self, text: str) -> Document:
        """All scalars of a text."""


@dataclass(frozen=True)
class FormatReader:
    """The reader of a file that a project's format covers; ``other`` reads it where its conditions aren't met."""

    row: Format
    other: str

    @property
    def name(self) -> str:
        """The reader's name: that of the format."""
        return f"format {self.row.name}"

    @property
    def VERSION(self) -> int:  # noqa: N802 - as a reader's module has it
        """Another one for each way to write the row."""
        return crc32(msgspec.json.encode(self.row))

    def read(self, source: Source) -> Facts:
        """All that the file says by its format."""
        if not self.row.of_documents:
            if textfile.format_of(source, (self.row,)) is None:
                return self._otherwise(source)
            return textfile.of_format(source, self.other, self.row)
        language = _PARSERS.get(PurePosixPath(source.path).suffix.lower(), "yaml")
        document = cast("_Parser", import_module(f"{__package__}.{language}")).parse(source.text)
        if adapters.format_of(document, (self.row,)) is None:
            return self._otherwise(source)
        entries = adapters.of_format(document, self.row)
        lines = Lines.of(source.text).starts
        return Facts(language, language, lines, entries, faults=document.faults)

    def _otherwise(self, source: Source) -> Facts:
        return cast("Reader", import_module(f"{__package__}.{self.other}")).read(source)
