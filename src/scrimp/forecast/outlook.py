"""From a history to what the coming months may cost, and when a budget is likely to break."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate

from msgspec import Struct

from scrimp.forecast.paths import drawn
from scrimp.forecast.series import Month, Series
from scrimp.forecast.smoothing import LEAST_SEASONAL
from scrimp.model.amounts import Grade
from scrimp.model.errors import UserError
from scrimp.model.outlook import LimitAhead, MonthAhead, Outlook, PastMonth, Range
from scrimp.model.report import PriceStamp
from scrimp.model.source import Skipped

COVERAGE = Decimal("0.8")
"""Of the interval: one month in five is expected outside of it."""
MOST_BEHIND = 3
"""Months without data before the current one: further back, the history says little of today."""
STEP = Decimal("0.05")
"""Chances are told no finer: how well the models fit isn't known to a hundredth."""
WIDE = 4
"""An upper bound that is so many times the lower one gets a note."""
CENT = Decimal("0.01")


class Limit(Struct, frozen=True):
    """What a budget allows in a month, in US dollars."""

    budget: str
    monthly: Decimal


class History(Struct, frozen=True):
    """A series with what is known about it: ``basis`` and what follows are those of an ``Outlook``."""

    series: Series
    basis: str
    grade: Grade
    notes: tuple[str, ...] = ()
    prices: PriceStamp | None = None
    so_far: tuple[Decimal, date] | None = None
    skipped: tuple[Skipped, ...] = ()
    owner: str = ""


def outlook(history: History, limits: Sequence[Limit], months: int, today: date) -> Outlook:
    """The months from the history's end up to ``months`` after the current one, each with its interval.

    Raises ``UserError`` where the history ends too long ago, or is too short to look so far ahead.
    """
    series = history.series
    end = series.points[-1].month
    ahead = _ahead(series, months, today)
    ways = [
        [math.exp(value) * series.divisor(month) for value, month in zip(way, ahead, strict=True)]
        for way in drawn(series.logarithms(), len(ahead))
    ]
    current = Month.of(today)
    coming = [index for index, month in enumerate(ahead) if month > current]
    rows = tuple(
        MonthAhead(str(month), _range([way[index] for way in ways]), month <= current)
        for index, month in enumerate(ahead)
    )
    known = {each.month: each.usd for each in series.points}
    return Outlook(
        basis=history.basis,
        source=series.source,
        grade=history.grade,
        coverage=COVERAGE,
        seasonal=len(series.points) >= LEAST_SEASONAL,
        past=tuple(PastMonth(str(each), known.get(each)) for each in series.months),
        ahead=rows,
        total=_range([sum(way[index] for index in coming) for way in ways]),
        limits=tuple(_limit(each, ways, ahead, known[end]) for each in limits),
        prices=history.prices,
        so_far=history.so_far,
        notes=(*history.notes, *_wide(rows)),
        skipped=history.skipped,
        owner=history.owner,
    )


def _ahead(series: Series, months: int, today: date) -> list[Month]:
    end, current = series.points[-1].month, Month.of(today)
    if current.since(end) > MOST_BEHIND + 1:
        raise UserError(
            f"{series.source}: the last whole month is {end}, too long ago to say anything of {current.later(1)}",
            "import newer usage: scrimp usage import FILE",
        )
    if months > len(series.points):
        raise UserError(
            f"{series.source}: {len(series.points)} months of history can't tell {months} ahead",
            f"ask for at most as many months as there are: --months {len(series.points)}",
        )
    return [end.later(each) for each in range(1, current.since(end) + months + 1)]


def _range(amounts: Sequence[float]) -> Range:
    """The median of some amounts, and the bounds that leave as much below as above."""
    ordered = sorted(amounts)
    outside = float(1 - COVERAGE) / 2

    def at(share: float) -> Decimal:
        return Decimal(ordered[round(share * (len(ordered) - 1))]).quantize(CENT)

    return Range(at(outside), at(0.5), at(1 - outside))


def _limit(
    limit: Limit, ways: Sequence[Sequence[float]], ahead: Sequence[Month], last: Decimal
) -> LimitAhead:
    """How likely a limit is broken by each month: the share of the ways that went above it by then."""
    most = float(limit.monthly)
    peaks = [sorted(column) for column in zip(*(accumulate(way, max) for way in ways), strict=True)]
    shares = [1 - bisect_right(column, most) / len(column) for column in peaks]
    month = next((each for each, share in zip(ahead, shares, strict=True) if share > 0.5), None)
    chances = tuple(_rounded(share) for share in shares)
    return LimitAhead(
        limit.budget, limit.monthly, last > limit.monthly, chances, str(month) if month else None
    )


def _rounded(share: float) -> Decimal:
    """To the nearest step; only what is certain is 0 or 1, which nothing ahead is."""
    steps = round(Decimal(share) / STEP)
    return min(max(steps, 1), round(1 / STEP) - 1) * STEP


def _wide(ahead: Sequence[MonthAhead]) -> list[str]:
    wide = [each for each in ahead if each.usd.high > WIDE * each.usd.low]
    if not wide:
        return []
    return [f"from {wide[0].month} on the range is too wide to plan by: past months differ too much"]
