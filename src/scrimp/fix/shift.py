"""Where the parts of a text stand once edits are made in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec import Struct

from scrimp.model.findings import Edit


def splice(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made that don't overlap, last first, so that offsets stay true."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


class Shift(Struct, frozen=True):
    """Edits of one text that don't overlap, those that meet taken together.

    Of each, ``starts`` and ``ends`` are its range before and ``lengths`` what stands there afterwards; ``moves`` tells
    by how much what stands behind so many edits has moved.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    lengths: Sequence[int]
    moves: Sequence[int]

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> Shift:
        """The shift that some edits make."""
        starts: list[int] = []
        ends: list[int] = []
        lengths: list[int] = []
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            if ends and ends[-1] == edit.start:
                ends[-1] = edit.end
                lengths[-1] += len(edit.text)
            else:
                starts.append(edit.start)
                ends.append(edit.end)
                lengths.append(len(edit.text))
        deltas = (length - (end - start) for start, end, length in zip(starts, ends, lengths, strict=True))
        return cls(starts, ends, lengths, list(accumulate(deltas, initial=0)))

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """What is replaced, in order."""
        return list(zip(self.starts, self.ends, strict=True))

    @property
    def back(self) -> Shift:
        """The shift of the text afterwards to the one before: its edits replace what was put in."""
        starts = [start + move for start, move in zip(self.starts, self.moves, strict=False)]
        ends = [start + length for start, length in zip(starts, self.lengths, strict=True)]
        lengths = [end - start for start, end in self.ranges]
        return Shift(starts, ends, lengths, [-move for move in self.moves])

    def covers(self, start: int, end: int) -> bool:
        """Whether all of a range is replaced."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and start < end <= self.ends[at]

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """What is replaced of a range, or overlaps it."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return list(zip(self.starts[first:last], self.ends[first:last], strict=True))

    def touches(self, start: int, end: int) -> bool:
        """Whether an edit replaces anything of a range, or puts something into it or beside it."""
        at = bisect_left(self.ends, start)
        return at < len(self.starts) and self.starts[at] <= end

    def stands_in(self, start: int, end: int) -> bool:
        """Whether an edit stands inside a range, with something of it on either side."""
        at = bisect_right(self.starts, start)
        return at < len(self.starts) and self.ends[at] < end

    def moved(self, start: int, end: int, *, grows: bool) -> tuple[int, int] | None:
        """Where a range stands afterwards; ``None`` if an edit cuts off a part of it.

        What is put in right before or behind it belongs to it if it ``grows``.
        """
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if (first and self.ends[first - 1] > start) or (last and self.ends[last - 1] > end):
            return None
        before, behind = self.moves[first], self.moves[last]
        if not grows and self._is_put_in(first, start):
            before = self.moves[first + 1]
        if grows and self._is_put_in(last, end):
            behind = self.moves[last + 1]
        return start + before, max(end + behind, start + before)

    def _is_put_in(self, at: int, offset: int) -> bool:
        """Whether an edit only puts something in, at an offset."""
        return at < len(self.starts) and self.starts[at] == self.ends[at] == offset
