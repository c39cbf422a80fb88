"""A call that sets no limit to its answer: the model may write as much as it can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from scrimp.checks.context import RequestContext
from scrimp.checks.hits import Abstention, Hit, settings
from scrimp.config.cards import Card
from scrimp.model.amounts import Grade
from scrimp.model.measured import MeasuredRequest
from scrimp.model.prompts import OUTPUT
from scrimp.model.written import dollars
from scrimp.prices.caching import MILLION

REQUIRED: Final = frozenset(("anthropic", "anthropic-go", "anthropic-ruby"))
"""SDKs whose calls have to set a cap: one that isn't seen is set somewhere."""
UNDECIDED: Final = Abstention("what comes from outside may set an output cap")


class Options(msgspec.Struct, frozen=True):
    """``unasked_only``: only where the prompts don't tell either how long an answer should be."""

    unasked_only: bool


def check(measured: MeasuredRequest, card: Card, context: RequestContext) -> Iterator[Hit | Abstention]:  # noqa: ARG001
    """At most one hit, at the call, without a saving: how long its answers would have been isn't known."""
    request = measured.request
    if request.implicit or request.output_cap or measured.output_tokens.high is not None:
        return
    if request.sdk in REQUIRED or (settings(card, Options).unasked_only and _is_asked(measured)):
        return
    if OUTPUT in request.undecided:
        yield UNDECIDED
        return
    most, rates = measured.worst_output, measured.rates
    cost = None if most is None or rates is None else most * rates[1] / MILLION
    told = "" if cost is None else f": it may be {most:,} tokens long, which cost {dollars(cost)}"
    yield Hit(request.path, request.start, request.end, f"nothing limits the answer of this call{told}", "")


def _is_asked(measured: MeasuredRequest) -> bool:
    """Whether a sentence, a schema or real usage tells how long an answer is."""
    return measured.output_tokens.grade is not Grade.ASSUMED
