"""Instructions that a prompt gives again in the same words, or in nearly the same ones.

Two sentences are compared by what they have in common of all runs of some words (shingles). Only what the prompt says
counts, not what it shows; what stands in an alternative counts only beside what is always sent with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, settings
from scrimp.checks.patterns import pattern
from scrimp.checks.sentences import is_numbered, line_of, removal
from scrimp.checks.shingles import likenesses, shingles
from scrimp.checks.units import Span, units
from scrimp.checks.view import MARKS, Arms
from scrimp.config.cards import Card
from scrimp.model.prompts import MeasuredPrompt
from scrimp.model.savings import Change

_WORD: Final = re.compile(r"[^\W_][\w'’-]*")
_MARKER: Final = re.compile(r"(?:[-*+•#>]+[ \t]+|\d+[.)][ \t]+)*")
_HOLES: Final = frozenset(MARKS)


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    A sentence counts that has at least ``min_words`` words and in which one of the patterns ``containing`` matches. It
    repeats an earlier one with which it has at least the share ``least`` of their runs of ``shingle`` words in common.
    With ``equal`` all words must be the same; else those that are all the same are left to another rule.
    """

    min_words: Annotated[int, Meta(ge=1)]
    containing: list[str]
    shingle: Annotated[int, Meta(ge=1)]
    least: Annotated[float, Meta(gt=0, le=1)]
    equal: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence: where it is, its words in small letters, and the alternatives around it."""

    span: Span
    words: tuple[str, ...]
    arms: Arms

    def is_sent_with(self, other: _Said) -> bool:
        """Whether it is never sent without another one."""
        return self.arms[: len(other.arms)] == other.arms


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each sentence that repeats an earlier one; of several the likest is named."""
    options = settings(card, Options)
    said = tuple(_sentences(context, card, options))
    compared = [shingles(each.words, options.shingle) for each in said]
    for again, like in zip(said, likenesses(compared, Fraction(options.least)), strict=True):
        if like is not None:
            first = said[like.earlier]
            if (again.words == first.words) == options.equal and again.is_sent_with(first):
                yield _hit(context, first, again)


def _sentences(context: Context, card: Card, options: Options) -> Iterator[_Said]:
    """The sentences that count, in order, without what marks them as items or headings.

    One that ends in a colon says nothing without what follows.
    """
    spoken, text = context.unprotected(card.protect), context.view.text
    for start, end in units(spoken, "sentence"):
        sentence = spoken[start:end]
        if (
            sentence.endswith(":")
            or len(_WORD.findall(sentence)) < options.min_words
            or not _HOLES.isdisjoint(sentence)
        ):
            continue
        if any(pattern(card, each, "i").search(sentence) for each in options.containing):
            marker = _MARKER.match(sentence)
            begin = start + (marker.end() if marker else 0)
            words = tuple(word.casefold() for word in _WORD.findall(text[begin:end]))
            yield _Said((begin, end), words, context.view.arms(begin))


def _hit(context: Context, first: _Said, again: _Said) -> Hit:
    path, start, end = place_of(context, again.span)
    line = line_of(context, first.span)
    how = "this was already said" if first.words == again.words else "nearly the same was said"
    return Hit(
        path,
        start,
        end,
        how + (f" on line {line}" if line else ""),
        " ".join(again.words),
        changes=(Change(*removal(context.view.text, again.span)),),
        advice=is_numbered(context.view.text, again.span[0]),
    )
