"""Indentation of the code that has leaked into most lines of a string, but not into all of them.

Where code inserts text of its own, or somebody has continued a line at the margin, the lines have no indentation
in common any more. Then only the closing quotes tell how deep the code stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Abstention, Hit, place_of_first, removals, settings
from scrimp.checks.margin import Line, columns, common, keeps_indentation, lines_at_margin, taken_apart
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.written import counted


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``min_indent`` in columns; ``min_share`` of the lines with text that carry it; ``skip_kinds`` of prompts are
    left alone.
    """

    min_indent: int
    min_share: float
    skip_kinds: list[str]


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit | Abstention]:
    """One hit a prompt, for the indentation of the closing quotes that most of its lines begin with."""
    options = settings(card, Options)
    text = context.view
    if not keeps_indentation(measured, options.skip_kinds, context):
        return
    lines = list(lines_at_margin(text, context))
    leaked = _closing(lines, len(text.text))
    full = [line for line in lines if not line.empty]
    indented = [line for line in full if line.blanks.startswith(leaked)]
    if columns(leaked) < options.min_indent or common([line.blanks for line in full]).startswith(leaked):
        return
    if len(indented) < options.min_share * len(full):
        return
    unsure = taken_apart(text.text)
    if unsure:
        yield unsure
        return
    changes = removals(text, (line.beginning(len(leaked)) for line in indented))
    if not changes:
        return
    path, start, end = place_of_first(changes, context)
    message = f"{len(indented)} of {len(full)} lines carry {counted(len(leaked), 'column')} of the code's indentation"
    yield Hit(path, start, end, message, "", changes=changes)


def _closing(lines: Sequence[Line], end: int) -> str:
    """The blanks before the closing quotes, if they have a line of their own."""
    last = lines[-1] if lines else None
    return last.blanks if last and last.empty and last.start + len(last.blanks) == end else ""
