"""Comments of HTML in instruction files: an agent that reads the file pays for what was written for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, place_of_first, removals, settings
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``kinds`` of prompts that are looked at; ``skip_files`` are names of files whose reader takes comments out;
    ``min_words`` of a comment that speaks to people; ``markers`` are patterns of how comments begin that speak
    to tools.
    """

    kinds: list[str]
    skip_files: list[str]
    min_words: int
    markers: list[str]


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit for each comment that has its lines to itself and speaks to no tool."""
    options = settings(card, Options)
    prompt = measured.prompt
    if prompt.kind not in options.kinds or PurePosixPath(prompt.path).name in options.skip_files:
        return
    markers = re.compile("|".join(options.markers) or r"(?!)", re.IGNORECASE)
    text = context.view
    for start, end in _comments(context.said):
        words = text.text[start + 4 : end - 3].split()
        if len(words) < options.min_words or markers.match(" ".join(words)):
            continue
        changes = removals(text, (_lines(text.text, start, end),))
        if changes:
            path, at, until = place_of_first(changes, context)
            message = "a comment in HTML is read by the model, too"
            yield Hit(path, at, until, message, " ".join(words), changes=changes)


def _comments(text: str) -> Iterator[Span]:
    """The comments with nothing but blanks beside them on their first and last lines."""
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        closing = text.find("-->", start + 4)
        if closing < 0:
            return
        at = closing + 3
        before = text[text.rfind("\n", 0, start) + 1 : start]
        after = text[at:].partition("\n")[0]
        if not before.strip() and not after.strip():
            yield start, at


def _lines(text: str, start: int, end: int) -> Span:
    """A comment with the blanks before it and its last line end."""
    line_end = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if line_end < 0 else line_end + 1
