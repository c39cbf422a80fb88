"""Where offsets of a file stand after an edit, told by what is known to stand before and behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct


class UncarriedError(Exception):
    """An edit can't be carried over: only linking anew tells what it changes."""


Place = TypeVar("Place", int, tuple[int, int])


def in_order(pairs: Iterable[tuple[Place, Place]]) -> list[tuple[Place, Place]]:
    """Places before an edit and behind it, each once, sorted. Raises ``UncarriedError`` if their order changed."""
    ordered = sorted(set(pairs))
    for (one, its), (other, others) in pairwise(ordered):
        if one == other or its >= others:
            raise UncarriedError("something stands in another order")
    return ordered


class Moves(Struct, frozen=True):
    """Offsets before an edit, ascending, and for each the one behind it; between two that moved alike all do."""

    before: Sequence[int]
    after: Sequence[int]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Moves:
        """The moves that pairs of offsets tell. Raises ``UncarriedError`` if anything changed its order."""
        ordered = in_order(pairs)
        return cls([one for one, _ in ordered], [other for _, other in ordered])

    def at(self, offset: int) -> int:
        """Where an offset is now. Raises ``UncarriedError`` where nobody knows: in what was edited."""
        place = bisect_left(self.before, offset)
        if place < len(self.before) and self.before[place] == offset:
            return self.after[place]
        if 0 < place < len(self.before):
            shift = self.after[place] - self.before[place]
            if shift == self.after[place - 1] - self.before[place - 1]:
                return offset + shift
        raise UncarriedError("a place lies in what was edited")
