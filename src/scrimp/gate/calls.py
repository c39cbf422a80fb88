"""What one call costs: its input and its typical answer, as far as they are known. A guess doesn't lower it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scrimp.gate.ground import of_call
from scrimp.gate.scope import Scope, sent
from scrimp.gate.words import broken, dollars, largest
from scrimp.model.changes import Breach
from scrimp.model.measured import MeasuredRequest
from scrimp.model.written import stated_dollars


def dear_calls(scope: Scope, before: Scope | None) -> Iterator[Breach]:
    """Calls that cost more than the budget allows, in one breach; on a base only those that were not above it."""
    limit = scope.budget.max_per_call
    if limit is None:
        return
    dear = [
        each
        for each in scope.requests
        if _cost(each) > limit and not (before and _was_above(each, limit, scope, before))
    ]
    if dear:
        dearest = max(dear, key=lambda each: (_cost(each), each.request.id))
        yield broken(
            scope.budget,
            "max_per_call",
            f"{stated_dollars(limit)} a call",
            f"{dollars(_cost(dearest))} a call",
            largest((_cost(each), each.request.id) for each in dear),
            ground=tuple(of_call(dearest)),
        )


def _was_above(request: MeasuredRequest, limit: Decimal, scope: Scope, before: Scope) -> bool:
    """Whether the call was above the limit on BASE; a call that moved is known by the prompts that it sends."""
    prompts = {scope.known_as.get(name, name) for name in sent(request)}
    same = [each for each in before.measured.requests if each.request.id == request.request.id]
    then = same or [each for each in before.measured.requests if sent(each) & prompts]
    return any(_cost(each) > limit for each in then)


def _cost(request: MeasuredRequest) -> Decimal:
    guess = request.guessed / request.calls if request.calls else Decimal(0)
    return (request.per_call.typical or Decimal(0)) - min(guess, Decimal(0))
