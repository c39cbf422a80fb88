"""Tables of who or what bears the cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from rich.table import Table

from scrimp.model.attribution import Attribution, AttributionRow, Figure
from scrimp.model.written import UNKNOWN, amount, counted, dollars, percent, sign, whole
from scrimp.reporters.terminal import Block
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.terminal.tables import Column, Subject, table
from scrimp.reporters.terminal.words import MARKS, legend
from scrimp.reporters.view import View

TITLES = {"owner": "Owner", "model": "Model", "provider": "Provider", "folder": "Folder", "file": "File"}
UNNAMED = {"owner": "(nobody)"}
TOTAL = "Total"
_MOST = Decimal(1000)
"""Distances from the median beyond this percentage are written as factors: +900% reads, +123456% doesn't."""


def owners(found: Attribution | None, view: View) -> Iterator[Block]:
    """What each owner bears, in short; nothing where nobody owns anything."""
    if found is None or not any(row.name for row in found.rows):
        return
    columns: Sequence[Column[AttributionRow]] = (
        Column("Requests", lambda row: f"{row.requests:,}"),
        Column("$/month", _cost),
    )
    yield [_table(found, _shown(found, view), columns, view)]


def compared(found: Attribution | None, view: View) -> Iterator[Block]:
    """What each row bears and how it compares: below each figure stands its distance from the median."""
    if found is None or not found.rows:
        return
    shown = _shown(found, view)
    columns: Sequence[Column[AttributionRow]] = (
        Column("$/month", _cost),
        Column("Share", lambda row: "" if row.share is None else percent(row.share)),
        Column("$/call", lambda row: _figure(row.per_call, amount, "%")),
        Column("Tokens/call", lambda row: _figure(row.tokens_per_call, whole, "%")),
        Column("Out/in", lambda row: _figure(row.output_per_input, amount, "%")),
        Column("Save", lambda row: _figure(row.saveable_share, percent, "pt", mark=False)),
    )
    rows = [*shown, found.total] if len(found.rows) > 1 else shown
    said = [Styled(line, style="dim") for line in _explained(found, shown)]
    hidden = [row for row in found.rows if row not in shown]
    if hidden:
        usd = sum((row.monthly.typical or Decimal(0) for row in hidden), Decimal(0))
        said.insert(0, Styled(f"{len(hidden):,} more rows, {dollars(usd)} a month (--verbose lists them)"))
    yield [_table(found, rows, columns, view), *said]


def _shown(found: Attribution, view: View) -> list[AttributionRow]:
    """The dearest rows, and always that of what nobody owns or nothing is known of."""
    first = list(found.rows[: view.rows])
    return first + [row for row in found.rows[len(first) :] if not row.name]


def _table(
    found: Attribution,
    rows: Sequence[AttributionRow],
    columns: Sequence[Column[AttributionRow]],
    view: View,
) -> Table:
    unnamed = UNNAMED.get(found.by, "(unknown)")

    def subject(row: AttributionRow) -> Subject:
        if found.by == "file" and row.name:
            folder, _, name = row.name.rpartition("/")
            return Subject(name, f"{folder or '.'}/", 0)
        if found.by == "folder" and row.name:
            return Subject("", row.name, 0)
        return Subject(TOTAL if row is found.total else row.name or unnamed, "", 0)

    return table(TITLES[found.by], rows, subject, columns, view)


def _cost(row: AttributionRow) -> str:
    """The rounded amount, as rows add up; a known amount that rounds to nothing is not shown as nothing."""
    usd = row.monthly.typical
    if usd is None:
        return UNKNOWN
    tiny = not usd and bool(row.per_call.value)
    said = "<0.01" if tiny else f"{sign(usd, row.monthly)}{amount(usd)}"
    return f"{said} {MARKS[row.monthly.grade]}"


def _figure(figure: Figure, written: Callable[[Decimal], str], unit: str, *, mark: bool = True) -> str:
    """A figure with its grade's mark, below it its distance from the median in ``unit``."""
    if figure.value is None:
        return UNKNOWN
    said = f"{_sign(figure)}{written(figure.value)}{f' {MARKS[figure.grade]}' if mark else ''}"
    if figure.from_median is None or not (figure.value or figure.from_median):
        return said
    distance = figure.from_median
    times = unit == "%" and distance >= _MOST
    below = f"{whole(distance / 100 + 1)}x" if times else f"{_signed(distance)}{unit}"
    return f"{said}\n{below}{'  ' if mark else ''}"


def _signed(distance: Decimal) -> str:
    return f"{int(distance.to_integral_value(ROUND_HALF_UP)):+,}"


def _sign(figure: Figure) -> str:
    """The sign of a figure with bounds; a ratio has none."""
    return "" if figure.value is None or figure.low is None else sign(figure.value, figure.bounds)


def _explained(found: Attribution, shown: Sequence[AttributionRow]) -> Iterator[str]:
    grades = {
        grade
        for row in shown
        for grade in (
            row.monthly.grade,
            row.per_call.grade,
            row.tokens_per_call.grade,
            row.output_per_input.grade,
        )
    }
    yield legend(grades, {_sign(figure) for row in shown for figure in (row.per_call, row.tokens_per_call)})
    if any(row.per_call.from_median is not None for row in shown):
        kind = counted(found.compared, found.by)
        yield f"below: distance from the median of {kind}; Save: what rules found"
    yield "a projection at list prices, not a bill"
