"""A request that goes to one model or another: what it costs at least, typically and at most.

As with alternatives of a text, typical is what costs most, so that a gate errs on the safe side. One that nobody can
price is never the typical one as long as another has a price, and leaves the upper bound open. Nobody tells which of
them it is, so what it costs is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from scrimp.measure.costs import scaled
from scrimp.model.amounts import UNKNOWN_MONEY, Grade, Interval
from scrimp.model.measured import MeasuredRequest


def one_of(each: Sequence[MeasuredRequest]) -> MeasuredRequest:
    """One request of those that it would be, one for each model; a single one whose model is told stays as it is."""
    span = _Span.over(each)
    dearest = span.dearest
    if len(each) == 1 and dearest.is_model_told:
        return dearest
    per_call = span.of(lambda one: one.per_call)
    sizes = [one.input_tokens for one in each]
    highs = [size.high for size in sizes]
    return replace(
        dearest,
        input_tokens=Interval(
            min((size.low for size in sizes if size.low is not None), default=None),
            dearest.input_tokens.typical,
            None if None in highs else max(high for high in highs if high is not None),
            Grade.worst(*(size.grade for size in sizes)),
        ),
        per_call=per_call,
        monthly=scaled(per_call, dearest.calls, dearest.calls_grade),
        shares=tuple(span.of(_share(number)) for number in range(len(dearest.shares))),
        part_costs=tuple(span.of(_cost(number)) for number in range(len(dearest.part_costs))),
        alternatives=tuple(one.model for one in each if one is not dearest),
        unpriced=tuple(one.model for one in each if one.per_call.typical is None and one is not dearest),
        is_least=any(one.is_least for one in each),
    )


class _Span(Struct, frozen=True):
    """The requests that tell the bounds; both are of one request each, so that the shares add up to the whole."""

    lowest: MeasuredRequest
    dearest: MeasuredRequest
    highest: MeasuredRequest | None

    @classmethod
    def over(cls, each: Sequence[MeasuredRequest]) -> _Span:
        dearest = max(each, key=lambda one: _known(one.per_call.typical))
        priced = [one for one in each if one.per_call.typical is not None] or [dearest]
        lowest = min(priced, key=lambda one: _known(one.per_call.low))
        if len(priced) < len(each):
            return cls(lowest, dearest, None)
        is_open = any(one.per_call.high is None for one in priced)
        return cls(
            lowest, dearest, dearest if is_open else max(priced, key=lambda one: _known(one.per_call.high))
        )

    def of(self, amount: Callable[[MeasuredRequest], Interval[Decimal]]) -> Interval[Decimal]:
        """An amount of the request: at least as of the cheapest, typically as of the dearest."""
        typical = amount(self.dearest)
        if typical.typical is None:
            return UNKNOWN_MONEY
        return Interval(
            amount(self.lowest).low,
            typical.typical,
            None if self.highest is None else amount(self.highest).high,
            Grade.worst(typical.grade, Grade.ASSUMED),
        )


def _share(number: int) -> Callable[[MeasuredRequest], Interval[Decimal]]:
    return lambda one: one.shares[number]


def _cost(number: int) -> Callable[[MeasuredRequest], Interval[Decimal]]:
    return lambda one: one.part_costs[number]


def _known(amount: Decimal | None) -> Decimal:
    """An amount to order by; what isn't known comes below all."""
    return Decimal(-1) if amount is None else amount
