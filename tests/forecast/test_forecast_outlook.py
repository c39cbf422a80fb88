"""What is foretold: ranges that follow what is known, months that are named, and honest chances."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from forecast_histories import TODAY, points
from hypothesis import given, settings
from hypothesis import strategies as st

from scrimp.forecast import History, Limit, Point, checked, outlook
from scrimp.forecast.least_squares import fitted
from scrimp.model.amounts import Grade
from scrimp.model.errors import UserError
from scrimp.model.outlook import Outlook


def foretold(
    of: list[Point], *limits: str, months: int = 3, today: date = TODAY, by_day: bool = True
) -> Outlook:
    series, notes = checked(of, "usage.csv", by_day=by_day)
    told = [Limit(f"below {each}", Decimal(each)) for each in limits]
    return outlook(History(series, "usage", Grade.IMPORTED, notes), told, months, today)


def typical(of: Outlook) -> list[float]:
    return [float(each.usd.typical) for each in of.ahead]


def flat(_: int) -> float:
    return 100.0


class TestMonthsAhead:
    def test_begin_after_the_last_whole_one_and_name_the_one_under_way(self) -> None:
        ahead = foretold(points(12, flat)).ahead

        assert [(each.month, each.started) for each in ahead] == [
            ("2026-11", True),
            ("2026-12", False),
            ("2027-01", False),
            ("2027-02", False),
        ]

    def test_cost_what_they_always_did_if_nothing_changes(self) -> None:
        made = foretold(points(12, flat))

        assert typical(made) == pytest.approx([3000, 3100, 3100, 2800], rel=0.06)
        assert all(each.usd.low < each.usd.typical < each.usd.high for each in made.ahead)

    def test_go_on_growing(self) -> None:
        grown = typical(foretold(points(18, lambda index: 100 * 1.05**index)))

        assert grown[-1] / 28 == pytest.approx(100 * 1.05**21, rel=0.1)

    def test_follow_a_step(self) -> None:
        after = foretold(points(18, lambda index: 100 if index < 12 else 200)).ahead[0].usd

        assert 3000 < after.low < 6000 < after.high
        assert after.typical > 5000

    def test_know_the_season_from_two_years_on(self) -> None:
        def seasonal(index: int) -> float:
            return 100 * math.exp(0.4 * math.sin(2 * math.pi * index / 12))

        made = foretold(points(36, seasonal))

        assert made.seasonal
        assert typical(made)[1] / 31 == pytest.approx(seasonal(37), rel=0.12)
        assert not foretold(points(23, flat)).seasonal

    def test_are_less_sure_the_noisier_and_the_farther(self) -> None:
        def width(of: Outlook, index: int) -> float:
            usd = of.ahead[index].usd
            return float((usd.high - usd.low) / usd.typical)

        calm, noisy = foretold(points(12, flat, noise=0.02)), foretold(points(12, flat, noise=0.2))

        assert width(noisy, 0) > 3 * width(calm, 0)
        assert width(noisy, 3) > width(noisy, 0)

    def test_have_no_range_if_all_months_cost_the_same(self) -> None:
        usd = foretold(points(8, flat, noise=0.0)).ahead[0].usd

        assert usd.high - usd.low < Decimal("0.10")

    def test_of_a_level_don_t_depend_on_their_days(self) -> None:
        history = [Point(each.month, Decimal(500)) for each in points(8, flat)]

        assert {each.usd.typical for each in foretold(history, by_day=False).ahead} == {Decimal(500)}

    def test_are_the_same_each_time(self) -> None:
        assert foretold(points(9, flat)) == foretold(points(9, flat))

    def test_pass_over_gaps(self) -> None:
        history = points(16, lambda index: 100 * 1.04**index)
        del history[7]

        assert typical(foretold(history))[0] / 30 == pytest.approx(100 * 1.04**16, rel=0.1)

    @given(st.lists(st.floats(0.01, 1e6), min_size=6, max_size=15), st.sampled_from([10, 1000]))
    @settings(max_examples=12, deadline=None)
    def test_keep_their_order_and_scale_with_what_was_spent(self, rates: list[float], factor: int) -> None:
        one = foretold(points(len(rates), lambda index: rates[index], noise=0.0))
        more = foretold(points(len(rates), lambda index: factor * rates[index], noise=0.0))

        for each, other in zip(one.ahead, more.ahead, strict=True):
            assert 0 <= each.usd.low <= each.usd.typical <= each.usd.high
            assert float(other.usd.typical) == pytest.approx(
                factor * float(each.usd.typical), rel=0.05, abs=1
            )


class TestTotal:
    def test_is_of_the_months_that_have_not_begun(self) -> None:
        made = foretold(points(12, flat))

        assert float(made.total.typical) == pytest.approx(sum(typical(made)[1:]), rel=0.02)

    def test_is_surer_than_its_months_together(self) -> None:
        made = foretold(points(12, flat, noise=0.15))
        together = sum(each.usd.high - each.usd.low for each in made.ahead[1:])

        assert made.total.high - made.total.low < together


class TestLimits:
    def test_that_are_far_away_are_unlikely_to_break(self) -> None:
        limit = foretold(points(12, flat), "9000").limits[0]

        assert (limit.month, limit.broken, set(limit.chances)) == (None, False, {Decimal("0.05")})

    def test_break_in_the_month_that_is_foretold(self) -> None:
        def growing(index: int) -> float:
            return 100 * 1.08**index

        limit = foretold(points(20, growing), str(31 * 100 * 1.08**21.3)).limits[0]

        assert limit.month == "2027-01"
        assert list(limit.chances) == sorted(limit.chances)
        assert all(Decimal("0.05") <= each <= Decimal("0.95") for each in limit.chances)

    def test_that_are_broken_already_say_so(self) -> None:
        limit = foretold(points(12, flat), "1000").limits[0]

        assert (limit.month, limit.broken) == ("2026-11", True)


class TestRefusals:
    def test_of_a_history_that_ended_long_ago(self) -> None:
        with pytest.raises(UserError, match="the last whole month is 2026-10, too long ago"):
            foretold(points(12, flat), today=date(2027, 3, 1))

    def test_of_more_months_than_there_are(self) -> None:
        with pytest.raises(UserError, match="6 months of history can't tell 7 ahead"):
            foretold(points(6, flat), months=7)


def test_ranges_too_wide_to_plan_by_are_called_so() -> None:
    def wild(index: int) -> float:
        return 100 if index % 2 else 3000

    assert any("too wide" in note for note in foretold(points(8, wild)).notes)


class TestLeastSquares:
    @pytest.mark.parametrize("formula", [lambda x: 3 + 2 * x, lambda _: 5.0, lambda x: -x / 7])
    def test_finds_a_line_again(self, formula: Callable[[float], float]) -> None:
        places = [float(each) for each in range(9)]

        fit = fitted([formula(each) for each in places], [[1.0] * 9, places])

        assert fit is not None
        assert fit.coefficients == pytest.approx((formula(0), formula(1) - formula(0)), abs=1e-9)
        assert fit.squares == pytest.approx(0, abs=1e-9)

    def test_refuses_columns_that_repeat_each_other(self) -> None:
        assert fitted([1.0, 2.0, 4.0], [[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]]) is None
