"""The ways in which one request can go out: its cheapest, its typical and its dearest call.

Of texts that exclude each other a call sends one. The cheapest call sends the shortest each time; the typical one, so
that a gate errs on the safe side, the longest, as does the dearest, where what fills variables counts at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from math import inf

from msgspec import Struct

from scrimp.measure.sizes import EMPTY_SIZE, OPEN, Size, followed_by
from scrimp.model.amounts import Grade, Interval
from scrimp.model.arrangement import OneOf, Together

Weigh = Callable[[Size], float]


class Way(Struct, frozen=True):
    """One way: the numbers of the parts that are sent, in order, the messages that hold them, and their size.

    The size is that of the texts; what messages cost on top is not in it.
    """

    numbers: tuple[int, ...]
    messages: int
    size: Size


class Ways(Struct, frozen=True, dict=True):
    """Finds the ways of what goes out ``together``, by the sizes of its parts.

    ``framed`` gives the tokens that so many messages cost beside their texts, with the tools of the request.
    """

    together: Together[int]
    sizes: Sequence[Size]
    framed: Callable[[int], int]

    @property
    def tokens(self) -> Interval[int]:
        """All tokens of the request; where its calls differ in them, nobody knows which is the typical one."""
        least, typical, most = self.cheapest, self.typical, self.dearest
        grades = [self.sizes[number].grade for number in self.together.leaves()]
        if self.framing(least) + least.size.typical != self.framing(typical) + typical.size.typical:
            grades.append(Grade.HEURISTIC)
        return Interval(
            self.framing(least) + least.size.low,
            self.framing(typical) + typical.size.typical,
            None if most.size.high is None else self.framing(most) + most.size.high,
            Grade.worst(*grades),
        )

    def framing(self, way: Way) -> int:
        """The tokens besides the texts; a call that sends messages sends one at least."""
        return self.framed(max(way.messages, int(self.together.sends_messages)))

    @cached_property
    def cheapest(self) -> Way:
        """The call with the fewest tokens."""
        return self.typical if self.together.is_certain else self._way(_low, -1)

    @cached_property
    def typical(self) -> Way:
        """The call that is counted on: the longest, what nobody knows left out."""
        return self._way(_typical, 1)

    @cached_property
    def dearest(self) -> Way:
        """The call with the most tokens, endless where a part has no bound."""
        return self.typical if self.together.is_certain else self._way(_high, 1)

    def through(self, number: int) -> Way:
        """The typical one of the calls that send a part."""
        return self._way(_typical, 1, number)

    def _way(self, weigh: Weigh, sign: int, through: int = -1) -> Way:
        picked = self._picked(self.together, weigh, sign, through)
        numbers = tuple(dict.fromkeys(picked.leaves()))
        size = EMPTY_SIZE
        for number in numbers:
            size = followed_by(size, self.sizes[number])
        return Way(numbers, picked.messages, followed_by(size, OPEN) if picked.open_parts else size)

    def _picked(self, together: Together[int], weigh: Weigh, sign: int, through: int) -> Together[int]:
        """The same without alternatives: of each choice the heaviest, or the lightest if ``sign`` is -1."""
        if together.is_certain:
            return together
        per_message = self.framed(2) - self.framed(1)

        def weight(way: Together[int]) -> float:
            numbers = tuple(way.leaves())
            if through in numbers:
                return inf
            sized = sum(weigh(self.sizes[number]) for number in numbers)
            return sign * (sized + way.messages * per_message + (weigh(OPEN) if way.open_parts else 0))

        def heaviest(piece: int | OneOf[int]) -> Together[int]:
            if not isinstance(piece, OneOf):
                return Together((piece,))
            return max((self._picked(each, weigh, sign, through) for each in piece.alternatives), key=weight)

        return together.holding(map(heaviest, together.pieces))


def _low(size: Size) -> float:
    return size.low


def _typical(size: Size) -> float:
    return size.typical


def _high(size: Size) -> float:
    return inf if size.high is None else size.high
