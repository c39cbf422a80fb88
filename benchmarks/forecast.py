"""Back-test of ``scrimp forecast``: how many of the months held out lie within its 80 % interval.

``python benchmarks/forecast.py [SERIES [SEED]]`` makes so many series (40) of each kind and length with
``ledgers/series.py``, forecasts three months of each from those before, and prints by kind and by length: the share
inside, the median width of the intervals and the median error of the typical amount, both as shares of the amount,
and that error where each month is taken to cost a day what the last one did. The same seed gives the same series.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from ledgers.series import KINDS, made

from scrimp.forecast import History, Month, Point, checked, outlook
from scrimp.forecast.series import LEAST_MONTHS
from scrimp.model.amounts import Grade
from scrimp.model.errors import UserError

LENGTHS = (6, 9, 12, 18, 24, 36)
AHEAD = 3
SEED = 2026


@dataclass(frozen=True)
class Held:
    """A month that was held out."""

    kind: str
    length: int
    inside: bool
    width: float
    error: float
    naive: float


def points(months: Iterable[tuple[str, float]]) -> list[Point]:
    return [Point(month_of(name), Decimal(str(usd))) for name, usd in months]


def month_of(name: str) -> Month:
    return Month.of(date.fromisoformat(f"{name}-01"))


def judged(kind: str, length: int, rng: random.Random) -> Iterable[Held]:
    months = made(kind, length, AHEAD, rng)
    series, notes = checked(points(months[:length]), "back-test")
    last = series.points[-1]
    # "Today" is in the last known month, as if it were over: the months ahead are those held out.
    ahead = outlook(History(series, "usage", Grade.IMPORTED, notes), (), AHEAD, last.month.last).ahead
    for foretold, (name, usd) in zip(ahead, months[length:], strict=True):
        assert foretold.month == name
        low, typical, high = (
            float(each) for each in (foretold.usd.low, foretold.usd.typical, foretold.usd.high)
        )
        same = float(last.usd) / last.month.days * month_of(name).days
        yield Held(
            kind,
            length,
            low <= usd <= high,
            (high - low) / usd,
            abs(typical - usd) / usd,
            abs(same - usd) / usd,
        )


def line(title: str, held: list[Held]) -> str:
    inside = sum(each.inside for each in held) / len(held)
    width, error, naive = (
        median(getattr(each, name) for each in held) for name in ("width", "error", "naive")
    )
    return f"{title:18} {inside:6.2f} {width:6.2f} {error:6.2f} {naive:6.2f}  {len(held):6}"


def refused(rng: random.Random) -> int:
    """How many of the series that are too short are refused."""
    count = 0
    for length in range(3, LEAST_MONTHS):
        try:
            checked(points(made("noise", length, 0, rng)), "back-test")
        except UserError:
            count += 1
    return count


def main() -> None:
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    by_kind, by_length, cells = defaultdict(list), defaultdict(list), defaultdict(list)
    for kind in KINDS:
        for length in LENGTHS:
            rng = random.Random(f"{seed} {kind} {length}")
            for held in (held for _ in range(each) for held in judged(kind, length, rng)):
                by_kind[kind].append(held)
                by_length[length].append(held)
                cells[kind, length].append(held)
    print(f"{'':18} inside  width  error  naive  months")
    for kind, found in by_kind.items():
        print(line(kind, found))
    for length, found in by_length.items():
        print(line(f"{length} months", found))
    print("inside by kind and length: " + " ".join(map(str, LENGTHS)))
    for kind in KINDS:
        shares = (sum(held.inside for held in cells[kind, n]) / len(cells[kind, n]) for n in LENGTHS)
        print(f"{kind:18} " + "  ".join(f"{share:.2f}" for share in shares))
    print(
        f"refused with fewer than {LEAST_MONTHS} months: {refused(random.Random(seed))} of {LEAST_MONTHS - 3}"
    )
    everything = [held for found in by_kind.values() for held in found]
    print(f"inside the 80 % interval {sum(held.inside for held in everything) / len(everything):.3f}")


if __name__ == "__main__":
    main()
