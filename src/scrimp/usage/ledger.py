"""The ledger beside the usage file: what was imported, day by day, so that later imports add to it and none twice.

It is a table of text, ``scrimp-usage.csv``: one line for a day, a model, a project and whatever names the prompt. What
was called and what it cost over time is read from it, and prompts are joined to it anew at each import, so that a new
mapping or a renamed prompt needs no old export.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import fields, replace

from scrimp.model.errors import UserError
from scrimp.model.written import exact
from scrimp.usage.rows import RowError, money, whole


class Key(NamedTuple):
    """What rows are added up by. ``stream`` is the importer, with the name of its system where that was given.

    A tuple, as keys are compared and looked up by the hundred thousand.
    """

    day: date
    stream: str
    provider: str
    model: str
    project: str
    prompt: str
    path: str
    function: str
    tags: tuple[str, ...]


class Sums(Struct, frozen=True):
    """What rows add up to; ``calls`` and ``usd`` are ``None`` where no row tells."""

    calls: int | None
    input: int
    cached: int
    written: int
    output: int
    reasoning: int
    usd: Decimal | None

    def plus(self, other: Sums) -> Sums:
        """Both together."""
        return Sums(
            _sum(self.calls, other.calls),
            self.input + other.input,
            self.cached + other.cached,
            self.written + other.written,
            self.output + other.output,
            self.reasoning + other.reasoning,
            None if self.usd is other.usd is None else (self.usd or Decimal(0)) + (other.usd or Decimal(0)),
        )

    @property
    def tells(self) -> tuple[int, int, int, Decimal]:
        """How much there is of it: calls first, then tokens, then money."""
        return (self.calls or 0, self.input, self.output, self.usd or Decimal(0))

    @property
    def is_bill(self) -> bool:
        """Whether it is money only: a bill of calls that other rows may count."""
        return self.calls is None and not self.input and not self.output


SECONDS_A_DAY = 86_400

NOTHING = Sums(None, 0, 0, 0, 0, 0, None)


def total(sums: Iterable[Sums]) -> Sums:
    """All together."""
    whole_sum = NOTHING
    for each in sums:
        whole_sum = whole_sum.plus(each)
    return whole_sum


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is other is None else (one or 0) + (other or 0)


class Cell(Struct, frozen=True):
    """What was called on one day under one key, between two moments (Unix seconds, the last exclusive)."""

    key: Key
    first: int
    last: int
    sums: Sums


class Merged(Struct, frozen=True):
    """A ledger after an import, and what of the import or the ledger was not counted, as the other held it too."""

    cells: tuple[Cell, ...]
    repeated: Sums


def merge(ledger: Sequence[Cell], batch: Sequence[Cell], *, in_buckets: bool) -> Merged:
    """Add the cells of an import to a ledger, none twice.

    Of a day, a model and a project that both hold for the same time, the fuller one counts, the newer one if both are
    as full; where their times don't meet, both do. What is a sum of several days counts against all of these. Sums in
    buckets may be added up in several ways: if of a day there are some by project and some not, or some by model, one
    way counts: the fuller, or else the more detailed.
    """
    old, new = _by_scope(ledger), _by_scope(batch)
    kept: list[Cell] = [cell for scope, cells in old.items() if scope not in new for cell in cells]
    repeated = NOTHING
    for scope, cells in new.items():
        for before, after in _meeting(old.get(scope, []), cells):
            counted, dropped = _fuller(before, after)
            kept += counted
            repeated = repeated.plus(total(each.sums for each in dropped))
    if in_buckets:
        days = {(cell.key.stream, cell.key.day) for cell in batch}
        kept, dropped = _one_grouping(kept, days)
        repeated = repeated.plus(total(each.sums for each in dropped))
    return Merged(tuple(sorted(kept, key=_order)), repeated)


def _order(cell: Cell) -> tuple[Key, bool, int]:
    return cell.key, cell.sums.is_bill, cell.first


def _by_scope(cells: Iterable[Cell]) -> dict[tuple[object, ...], list[Cell]]:
    """Cells by what two imports may both hold, whatever the day."""
    scopes: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        key = cell.key
        scopes[key.stream, key.provider, key.model, key.project, cell.sums.is_bill].append(cell)
    return scopes


def _meeting(old: list[Cell], new: list[Cell]) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Old and new cells of one scope, together where they share a day."""
    every = sorted(
        ((cell, is_new) for is_new, cells in enumerate((old, new)) for cell in cells),
        key=lambda each: each[0].first,
    )
    together: tuple[list[Cell], list[Cell]] = ([], [])
    until = 0
    for cell, is_new in every:
        if cell.first // SECONDS_A_DAY > until and (together[0] or together[1]):
            yield together
            together = ([], [])
        together[is_new].append(cell)
        until = max(until, (cell.last - 1) // SECONDS_A_DAY)
    if together[0] or together[1]:
        yield together


def _fuller(old: list[Cell], new: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """What counts of two imports of one scope, and what doesn't."""
    if not old or not new:
        return old or new, []
    apart = max(each.last for each in old) <= min(each.first for each in new) or max(
        each.last for each in new
    ) <= min(each.first for each in old)
    if apart:
        return _added(old, new), []
    if total(each.sums for each in new).tells >= total(each.sums for each in old).tells:
        return new, old
    return old, new


def _added(old: list[Cell], new: list[Cell]) -> list[Cell]:
    by_key = {each.key: each for each in old}
    for each in new:
        before = by_key.get(each.key)
        by_key[each.key] = (
            each
            if before is None
            else replace(
                each,
                first=min(before.first, each.first),
                last=max(before.last, each.last),
                sums=before.sums.plus(each.sums),
            )
        )
    return list(by_key.values())


def _one_grouping(cells: Iterable[Cell], days: set[tuple[str, date]]) -> tuple[list[Cell], list[Cell]]:
    """What counts of some streams' days if one way of adding up does, and what doesn't."""
    kept: list[Cell] = []
    ways: dict[Any, dict[tuple[bool, bool], list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        key = cell.key
        if (key.stream, key.day) in days:
            ways[key.stream, key.day, cell.sums.is_bill][bool(key.model), bool(key.project)].append(cell)
        else:
            kept.append(cell)
    dropped: list[Cell] = []
    for by_way in ways.values():
        best = max(by_way, key=lambda way: (total(each.sums for each in by_way[way]).tells, way))
        for way, own in by_way.items():
            (kept if way == best else dropped).extend(own)
    return kept, dropped


# --- as a file ------------------------------------------------------------------------------------------

_NAMES = ("stream", "provider", "model", "project", "prompt", "path", "function")
TOKENS = ("input", "cached", "written", "output", "reasoning")
COLUMNS = (
    *Key._fields,
    "first",
    "last",
    *(each.name for each in fields(Sums)),
)


def written(cells: Iterable[Cell]) -> str:
    """The ledger as text: the same for the same cells, whatever their order."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cell in sorted(cells, key=_order):
        key, sums = cell.key, cell.sums
        writer.writerow(
            (
                key.day,
                *(getattr(key, name) for name in _NAMES),
                json.dumps(key.tags, ensure_ascii=False) if key.tags else "",
                _time(cell.first),
                _time(cell.last),
                "" if sums.calls is None else sums.calls,
                *(getattr(sums, name) for name in TOKENS),
                "" if sums.usd is None else exact(sums.usd),
            )
        )
    return table.getvalue()


def read(file: str, raw: bytes) -> tuple[Cell, ...]:
    """The cells of a ledger. Raises a located ``UserError`` for what can't be understood."""
    hint = "it is written by `scrimp usage import`: restore it, or remove it and import again"
    try:
        reader = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        if tuple(next(reader, ())) != COLUMNS:
            raise UserError(f"{file}:1:1: this is no ledger of usage", hint)
        cells = [_cell(dict(zip(COLUMNS, values, strict=True))) for values in reader]
    except (csv.Error, RowError, ValueError) as error:
        line = 1 if isinstance(error, UnicodeDecodeError) else reader.line_num
        raise UserError(f"{file}:{line}:1: {error}", hint) from None
    return tuple(cells)


def _cell(values: dict[str, str]) -> Cell:
    tags = json.loads(values["tags"]) if values["tags"] else []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise RowError("tags: expected a list of text")
    named = {name: values[name] for name in _NAMES}
    tokens = {name: whole(values[name], name) for name in TOKENS}
    calls = whole(values["calls"], "calls") if values["calls"] else None
    return Cell(
        Key(date.fromisoformat(values["day"]), **named, tags=tuple(tags)),
        _moment(values["first"]),
        _moment(values["last"]),
        Sums(calls, **tokens, usd=money(values["usd"], "usd", refunds=True)),
    )


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(written_as: str) -> int:
    return int(datetime.fromisoformat(written_as).timestamp())
