"""What the coming months may cost: the nouns of ``scrimp forecast``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from scrimp.model.amounts import Grade
from scrimp.model.report import PriceStamp
from scrimp.model.source import Skipped


class PastMonth(Struct, frozen=True):
    """What a month cost in US dollars, ``None`` where nothing is known of it."""

    month: str
    usd: Decimal | None


class Range(Struct, frozen=True):
    """US dollars: half of what may come is below ``typical``, the stated share of it from ``low`` to ``high``."""

    low: Decimal
    typical: Decimal
    high: Decimal


class MonthAhead(Struct, frozen=True):
    """A month to come; ``started`` tells that it is under way."""

    month: str
    usd: Range
    started: bool = False


class LimitAhead(Struct, frozen=True):
    """A budget's monthly limit over the months ahead.

    ``broken`` is whether the last whole month is above it. ``chances`` tell, month by month, how likely it is that a
    month up to then goes above it, to the nearest 5 %; ``month`` is the first in which that is likelier than not.
    """

    budget: str
    limit: Decimal
    broken: bool
    chances: tuple[Decimal, ...]
    month: str | None


class Outlook(Struct, frozen=True):
    """A forecast, and all that it rests on.

    ``basis`` is ``usage`` or ``repository``, ``source`` its file or revisions, ``grade`` that of the past amounts.
    ``coverage`` is the share of what may come that lies within each range. ``seasonal`` is whether there are enough
    months to look for a season. ``total`` is of the months that have not begun. ``so_far`` is what the month under way
    cost up to a day, where that is known. ``notes`` tell what was left out or assumed, ``skipped`` what of the
    repository was not read. ``owner`` is whose spend it is, ``""`` for all.
    """

    basis: str
    source: str
    grade: Grade
    coverage: Decimal
    seasonal: bool
    past: tuple[PastMonth, ...]
    ahead: tuple[MonthAhead, ...]
    total: Range
    limits: tuple[LimitAhead, ...]
    prices: PriceStamp | None
    so_far: tuple[Decimal, date] | None = None
    notes: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    owner: str = ""
