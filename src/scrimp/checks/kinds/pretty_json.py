"""JSON in a prompt, printed for people: line breaks and indentation that tell the model nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, place_of, removals, settings
from scrimp.checks.protected import SHOWN, bracketed, json_spans
from scrimp.checks.view import View
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.savings import Change

_STRING_OR_BREAK: Final = compiled_late(r'"(?:[^"\\\n]|\\.)*"|[ \t]*\r?\n\s*')

_EMPTY_LINE: Final = compiled_late(r"\n[ \t]*\r?\n")

_FENCES: Final = ("fence",)
"""What is fenced in a file of Markdown is a file or a record that a document shows, more often than an answer."""


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``min_lines`` of the JSON; one of the words ``near`` must begin within ``window`` characters before it,
    none of the words ``not_near``; ``skip_kinds`` are kinds of prompts that are left alone.
    """

    min_lines: int
    window: int
    near: list[str]
    not_near: list[str]
    skip_kinds: list[str]


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit for each outermost object or array over several lines that asks for or shows output."""
    options = settings(card, Options)
    if measured.prompt.kind in options.skip_kinds:
        return
    text = context.view
    documented = context.unprotected(_FENCES) if measured.prompt.format == "markdown" else text.text
    near, not_near = _any_of(options.near), _any_of(options.not_near)
    spans = list(json_spans(text.text, options.min_lines))
    around = list(bracketed(text.text)) if spans else []
    for start, end in spans:
        if documented[start] == SHOWN or _is_fragment(text.text, (start, end), around):
            continue
        before = text.text[max(0, start - options.window) : start]
        if not near.search(before) or not_near.search(before):
            continue
        changes = removals(text, _breaks(text, start, end))
        if changes:
            yield _hit(text, (start, end), changes, context)


def _is_fragment(text: str, span: Span, around: Sequence[Span]) -> bool:
    """Whether it stands, with no empty line between, in brackets that hold no JSON: all in them is laid out alike."""
    start, end = span
    return any(
        first < start and end < last and _EMPTY_LINE.search(text, first, start) is None
        for first, last in around
    )


def _hit(text: View, whole: Span, changes: tuple[Change, ...], context: Context) -> Hit:
    start, end = whole
    first, last = text.written(start, start + 1), text.written(end - 1, end)
    lines = text.text.count("\n", start, end) + 1
    path, begin, stop = place_of(context, (changes[0].start, changes[0].end))
    if first and last and first[0][0] == last[0][0]:
        path, begin, stop = first[0][0], first[0][1], last[0][2]
    identity = re.sub(r"\s+", "", text.text[start:end])
    return Hit(path, begin, stop, f"JSON is printed over {lines} lines", identity, changes=changes)


def _breaks(text: View, start: int, end: int) -> Iterator[Span]:
    """The line breaks of a JSON value, each with the blanks around it; not those inside strings."""
    for found in _STRING_OR_BREAK.finditer(text.text, start, end):
        if not found[0].startswith('"'):
            yield found.span()


def _any_of(words: list[str]) -> re.Pattern[str]:
    """Any of some beginnings of words, in any case; nothing where there are none."""
    parts = (rf"\b{re.escape(word)}" if word[:1].isalnum() else re.escape(word) for word in words)
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
