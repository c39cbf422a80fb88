"""A text whose wording changed: what of it did, and where the rest stands in the source since."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from msgspec import Struct

from scrimp.link.edits.moves import UncarriedError
from scrimp.model.algebra import Piece, Text
from scrimp.model.pieces import slice_text

AROUND = 16
"""Characters before and behind an edit by which the text that was edited is known again."""


class Reworded(Struct, frozen=True):
    """A text as it was and as it is: ``before.value[start:end]`` became ``after.value[start:end_after]``."""

    before: Text
    after: Text
    start: int
    end: int
    end_after: int

    @classmethod
    def of(cls, before: Text, after: Text) -> Reworded:
        """Two texts with the range in which they differ, as short as it can be told."""
        one, other = before.value, after.value
        most = min(len(one), len(other))
        start = next((at for at in range(most) if one[at] != other[at]), most)
        most -= start
        back = next((at for at in range(most) if one[-1 - at] != other[-1 - at]), most)
        return cls(before, after, start, len(one) - back, len(other) - back)

    @property
    def removed(self) -> str:
        """What is gone."""
        return self.before.value[self.start : self.end]

    @property
    def added(self) -> str:
        """What is new."""
        return self.after.value[self.start : self.end_after]

    @property
    def longer(self) -> int:
        """The characters that it has more than before."""
        return self.end_after - self.end

    @property
    def begin(self) -> int:
        """Where its first character was written."""
        return self.before.pieces[0][2]

    @property
    def close(self) -> int:
        """Behind where its last character was written."""
        return self.before.pieces[-1][3]

    def context(self, around: int) -> str:
        """What is gone, with so many characters on either side."""
        return self.before.value[max(self.start - around, 0) : self.end + around]

    def context_after(self, around: int) -> str:
        """What is new, likewise."""
        return self.after.value[max(self.start - around, 0) : self.end_after + around]

    @property
    def begins_line(self) -> bool:
        """Whether the edit begins where a line does but for its indentation, before and after it."""
        before, after = self.before.value, self.after.value
        is_first = not before[before.rfind("\n", 0, self.start) + 1 : self.start].strip()
        return is_first and _is_inked(before, self.start) and _is_inked(after, self.start)

    @property
    def lays_out(self) -> bool:
        """Whether the edit changes which lines there are, or how one is indented."""
        before = self.before.value
        line = before.rfind("\n", 0, self.start) + 1
        is_within = bool(before[line : self.start].strip()) or self.begins_line
        return "\n" in self.removed + self.added or not is_within

    @property
    def ends_text(self) -> bool:
        """Whether the edit ends where the text does but for blanks, before and after it."""
        before, after = self.before.value, self.after.value
        is_last = not before[self.end :].strip()
        return is_last and _is_inked(before, self.end - 1) and _is_inked(after, self.end_after - 1)

    def lies_in(self, start: int, end: int) -> bool:
        """Whether it is an edit of what was taken as ``before.value[start:end]`` from the text.

        It is if there is something on either side. Where there isn't, only blanks may have been taken off.
        """
        is_behind = start < self.start or (start == self.start and self.begins_line)
        return is_behind and (self.end < end or (self.end == end and self.ends_text))

    def makes(self, one: str, other: str) -> bool:
        """Whether it makes of one source the other, which is written as the text is."""
        before = self.context(AROUND)
        return one.count(before) == 1 and one.replace(before, self.context_after(AROUND)) == other

    def places(self) -> Iterator[tuple[int, int]]:
        """Offsets of the source in both versions of what stands in the text before the edit, and behind it.

        Where something is only put in or taken out, what touches that place may belong to either side of it.
        """
        gap = 0 if self.removed and self.added else 1
        yield from _alike(self.before, self.after, 0, self.start - gap, 0)
        yield from _alike(self.before, self.after, self.end + gap, len(self.before.value), self.longer)

    def where(self, piece: Piece) -> int | None:
        """Where in the value before a piece of a text made of it begins; ``None`` if it isn't there as it is.

        An escape of a template language is two characters of the value and one of the text.
        """
        _, _, start, end = piece
        number = bisect_right(self.before.pieces, start, key=itemgetter(2)) - 1
        first, _, begin, close = self.before.pieces[max(number, 0)]
        if not _is_copied(self.before.pieces[max(number, 0)]):
            return first if (start, end) == (begin, close) else None
        return first + start - begin if begin <= start and end <= close and _is_copied(piece) else None


def _is_inked(text: str, at: int) -> bool:
    """Whether there is a character that isn't blank at an offset."""
    return 0 <= at < len(text) and not text[at].isspace()


def _is_copied(piece: Piece) -> bool:
    """Whether a piece was copied character by character."""
    first, last, start, end = piece
    return last - first == end - start


def _alike(before: Text, after: Text, start: int, end: int, shift: int) -> Iterator[tuple[int, int]]:
    """Where the ends of each piece of ``before.value[start:end]`` stand, which is ``shift`` further on in ``after``."""
    one, other = slice_text(before, start, end), slice_text(after, start + shift, end + shift)
    for piece, another in zip(one.pieces, other.pieces, strict=False):
        if piece[:2] != another[:2] or piece[3] - piece[2] != another[3] - another[2]:
            raise UncarriedError("a text is written in another way")
        yield piece[2], another[2]
        yield piece[3], another[3]
