"""Months of spend for tests: a grown rate a day with a little noise, the same each time."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from scrimp.forecast import Month, Point
from scrimp.usage.book import UsageDay

TODAY = date(2026, 11, 24)
LAST = Month(2026, 10)
"""The last whole month before today."""


def months(count: int, last: Month = LAST) -> list[Month]:
    return [last.later(index + 1 - count) for index in range(count)]


def points(count: int, rate: Callable[[int], float], noise: float = 0.05, seed: int = 1) -> list[Point]:
    rng = random.Random(seed)
    return [
        Point(each, Decimal(str(round(rate(index) * math.exp(rng.gauss(0, noise)) * each.days, 2))))
        for index, each in enumerate(months(count))
    ]


def days(
    first: date, last: date, usd: Decimal | None = Decimal(100), model: str = "gpt-4o"
) -> list[UsageDay]:
    return [
        UsageDay(first + timedelta(days=index), "openai", model, 1000, 1_000_000, 0, 0, 0, usd)
        for index in range((last - first).days + 1)
    ]


def amounts(of: Sequence[Point]) -> list[Decimal]:
    return [each.usd for each in of]
