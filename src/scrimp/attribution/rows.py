"""The rows of an attribution: sums of portions, and what rows are compared by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import attrgetter

from msgspec.structs import replace

from scrimp.attribution.keys import key
from scrimp.attribution.portions import Portion, portions, savings
from scrimp.model.amounts import Grade, Interval
from scrimp.model.attribution import Attribution, AttributionRow, Figure
from scrimp.model.measured import Measured
from scrimp.model.report import Totals
from scrimp.model.rounding import above, apportioned, below, step_of
from scrimp.model.savings import Saved

HUNDRED = Decimal(100)
_LEAST_COMPARED = 2
"""Rows that a median is taken of at least: a single one would be its own."""
_SENT, _LEAST_SENT = attrgetter("input_tokens.typical"), attrgetter("input_tokens.low")
_ANSWERED = attrgetter("output_tokens.typical")


def attribute(
    measured: Measured, saved: Sequence[Saved], totals: Totals, by: str, depth: int = 1
) -> Attribution:
    """Who or what bears the ``totals`` of a tree and what can be ``saved``; ``by`` is the name of a key.

    The medians that rows are compared with are those of the named rows: what nobody owns is shown, and is no one's
    peer.
    """
    told = key(by, measured, depth)
    shared = tuple(portions(measured, told))
    rows_of = {each.prompt.id: told.of_prompt(each) for each in measured.prompts} if told.of_prompt else {}
    saveable = savings(saved, shared, rows_of)
    by_row: defaultdict[str, list[Portion]] = defaultdict(list)
    for portion in shared:
        by_row[portion.row].append(portion)
    rows = [
        _row(name, by_row.get(name, ()), saveable.get(name, Decimal(0)))
        for name in sorted(by_row.keys() | saveable.keys())
    ]
    rows = _summing_up(rows, totals)
    rows.sort(key=lambda row: (row.monthly.typical is None, -(row.monthly.typical or Decimal(0)), row.name))
    whole = _row("", shared, sum(saveable.values(), Decimal(0)))
    (total,) = _summing_up([whole], totals)
    named = [row for row in rows if row.name]
    return Attribution(by, tuple(_compared(row, named) for row in rows), total, len(named))


def _row(name: str, shared: Iterable[Portion], saved: Decimal) -> AttributionRow:
    """The sums of some portions, not yet rounded."""
    held = list(shared)
    requests = {portion.request.request.id: portion.request for portion in held}
    priced = [portion for portion in held if portion.request.monthly.typical is not None]
    calls = sum(request.calls for request in requests.values())
    priced_calls = sum({portion.request.request.id: portion.request.calls for portion in priced}.values())
    sent, answered, least = (
        sum((_monthly(portion, tokens(portion.request)) for portion in held), Decimal(0))
        for tokens in (_SENT, _ANSWERED, _LEAST_SENT)
    )
    monthly = _cost(held, priced)
    by_grade: defaultdict[Grade, Decimal] = defaultdict(Decimal)
    for portion in priced:
        by_grade[portion.request.basis] += (portion.request.monthly.typical or Decimal(0)) * portion.weight
    volumes = [request.calls_grade for request in requests.values()] if len(requests) > 1 else []
    sizes = Grade.worst(*(portion.request.input_tokens.grade for portion in held), *volumes)
    answers = Grade.worst(*(portion.request.output_tokens.grade for portion in held))
    more = any(portion.request.input_tokens.open for portion in held)
    return AttributionRow(
        name=name,
        requests=len(requests),
        unpriced=len(
            {portion.request.request.id for portion in held if portion.request.monthly.typical is None}
        ),
        calls=calls,
        monthly=monthly,
        by_grade=by_grade,
        share=None,
        input_tokens=round(sent),
        output_tokens=round(answered),
        per_call=Figure(
            _ratio(monthly.typical, priced_calls),
            monthly.grade,
            monthly.open,
            low=_ratio(monthly.low, priced_calls),
        ),
        tokens_per_call=Figure(_ratio(sent, calls), sizes, more, low=_ratio(least, calls)),
        output_per_input=Figure(_ratio(answered, sent), Grade.worst(sizes, answers)),
        saveable=saved,
        saveable_share=Figure(None, monthly.grade),
    )


def _cost(held: Sequence[Portion], priced: Sequence[Portion]) -> Interval[Decimal]:
    """The sum of what is known; open where anything isn't, unknown where nothing is."""
    if held and not priced:
        return Interval(None, None, None, Grade.UNKNOWN)
    low, typical, high = Decimal(0), Decimal(0), Decimal(0)
    closed = len(priced) == len(held)
    for portion in priced:
        amount = portion.request.monthly
        low += (amount.low or Decimal(0)) * portion.weight
        typical += (amount.typical or Decimal(0)) * portion.weight
        high += (amount.high or Decimal(0)) * portion.weight
        closed = closed and not amount.open
    grade = Grade.worst(*(portion.request.monthly.grade for portion in priced))
    return Interval(low, typical, high if closed else None, grade)


