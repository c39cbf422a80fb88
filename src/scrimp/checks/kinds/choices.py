"""A call that asks for several answers at once: each is paid for as output."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Hit
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredRequest
from scrimp.model.written import dollars


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit]:  # noqa: ARG001
    """At most one hit, at the call. What it saves are output tokens, so that the message tells them."""
    request = measured.request
    if request.choices < 2:
        return
    more = request.choices - 1
    cost = context.monthly_output((measured.output_tokens.typical or 0) * more // request.choices)
    told = "" if not cost else f", {dollars(cost)} a month"
    yield Hit(
        path=request.path,
        start=request.start,
        end=request.end,
        message=f"this call asks for {request.choices} answers and pays for the output of {more} more than one{told}",
        identity=str(request.choices),
    )
