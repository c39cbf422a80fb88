"""A model that nobody prices, in a request that sends prompts."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Hit
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredRequest
from scrimp.prices.serving import STANDARD


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit]:  # noqa: ARG001
    """At most one hit, without a saving: nothing is wasted, but nothing is known either.

    It stands where the model is used: of all the calls of a function around that the price is asked for once.
    """
    request = measured.request
    if measured.rates is not None or not request.parts:
        return
    tier = "" if measured.tier == STANDARD else f"{measured.tier} "
    path, start, end = request.sent_at or (request.path, request.start, request.end)
    yield Hit(
        path=path,
        start=start,
        end=end,
        message=(
            f"no {tier}price is known for {measured.model}, so what this call costs is in no total: "
            "state it under prices in scrimp.yaml"
        ),
        identity=f"{tier}{measured.model}",
        tokens_saved=None,
    )
