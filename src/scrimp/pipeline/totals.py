"""What a tree costs in sum, what that rests on, and what it is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scrimp.model.amounts import UNKNOWN_MONEY, Grade, Interval
from scrimp.model.measured import Measured
from scrimp.model.prompts import Confidence
from scrimp.model.report import Purposes, Totals
from scrimp.model.savings import Saved


def totals(measured: Measured, saved: Sequence[Saved] = ()) -> Totals:
    """Sums over requests and loads, each cost once. Static tokens count a text once, wherever it is inlined.

    Requests without a price leave the upper bound open; where none has a price, the total is unknown.
    """
    counted = [each for each in measured.prompts if each.prompt.confidence is not Confidence.LOW]
    monthly: Interval[Decimal] = Interval(Decimal(0), Decimal(0), Decimal(0), Grade.EXACT)
    by_grade: dict[Grade, Decimal] = {
        grade: Decimal(0) for grade in (Grade.IMPORTED, Grade.CONFIGURED, Grade.ASSUMED)
    }
    unpriced = 0
    for request in measured.requests:
        if request.monthly.typical is None:
            unpriced += 1
            continue
        monthly = monthly.plus(request.monthly)
        by_grade[request.basis] += request.monthly.typical
    if unpriced:
        known_part = unpriced < len(measured.requests)
        monthly = Interval(monthly.low, monthly.typical, None, monthly.grade) if known_part else UNKNOWN_MONEY
    known = [each.monthly for each in saved if each.monthly is not None]
    return Totals(
        prompts=len(counted),
        static_tokens=sum(each.static for each in counted if not each.prompt.inlined),
        monthly=monthly,
        by_grade=by_grade,
        saveable=sum(known, Decimal(0)) if known or not saved else None,
        unpriced=unpriced,
        unsure=len(measured.prompts) - len(counted),
        paid_for=None if monthly.typical is None else _paid_for(measured, monthly.typical),
    )


def _paid_for(measured: Measured, total: Decimal) -> Purposes:
    """What a known total is paid for."""
    prompts = answers = Decimal(0)
    for request in measured.requests:
        if request.monthly.typical is not None:
            sent = sum((each.typical or Decimal(0) for each in request.shares), Decimal(0))
            prompts += sent * request.calls
            answers += (request.answer_cost or Decimal(0)) * request.calls
    return Purposes(prompts, answers, max(Decimal(0), total - prompts - answers))
