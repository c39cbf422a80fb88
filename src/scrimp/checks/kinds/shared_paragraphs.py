"""A paragraph that several prompts hold, each written out again.

It costs what it costs in each of them. But what is written once can stand first in all of them, where a cache keeps it
for all, and is changed in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Hit, settings
from scrimp.checks.shingles import words
from scrimp.checks.view import EDGE, INLINE, View, Written
from scrimp.config.cards import Card
from scrimp.model.prompts import MeasuredPrompt

_BETWEEN: Final = re.compile(rf"\n[ \t]*\n|[{EDGE}{INLINE}]")
"""What parts paragraphs: an empty line, the edge of a branch or loop, the text of another prompt."""


class Options(msgspec.Struct, frozen=True):
    """``min_words`` of a paragraph, ``min_prompts`` that hold it; ``skip_kinds`` of prompts are left alone."""

    min_words: int
    min_prompts: int
    skip_kinds: list[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph is written, and the prompt that it is read in."""

    written: Written
    prompt: str


def check(prompts: Sequence[MeasuredPrompt], card: Card, context: TreeContext) -> Iterator[Hit]:
    """One hit for each such paragraph, where it stands first, without a saving: each prompt goes on sending it."""
    options = settings(card, Options)
    found: dict[tuple[str, ...], dict[Written, _Place]] = {}
    for measured in prompts:
        if measured.prompt.kind in options.skip_kinds:
            continue
        for said, written in _paragraphs(context.of(measured).view, options.min_words):
            found.setdefault(said, {}).setdefault(written, _Place(written, measured.prompt.id))
    for said, places in found.items():
        holders = {place.prompt for place in places.values()}
        if len(holders) >= options.min_prompts:
            yield _hit(said, sorted(places.values(), key=lambda place: place.written), context)


def _paragraphs(text: View, least: int) -> Iterator[tuple[tuple[str, ...], Written]]:
    """The long paragraphs of a prompt as words, each with the place where it begins to be written."""
    at = 0
    for end in (*(between.start() for between in _BETWEEN.finditer(text.text)), len(text.text)):
        said = tuple(words(text.text[at:end]))
        if sum(word[0].isalnum() for word in said) >= least:
            written = _written(text, at, end)
            if written is not None:
                yield said, written
        at = end + 1


def _written(text: View, start: int, end: int) -> Written | None:
    """The first run of a paragraph that was written in a file, without the blanks around it."""
    end -= len(text.text[start:end]) - len(text.text[start:end].rstrip())
    while start < end and (text.text[start].isspace() or text.stretch(start) is None):
        start += 1
    stretch = text.stretch(start)
    ranges = None if stretch is None else text.written(start, min(end, stretch.end))
    return ranges[0] if ranges else None


def _hit(said: tuple[str, ...], places: Sequence[_Place], context: TreeContext) -> Hit:
    first, second, *more = places
    path, start, end = first.written
    line = context.place(*second.written).line
    others = f" and in {len(more)} more" if more else ""
    return Hit(
        path=path,
        start=start,
        end=end,
        message=(
            f"this paragraph of {sum(word[0].isalnum() for word in said)} words is written out again in "
            f"{second.written[0]}:{line}{others}"
        ),
        identity=" ".join(said),
        tokens_saved=None,
        prompt=first.prompt,
    )
