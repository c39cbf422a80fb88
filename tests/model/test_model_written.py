"""Numbers as people read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.model.amounts import UNKNOWN_MONEY, Grade, Interval
from scrimp.model.written import (
    UP,
    adding_up,
    amount,
    dollars,
    exact,
    leading,
    percent,
    purposes,
    rough_dollars,
    sign,
    signed_dollars,
    spent,
    stated_dollars,
)

AMOUNTS = st.decimals(-(10**20), 10**20, allow_nan=False, allow_infinity=False, places=9)


@pytest.mark.parametrize(
    ("usd", "written"),
    [
        ("0", "0.00"),
        ("1234.5", "1,234.50"),
        ("0.125", "0.13"),
        ("0.0123456", "0.012"),
        ("0.00000409", "0.0000041"),
        ("-2.005", "-2.01"),
        ("1E+3", "1,000.00"),
    ],
)
def test_amounts_are_to_the_cent_and_small_ones_have_two_digits(usd: str, written: str) -> None:
    assert amount(Decimal(usd)) == written


def test_a_sign_stands_before_the_dollar() -> None:
    assert dollars(Decimal("-1.5")) == "-$1.50"
    assert signed_dollars(Decimal("1.5")) == "+$1.50"
    assert signed_dollars(Decimal(0)) == "+$0.00"
    assert dollars(None) == signed_dollars(None) == "unknown"


def test_what_is_stated_keeps_its_digits() -> None:
    assert stated_dollars(Decimal("12000")) == "$12,000"
    assert stated_dollars(Decimal("3.50")) == "$3.50"
    assert exact(Decimal("1.2E+4")) == "12000"


def test_what_is_rough_has_cents_only_below_a_hundred() -> None:
    assert [rough_dollars(Decimal(usd)) for usd in ("99.6", "100.5", "12345")] == ["99.60", "101", "12,345"]


def test_percentages_have_one_decimal() -> None:
    assert percent(Decimal("4.25")) == "4.3%"
    assert percent(Decimal("4.21"), rounding=UP) == "4.3%"
    assert percent(Decimal("80"), decimals=0) == "80%"
    assert percent(Decimal("4.25"), sign="+") == "+4.3%"
    assert percent(Decimal("-0.04")) == "0.0%"
    assert percent(Decimal("-0.04"), sign="+") == "+0.0%"


@given(AMOUNTS)
def test_what_broke_a_limit_never_looks_smaller(usd: Decimal) -> None:
    assert Decimal(amount(abs(usd), UP).replace(",", "")) >= abs(usd)


@given(AMOUNTS)
def test_an_amount_is_off_by_half_a_cent_at_most(usd: Decimal) -> None:
    assert abs(Decimal(amount(usd).replace(",", "")) - usd) <= Decimal("0.005")


@given(AMOUNTS)
def test_exact_numbers_read_back(usd: Decimal) -> None:
    assert Decimal(exact(usd)) == usd


def usd(
    low: str | None, typical: str, high: str | None, grade: Grade = Grade.CONFIGURED
) -> Interval[Decimal]:
    return Interval(
        None if low is None else Decimal(low),
        Decimal(typical),
        None if high is None else Decimal(high),
        grade,
    )


@pytest.mark.parametrize(
    ("amount", "before", "said"),
    [
        (usd("2", "2", "2"), "", "$2.00 a month"),
        (usd("2", "2", None), "≥", "at least $2.00 a month"),
        (usd("1", "2", None), "~", "about $2.00 a month; at least $1.00"),
        (usd("1", "2", "3"), "~", "about $2.00 a month; $1.00 to $3.00"),
        (usd("2", "2", None, Grade.ASSUMED), "~", "about $2.00 a month or more"),
        (
            usd("1", "2", None, Grade.ASSUMED),
            "~",
            "about $2.00 a month; at least $1.00 at these volumes and models",
        ),
        (usd("2", "2", "2", Grade.ASSUMED), "~", "about $2.00 a month"),
        (usd(None, "2", None), "~", "about $2.00 a month"),
    ],
)
def test_only_what_an_amount_cant_be_below_is_at_least(
    amount: Interval[Decimal], before: str, said: str
) -> None:
    assert amount.typical is not None
    assert sign(amount.typical, amount) == before
    assert spent(amount, Decimal(1) if amount.grade is Grade.ASSUMED else None) == said


def test_amounts_beside_each_other_are_as_sure_as_the_least_sure_of_them() -> None:
    known, floor, typical = usd("2", "2", "2"), usd("2", "2", None), usd("1", "2", None)

    assert leading(known, known) == ""
    assert leading(known, floor) == "at least "
    assert leading(typical, floor) == "about "
    assert leading(UNKNOWN_MONEY) == ""


def test_an_unknown_amount_is_said_to_be_unknown() -> None:
    assert spent(UNKNOWN_MONEY, None) == "cost per month unknown"


@given(st.lists(st.decimals(0, 10**6, places=9), min_size=1, max_size=4))
def test_amounts_beside_their_sum_add_up_to_it(amounts: list[Decimal]) -> None:
    written = adding_up(amounts)

    assert sum(0 if each[0] == "<" else Decimal(each[1:].replace(",", "")) for each in written) == Decimal(
        amount(sum(amounts, Decimal(0))).replace(",", "")
    )


def test_what_costs_nothing_is_no_purpose_and_what_rounds_to_nothing_is_one() -> None:
    said = purposes(Decimal(2), Decimal(0), Decimal("0.001"))

    assert said == "$2.00 input of prompts, <$0.01 other input"
