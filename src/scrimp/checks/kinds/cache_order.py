"""A value that changes with every request, before text that never changes: the text can't be cached.

Providers keep the beginning of a prompt, up to the first place that differs from an earlier request, and sell
it at a fraction of the price. The saving is what that discount takes off the static text once the variable
stands last: ``(1 - cached share) * (static - prefix)``, where a prefix below the provider's minimum counts as
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec
from msgspec import Struct

from scrimp.checks.context import Context
from scrimp.checks.hits import Abstention, Hit, settings
from scrimp.checks.sending import sent, where
from scrimp.config.cards import Card
from scrimp.expressions import compiled_late
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.segments import TextSegment, VariableSegment

GUESSED: Final = Abstention("nothing is seen that fills its placeholders, which may be text")
BEHIND: Final = Abstention("it speaks of a conversation in front of it, which changes with every request")

_FOLLOWS: Final = compiled_late(
    r"(?:messages?|conversation|discussion|chat|history|turns?)\b[^.\n]{0,40}\babove\b"
    r"|\babove\b[^.\n]{0,20}\b(?:messages?|conversation|discussion|chat|history|turns?)\b",
    re.IGNORECASE,
)
"""How a prompt speaks of messages that are sent before it."""


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``min_tokens``: what providers cache at least; ``max_prefix_share``: the share of the static tokens before
    the variable from which the order is good enough; ``cached_share``: the price of a cached token, as a
    share. The first and the last hold where the model's own are unknown.
    """

    min_tokens: int
    max_prefix_share: float
    cached_share: float


class _Break(Struct, frozen=True):
    """The first variable that changes with each request, and the static text before it."""

    variable: VariableSegment
    prefix: str


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit | Abstention]:
    """At most one hit, at the first variable of the request. The tokens saved are full-price equivalents."""
    options = settings(card, Options)
    minimum = context.caching.minimum or options.min_tokens
    if measured.prompt.inlined or measured.static < minimum:
        return
    found = _first_break(measured)
    if found is None:
        return
    prefix = context.scaled(context.count(found.prefix))
    if prefix >= options.max_prefix_share * measured.static:
        return
    unsure = _unsure(measured, found, context)
    if unsure:
        yield unsure
        return
    told = context.caching.read_share
    share = options.cached_share if told is None else told
    cacheable = measured.static - (prefix if prefix >= minimum else 0)
    behind = measured.static - prefix
    path, start, end = where(measured, found.variable)
    yield Hit(
        path=path,
        start=start,
        end=end,
        message=(
            f"`{found.variable.name}` changes with every request and stands before {behind:,} of "
            f"{measured.static:,} static tokens, which can't be cached"
        ),
        identity=found.variable.name,
        tokens_saved=int((1 - Decimal(str(share))) * cacheable),
        cheaper=cacheable,
    )


def _unsure(measured: MeasuredPrompt, found: _Break, context: Context) -> Abstention | None:
    """Why the variable may be none, or no text behind it could be cached anyway."""
    name = measured.prompt.name.rpartition(".")[2]
    if measured.prompt.guessed and name not in context.tree.filled:
        return GUESSED
    return BEHIND if _FOLLOWS.search(found.prefix) else None


def _first_break(measured: MeasuredPrompt) -> _Break | None:
    changing = {variable.name for variable in measured.variables if variable.volatility == "request"}
    prefix: list[str] = []
    for segment in sent(measured.prompt.segments):
        if isinstance(segment, TextSegment):
            prefix.append(segment.value)
        elif segment.name in changing:
            return _Break(segment, "".join(prefix))
    return None
