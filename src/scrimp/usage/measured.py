"""What joined rows say of each call: volumes of an average month and mean sizes.

Volumes are those of the last 31 days that a stream holds, or of fewer if it holds fewer, or of a period that the user
names; per day, times 30.4375. A stream's days are the time between its first and its last moment, so that a call that
is rarely made isn't taken for a frequent one. What two streams tell of one call through one provider are the same calls
seen twice (a proxy's log and the provider's own usage): the fuller one counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from msgspec import Struct, field

from scrimp.usage.book import DAYS_A_MONTH, Period
from scrimp.usage.join import Joined, Share
from scrimp.usage.ledger import TOKENS, Cell, Sums
from scrimp.usage.targets import CallTarget, provider_of

LONGEST = timedelta(days=31)
"""How far back a volume looks where no period is named: a month, whatever its length."""
SHORTEST = 86_400
"""Seconds: what is shorter than a day is taken for one, as nobody knows of the rest of it that nothing was called."""
SUMMED = ("calls", *TOKENS)
RATE = Decimal("0.001")  # to which shares are rounded


class Window(Struct, frozen=True):
    """The time of a stream that volumes are taken from, in Unix seconds."""

    first: int
    last: int

    def holds(self, cell: Cell) -> bool:
        """Whether a cell lies in it."""
        return self.first <= cell.first < self.last

    @property
    def months(self) -> Fraction:
        """Its length in average months: that of a day at least."""
        return Fraction(max(self.last - self.first, SHORTEST), 86_400) / Fraction(DAYS_A_MONTH)

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(_day(self.first), _day(self.last - 1))

    @property
    def is_short(self) -> bool:
        """Whether it is less than a day."""
        return self.last - self.first < SHORTEST


class Measured(Struct, frozen=True):
    """What was measured of one call; see ``UsageEntry`` for the units."""

    calls_per_month: int | None
    calls_estimated: bool
    input_tokens: int | None
    unsized_tokens: int | None
    output_tokens: int | None
    reasoning_tokens: int | None
    hit_rate: Decimal | None
    write_rate: Decimal | None
    split: int
    period: Period
    source: str


class Measures(Struct):
    """Measured values by target, and the shares that count and that don't (as another stream tells more)."""

    by_target: dict[int, Measured] = field(default_factory=dict)
    counted: dict[int, list[Share]] = field(default_factory=dict)
    seen_twice: list[Share] = field(default_factory=list)


def windows(cells: Iterable[Cell], period: Period | None) -> dict[str, Window]:
    """The window of each stream, taken from what isn't a bill alone."""
    spans: dict[str, tuple[int, int]] = {}
    for cell in cells:
        if not cell.sums.is_bill:
            first, last = spans.get(cell.key.stream, (cell.first, cell.last))
            spans[cell.key.stream] = min(first, cell.first), max(last, cell.last)
    if period is not None:
        first, last = _start(period.first), _start(period.last + timedelta(days=1))
        return dict.fromkeys(spans, Window(first, last))
    longest = int(LONGEST.total_seconds())
    return {stream: Window(max(first, last - longest), last) for stream, (first, last) in spans.items()}


def measure(joined: Joined, targets: Sequence[CallTarget], by_stream: Mapping[str, Window]) -> Measures:
    """What the rows inside of their streams' windows say of each target."""
    measures = Measures()
    for number, shares in joined.shares.items():
        inside = [share for share in shares if by_stream[share.cell.key.stream].holds(share.cell)]
        counted, repeated = _one_stream(inside)
        measures.seen_twice += repeated
        if counted:
            measures.counted[number] = counted
            measures.by_target[number] = _measured(targets[number], counted, by_stream)
    return measures


