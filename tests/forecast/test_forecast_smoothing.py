"""The models: events are told from noise, and weights go to what fits."""

from __future__ import annotations

import math
import random

import pytest

from scrimp.forecast.effects import Effect, Outlier, Step, Wave
from scrimp.forecast.paths import drawn
from scrimp.forecast.smoothing import candidates, weighted


def noisy(
    count: int, extra: dict[int, float], lasting: float = 0.0, since: int = 10**6
) -> list[float | None]:
    rng = random.Random(5)
    return [
        5 + rng.gauss(0, 0.05) + extra.get(month, 0.0) + lasting * (month >= since) for month in range(count)
    ]


def share(values: list[float | None], effect: Effect) -> float:
    """The weight of the models that have an effect."""
    models = weighted(values)
    having = sum(weight for weight, each in models if effect in each.smoothing.effects)
    return having / sum(weight for weight, _ in models)


def test_a_month_that_stands_out_is_an_outlier() -> None:
    assert share(noisy(18, {9: 1.0}), Outlier(9)) > 0.9


def test_a_new_level_is_a_step() -> None:
    assert share(noisy(18, {}, 0.7, 9), Step(9)) > 0.5


def test_noise_is_neither() -> None:
    models = weighted(noisy(18, {}))
    marked = sum(weight for weight, each in models if each.smoothing.effects)

    assert marked / sum(weight for weight, _ in models) < 0.3


@pytest.mark.parametrize(("months", "seasonal"), [(23, False), (24, True)])
def test_a_season_is_looked_for_from_two_years_on(months: int, seasonal: bool) -> None:
    effects = {effect for each in candidates(months) for effect in each.effects}

    assert effects == ({Wave(0), Wave(1), Wave(2), Wave(3)} if seasonal else set())


def test_waves_come_again_after_a_year() -> None:
    for number in range(4):
        values = [Wave(number).at(month) for month in range(24)]
        assert values[:12] == pytest.approx(values[12:])
        assert math.fsum(values) == pytest.approx(0, abs=1e-9)


def test_one_odd_month_widens_nothing() -> None:
    def width(values: list[float | None]) -> float:
        first = sorted(way[0] for way in drawn(values, 1))
        return first[int(0.9 * len(first))] - first[int(0.1 * len(first))]

    assert width(noisy(18, {9: 1.0})) < 1.5 * width(noisy(18, {}))
