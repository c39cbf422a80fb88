"""Jupyter notebooks: the code cells of one are read as one Python module, at their places in the ``.ipynb`` file.

A notebook is JSON (nbformat 4: ``cells``; nbformat 3: ``worksheets[].cells``, with ``input`` for ``source``). Outputs
may be huge, so that all but the sources of code cells is passed over by the standard library's scanner. What only
IPython understands becomes blank, and every offset of the module's facts is led back into the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from json import JSONDecodeError, JSONDecoder
from typing import Any

from msgspec import Struct, field

from scrimp.model.algebra import Text
from scrimp.model.facts import Facts, Fault
from scrimp.model.pieces import Writer
from scrimp.model.source import Lines, Source
from scrimp.readers import json, python
from scrimp.readers.magics import without_magics
from scrimp.readers.remap import Remap

name = "notebook"
VERSION = 2

_BLANKS = re.compile(r"[ \t\r\n\ufeff]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_SOURCES = frozenset({"source", "input"})
_CONTAINERS = frozenset({"cells", "worksheets"})


def read(source: Source) -> Facts:
    """The facts of a notebook's Python cells; a notebook in another language has none."""
    lines = Lines.of(source.text).packed
    try:
        notebook = parse(source.text)
    except JSONDecodeError as error:
        return _unread(lines, Fault("syntax", f"this is no JSON: {error.msg}", error.pos, incomplete=True))
    except RecursionError:
        return _unread(lines, Fault("depth", "this JSON nests too deeply", 0, incomplete=True))
    if notebook.language not in {"", "python"}:
        return Facts("python", "python-string", lines)
    module = notebook.module()
    facts = python.read(Source(source.path, module.value, source.blob))
    return Remap(module).facts(facts, lines)


def code(text: str) -> str:
    """The module that a notebook's cells make, ``""`` where the text is no notebook."""
    try:
        return parse(text).module().value
    except (JSONDecodeError, RecursionError):
        return ""


class Notebook(Struct):
    """The sources of a notebook's code cells, and its language in lower case (``""`` if it doesn't tell)."""

    cells: list[Text] = field(default_factory=list)
    language: str = ""

    def module(self) -> Text:
        """All cells one after the other, each from a new line on, without what only IPython understands."""
        writer = Writer()
        for cell in self.cells:
            value = without_magics(cell.value)
            writer.add(Text(value, cell.pieces))
            writer.made("\n")
        return writer.text()


def parse(text: str) -> Notebook:
    """The code cells of a notebook. Raises ``JSONDecodeError`` where it is no JSON."""
    return _Walk(text).run()


def _unread(lines: bytes, fault: Fault) -> Facts:
    return Facts("python", "python-string", lines, faults=(fault,))


class _Walk(Struct):
    """One walk over the parts of a notebook that lead to its cells."""

    text: str
    notebook: Notebook = field(default_factory=Notebook)
    decoder: JSONDecoder = field(default_factory=lambda: JSONDecoder(strict=False))

    def run(self) -> Notebook:
        """Walk over the outermost object."""
        self._container(self._blanks(0))
        return self.notebook

    def _container(self, at: int) -> int:
        """An object that may hold cells: the notebook itself, or a worksheet."""

        def member(key: str, value: int) -> int:
            if key in _CONTAINERS and self.text.startswith("[", value):
                return self._list(value, self._cell if key == "cells" else self._container)
            found, end = self._skip(value)
            if key == "metadata":
                self.notebook.language = self.notebook.language or _language(found)
            return end

        return self._object(at, member)

    def _cell(self, at: int) -> int:
        kind = ""
        source = (at, at)

        def member(key: str, value: int) -> int:
            nonlocal kind, source
            found, end = self._skip(value)
            if key == "cell_type":
                kind = str(found)
            elif key in _SOURCES:
                source = (value, end)
            return end

        end = self._object(at, member)
        if kind == "code":
            self.notebook.cells.append(self._source(*source))
        return end

    def _source(self, start: int, end: int) -> Text:
        """A cell's source: a string, or a list of strings that are joined."""
        writer = Writer()
        for string in _STRING.finditer(self.text, start, end):
            writer.add(json.decode(self.text, string.start(), string.end()))
        return writer.text()

    def _object(self, at: int, member: Callable[[str, int], int]) -> int:
        """The offset behind an object; ``member`` takes each key with its value's offset and gives the one behind."""

        def entry(at: int) -> int:
            key, at = self._skip(at)
            at = self._blanks(at)
            if not self.text.startswith(":", at):
                raise JSONDecodeError("expected ':'", self.text, at)
            return member(str(key), self._blanks(at + 1))

        return self._entries(at, "{", "}", entry)

    def _list(self, at: int, item: Callable[[int], int]) -> int:
        """The offset behind a list; ``item`` takes the offset of each item and gives the one behind it."""
        return self._entries(at, "[", "]", item)

    def _entries(self, at: int, opening: str, closing: str, entry: Callable[[int], int]) -> int:
        """The offset behind what stands in brackets, its entries parted by commas."""
        if not self.text.startswith(opening, at):
            raise JSONDecodeError(f"expected {opening!r}", self.text, at)
        at = self._blanks(at + 1)
        while not self.text.startswith(closing, at):
            at = self._blanks(entry(at))
            if self.text.startswith(",", at):
                at = self._blanks(at + 1)
            elif not self.text.startswith(closing, at):
                raise JSONDecodeError(f"expected ',' or {closing!r}", self.text, at)
        return at + 1

    def _skip(self, at: int) -> tuple[Any, int]:
        """A value and the offset behind it."""
        return self.decoder.raw_decode(self.text, at)

    def _blanks(self, at: int) -> int:
        found = _BLANKS.match(self.text, at)
        return found.end() if found else at


def _language(metadata: Any) -> str:
    """The language that a notebook's metadata name."""
    for key, name_of in (("language_info", "name"), ("kernelspec", "language")):
        section = metadata.get(key) if isinstance(metadata, dict) else None
        if isinstance(section, dict) and isinstance(section.get(name_of), str):
            return str(section[name_of]).lower()
    return ""
