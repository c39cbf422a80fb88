"""A model that its maker has replaced by one that costs less."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scrimp.catalog.superseded import in_place_of, succession_of
from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Hit
from scrimp.checks.prefixes import is_known
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredRequest
from scrimp.prices.book import Price


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit]:  # noqa: ARG001
    """At most one hit, at the call. The tokens saved are input tokens that cost what the dearer model costs more."""
    request, price = measured.request, context.price
    succession = succession_of(measured.model) if is_known(measured) else None
    if succession is None or price is None or not request.parts:
        return
    name = in_place_of(measured.model, succession)
    other = context.tree.prices.price(name)
    if other is None or not _is_cheaper(other, price):
        return
    yield Hit(
        path=request.path,
        start=request.start,
        end=request.end,
        message=(
            f"{measured.model} was replaced by {succession.successor} on {succession.since.isoformat()}, which costs "
            f"${other.input} and ${other.output} a million tokens in place of ${price.input} and ${price.output}"
        ),
        identity=measured.model,
        tokens_saved=_saved(measured, price, other),
    )


def _is_cheaper(other: Price, price: Price) -> bool:
    """Whether neither input nor output costs more, and one of them less."""
    return (other.input, other.output) != (price.input, price.output) and (
        other.input <= price.input and other.output <= price.output
    )


def _saved(measured: MeasuredRequest, price: Price, other: Price) -> int | None:
    """What a typical call saves, as input tokens at the usual price."""
    tokens, answer = measured.input_tokens.typical, measured.output_tokens.typical
    if tokens is None or answer is None or not price.input:
        return None
    less = Decimal(tokens) * (price.input - other.input) + Decimal(answer) * (price.output - other.output)
    return int(less / price.input)
