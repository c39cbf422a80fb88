"""What calls cost a month."""

from __future__ import annotations

from decimal import Decimal

from scrimp.model.amounts import Grade, Interval

MILLION = Decimal(1_000_000)


def scaled(amount: Interval[Decimal], calls: int, grade: Grade) -> Interval[Decimal]:
    """A cost per call, times calls a month."""
    return Interval(
        None if amount.low is None else amount.low * calls,
        None if amount.typical is None else amount.typical * calls,
        None if amount.high is None else amount.high * calls,
        Grade.worst(amount.grade, grade),
    )


def guessed_cost(tokens: int, rate: Decimal | None, calls: int) -> Decimal:
    """What tokens that are guessed cost a month, at a rate in USD per million tokens; below 0 if they save."""
    return Decimal(0) if rate is None else tokens * rate * calls / MILLION
