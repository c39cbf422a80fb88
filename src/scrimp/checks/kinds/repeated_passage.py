"""Passages that stand in a prompt twice, word by word.

Runs of some words are looked up among all earlier ones; where one is found, the passage goes on as long as the words
stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, settings
from scrimp.checks.protected import SHOWN
from scrimp.checks.sentences import line_of
from scrimp.checks.view import MARKS
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.savings import Change

_WORD: Final = compiled_late(rf"[^\s{MARKS}{SHOWN}]+|[{MARKS}{SHOWN}]")
_BREAKS: Final = frozenset(MARKS + SHOWN)


class Options(msgspec.Struct, frozen=True):
    """``min_words``: the fewest words of a passage."""

    min_words: Annotated[int, Meta(ge=2)]


class _Words(Struct, frozen=True):
    """The words of a text in small letters, and where each begins and ends; a mark is a word of its own."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = list(_WORD.finditer(text))
        return cls(tuple(each[0].casefold() for each in found), tuple(each.span() for each in found))

    def runs(self, length: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """All runs of so many words, without those that hold a mark."""
        broken = -1
        for at, word in enumerate(self.words):
            if word in _BREAKS:
                broken = at
            if at - broken >= length:
                first = at - length + 1
                yield first, self.words[first : at + 1]

    def common(self, first: int, again: int) -> int:
        """How many words from two places on are the same, no mark among them and none of them in both."""
        length = 0
        while (
            again + length < len(self.words)
            and first + length < again
            and self.words[first + length] == self.words[again + length]
            and self.words[again + length] not in _BREAKS
        ):
            length += 1
        return length


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each passage that stood in the prompt before."""
    least = settings(card, Options).min_words
    text = _Words.of(context.unprotected(card.protect))
    seen: dict[tuple[int, tuple[str, ...]], int] = {}
    done = 0
    for at, run in text.runs(least):
        if at < done:
            continue
        member = context.view.member(
            text.spans[at][0]
        )  # what each field of a schema says is said of that field
        first = seen.setdefault((member, run), at)
        if first + least <= at:
            length = text.common(first, at)
            done = at + length
            hit = _hit(context, text, (first, at), length)
            if hit is not None:
                yield hit


def _hit(context: Context, text: _Words, places: tuple[int, int], length: int) -> Hit | None:
    first, again = ((text.spans[at][0], text.spans[at + length - 1][1]) for at in places)
    arms = context.view.arms(first[0])
    if context.view.arms(again[0])[: len(arms)] != arms:
        return None
    path, start, end = place_of(context, again)
    line = line_of(context, first)
    where = f" on line {line}" if line else " before"
    words = text.words[places[1] : places[1] + length]
    message = f"{length} words stand{where} as well"
    return Hit(path, start, end, message, " ".join(words), changes=(Change(*again),))
