"""Rows of dashes below the headers of Markdown tables: one dash a column says as much as twenty.

Three stay in a file that people read as Markdown, too. GitHub's Markdown takes one by its specification and asks for
three in its documentation, as some renderers and editors do, and formatters write no fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, place_of_first, removals, settings
from scrimp.checks.tables import MARKDOWN, Line, tables
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt

_BEYOND_ONE: Final = compiled_late(r"[ \t]+|(?<=-)-+")
_BEYOND_THREE: Final = compiled_late(r"[ \t]+|(?<=---)-+")


class Options(msgspec.Struct, frozen=True):
    """``keep_three``: in Markdown files, three dashes a column stay."""

    keep_three: bool


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit a prompt, for all its tables. Colons, which align a column, stay."""
    three = settings(card, Options).keep_three and measured.prompt.format in MARKDOWN
    beyond, enough = (_BEYOND_THREE, "three dashes") if three else (_BEYOND_ONE, "one dash")
    rows = [list(_surplus(table.delimiters, beyond)) for table in tables(context.said)]
    changes = removals(context.view, (span for row in rows for span in row))
    if not changes:
        return
    long = sum(map(bool, rows))
    path, start, end = place_of_first(changes, context)
    whose = "a table's header has" if long == 1 else f"the headers of {long} tables have"
    message = f"{whose} more below than {enough} a column"
    yield Hit(path, start, end, message, "", changes=changes)


def _surplus(line: Line, beyond: re.Pattern[str]) -> Iterator[Span]:
    """What is left over once each column has as many dashes as it needs."""
    for found in beyond.finditer(line.text):
        yield line.start + found.start(), line.start + found.end()
