"""Cents that add up."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scrimp.model.rounding import CENT, apportioned, step_of


def test_the_largest_remainders_are_rounded_up() -> None:
    amounts = [Decimal("33.333"), Decimal("33.333"), Decimal("33.334")]

    assert apportioned(amounts, Decimal(100), CENT) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_small_totals_are_written_in_smaller_steps() -> None:
    assert [step_of(Decimal(total)) for total in ("2528.88", "12.5", "0.004", "0")] == [
        Decimal("0.01"),
        Decimal("0.0001"),
        Decimal("1E-8"),
        Decimal("0.01"),
    ]


@given(st.lists(st.decimals(0, 10**6, places=9, allow_nan=False), min_size=1, max_size=30))
def test_they_add_up_and_none_is_off_by_a_cent(amounts: list[Decimal]) -> None:
    total = sum(amounts, Decimal(0))

    rounded = apportioned(amounts, total, CENT)

    assert sum(rounded) == total.quantize(CENT)
    assert all(abs(one - other) < CENT for one, other in zip(rounded, amounts, strict=True))
