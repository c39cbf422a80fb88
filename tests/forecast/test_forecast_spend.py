"""Days of usage to months: whole ones, as billed or by the price list, each once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from forecast_histories import TODAY, days

from scrimp.forecast import History
from scrimp.forecast.spend import spent
from scrimp.model.errors import UserError
from scrimp.model.report import PriceStamp
from scrimp.usage.book import UsageDay

STAMP = PriceStamp("packaged", "2026-11-20", "ab")
FIRST, LAST = date(2026, 3, 1), date(2026, 11, 20)


def history(of: list[UsageDay], price: str | None = "7", today: date = TODAY) -> History:
    return spent(of, "usage.csv", lambda _: None if price is None else Decimal(price), STAMP, today)


def by_month(of: History) -> dict[str, Decimal]:
    return {str(each.month): each.usd for each in of.series.points}


def test_whole_months_are_summed_and_the_current_one_is_kept_apart() -> None:
    made = history(days(FIRST, LAST))

    assert by_month(made) == {
        f"2026-{n:02}": Decimal(100 * d)
        for n, d in zip(range(3, 11), (31, 30, 31, 30, 31, 31, 30, 31), strict=True)
    }
    assert made.so_far == (Decimal(2000), LAST)
    assert made.prices is None


def test_parts_of_months_are_left_out() -> None:
    made = history(days(date(2026, 3, 9), date(2026, 10, 20)), today=date(2026, 11, 2))

    assert list(by_month(made)) == [f"2026-{n:02}" for n in range(4, 10)]
    assert made.notes[:2] == (
        "2026-03 is left out: only a part of it was imported",
        "2026-10 is left out: only a part of it was imported",
    )
    assert made.so_far is None


def test_a_weekend_at_an_edge_makes_no_month_a_part() -> None:
    made = history(days(date(2026, 3, 3), date(2026, 10, 29)), today=date(2026, 11, 2))

    assert [list(by_month(made))[each] for each in (0, -1)] == ["2026-03", "2026-10"]


def test_rows_of_whole_months_are_whole_months() -> None:
    monthly = [each for each in days(FIRST, date(2026, 10, 31)) if each.day.day == 1]

    assert len(by_month(history(monthly))) == 8


def test_what_was_not_billed_is_priced_by_the_list() -> None:
    made = history([*days(FIRST, LAST), *days(FIRST, LAST, None, "gpt-5")])

    assert by_month(made)["2026-03"] == 31 * 107
    assert made.prices is STAMP
    assert made.notes[-1] == "7 % of the amounts were not billed: their tokens are priced by today's list"


def test_what_has_no_price_is_told_with_its_calls() -> None:
    made = history([*days(FIRST, LAST), *days(FIRST, FIRST, None, "house-model")], price=None)

    assert by_month(made)["2026-03"] == 3100
    assert "no price is known for house-model (1,000 calls)" in made.notes[-1]


def test_a_bill_for_all_models_of_a_provider_is_not_added_to_their_calls() -> None:
    bill = [UsageDay(each.day, "openai", "", None, 0, 0, 0, 0, Decimal(90)) for each in days(FIRST, LAST)]

    assert by_month(history([*days(FIRST, LAST, None), *bill]))["2026-03"] == 31 * 90


def test_nothing_imported_says_what_to_do() -> None:
    with pytest.raises(UserError, match="no history of usage") as error:
        history([])
    assert "scrimp usage import" in error.value.hint


def test_usage_of_the_future_is_left_out() -> None:
    made = history(days(FIRST, date(2027, 2, 28)))

    assert list(by_month(made))[-1] == "2026-10"
    assert made.so_far == (Decimal(2400), TODAY)
    assert made.notes == ("what lies after 2026-11-24 is left out",)


def test_a_month_of_refunds_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"usage.csv: 2026-05 costs less than nothing \(-\$60.00\)"):
        history([*days(FIRST, LAST), *days(date(2026, 5, 1), date(2026, 5, 1), Decimal(-3160))])
