"""Indentation of the code that has leaked into a string of several lines.

Only lines that begin at the first column of the source count: what a string writes after an escaped line end,
or a format's own block has already stripped, was indented on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, deletions, edits, saved, settings
from scrimp.checks.view import View, Written
from scrimp.config.cards import Card
from scrimp.model.prompts import MeasuredPrompt

_LINE: Final = re.compile(r"(?:^|(?<=\n))([ \t]*)([^\n]*)")
_LIST_ITEM: Final = re.compile(r"(?:[-*+•]|\d+[.)]|[a-z][.)])[ \t]")


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``min_indent`` in columns, ``min_lines`` in lines with text; ``nesting`` is the widest indentation that
    can be meant to subordinate a list or block to the first line; ``skip_kinds`` of prompts are left alone.
    """

    min_indent: int
    min_lines: int
    nesting: int
    skip_kinds: list[str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that begins at the first column of its source: where its blanks stand, they and the rest."""

    start: int
    blanks: str
    rest: str

    @property
    def empty(self) -> bool:
        return not self.rest.strip()


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit a prompt, for the indentation that all lines after its first have in common."""
    options = settings(card, Options)
    text = context.view
    if not text.literal or measured.prompt.kind in options.skip_kinds:
        return
    lines = list(_lines(text, context))
    full = [line for line in lines if not line.empty]
    common = _common([line.blanks for line in full])
    if len(full) < options.min_lines or len(common.expandtabs(4)) < options.min_indent:
        return
    if len(common) <= options.nesting and _subordinate(text.text, full[0]):
        return
    spans, places = deletions(text, (_leaked(line, len(common)) for line in lines), context)
    if not spans:
        return
    path, start, end = places[0]
    message = f"{len(full)} lines carry {len(common)} columns of the code's indentation"
    yield Hit(path, start, end, message, "", saved(text, spans, context), edits(places, context))


def _lines(text: View, context: Context) -> Iterator[_Line]:
    """The lines after the first that begin at the first column of the source.

    A line that begins with a mark has no place; it counts as not indented, so that nothing is claimed of it.
    """
    for found in _LINE.finditer(text.text):
        start, end = found.span(1)
        written = text.written(start, max(end, start + 1)) if found[0] else ()
        at_margin = start > 0 if written is None else _at_margin(written, context)
        if at_margin:
            yield _Line(start, found[1], found[2])


def _at_margin(written: tuple[Written, ...], context: Context) -> bool:
    return bool(written) and context.place(*written[0]).column == 1


def _leaked(line: _Line, width: int) -> Span:
    """What to delete of a line: the common blanks, or all of them where there is nothing else."""
    return line.start, line.start + (len(line.blanks) if line.empty else width)


def _common(blanks: list[str]) -> str:
    """The beginning that some runs of blanks have in common."""
    one, other = min(blanks, default=""), max(blanks, default="")
    length = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one)
    )
    return one[:length]


def _subordinate(text: str, line: _Line) -> bool:
    """Whether a first line introduces what is indented below it: by a colon, or since that is a list."""
    heading = text[: line.start].strip()
    return bool(heading) and (heading.endswith(":") or _LIST_ITEM.match(line.rest) is not None)
