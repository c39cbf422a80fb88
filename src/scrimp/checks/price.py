"""A model that nobody prices, in a request that sends the prompt."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit
from scrimp.config.cards import Card
from scrimp.model.prompts import MeasuredPrompt


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each such request, without a saving: nothing is wasted, but nothing is known either."""
    for each in context.unpriced(measured.prompt.id):
        yield Hit(
            path=each.path,
            start=each.start,
            end=each.end,
            message=(
                f"no {each.tier}price is known for {each.model}, so what this call costs is in no total: "
                "state it under prices in scrimp.yaml"
            ),
            identity=f"{each.tier}{each.model}",
            tokens_saved=None,
        )
