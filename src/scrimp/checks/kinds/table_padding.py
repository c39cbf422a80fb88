"""Blanks that line up the columns of Markdown tables: the pipes tell where a cell ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, place_of_first, removals
from scrimp.checks.protected import SHOWN
from scrimp.checks.tables import Line, tables
from scrimp.checks.view import EDGE
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt

_BLANKS: Final = compiled_late(r"[ \t]{2,}")


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit a table; one blank stays on each side of what a cell holds."""
    for table in tables(context.said):
        padding = [span for line in (table.header, *table.rows) for span in _padding(line)]
        changes = removals(context.view, padding)
        if changes:
            path, start, end = place_of_first(changes, context)
            message = "blanks pad the cells of a table"
            yield Hit(path, start, end, message, table.header.text, changes=changes)


def _padding(line: Line) -> Iterator[Span]:
    """All but the first of some blanks beside a pipe; not those beside a tag, which may swallow them."""
    text = line.text.replace("\\|", SHOWN * 2)
    for found in _BLANKS.finditer(text):
        before, after = text[found.start() - 1], text[found.end()]
        if "|" in before + after and EDGE not in before + after:
            yield line.start + found.start() + 1, line.start + found.end()
