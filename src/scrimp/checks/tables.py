"""Markdown tables in the text of a prompt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from scrimp.expressions import compiled_late

MARKDOWN: Final = frozenset({"agent", "markdown"})
"""Formats of files that are read as Markdown by people, too."""

_DELIMITER: Final = compiled_late(r":?-+:?")
_PIPE: Final = compiled_late(r"(?<!\\)\|")


class Line(Struct, frozen=True):
    """A line of a text: its offset, and its characters without those around them that are blank."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset of its end."""
        return self.start + len(self.text)

    @property
    def cells(self) -> int:
        """The number of its cells; 0 where it doesn't begin with a pipe, as rows of tables do."""
        return len(_PIPE.findall(self.text.removesuffix("|"))) if self.text.startswith("|") else 0


class Table(Struct, frozen=True):
    """A header, the row of dashes below it, and the rows below that."""

    header: Line
    delimiters: Line
    rows: tuple[Line, ...]


def tables(text: str) -> Iterator[Table]:
    """The tables of a text, in order: each line of them begins with a pipe."""
    lines = tuple(_lines(text))
    at = 1
    while at < len(lines):
        if _is_delimiters(lines[at]) and lines[at - 1].cells == lines[at].cells:
            end = _last_row(lines, at)
            yield Table(lines[at - 1], lines[at], lines[at + 1 : end])
            at = end
        at += 1


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for line in text.split("\n"):
        bare = line.strip(" \t\r")
        yield Line(at + len(line) - len(line.lstrip(" \t\r")), bare)
        at += len(line) + 1


def _is_delimiters(line: Line) -> bool:
    return line.text.startswith("|") and all(
        _DELIMITER.fullmatch(cell.strip(" \t")) for cell in line.text.removesuffix("|")[1:].split("|")
    )


def _last_row(lines: Sequence[Line], delimiters: int) -> int:
    """The index after the last row of a table."""
    end = delimiters + 1
    while end < len(lines) and lines[end].text.startswith("|"):
        end += 1
    return end
