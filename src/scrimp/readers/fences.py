"""Which parts of a Markdown text are code or comments, where what looks like syntax means nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from scrimp.expressions import compiled_late

_FENCED = compiled_late(
    r"^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t\r]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_TICKS = compiled_late(r"(?P<ticks>`+)|\n[ \t\r]*\n")


class Ranges(Struct, frozen=True):
    """Ranges of a text's characters, in order and apart from each other."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, ranges: Iterable[tuple[int, int]]) -> Ranges:
        """Put ranges in order."""
        ordered = sorted(ranges)
        return cls(tuple(start for start, _ in ordered), tuple(end for _, end in ordered))

    def cover(self, offset: int) -> bool:
        """Whether one of them holds a character."""
        at = bisect_right(self.starts, offset) - 1
        return at >= 0 and offset < self.ends[at]


def code(text: str) -> Ranges:
    """Fenced blocks, and the code spans between them."""
    if "`" not in text and "~~~" not in text:
        return Ranges((), ())
    blocks = [match.span() for match in _FENCED.finditer(text)]
    edges = [0, *(edge for block in blocks for edge in block), len(text)]
    between = zip(edges[::2], edges[1::2], strict=True)
    return Ranges.of([*blocks, *(span for start, end in between for span in _spans(text, start, end))])


def comments(text: str) -> Ranges:
    """HTML comments that are closed."""
    return Ranges.of(_comments(text))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        end = close + 3
        yield start, end


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Code spans: from a run of backticks to the next as long, within a paragraph."""
    runs = list(_TICKS.finditer(text, start, end))
    closing: dict[int, int] = {}
    ahead: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        ticks = runs[number]["ticks"]
        if ticks is None:
            ahead.clear()
            continue
        if len(ticks) in ahead:
            closing[number] = ahead[len(ticks)]
        ahead[len(ticks)] = number
    number = 0
    while number < len(runs):
        if number in closing:
            yield runs[number].start(), runs[closing[number]].end()
            number = closing[number]
        number += 1
