"""What each part of a request costs, and what of the request it bears.

A part that calls send instead of another costs its own in a call that sends it. Of the request it typically bears that
if the typical call does, and nothing else, so that what the parts bear adds up to what the request costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from scrimp.measure.charges import Charge
from scrimp.measure.ways import Way, Ways
from scrimp.model.amounts import Grade, Interval
from scrimp.model.caching import Caching


class Share(Struct, frozen=True):
    """What a part costs in a call that sends it (``paid``), on average of all calls (``borne``), and cached."""

    paid: Interval[Decimal]
    borne: Interval[Decimal]
    caching: Caching


class Shares(Struct, frozen=True):
    """The shares of the parts of a request that typically goes out one ``way`` and is charged so."""

    ways: Ways
    way: Way
    charge: Charge
    calls: int

    def each(self) -> Iterator[Share]:
        """The share of each part, by their numbers."""
        always = set(self.ways.together.certain())
        for number in range(len(self.ways.sizes)):
            is_typical = number in self.way.numbers
            way = self.way if is_typical else self.ways.through(number)
            charge = self.charge if is_typical else self._charged(way)
            paid = charge.share(self.ways.sizes[number].interval)
            borne = paid if number in always else _sometimes(paid, is_typical)
            caching = self._caching(number, way, charge, self.calls if is_typical else 0)
            yield Share(paid, borne, caching)

    def _charged(self, way: Way) -> Charge:
        """The charge of the calls that go out another way."""
        size = way.size
        other = self.ways.framing(way) - self.ways.framing(self.way) + size.typical - self.way.size.typical
        typical = (self.charge.tokens.typical or 0) + other
        return replace(self.charge, tokens=replace(self.charge.tokens, typical=typical), prefix=size.prefix)

    def _caching(self, number: int, way: Way, charge: Charge, calls: int) -> Caching:
        """What could be cached of a part: those behind a hole that changes have nothing of the prefix."""
        start, closed = 0, True
        for other in way.numbers[: way.numbers.index(number)]:
            start, closed = start + self.ways.sizes[other].prefix, closed and self.ways.sizes[other].closed
        size = self.ways.sizes[number]
        return charge.part_caching(size.interval, start if closed else charge.prefix, size.prefix, calls)


def _sometimes(paid: Interval[Decimal], is_typical: bool) -> Interval[Decimal]:
    """What a part costs that isn't in all calls: nothing at least, and as a whole only where it typically is sent."""
    low, zero = (None if paid.low is None else Decimal(0)), Decimal(0)
    typical = paid.typical if is_typical or paid.typical is None else zero
    return Interval(low, typical, paid.high, Grade.worst(paid.grade, Grade.HEURISTIC))
