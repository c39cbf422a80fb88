"""A prompt with more static tokens than a budget allows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from scrimp.checks.context import Context, TokenLimit
from scrimp.checks.hits import Hit, settings
from scrimp.config.cards import Card
from scrimp.model.findings import Severity
from scrimp.model.measured import MeasuredPrompt


class Options(msgspec.Struct, frozen=True):
    """``max_tokens``: the most static tokens of any prompt, whatever budgets say; 0 for no such limit."""

    max_tokens: int


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:
    """One hit for each budget that the prompt is over, without a saving: what could be cut isn't known."""
    prompt = measured.prompt
    for limit in _limits(card, context):
        if measured.static <= limit.tokens:
            continue
        over = measured.static - limit.tokens
        yield Hit(
            path=prompt.path,
            start=prompt.start,
            end=prompt.end,
            message=f"{measured.static:,} static tokens: {over:,} over the limit of {limit.budget}",
            identity=limit.budget,
            tokens_saved=None,
            severity=Severity.WARNING if limit.level == "warn" else None,
        )


def _limits(card: Card, context: Context) -> tuple[TokenLimit, ...]:
    most = settings(card, Options).max_tokens
    own = (TokenLimit(f"option max_tokens of {card.id}", most),) if most else ()
    named = tuple(
        TokenLimit(f"budget {limit.budget!r}", limit.tokens, limit.level) for limit in context.limits
    )
    return named + own
