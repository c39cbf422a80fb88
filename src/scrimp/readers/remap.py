"""Facts of a text that was taken out of a file, led back to their places in the file."""

from __future__ import annotations

from bisect import bisect_right
from typing import TypeVar, cast

from msgspec import Struct, structs

from scrimp.model.algebra import Piece, Text
from scrimp.model.facts import NOWHERE, Arm, Facts

_Any = TypeVar("_Any")

_STARTS = frozenset({"start"})
_ENDS = frozenset({"end", "until"})


class Remap:
    """Leads offsets of the text that ``taken`` is to where its pieces say that they were written."""

    def __init__(self, taken: Text) -> None:
        self._pieces = taken.pieces
        self._starts = [piece[0] for piece in taken.pieces]

    def facts(self, facts: Facts, lines: bytes) -> Facts:
        """All facts of the text as facts of the file, whose lines start at ``lines``."""
        return structs.replace(self._mapped(facts), lines=lines)

    def start(self, offset: int) -> int:
        """Where the character at an offset begins; of one that is written nowhere, where the next one does."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self._pieces[at][1]:
            first, last, written, end = self._pieces[at]
            return written + offset - first if last - first == end - written else written
        if at + 1 < len(self._pieces):
            return self._pieces[at + 1][2]
        return self._pieces[-1][3] if self._pieces else 0

    def end(self, offset: int) -> int:
        """Where the character before an offset ends; of one that is written nowhere, where the one before does."""
        at = bisect_right(self._starts, offset - 1) - 1
        if at < 0:
            return self.start(0)
        first, last, written, end = self._pieces[at]
        if offset >= last:
            return end
        return written + offset - first if last - first == end - written else end

    def _mapped(self, value: _Any) -> _Any:
        match value:
            case Text():
                return cast("_Any", Text(value.value, tuple(self._led_back(value.pieces))))
            case Arm():  # its other numbers tell statements apart, and point nowhere
                until = self.end(value.until) if 0 < value.until < NOWHERE else value.until
                return cast("_Any", structs.replace(value, end=self.end(value.end), until=until))
            case Struct():
                return cast("_Any", self._struct(value))
            case tuple():
                return cast("_Any", tuple(self._mapped(each) for each in value))
        return value

    def _struct(self, value: Struct) -> Struct:
        changed: dict[str, object] = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            if name in _STARTS:
                changed[name] = self.start(old)
            elif name in _ENDS:
                changed[name] = self.end(old)
            elif isinstance(old, Struct | tuple):
                changed[name] = self._mapped(old)
        return structs.replace(value, **changed) if changed else value

    def _led_back(self, pieces: tuple[Piece, ...]) -> list[Piece]:
        """Pieces of a text written in the text taken, as pieces of what is written in the file."""
        return [made for piece in pieces for made in self._split(piece)]

    def _split(self, piece: Piece) -> list[Piece]:
        """A piece at its places: copied characters by the pieces that they were taken from, a unit as a whole."""
        first, last, written, end = piece
        if last - first != end - written:
            unit = (first, last, self.start(written), self.end(end))
            return [unit] if unit[3] - unit[2] != last - first else []
        made: list[Piece] = []
        at = max(bisect_right(self._starts, written) - 1, 0)
        while at < len(self._pieces) and self._pieces[at][0] < end:
            low, high = max(self._pieces[at][0], written), min(self._pieces[at][1], end)
            if low < high:
                made.append((first + low - written, first + high - written, self.start(low), self.end(high)))
            at += 1
        return made
