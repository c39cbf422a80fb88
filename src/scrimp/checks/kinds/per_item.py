"""A call for each item of something, which sends the same instructions every time.

Several items in one call share them. What a cache keeps of them costs less than the rest, and counts as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Abstention, Hit, settings
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredRequest
from scrimp.model.prompts import MESSAGES

UNDECIDED: Final = Abstention(
    "a call in a loop sends messages that are not known: they may grow with each answer"
)


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``min_tokens``: the fewest that are sent every time; ``items_per_call``: how many items one call could take;
    ``not_over``: beginnings of words of what holds items that are taken together already, or are too large for that.
    """

    min_tokens: int
    items_per_call: int
    not_over: list[str]


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit | Abstention]:
    """At most one hit, at the call. The tokens saved are equivalents of full-price tokens, per call."""
    request, options = measured.request, settings(card, Options)
    if not request.each or any(_mentions(request.each, word) for word in options.not_over):
        return
    static = sum(each.static for each in context.always)
    if static < options.min_tokens:
        return
    if MESSAGES in request.undecided:
        yield UNDECIDED
        return
    yield Hit(
        path=request.path,
        start=request.start,
        end=request.end,
        message=(
            f"this call is made for each item of `{request.each}` and sends the same {static:,} tokens every time, "
            f"which {options.items_per_call} items in one call would share"
        ),
        identity=request.each,
        tokens_saved=int(_paid(static, measured, context) * (1 - Decimal(1) / options.items_per_call)),
    )


def _mentions(name: str, word: str) -> bool:
    """Whether a name has a word that begins so, by itself or as a part of a longer one."""
    return (
        re.search(rf"(?:(?<![^\W_])|(?-i:(?<=[a-z])(?=[A-Z]))){re.escape(word)}", name, re.IGNORECASE)
        is not None
    )


def _paid(static: int, measured: MeasuredRequest, context: RequestContext) -> Decimal:
    """What is paid for tokens that are sent every time, in full-price tokens.

    A cache reads as much of them as is told. Where nothing is, a provider that caches by itself and keeps what the
    last call sent is taken to do so within a loop.
    """
    caching, terms = measured.caching, context.caching
    if caching is None or terms.read_share is None:
        return Decimal(static)
    read = caching.read
    if measured.cached is None and terms.rule is not None and terms.rule.starts == "automatic":
        read = Decimal(caching.cacheable if terms.rule.falls_back else 0)
    return static - min(read, Decimal(static)) * (1 - terms.read_share)
