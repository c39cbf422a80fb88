"""Rows of dashes below the headers of Markdown tables: one dash a column says as much as twenty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, place_of_first, removals
from scrimp.checks.tables import Line, tables
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt

_SURPLUS: Final = compiled_late(r"[ \t]+|(?<=-)-+")


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit a prompt, for all its tables. Colons, which align a column, stay."""
    rows = [(table, list(_surplus(table.delimiters))) for table in tables(context.said)]
    changes = removals(context.view, (span for _, row in rows for span in row))
    if not changes:
        return
    long = sum(bool(row) for _, row in rows)
    path, start, end = place_of_first(changes, context)
    whose = "a table's header has" if long == 1 else f"the headers of {long} tables have"
    message = f"{whose} more than one dash a column below"
    yield Hit(path, start, end, message, "", changes=changes)


def _surplus(line: Line) -> Iterator[Span]:
    """What is left over once each column has a dash."""
    for found in _SURPLUS.finditer(line.text):
        yield line.start + found.start(), line.start + found.end()
