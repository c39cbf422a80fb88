"""A model that thinks before it answers anyway is asked to think.

Which models do is in the catalog. Where nobody tells the model, or one of several doesn't think, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from scrimp.catalog.reasoning import thinks
from scrimp.checks.context import Context
from scrimp.checks.hits import Abstention, Hit, place_of, settings
from scrimp.checks.patterns import Declared, pattern
from scrimp.checks.sentences import is_numbered, removal
from scrimp.checks.units import Span, units
from scrimp.checks.view import MARKS
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.savings import Change

_MARKS: Final = frozenset(MARKS)
_UNKNOWN: Final = "nothing tells which model the prompt goes to"


class Options(msgspec.Struct, frozen=True):
    """``patterns`` of whole sentences that ask for nothing but to think."""

    patterns: list[str]

    def declared(self) -> Iterator[Declared]:
        """All of them."""
        yield from ((("patterns", at), text, "i", "") for at, text in enumerate(self.patterns))


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit | Abstention]:  # noqa: ARG001
    """One hit for each sentence that asks for what the model does anyway."""
    found = list(_sentences(context, card, settings(card, Options)))
    models = {each.model if each.model_source != "default" else "" for each in context.requests}
    if found and "" in (models or {""}):
        yield Abstention(_UNKNOWN)
    elif all(map(thinks, models)):
        for span in found:
            yield _hit(context, span, sorted(models))


def _sentences(context: Context, card: Card, options: Options) -> Iterator[Span]:
    text = context.unprotected(card.protect)
    for start, end in units(text, "sentence"):
        sentence = text[start:end]
        asks = any(pattern(card, each, "i").search(sentence) for each in options.patterns)
        if asks and _MARKS.isdisjoint(sentence):
            yield start, end


def _hit(context: Context, span: Span, models: list[str]) -> Hit:
    path, start, end = place_of(context, span)
    text = context.view.text
    return Hit(
        path=path,
        start=start,
        end=end,
        message=f"{' and '.join(models)} think{'s' * (len(models) == 1)} before the answer without being asked to",
        identity=" ".join(text[span[0] : span[1]].lower().split()),
        changes=(Change(*removal(text, span)),),
        advice=is_numbered(text, span[0]),
    )
