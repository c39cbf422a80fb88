"""Indentation of the code that has leaked into all lines of a string."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Abstention, Hit, place_of_first, removals, settings
from scrimp.checks.margin import Line, columns, common, keeps_indentation, lines_at_margin, taken_apart
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.written import counted

_LIST_ITEM: Final = compiled_late(r"(?:[-*+•]|\d+[.)]|[a-z][.)])[ \t]")


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``min_indent`` in columns, ``min_lines`` in lines with text; ``nesting`` is the widest indentation that
    can be meant to subordinate a list or block to the first line; ``skip_kinds`` of prompts are left alone.
    """

    min_indent: int
    min_lines: int
    nesting: int
    skip_kinds: list[str]


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit | Abstention]:
    """One hit a prompt, for the indentation that all lines after its first have in common."""
    options = settings(card, Options)
    text = context.view
    if not keeps_indentation(measured, options.skip_kinds, context):
        return
    lines = list(lines_at_margin(text, context))
    full = [line for line in lines if not line.empty]
    leaked = common([line.blanks for line in full])
    if len(full) < options.min_lines or columns(leaked) < options.min_indent:
        return
    if len(leaked) <= options.nesting and _subordinate(text.text, full[0]):
        return
    unsure = taken_apart(text.text)
    if unsure:
        yield unsure
        return
    changes = removals(text, (line.beginning(len(leaked)) for line in lines))
    if not changes:
        return
    path, start, end = place_of_first(changes, context)
    message = f"{len(full)} lines carry {counted(len(leaked), 'column')} of the code's indentation"
    yield Hit(path, start, end, message, "", changes=changes)


def _subordinate(text: str, line: Line) -> bool:
    """Whether a first line introduces what is indented below it: by a colon, or since that is a list."""
    heading = text[: line.start].strip()
    return bool(heading) and (heading.endswith(":") or _LIST_ITEM.match(line.rest) is not None)
