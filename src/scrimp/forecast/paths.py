"""Ways on which the months may go on, drawn at random from the models that fit: what is between them is the interval.

Drawing keeps together what belongs together: a total over several months and the first month above a limit follow
from the same ways. FPP3, section 8.7, gets intervals by simulation where there is no formula; here there is none, as
ways come from many models, and coefficients and the errors' variance are as uncertain as few months leave them.
The numbers drawn are the same at each run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from scrimp.forecast.smoothing import Fitted, weighted

WAYS = 4000
"""As many leave a bound of the interval uncertain by about 2 % of the interval's width."""
SEED = 80
MOST_LOGARITHM = 60.0
"""Of what a day costs: the widest of intervals must still be a number."""


def drawn(values: Sequence[float | None], months: int, ways: int = WAYS) -> list[list[float]]:
    """Ways to go on for some months after the last value, in logarithms as the values are.

    ``None`` among these is a gap. Equal values leave nothing to judge noise by, and give equal ways.
    """
    random = Random(SEED)  # noqa: S311  nothing secret depends on it
    models = weighted(values)
    chosen = random.choices([fit for _, fit in models], [weight for weight, _ in models], k=ways)
    return [_way(each, len(values), months, random) for each in chosen]


def _way(model: Fitted, start: int, months: int, random: Random) -> list[float]:
    """One way: the variance and the coefficients first, then an error for each month."""
    smoothing = model.smoothing
    deviation = math.sqrt(model.fit.squares / (2 * random.gammavariate(model.freedom / 2, 1)))
    coefficients = model.fit.drawn(deviation, random)
    level, slope = model.states[0]
    for coefficient, (by_level, by_slope) in zip(coefficients, model.states[1:], strict=True):
        level += coefficient * by_level
        slope += coefficient * by_slope
    sizes = coefficients[len(coefficients) - len(smoothing.effects) :]
    way = []
    for month in range(start, start + months):
        slope *= smoothing.phi
        level += slope
        error = random.gauss(0.0, deviation)
        above = sum(size * each.at(month) for size, each in zip(sizes, smoothing.effects, strict=True))
        way.append(max(-MOST_LOGARITHM, min(MOST_LOGARITHM, level + above + error)))
        level += smoothing.alpha * error
        slope += smoothing.beta * error
    return way
