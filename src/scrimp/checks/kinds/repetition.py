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
from scrimp.checks.hits import Hit, place_of, settings
from scrimp.checks.sentences import is_numbered, line_of, removal
from scrimp.checks.units import SENTENCE, Span
from scrimp.checks.view import Arms
from scrimp.config.cards import Card
from scrimp.model.prompts import MeasuredPrompt
from scrimp.model.savings import Change

_MARKER: Final = re.compile(r"^(?:[-*+•][ \t]+)")


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``statements``: ways to give the instruction, by name, as patterns whose group ``format`` (if there is
    one) must agree for two of them to say the same; ``unless``: patterns of sentences that don't count; ``adds``:
    patterns of sentences that count, but say more than what was said, so that they repeat nothing.
    """

    statements: dict[str, list[str]]
    unless: list[str]
    adds: list[str]


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


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each sentence that gives an instruction which the same prompt has given before."""
    options = settings(card, Options)
    statements = tuple(pattern for patterns in options.statements.values() for pattern in patterns)
    adding = _compiled(tuple(options.adds))
    earlier: list[_Statement] = []
    for statement in _statements(context, statements, tuple(options.unless)):
        first = next((other for other in earlier if statement.repeats(other)), None)
        if first is None:
            earlier.append(statement)
        elif not any(each.search(statement.text) for each in adding):
            yield _hit(context, first, statement)


def _statements(context: Context, patterns: tuple[str, ...], unless: tuple[str, ...]) -> Iterator[_Statement]:
    """The sentences that give the instruction, in order."""
    wanted, unwanted = _compiled(patterns), _compiled(unless)
    for found in SENTENCE.finditer(context.said):
        sentence = " ".join(found[0].split())
        hits = [hit for pattern in wanted if (hit := pattern.search(sentence))]
        if hits and not any(pattern.search(sentence) for pattern in unwanted):
            formats = frozenset(hit["format"].lower() for hit in hits if hit.groupdict().get("format"))
            marker = _MARKER.match(found[0])
            start = found.start() + (marker.end() if marker else 0)
            yield _Statement((start, found.end()), sentence, formats, context.view.arms(start))


def _hit(context: Context, first: _Statement, again: _Statement) -> Hit:
    path, start, end = place_of(context, again.span)
    line = line_of(context, first.span)
    return Hit(
        path=path,
        start=start,
        end=end,
        message="this was already said" + (f" on line {line}" if line else ""),
        identity=again.text.lower(),
        changes=(Change(*removal(context.view.text, again.span)),),
        advice=is_numbered(context.view.text, again.span[0]),
    )


@lru_cache(maxsize=32)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
