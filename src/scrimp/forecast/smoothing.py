"""Exponential smoothing with a damped trend and harmonics of a year, on logarithms of what a day costs.

Each candidate is an innovations state space model of the class ETS(A,N,N) or ETS(A,Ad,N): a level that follows the
errors by ``alpha``, a slope that follows them by ``beta`` and is damped by ``phi`` (Hyndman and Athanasopoulos,
"Forecasting: Principles and Practice", 3rd edition, 2021, sections 8.5 and 8.7, otexts.com/fpp3). From two full years
on there is a straight line too, and each of the others comes also with one or two pairs of sine and cosine (dynamic
harmonic regression, section 10.5): twelve free indices would leave two years' data no say.

One-step errors are linear in the first level, the first slope and the harmonics' weights (Hyndman, Koehler, Ord and
Snyder, "Forecasting with Exponential Smoothing", 2008, chapter 5), so these are found by least squares, with their
uncertainty. No candidate is chosen: each counts by its Akaike weight, which is corrected for small samples (Burnham
and Anderson, "Model Selection and Multimodel Inference", 2002, sections 2.4 and 2.9), as a few months can't tell
candidates apart.

It is code of our own since the library that does as much, statsmodels 0.15, comes with numpy, scipy and pandas: 77 MB
of wheels for fitting two dozen numbers, in a tool that starts in tens of milliseconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from scrimp.forecast.least_squares import Fit, fitted

MONTHS_A_YEAR = 12
LEAST_SEASONAL = 2 * MONTHS_A_YEAR
"""Months from which a season can be told from a trend: each month of the year was seen twice."""

ALPHAS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 1.0)
SHARES = (0.0, 0.1, 0.3)
"""Of ``alpha`` that is ``beta``: a slope that follows errors as fast as the level does would chase noise."""
PHIS = (0.8, 0.9, 0.98)
"""The range of FPP3, section 8.2: below 0.8 a trend is gone at once, above 0.98 it can't be told from an undamped."""
LEAST_TREND = 0.2
"""The least ``alpha`` with a slope: a level that hardly follows makes a straight line of it, for which the rising half
of a season is easily taken as long as there are less than two years."""
HARMONICS = (0, 1, 2)
NEGLIGIBLE = 8.0
"""A candidate whose criterion is worse by this has under 2 % of the best one's weight."""
LEAST_DEVIATION = 1e-6
"""Of logarithms: two equal months in a row leave no error, whose logarithm has no bound."""


@dataclass(frozen=True, slots=True)
class Smoothing:
    """How a level and a slope follow errors; without a trend there is no slope."""

    alpha: float
    beta: float = 0.0
    phi: float = 1.0
    trend: bool = False
    harmonics: int = 0

    @property
    def parameters(self) -> int:
        """What is chosen by the data, apart from the coefficients: the errors' variance, alpha, beta and phi."""
        return 1 + (self.alpha > 0) + (self.beta > 0) + (self.trend and self.phi < 1)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A candidate after the last point.

    ``states`` are the levels and slopes there: of the data alone, then by which each coefficient changes them. Errors
    have ``freedom`` degrees of it.
    """

    smoothing: Smoothing
    states: tuple[tuple[float, float], ...]
    fit: Fit
    freedom: int
    criterion: float


def candidates(points: int) -> Iterator[Smoothing]:
    """The models that are tried for so many points."""
    for harmonics in HARMONICS if points >= LEAST_SEASONAL else HARMONICS[:1]:
        for alpha in ALPHAS:
            yield Smoothing(alpha, harmonics=harmonics)
            for share, phi in product(SHARES, PHIS) if alpha >= LEAST_TREND else ():
                yield Smoothing(alpha, alpha * share, phi, True, harmonics)
    if points >= LEAST_SEASONAL:
        yield Smoothing(0.0, trend=True)


def weighted(values: Sequence[float | None]) -> list[tuple[float, Fitted]]:
    """The candidates that count, each with its weight; ``None`` among the monthly values is a gap."""
    observed = sum(value is not None for value in values)
    made = [fit for each in candidates(observed) if (fit := _fitted(each, values, observed)) is not None]
    best = min(each.criterion for each in made)
    near = [each for each in made if each.criterion < best + NEGLIGIBLE]
    return [(math.exp((best - each.criterion) / 2), each) for each in near]


def harmonic(month: int, number: int) -> float:
    """The value of a harmonic in a month, counted from the first: 0 and 1 are a pair of a year, 2 and 3 of half one."""
    angle = 2 * math.pi * (number // 2 + 1) * month / MONTHS_A_YEAR
    return math.cos(angle) if number % 2 else math.sin(angle)


def _fitted(smoothing: Smoothing, values: Sequence[float | None], observed: int) -> Fitted | None:
    gaps = [value is None for value in values]
    errors, state = _followed(smoothing, values)
    nothing = [None if gap else 0.0 for gap in gaps]
    starts = [(1.0, 0.0), (0.0, 1.0)] if smoothing.trend else [(1.0, 0.0)]
    runs = [_followed(smoothing, nothing, *start) for start in starts]
    # A start's errors are what it wrongly foretells, of zeros: its share of the data is their opposite.
    columns = [[-error for error in run] for run, _ in runs]
    states = [state, *(after for _, after in runs)]
    for number in range(2 * smoothing.harmonics):
        wave = [None if gap else harmonic(month, number) for month, gap in enumerate(gaps)]
        run, (level, slope) = _followed(smoothing, wave)
        columns.append(run)
        states.append((-level, -slope))
    freedom = observed - len(columns) - 1
    known = len(columns) + smoothing.parameters
    fit = fitted(errors, columns) if observed - known - 1 > 0 else None
    if fit is None:
        return None
    variance = max(fit.squares / observed, LEAST_DEVIATION**2)
    correction = 2 * known * (known + 1) / (observed - known - 1)
    return Fitted(
        smoothing, tuple(states), fit, freedom, observed * math.log(variance) + 2 * known + correction
    )


def _followed(
    smoothing: Smoothing, values: Sequence[float | None], level: float = 0.0, slope: float = 0.0
) -> tuple[list[float], tuple[float, float]]:
    """The one-step errors where there are values, and the level and slope after the last."""
    errors = []
    alpha, beta, phi = smoothing.alpha, smoothing.beta, smoothing.phi
    for value in values:
        slope *= phi
        level += slope
        if value is not None:
            error = value - level
            errors.append(error)
            level += alpha * error
            slope += beta * error
    return errors, (level, slope)
