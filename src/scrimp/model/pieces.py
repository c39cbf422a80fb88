"""Cutting and joining texts without losing where each character was written.

A ``Text`` carries pieces (see ``algebra.Piece``): stretches copied character by character from the source,
and units (an escape, a folded line end) that stand for a range of the source and can only be replaced whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from scrimp.model.algebra import EMPTY, Piece, Text


def verbatim(source: str, start: int, end: int) -> Text:
    """The text ``source[start:end]``, every character of it written where it stands."""
    return Text(source[start:end], ((0, end - start, start, end),)) if end > start else EMPTY


def slice_text(text: Text, start: int, end: int) -> Text:
    """``text.value[start:end]`` with the pieces that fall into it; a unit that is cut in two is left out."""
    if start <= 0 and end >= len(text.value):
        return text
    start, end = max(start, 0), min(end, len(text.value))
    if end <= start:
        return EMPTY
    pieces = (_cut(piece, start, end) for piece in _between(text.pieces, start, end))
    return Text(text.value[start:end], tuple(piece for piece in pieces if piece is not None))


def concat(texts: Iterable[Text]) -> Text:
    """One text after the other, as one."""
    writer = Writer()
    for text in texts:
        writer.add(text)
    return writer.text()


def source_range(text: Text, start: int, end: int) -> tuple[int, int] | None:
    """The smallest range of the source that holds all that was written of ``value[start:end]``; None if none.

    A unit counts whole. The range may hold more than the value (indentation that the format removes): it may
    be replaced character by character only where the source's slice equals the value's.
    """
    if end <= start:
        return None
    low: int | None = None
    high = 0
    for first, last, written, written_end in _between(text.pieces, start, end):
        copied = last - first == written_end - written
        begin = written + max(start - first, 0) if copied else written
        low = begin if low is None else min(low, begin)
        high = max(high, written_end - max(last - end, 0) if copied else written_end)
    return None if low is None else (low, high)


class Writer:
    """Builds a text from stretches of the source; neighbours that continue each other become one piece."""

    def __init__(self) -> None:
        self._values: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def copy(self, source: str, start: int, end: int) -> None:
        """Append ``source[start:end]`` as it stands."""
        if end > start:
            self._append(source[start:end], start, end)

    def unit(self, value: str, start: int, end: int) -> None:
        """Append ``value``, which the source writes as the range ``start`` to ``end``.

        A unit as long as its range would read as copied characters, so its place is dropped.
        """
        if len(value) == end - start or end <= start:
            self.made(value)
        elif value:
            self._append(value, start, end)

    def made(self, value: str) -> None:
        """Append ``value``, which is written nowhere."""
        self._values.append(value)
        self._length += len(value)

    def add(self, text: Text) -> None:
        """Append another text with its pieces."""
        shift = self._length
        for start, end, written, written_end in text.pieces:
            self._place((start + shift, end + shift, written, written_end))
        self.made(text.value)

    def __len__(self) -> int:
        """The characters appended so far."""
        return self._length

    def take(self) -> Text:
        """All that was appended; the writer starts anew."""
        text = self.text()
        self._values, self._pieces, self._length = [], [], 0
        return text

    def text(self) -> Text:
        """All that was appended."""
        return Text("".join(self._values), tuple(self._pieces)) if self._length else EMPTY

    def _append(self, value: str, start: int, end: int) -> None:
        self._place((self._length, self._length + len(value), start, end))
        self.made(value)

    def _place(self, piece: Piece) -> None:
        start, end, written, written_end = piece
        if self._pieces and end - start == written_end - written:
            first, last, before, before_end = self._pieces[-1]
            if last == start and before_end == written and last - first == before_end - before:
                self._pieces[-1] = (first, end, before, written_end)
                return
        self._pieces.append(piece)


def _between(pieces: tuple[Piece, ...], start: int, end: int) -> Iterator[Piece]:
    """The pieces that cover any of ``value[start:end]``."""
    for index in range(bisect_right(pieces, start, key=_end), len(pieces)):
        if pieces[index][0] >= end:
            return
        yield pieces[index]


def _cut(piece: Piece, start: int, end: int) -> Piece | None:
    """What of a piece lies between ``start`` and ``end``, counted from ``start``."""
    first, last, written, written_end = piece
    if last - first == written_end - written:
        low, high = max(first, start), min(last, end)
        return low - start, high - start, written + low - first, written + high - first
    if start <= first and last <= end:
        return first - start, last - start, written, written_end
    return None


def _end(piece: Piece) -> int:
    return piece[1]
