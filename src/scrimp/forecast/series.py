"""Months with what they cost, checked: a forecast rests on nothing that wasn't looked at."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from scrimp.model.errors import UserError
from scrimp.model.written import dollars, stated_dollars

LEAST_MONTHS = 6
"""With fewer, less than four degrees of freedom are left for the noise, and an interval says nothing: that of three
months' noise alone is half as wide again as that of six, and one step among five months can't be told from a trend."""
MOST_MONTHS = 240
"""Twenty years: no model has been for sale as long, so a longer history has a mistyped year."""
MOST_GAPS = 4
"""One month in so many may be missing: more gaps leave too little to judge the noise from month to month by."""
MOST_MONEY = Decimal(10) ** 12
"""US dollars a month; more than any organization spends is a mistake in the data."""


class Month(Struct, frozen=True, order=True):
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day is in."""
        return cls(day.year, day.month)

    @property
    def days(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.month)[1]

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, self.days)

    def later(self, months: int) -> Month:
        """The month so many after it."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def since(self, other: Month) -> int:
        """How many months it is after another."""
        return (self.year - other.year) * 12 + self.month - other.month

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class Point(Struct, frozen=True):
    """What a month cost, in US dollars."""

    month: Month
    usd: Decimal


class Series(Struct, frozen=True):
    """Whole months in order, of which some may be missing.

    ``source`` names where they are from, for messages. ``by_day`` is whether a month costs as much as its days
    together, so that a short one costs less; else a point is what a month costs at the rate of its end.
    """

    points: tuple[Point, ...]
    source: str
    by_day: bool = True

    @property
    def months(self) -> Sequence[Month]:
        """All months from the first to the last, gaps included."""
        first, last = self.points[0].month, self.points[-1].month
        return [first.later(each) for each in range(last.since(first) + 1)]

    @property
    def gaps(self) -> Sequence[Month]:
        """The months of which nothing is known."""
        known = {each.month for each in self.points}
        return [each for each in self.months if each not in known]

    def logarithms(self) -> list[float | None]:
        """The logarithm of what each month cost a day; ``None`` for a gap."""
        known = {each.month: each.usd for each in self.points}
        return [math.log(known[each] / self.divisor(each)) if each in known else None for each in self.months]

    def divisor(self, month: Month) -> int:
        """What a month's amount is divided by, so that amounts of months can be compared."""
        return month.days if self.by_day else 1


def checked(
    points: Iterable[Point], source: str, *, by_day: bool = True, notes: Sequence[str] = ()
) -> tuple[Series, tuple[str, ...]]:
    """A series that can be forecast, and ``notes`` with what was left out of it.

    Months without cost have no logarithm: at the beginning nothing was running yet, and between others they are taken
    as gaps. Raises ``UserError`` naming the month for amounts that can't be, and where too little is left.
    """
    ordered = sorted(points, key=lambda each: each.month)
    for one, other in pairwise(ordered):
        if one.month == other.month:
            raise UserError(f"{source}: {one.month} is there twice", "keep one amount a month")
    for each in ordered:
        _refuse_absurd(each, source)
    paid = [each for each in ordered if each.usd > 0]
    said = [*notes, *_notes_on_zeros(ordered, paid)]
    _refuse_ended(ordered, source)
    if len(paid) < LEAST_MONTHS:
        raise _too_few(paid, source, said)
    series = Series(tuple(paid), source, by_day)
    _refuse_holes(series)
    if series.gaps:
        said.append(f"nothing is known of {_listed(series.gaps)}, which the model passes over")
    return series, tuple(said)


def _refuse_absurd(point: Point, source: str) -> None:
    place = f"{source}: {point.month}"
    if not point.usd.is_finite() or point.usd > MOST_MONEY:
        raise UserError(
            f"{place} costs {stated_dollars(point.usd)}, which can't be",
            "correct that month, or import it again",
        )
    if point.usd < 0:
        hint = "credits belong to the month that they are for: correct it, or import that month again"
        raise UserError(f"{place} costs less than nothing ({dollars(point.usd)})", hint)


def _notes_on_zeros(ordered: Sequence[Point], paid: Sequence[Point]) -> list[str]:
    if not paid:
        return []
    before = [each.month for each in ordered if each.month < paid[0].month]
    between = [each.month for each in ordered if each.month > paid[0].month and not each.usd]
    notes = [f"{_listed(before)} cost nothing: nothing was running yet"] if before else []
    return notes + ([f"{_listed(between)} cost nothing, which is taken for a gap"] if between else [])


def _refuse_ended(ordered: Sequence[Point], source: str) -> None:
    if ordered and not ordered[-1].usd and any(each.usd for each in ordered):
        ended = next(each.month for each in reversed(ordered) if each.usd).later(1)
        raise UserError(
            f"{source}: since {ended} nothing was spent, so there is nothing to continue",
            "import what was spent since, if anything was",
        )


def _refuse_holes(series: Series) -> None:
    months = len(series.months)
    if months > MOST_MONTHS:
        span = f"from {series.points[0].month} to {series.points[-1].month}"
        raise UserError(f"{series.source}: a history {span} can't be", "correct the year that is mistyped")
    if len(series.gaps) * MOST_GAPS > months:
        raise UserError(
            f"{series.source}: of {months} months {len(series.gaps)} are missing ({_listed(series.gaps)}), too many "
            "to judge the others by",
            "import the missing months",
        )


def _too_few(paid: Sequence[Point], source: str, notes: Sequence[str]) -> UserError:
    have = f"there {'is' if len(paid) == 1 else 'are'} {len(paid)}" if paid else "there is none"
    why = f" ({'; '.join(notes)})" if notes else ""
    return UserError(
        f"{source}: a forecast needs {LEAST_MONTHS} whole months that cost something, {have}{why}",
        "with fewer, noise can't be told from growth: import older usage, or wait",
    )


def _listed(months: Sequence[Month]) -> str:
    """``2026-03``, ``2026-03 and 2026-05``, or ``5 months from 2026-01 to 2026-07``."""
    if len(months) > 2:
        return f"{len(months)} months from {months[0]} to {months[-1]}"
    return " and ".join(map(str, months))
