"""Which histories are taken, what is left out of them, and which are refused, with the month that is to blame."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from forecast_histories import months, points
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scrimp.forecast import Month, Point, checked
from scrimp.model.errors import UserError


def flat(count: int) -> list[Point]:
    return points(count, lambda _: 100.0)


def with_amount(of: list[Point], index: int, usd: str) -> list[Point]:
    return [replace(each, usd=Decimal(usd)) if number == index else each for number, each in enumerate(of)]


@given(st.dates(date(1, 1, 1), date(9000, 1, 1)), st.integers(-11, 4000))
def test_a_month_is_as_far_from_another_as_it_was_moved(day: date, by: int) -> None:
    month = Month.of(day)
    if month.year > 1:
        assert month.later(by).since(month) == by


def test_a_february_of_a_leap_year_has_29_days() -> None:
    assert (Month(2028, 2).days, Month(2027, 2).days) == (29, 28)


def test_months_come_in_order_whatever_theirs() -> None:
    series, notes = checked(reversed(flat(8)), "usage.csv")

    assert [each.month for each in series.points] == months(8)
    assert notes == ()


@pytest.mark.parametrize("count", range(6))
def test_too_few_months_are_refused(count: int) -> None:
    with pytest.raises(UserError, match="needs 6 whole months that cost something"):
        checked(flat(count), "usage.csv")


def test_six_months_are_enough() -> None:
    assert len(checked(flat(6), "usage.csv")[0].points) == 6


def test_months_before_anything_ran_don_t_count() -> None:
    history = with_amount(with_amount(flat(8), 0, "0"), 1, "0")

    series, notes = checked(history, "usage.csv")

    assert len(series.points) == 6
    assert notes == ("2026-03 and 2026-04 cost nothing: nothing was running yet",)


def test_months_before_anything_ran_are_told_with_the_refusal() -> None:
    with pytest.raises(UserError, match=r"there are 5 \(2026-05 cost nothing"):
        checked(with_amount(flat(6), 0, "0"), "usage.csv")


def test_a_month_without_cost_between_others_is_a_gap() -> None:
    series, notes = checked(with_amount(flat(9), 4, "0"), "usage.csv")

    assert list(series.gaps) == [Month(2026, 6)]
    assert series.logarithms()[4] is None
    assert "2026-06 cost nothing, which is taken for a gap" in notes


def test_spend_that_ended_is_refused() -> None:
    with pytest.raises(UserError, match="since 2026-10 nothing was spent"):
        checked(with_amount(flat(9), 8, "0"), "usage.csv")


def test_missing_months_are_told() -> None:
    history = flat(10)
    del history[3]

    series, notes = checked(history, "usage.csv")

    assert len(series.months) == 10
    assert notes == ("nothing is known of 2026-04, which the model passes over",)


def test_too_many_missing_months_are_refused() -> None:
    with pytest.raises(UserError, match="of 12 months 4 are missing"):
        checked(flat(12)[:1] + flat(12)[5:], "usage.csv")


@pytest.mark.parametrize(
    ("usd", "message"),
    [
        ("-3.50", "costs less than nothing"),
        ("NaN", "can't be"),
        ("1e13", "can't be"),
        ("Infinity", "can't be"),
    ],
)
def test_absurd_amounts_are_refused_with_their_month(usd: str, message: str) -> None:
    with pytest.raises(UserError, match=f"usage.csv: 2026-05 .*{message}"):
        checked(with_amount(flat(8), 2, usd), "usage.csv")


def test_a_month_that_is_there_twice_is_refused() -> None:
    with pytest.raises(UserError, match="2026-10 is there twice"):
        checked([*flat(8), flat(8)[-1]], "usage.csv")


def test_a_mistyped_year_is_refused() -> None:
    with pytest.raises(UserError, match="1926-05 to 2026-10"):
        checked([Point(Month(1926, 5), Decimal(3)), *flat(8)], "usage.csv")


def test_months_are_compared_by_their_days() -> None:
    history = [Point(each, Decimal(each.days * 7)) for each in months(9)]

    logarithms = checked(history, "usage.csv")[0].logarithms()

    assert len({round(each, 12) for each in logarithms if each is not None}) == 1
