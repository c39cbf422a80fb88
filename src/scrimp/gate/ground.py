"""What of an amount that broke a limit is not known but assumed or guessed, and which calls it comes from.

An amount is in US dollars a month, and rounded as usual: what it is a part of is rounded up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal

from scrimp.gate.scope import sent
from scrimp.gate.words import first
from scrimp.model.amounts import Grade
from scrimp.model.measured import MeasuredRequest
from scrimp.model.written import basis, counted, dollars

_GUESSES = (Grade.HEURISTIC, Grade.ASSUMED)


def ground(
    requests: Sequence[MeasuredRequest], textless: Collection[MeasuredRequest], total: Decimal
) -> tuple[str, ...]:
    """What of the ``total`` of requests rests on what, a line each; ``textless`` are those without known text.

    A total is more than what is expected of its requests where guesses would lower it.
    """
    priced = [each for each in requests if each.monthly.typical is not None]
    expected = sum((_monthly(each) for each in priced), Decimal(0))
    return tuple(
        line
        for line in (
            _part(priced, lambda each: each.basis is Grade.ASSUMED, _monthly, f"at {basis(Grade.ASSUMED)}"),
            _part(
                priced,
                lambda each: each.output_tokens.grade in _GUESSES,
                _answer,
                "for answers of guessed length",
            ),
            _part(
                priced, lambda each: each.guessed_input > 0, _examples, "for variables as long as an example"
            ),
            _named([each for each in textless if sent(each)], "whose text is of low confidence"),
            _named([each for each in textless if not sent(each)], "without known text"),
            f"of it {dollars(total - expected)} on top of what audit expects, as a guess lowers no total"
            if total > expected
            else "",
        )
        if line
    )


def of_call(request: MeasuredRequest) -> Iterator[str]:
    """What is assumed or guessed of the cost of one call."""
    if request.model_source == "default":
        yield f"its model, {request.model}, is assumed"
    if request.output_tokens.grade in _GUESSES and request.answer_cost:
        length = counted(request.output_tokens.typical or 0, "token")
        yield f"of it {dollars(request.answer_cost)} for an answer of guessed length ({length})"


def _part(
    requests: Sequence[MeasuredRequest],
    is_one: Callable[[MeasuredRequest], bool],
    amount: Callable[[MeasuredRequest], Decimal],
    what: str,
) -> str:
    """How much of the cost is of some kind, and of how many requests; empty if none is."""
    those = [each for each in requests if is_one(each)]
    usd = sum((amount(each) for each in those), Decimal(0))
    return (
        f"of it {dollars(usd)} {what}, in {len(those):,} of {counted(len(requests), 'request')}"
        if usd
        else ""
    )


def _named(requests: Sequence[MeasuredRequest], what: str) -> str:
    """What calls cost that no row of a prompt shows, the dearest by name."""
    priced = sorted(
        (each for each in requests if _monthly(each)), key=lambda each: (-_monthly(each), each.request.id)
    )
    if not priced:
        return ""
    usd = sum((_monthly(each) for each in priced), Decimal(0))
    names = "; ".join(first([f"{each.request.id} {dollars(_monthly(each))}" for each in priced]))
    return f"of it {dollars(usd)} for {counted(len(priced), 'call')} {what}: {names}"


def _monthly(request: MeasuredRequest) -> Decimal:
    return request.monthly.typical or Decimal(0)


def _answer(request: MeasuredRequest) -> Decimal:
    return (request.answer_cost or Decimal(0)) * request.calls


def _examples(request: MeasuredRequest) -> Decimal:
    return request.guessed_input
