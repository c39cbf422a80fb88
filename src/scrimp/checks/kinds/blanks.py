"""Blanks at the ends of lines: sent and paid for, seen by nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of_first, removals, settings
from scrimp.checks.tables import MARKDOWN
from scrimp.checks.view import EDGE, View
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt

# A backslash before the blanks could, once they are gone, escape the line end in the source. Right after an
# edge a template language may swallow the line end together with the tag.
_TRAILING: Final = re.compile(rf"(?<![ \t\\{EDGE}])[ \t]+(?=\r?\n)")


class Options(msgspec.Struct, frozen=True):
    """``keep_hard_breaks``: in Markdown files, two blanks that make a line break stay."""

    keep_hard_breaks: bool


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit a prompt, with all its trailing blanks."""
    options = settings(card, Options)
    text = context.view
    hard_breaks = options.keep_hard_breaks and measured.prompt.format in MARKDOWN
    found = [
        run.span()
        for run in _TRAILING.finditer(text.text)
        if _ends_its_line(text, run) and not (hard_breaks and _is_break(text, run))
    ]
    changes = removals(text, found)
    if not changes:
        return
    path, start, end = place_of_first(changes, context)
    lines = "1 line ends" if len(changes) == 1 else f"{len(changes)} lines end"
    yield Hit(path, start, end, f"{lines} in blanks", "", changes=changes)


def _ends_its_line(text: View, run: re.Match[str]) -> bool:
    """Whether blanks and the line end behind them were written as one text.

    What is put together of several may be a blank that something else replaces, or one before a hole that is empty
    only as long as nobody fills it.
    """
    stretch = text.stretch(run.start())
    return stretch is not None and text.stretch(run.end()) is stretch


def _is_break(text: View, run: re.Match[str]) -> bool:
    """Whether blanks are a line break of Markdown: exactly two, after text, before a line with text."""
    line = text.text[text.text.rfind("\n", 0, run.start()) + 1 : run.start()]
    following = text.text[run.end() :].lstrip("\r").removeprefix("\n").split("\n", 1)[0]
    return run[0] == "  " and bool(line.strip()) and bool(following.strip())