def _one_stream(shares: Sequence[Share]) -> tuple[list[Share], list[Share]]:
    """The shares of the fullest stream for each provider, and the others."""
    by_provider: dict[str, dict[str, list[Share]]] = defaultdict(lambda: defaultdict(list))
    for share in shares:
        key = share.cell.key
        by_provider[provider_of(key.provider, key.model)][key.stream].append(share)
    counted: list[Share] = []
    repeated: list[Share] = []
    for streams in by_provider.values():
        best = max(sorted(streams), key=lambda stream: _fullness(streams[stream]))
        for stream, own in streams.items():
            (counted if stream == best else repeated).extend(own)
    return counted, repeated


def _fullness(shares: Iterable[Share]) -> tuple[Fraction, Fraction]:
    shares = list(shares)
    return (
        _weighed(shares, lambda sums: sums.calls or 0),
        _weighed(shares, lambda sums: sums.input + sums.output),
    )


def _weighed(shares: Iterable[Share], number: Callable[[Sums], int]) -> Fraction:
    alike: dict[Fraction, int] = defaultdict(int)
    for share in shares:
        alike[share.weight] += number(share.cell.sums)
    return sum((weight * each for weight, each in alike.items()), Fraction(0))


def _measured(target: CallTarget, shares: Sequence[Share], by_stream: Mapping[str, Window]) -> Measured:
    monthly = _monthly(shares, by_stream)
    calls, estimated = _calls(target, shares, monthly)
    size = None if not calls else _rounded(monthly["input"] / calls)
    used = [by_stream[stream] for stream in sorted({share.cell.key.stream for share in shares})]
    return Measured(
        None if calls is None else max(1, _rounded(calls)),
        estimated,
        size,
        max(0, size - (target.input_tokens or 0)) if size is not None and target.open_size else None,
        None if not calls else _rounded(monthly["output"] / calls),
        None if not calls or not monthly["reasoning"] else _rounded(monthly["reasoning"] / calls),
        _rate(monthly["cached"], monthly["input"]),
        _rate(monthly["written"], monthly["input"]) or None,
        max(share.split for share in shares),
        Period(min(each.period.first for each in used), max(each.period.last for each in used)),
        _source(shares),
    )


def _monthly(shares: Sequence[Share], by_stream: Mapping[str, Window]) -> dict[str, Fraction]:
    """Sums of a month; whole numbers are added up before they are divided, as there may be many."""
    alike: dict[tuple[str, Fraction], list[Sums]] = defaultdict(list)
    for share in shares:
        alike[share.cell.key.stream, share.weight].append(share.cell.sums)
    monthly = dict.fromkeys(SUMMED, Fraction(0))
    for (stream, weight), sums in alike.items():
        scale = weight / by_stream[stream].months
        for name in SUMMED:
            monthly[name] += scale * sum(getattr(each, name) or 0 for each in sums)
    return monthly


def _calls(
    target: CallTarget, shares: Sequence[Share], monthly: Mapping[str, Fraction]
) -> tuple[Fraction | None, bool]:
    """Calls a month; where a part of the rows doesn't count them, from tokens and the size of a call."""
    counting = [share for share in shares if share.cell.sums.calls is not None]
    if len(counting) == len(shares):
        return monthly["calls"] or None, False
    size: Fraction | None = Fraction(target.input_tokens) if target.input_tokens else None
    if monthly["calls"]:
        tokens = sum((share.weight * share.cell.sums.input for share in counting), Fraction(0))
        size = tokens / sum((share.weight * (share.cell.sums.calls or 0) for share in counting), Fraction(0))
    return (monthly["input"] / size, True) if size and monthly["input"] else (None, True)


def _source(shares: Sequence[Share]) -> str:
    """The streams, and by what their rows were joined."""
    ways: dict[str, set[str]] = defaultdict(set)
    for share in shares:
        ways[share.by].add(share.cell.key.stream)
    return "; ".join(f"{', '.join(sorted(streams))} by {by}" for by, streams in sorted(ways.items()))


def _rate(part: Fraction, whole: Fraction) -> Decimal | None:
    if not whole:
        return None
    share = part / whole
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(RATE)


def _rounded(number: Fraction) -> int:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return int(exact.to_integral_value(ROUND_HALF_UP))


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _start(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
