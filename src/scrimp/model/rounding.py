"""Amounts rounded so that they add up to their rounded total (the method of largest remainders)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
DIGITS = 6


def step_of(total: Decimal) -> Decimal:
    """The step that a total is written in: a cent, or less where six significant digits of it need that."""
    return min(CENT, Decimal(1).scaleb(total.adjusted() - DIGITS + 1)) if total else CENT


def apportioned(amounts: Sequence[Decimal], total: Decimal, step: Decimal) -> list[Decimal]:
    """The amounts, none negative, each rounded down or up to a multiple of ``step``, with the sum of ``total`` rounded.

    Those with the largest remainders are rounded up; of equal ones the first.
    """
    floors = [(amount / step).to_integral_value(ROUND_FLOOR) for amount in amounts]
    left = int((total / step).to_integral_value(ROUND_HALF_UP) - sum(floors, Decimal(0)))
    by_remainder = sorted(range(len(amounts)), key=lambda index: floors[index] - amounts[index] / step)
    raised = set(by_remainder[:left])
    return [(floor + (index in raised)) * step for index, floor in enumerate(floors)]


def below(amount: Decimal | None, step: Decimal) -> Decimal | None:
    """A lower bound as a multiple of ``step``."""
    return None if amount is None else (amount / step).to_integral_value(ROUND_FLOOR) * step


def above(amount: Decimal | None, step: Decimal) -> Decimal | None:
    """An upper bound as a multiple of ``step``."""
    return None if amount is None else (amount / step).to_integral_value(ROUND_CEILING) * step
