"""Amounts of a ``scrimp/1`` document as a review reads them, and its totals."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from scrimp.model.amounts import Grade, Interval

Known: TypeAlias = Annotated[str, Meta(pattern=r"^-?[0-9]{1,30}\.[0-9]{2,20}$")]
Money: TypeAlias = Known | None
Number: TypeAlias = Annotated[int, Meta(ge=-(10**18), le=10**18)]


def usd(amount: Money) -> Decimal | None:
    """Money as a number, ``None`` where it is unknown."""
    return None if amount is None else Decimal(amount)


class Bounds(Struct, frozen=True):
    """An amount with its bounds."""

    typical: Money
    high: Money
    low: Money = None

    def interval(self, grade: Grade) -> Interval[Decimal]:
        """The amount as a number of this grade."""
        return Interval(usd(self.low), usd(self.typical), usd(self.high), grade)


class Purposes(Struct, frozen=True):
    """What a total is paid for."""

    prompts: Known
    answers: Known
    other: Known


class Totals(Struct, frozen=True):
    """Sums over a tree."""

    prompts: Number
    static_tokens: Number
    monthly_usd: Bounds
    monthly_usd_by_grade: dict[Grade, Money]
    monthly_usd_saveable: Money
    requests_unpriced: Number = 0
    prompts_low_confidence: Number = 0
    monthly_usd_paid_for: Purposes | None = None
    grade: Grade = Grade.ASSUMED

    @property
    def monthly(self) -> Interval[Decimal]:
        """What they cost a month in US dollars."""
        return self.monthly_usd.interval(self.grade)
