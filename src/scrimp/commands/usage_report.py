"""What ``scrimp usage`` tells people: what was read, what it was joined to, and what belongs to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from scrimp.model.written import dollars, percent
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.usage import Imported, Synced, list_price
from scrimp.prices.book import PriceBook
from scrimp.usage.ledger import NOTHING, Cell, Sums, total
from scrimp.usage.targets import provider_of

MOST = 10  # entries of a list, unless everything is wanted
WIDTH = 80


def imported_lines(outcome: Imported, setup: Setup, *, verbose: bool) -> list[str]:
    """The report of an import, for 80 columns."""
    most = None if verbose else MOST
    return [
        *_read_lines(outcome),
        *_joined_lines(outcome, most),
        *_loose_lines(outcome, setup.prices, most),
        *_sum_lines(outcome, setup.prices),
    ]


def _read_lines(outcome: Imported) -> list[str]:
    reading = outcome.reading
    lines = [
        f"{number:>11,} rows  {PurePath(path).name}  ({reading.titles[path]})"
        for path, number in sorted(reading.rows.items())
    ]
    passed = [f"{number:>11,} passed over: {reason}" for reason, number in sorted(reading.passed.items())]
    if reading.repeated:
        passed.append(f"{reading.repeated:>11,} rows stood there more than once, and count once")
    if reading.parts:
        passed.append(f"{reading.parts:>11,} rows are parts of other rows, and don't count")
    if outcome.uncounted != NOTHING:
        passed.append(
            f"{_amount(outcome.uncounted)} were held already or in another grouping, and count once"
        )
    faults = [f"error: {fault}" for fault in reading.faults]
    if reading.faulty > len(faults):
        faults.append(f"error: and {reading.faulty - len(faults)} more rows that can't be read")
    return [*lines, *passed, *faults]


def _joined_lines(outcome: Imported, most: int | None) -> list[str]:
    measured = outcome.measures.by_target
    if not measured:
        return ["", "no row belongs to a prompt of this tree"]
    order = sorted(measured, key=lambda number: (-(measured[number].calls_per_month or 0), number))
    lines = ["", "calls/month   in/call  out/call  cached  prompt"]
    for number in order[:most]:
        each = measured[number]
        calls = "unknown" if each.calls_per_month is None else f"{each.calls_per_month:,}"
        rate = "" if each.hit_rate is None else percent(each.hit_rate * 100, decimals=0)
        about = "~" if each.calls_estimated and each.calls_per_month is not None else " "
        sizes = f"{_size(each.input_tokens):>8}  {_size(each.output_tokens):>8}"
        lines.append(f"{about}{calls:>10}  {sizes}  {rate:>6}  {outcome.targets[number].key}")
        lines.append(f"{'':>39}{each.source}, {each.period}")
        if each.calls_estimated:
            target = outcome.targets[number]
            lines.append(f"{'':>39}{_estimate(each.calls_per_month, open_size=target.open_size)}")
        if each.split > 1:
            lines.append(f"{'':>39}divided among {each.split} calls that the rows don't tell apart")
    if most is not None and len(order) > most:
        lines.append(f"and {len(order) - most} more (--verbose)")
    short = [stream for stream, window in sorted(outcome.windows.items()) if window.is_short]
    return [
        *lines,
        *(
            f"warning: {stream} holds less than a day, which stands for all days of a month"
            for stream in short
        ),
    ]


def _size(tokens: int | None) -> str:
    return "" if tokens is None else f"{tokens:,}"


def _estimate(calls: int | None, *, open_size: bool) -> str:
    if calls is None:
        return "the source counts no calls, and the size of one is unknown"
    if open_size:
        return "calls from tokens and the known part of a call: at most so many"
    return "calls from tokens and the size of a call: the source counts none"


def _loose_lines(outcome: Imported, prices: PriceBook, most: int | None) -> list[str]:
    """What belongs to no prompt, or could belong to several owners' prompts; the dearest first."""
    lines = []
    ambiguous: dict[tuple[str, tuple[int, ...]], list[Cell]] = defaultdict(list)
    for cell, numbers in outcome.joined.ambiguous:
        ambiguous[_label(cell), numbers].append(cell)
    if ambiguous:
        lines += ["", "ambiguous, for they fit calls of several owners: add rules under `match`"]
        for (label, numbers), cells in _dearest(ambiguous, prices, most):
            lines.append(f"{_amount(total(each.sums for each in cells), cells, prices)}  {label}")
            lines += [f"{'':>13}{outcome.targets[number].key}" for number in numbers[:most]]
    unmatched: dict[str, list[Cell]] = defaultdict(list)
    for cell in outcome.joined.unmatched:
        unmatched[_label(cell)].append(cell)
    if unmatched:
        lines += ["", "belongs to no prompt of this tree"]
        for label, cells in _dearest(unmatched, prices, most):
            lines.append(f"{_amount(total(each.sums for each in cells), cells, prices)}  {label}")
        if most is not None and len(unmatched) > most:
            lines.append(f"and {len(unmatched) - most} more (--verbose)")
    return lines


