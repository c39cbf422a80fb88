"""What was called and billed day by day: all of it, or the part of it that somebody bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from msgspec import Struct, field

from scrimp.usage.book import UsageDay
from scrimp.usage.ledger import NOTHING, TOKENS, Cell, Sums, total
from scrimp.usage.targets import model_of, provider_of

Part: TypeAlias = Callable[[Cell], Fraction]
"""How much of what a cell counts belongs to the part."""
Worth: TypeAlias = Callable[[Cell], Decimal]
"""What a cell is worth, by which a bill is shared out."""


class Place(NamedTuple):
    """A day, and the provider and model that were called on it."""

    day: date
    provider: str
    model: str


class _Found(Struct):
    """What is known of a place: cells by stream, and bills by stream."""

    used: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    billed: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))

    @property
    def counted(self) -> Sequence[Cell]:
        """The cells of the stream that tells most: the others tell of the same calls."""
        return _fullest(self.used.values())

    @property
    def bill(self) -> Decimal | None:
        """What was billed apart from the calls."""
        return total(each.sums for each in _fullest(self.billed.values())).usd


def history(cells: Iterable[Cell]) -> tuple[UsageDay, ...]:
    """What was called and billed day by day: of streams that tell of one model on one day, the fullest.

    Money is what the rows of that stream bear, or else what bills say of that model and day.
    """
    return tuple(_days(cells))


def _days(cells: Iterable[Cell]) -> Iterator[UsageDay]:
    for place, found in _places(cells).items():
        sums = total(each.sums for each in found.counted)
        yield _day(place, sums, found.bill if sums.usd is None else sums.usd)


def history_of(cells: Iterable[Cell], part: Part, worth: Worth) -> tuple[UsageDay, ...]:
    """The same of a part of the calls, day by day like the whole: where the part has none it cost nothing.

    Of what was billed apart from the calls the part bears as much as its calls are worth of those that the bill is for:
    of the model on that day or, where it names none that was called, of all of the provider's.
    """
    places = _places(cells)
    shares: dict[tuple[date, str], _Share] = defaultdict(_Share)
    for place, found in places.items():
        shares[place.day, place.provider].add(found.counted, part, worth)
    return tuple(_days_of(places, shares, part, worth))


def _days_of(
    places: dict[Place, _Found], shares: dict[tuple[date, str], _Share], part: Part, worth: Worth
) -> Iterator[UsageDay]:
    for place, found in places.items():
        counted, bill = found.counted, found.bill
        sums = _partial(counted, part)
        usd = sums.usd
        if usd is None and bill is not None:
            share = _Share()
            share.add(counted, part, worth)
            usd = (share if counted else shares[place.day, place.provider]).of(bill)
        if usd is None and not (sums.input or sums.output):
            usd = Decimal(0)
        yield _day(place, sums, usd)


class _Share(Struct):
    """What the part is worth, and what all is."""

    mine: Decimal = Decimal(0)
    all: Decimal = Decimal(0)

    def add(self, cells: Iterable[Cell], part: Part, worth: Worth) -> None:
        """Take up some cells."""
        for cell in cells:
            value, weight = worth(cell), part(cell)
            self.mine += value * weight.numerator / weight.denominator
            self.all += value

    def of(self, bill: Decimal) -> Decimal:
        """What of a bill the part bears; nothing where nothing is worth anything."""
        return bill * self.mine / self.all if self.all else Decimal(0)


def _places(cells: Iterable[Cell]) -> dict[Place, _Found]:
    """All places in order, with what is known of each."""
    places: dict[Place, _Found] = defaultdict(_Found)
    for cell in cells:
        key = cell.key
        found = places[Place(key.day, provider_of(key.provider, key.model), model_of(key.model))]
        (found.billed if cell.sums.is_bill else found.used)[key.stream].append(cell)
    return {place: places[place] for place in sorted(places)}


def _fullest(streams: Iterable[Sequence[Cell]]) -> Sequence[Cell]:
    return max(streams, key=lambda cells: total(each.sums for each in cells).tells, default=())


def _partial(cells: Iterable[Cell], part: Part) -> Sums:
    """The sums of the parts of some cells, to whole calls and tokens."""
    return total(_scaled(cell.sums, part(cell)) for cell in cells)


def _scaled(sums: Sums, weight: Fraction) -> Sums:
    if weight == 1:
        return sums
    if not weight:
        return NOTHING if sums.usd is None else Sums(None, 0, 0, 0, 0, 0, Decimal(0))
    calls = None if sums.calls is None else round(sums.calls * weight)
    usd = None if sums.usd is None else sums.usd * weight.numerator / weight.denominator
    return Sums(calls, usd=usd, **{name: round(getattr(sums, name) * weight) for name in TOKENS})


def _day(place: Place, sums: Sums, usd: Decimal | None) -> UsageDay:
    return UsageDay(*place, sums.calls, sums.input, sums.cached, sums.written, sums.output, usd)