def _monthly(portion: Portion, tokens: int | None) -> Decimal:
    """The known part of a portion's tokens a month, of so many a call."""
    return portion.request.calls * (tokens or 0) * portion.weight


def _ratio(of: Decimal | None, to: Decimal | int) -> Decimal | None:
    return None if of is None or not to else of / to


def _summing_up(rows: Sequence[AttributionRow], totals: Totals) -> list[AttributionRow]:
    """The rows with money rounded so that it adds up to the totals as these are written, and with shares of them."""
    whole, saveable = totals.monthly.typical, totals.saveable
    known = [row.monthly.typical for row in rows if row.monthly.typical is not None]
    step = step_of(whole or Decimal(0))
    costs = iter(apportioned(known, whole or Decimal(0), step))
    saved_step = step_of(saveable or Decimal(0))
    savings_of = apportioned([row.saveable or Decimal(0) for row in rows], saveable or Decimal(0), saved_step)
    made = []
    for row, saved in zip(rows, savings_of, strict=True):
        exact = row.monthly.typical
        monthly, by_grade = row.monthly, row.by_grade
        if exact is not None:
            typical = next(costs)
            monthly = _rounded(monthly, typical, step)
            by_grade = dict(zip(by_grade, apportioned(list(by_grade.values()), typical, step), strict=True))
        share = _ratio(None if exact is None else exact * HUNDRED, whole or 0)
        part = None if saveable is None or exact is None else _ratio((row.saveable or 0) * HUNDRED, exact)
        made.append(
            replace(
                row,
                monthly=monthly,
                by_grade=by_grade,
                share=share,
                saveable=None if saveable is None else saved,
                saveable_share=Figure(part, monthly.grade),
            )
        )
    return made


def _rounded(amount: Interval[Decimal], typical: Decimal, step: Decimal) -> Interval[Decimal]:
    """The amount as it is written, with its bounds rounded outwards; what is its own bound stays so."""
    low = typical if amount.low == amount.typical else below(amount.low, step)
    high = typical if amount.high == amount.typical else above(amount.high, step)
    return Interval(low, typical, high, amount.grade)


def _compared(row: AttributionRow, named: Sequence[AttributionRow]) -> AttributionRow:
    """A row with its distances from the medians of the named ones."""
    return replace(
        row,
        per_call=_in_percent(row.per_call, [each.per_call for each in named]),
        tokens_per_call=_in_percent(row.tokens_per_call, [each.tokens_per_call for each in named]),
        output_per_input=_in_percent(row.output_per_input, [each.output_per_input for each in named]),
        saveable_share=_in_points(row.saveable_share, [each.saveable_share for each in named]),
    )


def _in_percent(figure: Figure, others: Sequence[Figure]) -> Figure:
    middle = _median(others)
    if figure.value is None or not middle:
        return figure
    return replace(figure, from_median=(figure.value - middle) * HUNDRED / middle)


def _in_points(figure: Figure, others: Sequence[Figure]) -> Figure:
    middle = _median(others)
    if figure.value is None or middle is None:
        return figure
    return replace(figure, from_median=figure.value - middle)


def _median(figures: Sequence[Figure]) -> Decimal | None:
    known = [each.value for each in figures if each.value is not None]
    if len(known) < _LEAST_COMPARED:
        return None
    from statistics import median  # noqa: PLC0415  heavy, and rows without names have none

    return median(known)
