"""A model that nobody prices, in a request that sends prompts."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Hit
from scrimp.config.cards import Card
from scrimp.model.prompts import MeasuredRequest
from scrimp.prices.serving import STANDARD


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit]:  # noqa: ARG001
    """At most one hit, without a saving: nothing is wasted, but nothing is known either."""
    request = measured.request
    if measured.rates is not None or not request.parts:
        return
    tier = "" if measured.tier == STANDARD else f"{measured.tier} "
    yield Hit(
        path=request.path,
        start=request.start,
        end=request.end,
        message=(
            f"no {tier}price is known for {measured.model}, so what this call costs is in no total: "
            "state it under prices in scrimp.yaml"
        ),
        identity=f"{tier}{measured.model}",
        tokens_saved=None,
    )