def _dearest(
    groups: dict[Any, list[Cell]], prices: PriceBook, most: int | None
) -> list[tuple[Any, list[Cell]]]:
    def order(group: tuple[Any, list[Cell]]) -> tuple[Decimal, int, str]:
        usd, _ = _cost(group[1], prices)
        sums = total(each.sums for each in group[1])
        return (-(usd or Decimal(0)), -(sums.calls or 0) - sums.input, str(group[0]))

    return sorted(groups.items(), key=order)[:most]


def _label(cell: Cell) -> str:
    """What a row tells of itself."""
    key = cell.key
    named = {
        "prompt": key.prompt,
        "function": key.function,
        "path": key.path,
        "tags": ", ".join(key.tags),
        "project": key.project,
    }
    told = [f"{name} {value}" for name, value in named.items() if value]
    return " · ".join((key.stream, key.model or "(no model)", *told))


def _sum_lines(outcome: Imported, prices: PriceBook) -> list[str]:
    """All of the ledger, stream by stream: what belongs to prompts, and what doesn't."""
    joined = outcome.joined
    lines = ["", "in the ledger, of all days"]
    belongs = {id(share.cell): share.cell for shares in joined.shares.values() for share in shares}.values()
    parts = (
        ("joined to prompts", list(belongs)),
        ("ambiguous", [cell for cell, _ in joined.ambiguous]),
        ("belongs to no prompt", joined.unmatched),
        ("bills, of which the rows above are a part", joined.bills),
    )
    for name, cells in parts:
        if cells:
            lines.append(f"{_amount(total(each.sums for each in cells), cells, prices)}  {name}")
    if outcome.measures.seen_twice:
        twice = sum(
            (each.weight * (each.cell.sums.calls or 0) for each in outcome.measures.seen_twice), Fraction(0)
        )
        lines.append(f"{round(twice):>11,} of these calls were told by two sources, and count once")
    return lines


def _amount(sums: Sums, cells: Iterable[Cell] = (), prices: PriceBook | None = None) -> str:
    calls = f"{sums.input + sums.output:>11,} tokens" if sums.calls is None else f"{sums.calls:>11,} calls"
    usd, at_list = _cost(cells, prices) if prices is not None else (sums.usd, False)
    if usd is None:
        return calls
    return f"{calls}, {'~' if at_list else ''}{dollars(usd)}"


def _cost(cells: Iterable[Cell], prices: PriceBook) -> tuple[Decimal | None, bool]:
    """What cells cost, at list price where no row tells (and whether it is); ``None`` where nothing is known."""
    known, at_list, together = False, False, Decimal(0)
    for cell in cells:
        usd = cell.sums.usd
        if usd is None:
            key = cell.key
            usd = list_price(provider_of(key.provider, key.model), key.model, cell.sums, prices)
            at_list = at_list or usd is not None
        if usd is not None:
            known, together = True, together + usd
    return (together if known else None), at_list


def synced_lines(outcome: Synced) -> list[str]:
    """The report of a sync."""
    lines = []
    for word, names in (("new", outcome.added), ("gone", outcome.gone), ("back", outcome.back)):
        lines += [f"{word:<5} {name}" for name in names]
    return lines or ["the usage file names every prompt, and none that is gone"]
