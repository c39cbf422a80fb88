"""Reads a file by a row of the project's own formats."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePosixPath
from typing import Protocol, cast
from zlib import crc32

import msgspec
from msgspec import Struct, structs

from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.readers import adapters, frontmatter, markers, settings, textfile
from scrimp.readers.document import Document
from scrimp.readers.presets import Format
from scrimp.readers.reader import Reader

_LANGUAGES = {".json": "json", ".jsonc": "json", ".toml": "toml"}


class _DocumentReader(Reader, Protocol):
    """A reader of YAML, TOML or JSON."""

    def parse(self, text: str) -> Document:
        """All scalars of a text."""


class FormatReader(Struct, frozen=True):
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
            facts = textfile.of_format(source, self.other, self.row)
            return markers.added(facts, markers.in_text(source.text, frontmatter.find(source.text)))
        language = _LANGUAGES.get(PurePosixPath(source.path).suffix.lower(), "yaml")
        reader = cast("_DocumentReader", import_module(f"{__package__}.{language}"))
        document = reader.parse(source.text)
        if adapters.format_of(document, (self.row,)) is None:
            return self._otherwise(source)
        return structs.replace(
            reader.read(source),
            entries=adapters.of_format(document, self.row),
            samples=settings.samples(document, self.row.samples),
        )

    def _otherwise(self, source: Source) -> Facts:
        return cast("Reader", import_module(f"{__package__}.{self.other}")).read(source)
