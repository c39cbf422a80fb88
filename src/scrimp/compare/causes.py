"""Why a prompt's bill changed: shares of the difference, in a fixed order, that add up to it exactly.

A bill is a product: tokens, times calls, times a price per token. Going from BASE to HEAD one factor after
the other is exchanged, in the order ``text variables cap calls volume model cache price``; each takes what
its exchange adds, and the last that differs takes what is left. So a factor's share includes its interplay with
those before it, and where model and text both change, the other model's count of the new text is the text's.

Where HEAD was also measured by BASE's prices, the price's share is what HEAD costs beyond that, to the last digit.
Beside a saved audit nobody can measure so: then the ratio of the prices of input tells caching from the price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from scrimp.compare.bills import Bill
from scrimp.model.amounts import Grade
from scrimp.model.changes import Cause
from scrimp.model.prompts import MeasuredRequest

_Factor: TypeAlias = tuple[str, Decimal | None]
"""A cause and the ratio by which its factor grew; ``None`` where no ratio tells."""

_ORDER = ("text", "variables", "cap", "calls", "volume", "model", "cache", "price")
_STEP = Decimal("1e-12")
"""Steps between the ends are rounded to this part of a dollar, so that their differences add up exactly."""


def difference(before: Bill, after: Bill) -> Decimal | None:
    """US dollars a month that HEAD costs more, on the known part; ``None`` if either side is unpriced."""
    one, other = before.total.typical, after.total.typical
    return None if one is None or other is None else other - one


def causes(before: Bill, after: Bill, at_old_prices: Bill | None = None) -> tuple[Cause, ...]:
    """What differs, each with its share of the difference; shares are unknown where the difference is.

    ``at_old_prices`` is what HEAD would be billed by BASE's prices.
    """
    if at_old_prices is None or difference(before, at_old_prices) is None:
        return _causes(before, after, Decimal(0))
    price = difference(at_old_prices, after)
    return _causes(before, after if price is None else at_old_prices, price or Decimal(0))


def _causes(before: Bill, after: Bill, price: Decimal) -> tuple[Cause, ...]:
    """The causes of a difference, and beyond it what ``price`` adds by itself."""
    own, rest = _own_factors(before, after), _rest_factors(before, after)
    if difference(before, after) is None:
        named = {cause for cause, _ in (*own, *rest)}
        return tuple(Cause(cause, None) for cause in _ORDER if cause in named)
    shares: dict[str, Decimal] = defaultdict(Decimal, price=price)
    left: list[_Factor] = [(_unexplained(before, after, own), None)]
    for cause, share in (
        *_attributed(before.own.typical, after.own.typical, own or left),
        *_attributed(before.rest.typical, after.rest.typical, rest or left),
    ):
        shares[cause] += share
    named = {cause for cause, _ in own}
    return tuple(Cause(cause, shares[cause]) for cause in _ORDER if shares[cause] or cause in named)


def _attributed(
    start: Decimal | None, end: Decimal | None, factors: list[_Factor]
) -> Iterable[tuple[str, Decimal]]:
    """The difference of two known amounts, shared out among the factors that differ."""
    assert start is not None
    assert end is not None
    if start == end:
        return
    level = start
    *exchanged, (last, last_ratio) = factors
    for cause, ratio in exchanged:
        if cause == "cache" and last_ratio:
            yield cause, (following := (end / last_ratio).quantize(_STEP)) - level
            level = following
            continue
        following = level if ratio is None else (level * ratio).quantize(_STEP)
        yield cause, following - level
        level = following
    yield last, end - level


def _own_factors(before: Bill, after: Bill) -> list[_Factor]:
    """What differs in the prompt's own share."""
    one, other = _Size.of(before), _Size.of(after)
    factors: list[_Factor] = []
    if before.prompt.prompt.text != after.prompt.prompt.text:
        factors.append(("text", _ratio(other.static + one.variable, one.static + one.variable)))
    if (one.variable, one.unsized) != (other.variable, other.unsized):
        factors.append(("variables", _ratio(other.static + other.variable, other.static + one.variable)))
    factors += _frequency(before.sent_by, after.sent_by)
    return factors + _unit(before, after)


