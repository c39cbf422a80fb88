"""Makes months of spend whose making is known: independent of scrimp, which it doesn't import.

Each series has a daily rate of its own in dollars, noise from month to month (lognormal, 3, 6 or 12 %), and what its
kind says. A month costs its rate times its days. ``python benchmarks/ledgers/series.py KIND MONTHS [SEED]`` prints one.
"""

from __future__ import annotations

import math
import random
import sys
from calendar import monthrange

KINDS = {
    "noise": "nothing but noise",
    "trend": "grows or shrinks by the same share each month (-3 to +6 %)",
    "line": "grows or shrinks by the same amount each month (-2 to +6 % of the first)",
    "season": "a sine of a year, 10 to 30 %",
    "holidays": "July, August and December are 15 to 40 % lower",
    "step": "falls to 0.6 or rises to 1.5 or 2 times, at any month but the first two",
    "walk": "each month starts from the last one's level (5 % up or down)",
    "outlier": "one month costs 1.5 to 3 times as much",
    "trend season": "both",
    "trend step": "both",
    "trend season step": "all three",
}
FIRST_YEAR, FIRST_MONTH = 2023, 1


def made(kind: str, known: int, ahead: int, rng: random.Random) -> list[tuple[str, float]]:
    """Months with what they cost: so many that are known, then those to be foretold. Steps lie among the known."""
    rate = 300 * math.exp(rng.uniform(-2, 2))
    noise = rng.choice([0.03, 0.06, 0.12])
    share, amount = rng.uniform(-0.03, 0.06), rng.uniform(-0.02, 0.06)
    phase, swing, dip = rng.randrange(12), rng.uniform(0.1, 0.3), rng.uniform(0.15, 0.4)
    step_at, step = rng.randrange(2, known), rng.choice([0.6, 1.5, 2.0])
    odd, peak = rng.randrange(known), rng.uniform(1.5, 3)
    level, months = 0.0, []
    for index in range(known + ahead):
        year, month = divmod(FIRST_YEAR * 12 + FIRST_MONTH - 1 + index, 12)
        value = rate
        if "trend" in kind:
            value *= math.exp(share * index)
        if kind == "line":
            value *= max(0.1, 1 + amount * index)
        if "season" in kind:
            value *= 1 + swing * math.sin(2 * math.pi * (index + phase) / 12)
        if kind == "holidays" and month + 1 in {7, 8, 12}:
            value *= 1 - dip
        if "step" in kind and index >= step_at:
            value *= step
        if kind == "walk":
            level += rng.gauss(0, 0.05)
            value *= math.exp(level)
        if kind == "outlier" and index == odd:
            value *= peak
        value *= math.exp(rng.gauss(0, noise)) * monthrange(year, month + 1)[1]
        months.append((f"{year}-{month + 1:02}", round(value, 2)))
    return months


if __name__ == "__main__":
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    for name, usd in made(sys.argv[1], int(sys.argv[2]), 0, random.Random(seed)):
        print(f"{name} {usd:.2f}")
