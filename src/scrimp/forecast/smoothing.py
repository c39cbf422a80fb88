"""Exponential smoothing with a damped trend and harmonics of a year, on logarithms of what a day costs.

Each candidate is an innovations state space model of the class ETS(A,N,N) or ETS(A,Ad,N): a level that follows the
errors by ``alpha``, a slope that follows them by ``beta`` and is damped by ``phi`` (Hyndman and Athanasopoulos,
"Forecasting: Principles and Practice", 3rd edition, 2021, sections 8.5 and 8.7, otexts.com/fpp3). From two full years
on there is a straight line too, and each of the others comes also with one or two pairs of sine and cosine (dynamic
harmonic regression, section 10.5): twelve free indices would leave two years' data no say. The month that the best of
them errs most in is also tried as an outlier and as a step, so that one event isn't taken for lasting noise.

One-step errors are linear in the first level, the first slope and the effects' sizes (Hyndman, Koehler, Ord and Snyder,
"Forecasting with Exponential Smoothing", 2008, chapter 5), so these are found by least squares, with their uncertainty.
No candidate is chosen: each counts by its Akaike weight, which is corrected for small samples (Burnham and Anderson,
"Model Selection and Multimodel Inference", 2002, sections 2.4 and 2.9), as a few months can't tell candidates apart.

It is code of our own since the library that does as much, statsmodels 0.15, comes with numpy, scipy and pandas: 77 MB
of wheels for fitting two dozen numbers, in a tool that starts in tens of milliseconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from scrimp.forecast.effects import MONTHS_A_YEAR, Effect, Outlier, Step, Wave
from scrimp.forecast.least_squares import Fit, fitted

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
PRICE_OF_A_MONTH = 3
"""Parameters that a month counts for at which something happens, as it is searched for among all: 6 / 2 of Ninomiya,
"Change-point model selection via AIC", Annals of the Institute of Statistical Mathematics 67 (2015), pages 943-961."""
NEGLIGIBLE = 8.0
"""A candidate whose criterion is worse by this has under 2 % of the best one's weight."""
LEAST_DEVIATION = 1e-6
"""Of logarithms: two equal months in a row leave no error, whose logarithm has no bound."""


class Smoothing(Struct, frozen=True):
    """How a level and a slope follow errors, and what lies on top of them; without a trend there is no slope."""

    alpha: float
    beta: float = 0.0
    phi: float = 1.0
    trend: bool = False
    effects: tuple[Effect, ...] = ()

    @property
    def parameters(self) -> int:
        """What is chosen by the data, apart from the coefficients: the errors' variance, alpha, beta, phi, a month."""
        smoothing = (self.alpha > 0) + (self.beta > 0) + (self.trend and self.phi < 1)
        months = sum(not isinstance(each, Wave) for each in self.effects)
        return 1 + smoothing + PRICE_OF_A_MONTH * months


class Fitted(Struct, frozen=True):
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
    """The models that are tried for so many points, without a month of its own."""
    for harmonics in HARMONICS if points >= LEAST_SEASONAL else HARMONICS[:1]:
        waves = tuple(Wave(number) for number in range(2 * harmonics))
        for alpha in ALPHAS:
            yield Smoothing(alpha, effects=waves)
            for share, phi in product(SHARES, PHIS) if alpha >= LEAST_TREND else ():
                yield Smoothing(alpha, alpha * share, phi, True, waves)
    if points >= LEAST_SEASONAL:
        yield Smoothing(0.0, trend=True)


def weighted(values: Sequence[float | None]) -> list[tuple[float, Fitted]]:
    """The candidates that count, each with its weight; ``None`` among the monthly values is a gap."""
    observed = sum(value is not None for value in values)
    plain = [fit for each in candidates(observed) if (fit := _fitted(each, values, observed)) is not None]
    odd = _oddest(min(plain, key=attrgetter("criterion")), values)
    marks: tuple[Effect, ...] = (Outlier(odd), Step(odd))
    marked = [
        fit
        for each, mark in product(candidates(observed), marks)
        if not each.beta
        and (fit := _fitted(replace(each, effects=(*each.effects, mark)), values, observed)) is not None
    ]
    best = min(each.criterion for each in (*plain, *marked))
    near = [each for each in (*plain, *marked) if each.criterion < best + NEGLIGIBLE]
    return [(math.exp((best - each.criterion) / 2), each) for each in near]


def _oddest(model: Fitted, values: Sequence[float | None]) -> int:
    """The month that a model errs most in."""
    months = [month for month, value in enumerate(values) if value is not None]
    return max(zip(months, model.fit.left, strict=True), key=lambda each: abs(each[1]))[0]


def _fitted(smoothing: Smoothing, values: Sequence[float | None], observed: int) -> Fitted | None:
    gaps = [value is None for value in values]
    errors, state = _followed(smoothing, values)
    nothing = [None if gap else 0.0 for gap in gaps]
    starts = [(1.0, 0.0), (0.0, 1.0)] if smoothing.trend else [(1.0, 0.0)]
    runs = [_followed(smoothing, nothing, *start) for start in starts]
    # A start's errors are what it wrongly foretells, of zeros: its share of the data is their opposite.
    columns = [[-error for error in run] for run, _ in runs]
    states = [state, *(after for _, after in runs)]
    for effect in smoothing.effects:
        regressor = [None if gap else effect.at(month) for month, gap in enumerate(gaps)]
        run, (level, slope) = _followed(smoothing, regressor)
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