def _rest_factors(before: Bill, after: Bill) -> list[_Factor]:
    """What differs in the rest of the requests that the prompt bears."""
    factors: list[_Factor] = []
    if _caps(before) != _caps(after):
        factors.append((_cause_of_answer(before, after), _ratio(_output(after), _output(before))))
    factors += _frequency(before.bears, after.bears)
    unit = _unit(before, after)
    if not unit and _overhead(before) != _overhead(after):
        unit = [("calls", None)]
    return factors + unit


class _Size(Struct, frozen=True):
    """A prompt's fixed tokens, those of variables of known size, and how many variables have none."""

    static: int
    variable: int
    unsized: int

    @classmethod
    def of(cls, bill: Bill) -> _Size:
        prompt = bill.prompt
        typical = prompt.tokens.typical
        unsized = sum(variable.tokens is None for variable in prompt.variables)
        return cls(prompt.static, 0 if typical is None else typical - prompt.static, unsized)


def _frequency(before: tuple[MeasuredRequest, ...], after: tuple[MeasuredRequest, ...]) -> list[_Factor]:
    """How many requests there are, and how often one of them is sent."""
    factors: list[_Factor] = []
    if len(before) != len(after):
        factors.append(("calls", _ratio(len(after), len(before))))
    one, other = (sum(request.calls for request in side) for side in (before, after))
    if one * len(after) != other * len(before):
        factors.append(("volume", _ratio(other * len(before), one * len(after))))
    return factors


def _unit(before: Bill, after: Bill) -> list[_Factor]:
    """What a token costs: by the model, else by what comes from and goes to the cache, and by the price."""
    if _models(before) != _models(after):
        return [("model", None)]
    cache: list[_Factor] = [] if _cached(before) == _cached(after) else [("cache", None)]
    one, other = _rates(before), _rates(after)
    if one == other or not one or not other:
        return cache
    return [*cache, ("price", _growth(one, other))]


def _unexplained(before: Bill, after: Bill, own: list[_Factor]) -> str:
    """What a difference is put down to where no factor differs: a price that isn't told, or what is cached.

    How much of a request is cached changes with its length, so that a longer text makes the rest of it dearer, too.
    Of texts that exclude each other another one may have become the longest: then other calls are counted on.
    """
    one, other = _rates(before), _rates(after)
    if one != other or not one:
        return "price"
    if not own and bool(before.own.typical) != bool(after.own.typical):
        return "calls"
    return own[0][0] if own else "cache"


def _cached(bill: Bill) -> set[Hashable]:
    """What is read from the cache by statement, and what asks for it."""
    return {(request.cached, request.request.cache_markers) for request in bill.sent_by}


def _rates(bill: Bill) -> set[tuple[Decimal, Decimal]]:
    """The prices of the requests that send the prompt; a saved audit of version 0.1.0 has none."""
    return {request.rates for request in bill.sent_by if request.rates is not None}


def _growth(before: set[tuple[Decimal, Decimal]], after: set[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The ratio by which the one price of input grew; of several prices none tells."""
    if len(before) != 1 or len(after) != 1:
        return None
    (old, _), (new, _) = (*before, *after)
    return new / old if old else None


def _models(bill: Bill) -> set[Hashable]:
    """The prompt's model and those that it is sent to, each with its share of the calls."""
    calls: dict[Hashable, int] = defaultdict(int)
    for request in (*bill.sent_by, *bill.bears):
        calls[request.model, request.alternatives] += request.calls
    total = sum(calls.values()) or 1
    return {bill.prompt.model, *((model, Fraction(number, total)) for model, number in calls.items())}


def _caps(bill: Bill) -> list[tuple[int, int]]:
    """The caps as written and the typical answers, in tokens."""
    return sorted((each.request.output_cap, each.output_tokens.typical or 0) for each in bill.bears)


def _cause_of_answer(before: Bill, after: Bill) -> str:
    """What changes the answer: the cap or a told size, or a text that asks for an answer of another length."""
    told = {Grade.CONFIGURED, Grade.IMPORTED}
    grades = {each.output_tokens.grade for bill in (before, after) for each in bill.bears}
    written = [sorted(each.request.output_cap for each in bill.bears) for bill in (before, after)]
    return "cap" if written[0] != written[1] or grades & told else "text"


def _output(bill: Bill) -> int:
    return sum(each.output_tokens.typical or 0 for each in bill.bears)


def _overhead(bill: Bill) -> list[int]:
    return sorted(each.overhead for each in bill.bears)


def _ratio(after: int, before: int) -> Decimal | None:
    return Decimal(after) / Decimal(before) if before else None
