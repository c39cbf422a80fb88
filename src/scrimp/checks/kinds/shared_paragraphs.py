"""Paragraphs that several prompts hold, each written out again.

They cost what they cost in each of them. But what is written once can stand first in all of them, where a cache keeps
it for all, and is changed in one place. What a prompt only shows, such as examples, is no instruction that they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from scrimp.checks.context import Context, TreeContext
from scrimp.checks.hits import Hit, settings
from scrimp.checks.view import EDGE, INLINE, View, Written
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.prompts import Prompt

_BETWEEN: Final = compiled_late(rf"\n[ \t]*\n|[{EDGE}{INLINE}]")
"""What parts paragraphs: an empty line, the edge of a branch or loop, the text of another prompt."""

_WORD: Final = compiled_late(r"\w+")
_NOTEBOOK: Final = ".ipynb"
_INCLUDING: Final = frozenset(("jinja", "mustache", "baml", "poml"))
"""Formats of files, apart from code, whose prompts can take in others."""


class Options(msgspec.Struct, frozen=True):
    """``min_words`` of a paragraph, ``min_prompts`` that hold it; ``skip_kinds`` of prompts are left alone."""

    min_words: int
    min_prompts: int
    skip_kinds: list[str]


class _Paragraph(Struct, frozen=True):
    """A paragraph in small letters with single blanks, where it is written, and the prompt that it is read in."""

    said: str
    written: Written
    prompt: str


def check(prompts: Sequence[MeasuredPrompt], card: Card, context: TreeContext) -> Iterator[Hit]:
    """One hit for all that the same places share, where it stands first, without a saving: all go on sending it."""
    options = settings(card, Options)
    places: defaultdict[str, dict[Written, _Paragraph]] = defaultdict(dict)
    for measured in prompts:
        if measured.prompt.kind not in options.skip_kinds and _can_share(measured.prompt):
            for each in _paragraphs(context.of(measured), options.min_words):
                places[each.said].setdefault(each.written, each)
    shared: defaultdict[frozenset[str], list[list[_Paragraph]]] = defaultdict(list)
    for copies in places.values():
        holders = frozenset(each.prompt for each in copies.values())
        if len(holders) >= options.min_prompts:
            shared[holders].append(sorted(copies.values(), key=lambda each: each.written))
    for paragraphs in shared.values():
        yield _hit(sorted(paragraphs, key=lambda copies: copies[0].written), context)


def _can_share(prompt: Prompt) -> bool:
    """Whether a prompt can take in a text that is written elsewhere; a notebook tries variations of one."""
    if prompt.path.endswith(_NOTEBOOK):
        return False
    return prompt.format.endswith("-string") or prompt.format in _INCLUDING


def _paragraphs(context: Context, least: int) -> Iterator[_Paragraph]:
    """The long paragraphs of a prompt."""
    text, spoken, at = context.view, context.said, 0
    for end in (*(between.start() for between in _BETWEEN.finditer(spoken)), len(spoken)):
        written = _written(text, at, end) if _length(spoken[at:end]) >= least else None
        if written is not None:
            said = " ".join(text.text[at:end].casefold().split())
            yield _Paragraph(said, written, context.measured.prompt.id)
        at = end + 1


def _length(text: str) -> int:
    """The number of words."""
    return len(_WORD.findall(text))


def _written(text: View, start: int, end: int) -> Written | None:
    """The first run of a paragraph that was written in a file, without the blanks around it."""
    end -= len(text.text[start:end]) - len(text.text[start:end].rstrip())
    while start < end and (text.text[start].isspace() or text.stretch(start) is None):
        start += 1
    stretch = text.stretch(start)
    ranges = None if stretch is None else text.written(start, min(end, stretch.end))
    return ranges[0] if ranges else None


def _hit(paragraphs: Sequence[Sequence[_Paragraph]], context: TreeContext) -> Hit:
    """What some prompts share: each paragraph with its copies in the order of their places."""
    first, second, *more = paragraphs[0]
    path, start, end = first.written
    line = context.place(*second.written).line
    length = sum(_length(copies[0].said) for copies in paragraphs)
    what = "this paragraph" if len(paragraphs) == 1 else f"this and {len(paragraphs) - 1} more paragraphs"
    verb = "is" if len(paragraphs) == 1 else "are"
    others = f" and in {len(more)} more" if more else ""
    return Hit(
        path=path,
        start=start,
        end=end,
        message=f"{what}, {length} words in all, {verb} written out again in {second.written[0]}:{line}{others}",
        identity=first.said,
        tokens_saved=None,
        prompt=first.prompt,
    )
