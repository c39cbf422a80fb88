"""Phrases for which there are shorter ones, or none at all.

The longest phrase goes first. A replacement takes over the case of what it replaces; where a phrase with a
capital is deleted, the next word gets it; "a" and "an" are put right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from scrimp.checks import grammar
from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, settings
from scrimp.checks.patterns import Declared, pattern
from scrimp.checks.phrases import replaced
from scrimp.checks.view import lower
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt

Where: TypeAlias = Literal["anywhere", "sentence_start", "line", "prompt_start", "prompt_end"]


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``map`` from phrases to what stands for them, ``""`` to delete them: words as they are written, in any case; or
    with ``regex`` patterns, whose groups the replacement may use. ``at`` tells where they are looked for: ``line`` is
    a line with nothing else on it, which goes with its line end. ``recapitalise`` tells whether the word behind a
    deleted one gets its capital letter.
    """

    map: dict[str, str]
    at: Where = "anywhere"
    regex: bool = False
    recapitalise: bool = True

    def declared(self) -> Iterator[Declared]:
        """The phrases, where they are patterns."""
        yield from ((("map", phrase), phrase, "i", to) for phrase, to in self.map.items() if self.regex)

    def make_ready(self) -> None:
        """Compile the pattern of all phrases, where they are words."""
        if not self.regex:
            _by_phrase(tuple(self.map.items()))


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each phrase that is found where the card looks for it."""
    options = settings(card, Options)
    text = context.unprotected(card.protect)
    found = _patterns(context, card, options) if options.regex else _phrases(context, card, options)
    for span, replacement in found:
        if _stands_at(text, span, options.at):
            whole_line = options.at == "line" and not replacement
            where = _line(text, span) if whole_line else span
            hit = replaced(context, card, where, replacement, recapitalise=options.recapitalise)
            if hit is not None:
                yield hit


def _phrases(context: Context, card: Card, options: Options) -> Iterator[tuple[Span, str]]:
    """Phrases as they are written: found in small letters, which is quicker than in any case."""
    phrases, any_phrase = _by_phrase(tuple(options.map.items()))
    text = context.view.text
    for found in any_phrase.finditer(context.lowered(card.protect)):
        original = text[found.start() : found.end()]
        yield found.span(), grammar.in_case_of(original, phrases[" ".join(found[0].split())])


def _patterns(context: Context, card: Card, options: Options) -> Iterator[tuple[Span, str]]:
    """What patterns find, each with its own replacement filled in; the longest pattern goes first."""
    text = context.unprotected(card.protect)
    taken: list[tuple[Span, str]] = []
    for each in sorted(options.map, key=len, reverse=True):
        for found in pattern(card, each, "i").finditer(text):
            start, end = found.span()
            if start < end and not any(start < other[1] and other[0] < end for other, _ in taken):
                replacement = found.expand(options.map[each])
                taken.append(((start, end), grammar.in_case_of(text[start:end], replacement)))
    yield from sorted(taken)


@lru_cache(maxsize=256)
def _by_phrase(pairs: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """What stands for phrases in small letters, and a pattern of them, the longest first."""
    phrases = {lower(" ".join(phrase.split())): to for phrase, to in pairs}
    return phrases, _any_phrase(sorted(phrases, key=len, reverse=True))


def _any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of some phrases, as whole words and with any number of blanks between them.

    They are grouped by their first words, which is where most places of a text fail.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        first, _, rest = phrase.partition(" ")
        groups[first].append(rest)
    whole = (_group(first, rests) for first, rests in groups.items() if first[0].isalnum())
    others = [_group(first, rests) for first, rests in groups.items() if not first[0].isalnum()]
    return re.compile("|".join((f"(?<![\\w-])(?:{'|'.join(whole) or '(?!)'})", *others)))


def _group(first: str, rests: list[str]) -> str:
    """The phrases that begin with one word, in the order of their rests."""
    return re.escape(first) + "(?:" + "|".join(_rest(first, rest) for rest in rests) + ")"


def _rest(first: str, rest: str) -> str:
    after = r"(?![\w-])" if (rest or first)[-1].isalnum() else ""
    words = "".join(r"[ \t]+" + re.escape(word) for word in rest.split())
    return words + after


def _stands_at(text: str, span: Span, at: Where) -> bool:
    start, end = span
    match at:
        case "anywhere":
            return True
        case "sentence_start":
            return grammar.starts_sentence(text, start)
        case "line":
            line = text[text.rfind("\n", 0, start) + 1 : start] + text[end:].partition("\n")[0]
            return not line.strip()
        case "prompt_start":
            return not text[:start].strip()
        case "prompt_end":
            return not text[end:].strip()


def _line(text: str, span: Span) -> Span:
    """The line that holds a range, with its end; the last one with the line end before it."""
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    return (start, end + 1) if end >= 0 else (max(0, start - 1), len(text))
