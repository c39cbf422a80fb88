"""Settings that make a model think or look harder than its task asks for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Hit, settings
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredRequest


class Options(msgspec.Struct, frozen=True):
    """The card's options.

    ``efforts``: words for much thinking; ``max_tokens``: the most tokens of a small task's prompts; ``details``: words
    for a close look at images.
    """

    efforts: list[str]
    max_tokens: int
    details: list[str]


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit]:
    """A hit at the call for each such setting, without a saving: how much is thought isn't known."""
    request, options = measured.request, settings(card, Options)
    static = sum(each.static for each in context.typical)
    small = request.parts and not request.open_parts and static <= options.max_tokens
    if small and request.effort.lower() in options.efforts:
        message = (
            f"the effort is {request.effort} for prompts of {static:,} tokens; what is thought is output"
        )
        yield Hit(request.path, request.start, request.end, message, "effort")
    for detail in sorted(request.details.intersection(options.details)):
        message = f"images are looked at with detail {detail}, which takes several times the tokens of low"
        yield Hit(request.path, request.start, request.end, message, "detail")
