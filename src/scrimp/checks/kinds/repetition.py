"""An instruction that is given again in other words.

The card names the ways to give it, as regular expressions over one sentence. Only what the prompt says
counts, not what it quotes or shows; a sentence that holds under a condition is about that case only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, Span, settings
from scrimp.checks.view import EDGE, Arms, View
from scrimp.config.cards import Card
from scrimp.model.prompts import MeasuredPrompt
from scrimp.model.savings import Change

_SENTENCE: Final = re.compile(
    rf"[^\s.!?{EDGE}](?:[^\n.!?{EDGE}]|[.!?](?![\s{EDGE}]|$)|\n(?=[ \t]*[a-z]))*[.!?]*"
)
_BULLET: Final = re.compile(r"[ \t]*(?:[-*+•][ \t]+)?")
_NUMBER: Final = re.compile(r"(?:^|\n)[ \t]*\d+[.)][ \t]+\Z")
"""A numbered line is never taken out: the numbers below it, and what refers to them, would be wrong."""
_MARKER: Final = re.compile(r"^(?:[-*+•][ \t]+)")


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``statements``: ways to give the instruction, by name, as patterns whose group ``format`` (if there is
    one) must agree for two of them to say the same; ``unless``: patterns of sentences that don't count.
    """

    statements: dict[str, list[str]]
    unless: list[str]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence that gives the instruction; ``formats`` are the formats that it names."""

    span: Span
    text: str
    formats: frozenset[str]
    arms: Arms

    def repeats(self, other: _Statement) -> bool:
        """Whether this one is never sent without the other, and speaks of the same output."""
        sent_with = self.arms[: len(other.arms)] == other.arms
        return sent_with and (self.formats == other.formats or not (self.formats and other.formats))


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit for each sentence that gives an instruction which the same prompt has given before."""
    options = settings(card, Options)
    text = context.view
    statements = tuple(pattern for patterns in options.statements.values() for pattern in patterns)
    earlier: list[_Statement] = []
    for statement in _statements(context, statements, tuple(options.unless)):
        first = next((other for other in earlier if statement.repeats(other)), None)
        if first is None:
            earlier.append(statement)
        else:
            yield _hit(measured, text, first, statement, context)


def _statements(context: Context, patterns: tuple[str, ...], unless: tuple[str, ...]) -> Iterator[_Statement]:
    """The sentences that give the instruction, in order."""
    wanted, unwanted = _compiled(patterns), _compiled(unless)
    for found in _SENTENCE.finditer(context.said):
        sentence = " ".join(found[0].split())
        hits = [hit for pattern in wanted if (hit := pattern.search(sentence))]
        if hits and not any(pattern.search(sentence) for pattern in unwanted):
            formats = frozenset(hit["format"].lower() for hit in hits if hit.groupdict().get("format"))
            marker = _MARKER.match(found[0])
            start = found.start() + (marker.end() if marker else 0)
            yield _Statement((start, found.end()), sentence, formats, context.view.arms(start))


def _hit(measured: MeasuredPrompt, text: View, first: _Statement, again: _Statement, context: Context) -> Hit:
    prompt = measured.prompt
    said_first, said_again = text.written(*first.span), text.written(*again.span)
    path, start, end = said_again[0] if said_again else (prompt.path, prompt.start, prompt.end)
    numbered = _NUMBER.search(text.text, 0, again.span[0]) is not None
    where = f" on line {context.place(*said_first[0]).line}" if said_first else ""
    return Hit(
        path=path,
        start=start,
        end=end,
        message=f"this was already said{where}",
        identity=again.text.lower(),
        changes=(Change(*_removal(text.text, again.span)),),
        advice=numbered,
    )


def _removal(text: str, span: Span) -> Span:
    """What goes with a sentence: its line and bullet where it stands alone, else the blanks before it."""
    start, end = span
    line = text.rfind("\n", 0, start) + 1
    if _BULLET.fullmatch(text, line, start) and text[end : end + 1] in {"", "\n"}:
        return (line - 1, end) if line else (line, min(end + 1, len(text)))
    blanks = len(text[line:start]) - len(text[line:start].rstrip(" \t"))
    return start - blanks, end


@lru_cache(maxsize=32)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
