"""Tables of Markdown, whose pipes and dashes CSV does without."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of
from scrimp.checks.tables import Line, Table, tables
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.savings import Change

_PIPE: Final = compiled_late(r"[ \t]*(?<!\\)\|[ \t]*")
_QUOTE: Final = '"'
_PROTECTED: Final = ("fence",)
"""Tables in code are no tables; quotations in a table are cells like any other."""


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit a table; those with a quotation mark in a cell are left alone."""
    view = context.view
    for table in tables(context.unprotected(_PROTECTED)):
        if not table.rows or any(_QUOTE in line.text for line in (table.header, *table.rows)):
            continue
        changes = _as_csv(table)
        # What is put in without anything taken away has no place of its own, and no edit.
        if not all(view.written(each.start, each.end) for each in changes):
            continue
        path, start, end = place_of(context, (table.header.start, table.header.end))
        message = f"a table of {len(table.rows)} rows is written with pipes and dashes"
        yield Hit(path, start, end, message, table.header.text, changes=changes)


def _as_csv(table: Table) -> tuple[Change, ...]:
    """The changes, in order, after which a table is CSV: the row of dashes goes, with the line end before it."""
    dashes = Change(table.header.end, table.delimiters.end)
    below = (change for line in table.rows for change in _row(line))
    return (*_row(table.header), dashes, *below)


def _row(line: Line) -> Iterator[Change]:
    """The pipes around a row deleted, those in it as commas, and cells with commas in quotation marks."""
    pipes = [found.span() for found in _PIPE.finditer(line.text)]
    is_closed = len(pipes) > 1 and pipes[-1][1] == len(line.text)
    if not is_closed:
        pipes.append((len(line.text), len(line.text)))
    quotes = [_QUOTE if "," in line.text[end:start] else "" for (_, end), (start, _) in pairwise(pipes)]
    for number, (start, end) in enumerate(pipes):
        is_outer = number in (0, len(pipes) - 1)
        before, behind = quotes[number - 1] if number else "", quotes[number] if number < len(quotes) else ""
        text = f"{before}{'' if is_outer else ','}{behind}"
        if text or end > start:
            yield Change(line.start + start, line.start + end, text)
