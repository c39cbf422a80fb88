"""Why a prompt's bill changed: shares of the difference, in a fixed order, that add up to it exactly.

Line by line of both bills. A call that one side alone has, or that sends the prompt on one side alone, is the cause
``calls``. What a call adds on both sides is a product: tokens, times calls, times a price per token. Going from BASE
to HEAD one factor after the other is exchanged, in the order ``text variables cap calls volume model cache price``;
each takes what its exchange adds, and the last that differs takes what is left. So a factor's share includes its
interplay with those before it, and where model and text both change, the other model's count of the new text is the
text's.

Where HEAD was also measured by BASE's prices, the price's share is what HEAD costs beyond that, to the last digit.
Beside a saved audit nobody can measure so: then the ratio of the prices of input tells caching from the price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from scrimp.compare.bills import ALONE, Bill, Line
from scrimp.model.amounts import Grade, Interval
from scrimp.model.changes import Cause
from scrimp.model.measured import MeasuredRequest

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
    terms = list(_terms(before, after))
    named = {cause for term in terms for cause, _ in term.factors}
    if difference(before, after) is None:
        return tuple(Cause(cause, None) for cause in _ORDER if cause in named)
    shares: dict[str, Decimal] = defaultdict(Decimal, price=price)
    for term in terms:
        for cause, share in term.attributed():
            shares[cause] += share
    return tuple(Cause(cause, shares[cause]) for cause in _ORDER if shares[cause] or cause in named)


class _Term(Struct, frozen=True):
    """A part of both bills, in US dollars, and what differs in it."""

    before: Decimal | None
    after: Decimal | None
    factors: list[_Factor]
    otherwise: str = "calls"
    """The cause of a difference that no factor tells."""

    def attributed(self) -> Iterator[tuple[str, Decimal]]:
        """The difference of two known amounts, shared out among the factors that differ."""
        start, end = self.before, self.after
        assert start is not None
        assert end is not None
        if start == end:
            return
        level = start
        *exchanged, (last, last_ratio) = self.factors or [(self.otherwise, None)]
        for cause, ratio in exchanged:
            if cause == "cache" and last_ratio:
                following = (end / last_ratio).quantize(_STEP)
            else:
                following = level if ratio is None else (level * ratio).quantize(_STEP)
            yield cause, following - level
            level = following
        yield last, end - level


def _terms(before: Bill, after: Bill) -> Iterator[_Term]:
    """What both bills consist of: shares and rests, line by line."""
    text = _text_factors(before, after)
    for key in dict.fromkeys((*before.lines, *after.lines)):
        one, other = before.lines.get(key), after.lines.get(key)
        if one is None or other is None:
            # A text that becomes one that is sent, or the other way, changed itself: no call did.
            is_its_own = ALONE in (*before.lines, *after.lines)
            yield _Term(_typical(one), _typical(other), text if is_its_own else [("calls", None)])
            continue
        if one.own is None or other.own is None:
            if (one.own, other.own) != (None, None):
                yield _Term(_amount(one.own), _amount(other.own), [("calls", None)])
        else:
            factors = [*text, *_frequency(one, other), *_unit(before, after, one, other)]
            # Of texts that exclude each other another one may have become the longest: then other calls count.
            is_other = bool(one.own.typical) != bool(other.own.typical)
            first = text[0][0] if text else "calls" if is_other else "cache"
            yield _Term(_amount(one.own), _amount(other.own), factors, _unexplained(one, other, first))
        if one.rest is None or other.rest is None:
            if (one.rest, other.rest) != (None, None):
                yield _Term(_amount(one.rest), _amount(other.rest), [("calls", None)])
        else:
            yield _rest(before, after, one, other, text)


def _rest(before: Bill, after: Bill, one: Line, other: Line, text: list[_Factor]) -> _Term:
    """The rest of a request that the prompt bears on both sides."""
    assert one.request is not None
    assert other.request is not None
    factors: list[_Factor] = []
    if _answer(one.request) != _answer(other.request):
        ratio = _ratio(_output(other.request), _output(one.request))
        factors.append((_cause_of_answer(one.request, other.request), ratio))
    factors += _frequency(one, other)
    unit = _unit(before, after, one, other)
    if not unit and one.overhead != other.overhead:
        unit = [("calls", None)]
    first = text[0][0] if text else "cache"
    return _Term(_amount(one.rest), _amount(other.rest), factors + unit, _unexplained(one, other, first))


# --- factors --------------------------------------------------------------------------------------------


def _text_factors(before: Bill, after: Bill) -> list[_Factor]:
    """What differs in the prompt itself."""
    one, other = _Size.of(before), _Size.of(after)
    factors: list[_Factor] = []
    if before.prompt.prompt.text != after.prompt.prompt.text:
        factors.append(("text", _ratio(other.static + one.variable, one.static + one.variable)))
    if (one.variable, one.unsized) != (other.variable, other.unsized):
        factors.append(("variables", _ratio(other.static + other.variable, other.static + one.variable)))
    return factors


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


def _frequency(one: Line, other: Line) -> list[_Factor]:
    """How often a call is made."""
    if one.request is None or other.request is None or one.request.calls == other.request.calls:
        return []
    return [("volume", _ratio(other.request.calls, one.request.calls))]


def _unit(before: Bill, after: Bill, one: Line, other: Line) -> list[_Factor]:
    """What a token costs: by the model, else by what comes from and goes to the cache, and by the price."""
    if one.request is None or other.request is None:
        return [] if before.prompt.model == after.prompt.model else [("model", None)]
    if _models(one.request) != _models(other.request):
        return [("model", None)]
    cache: list[_Factor] = [] if _cached(one.request) == _cached(other.request) else [("cache", None)]
    old, new = one.request.rates, other.request.rates
    if old == new or not old or not new:
        return cache
    return [*cache, ("price", new[0] / old[0] if old[0] else None)]


def _unexplained(one: Line, other: Line, first: str) -> str:
    """What a difference is put down to where no factor differs: a price that isn't told, or what is cached.

    How much of a request is cached changes with its length, so that a longer text makes the rest of it dearer, too:
    ``first`` is what changed the length.
    """
    if one.request is None or other.request is None or not one.request.rates:
        return "price"
    return first if one.request.rates == other.request.rates else "price"


def _models(request: MeasuredRequest) -> tuple[str, ...]:
    """The model that counts, and those that it may be as well."""
    return request.model, *request.alternatives


def _cached(request: MeasuredRequest) -> tuple[object, ...]:
    """What is read from the cache by statement, and what asks for it."""
    return request.cached, request.request.cache_markers


def _answer(request: MeasuredRequest) -> tuple[int, int]:
    """The cap as written and the typical answer, in tokens."""
    return request.request.output_cap, _output(request)


def _output(request: MeasuredRequest) -> int:
    return request.output_tokens.typical or 0


def _cause_of_answer(one: MeasuredRequest, other: MeasuredRequest) -> str:
    """What changes the answer: the cap or a told size, or a text that asks for an answer of another length."""
    told = {Grade.CONFIGURED, Grade.IMPORTED}
    is_told = bool({one.output_tokens.grade, other.output_tokens.grade} & told)
    return "cap" if is_told or one.request.output_cap != other.request.output_cap else "text"


def _amount(amount: Interval[Decimal] | None) -> Decimal | None:
    """The known part of an amount; what isn't there is nothing."""
    return Decimal(0) if amount is None else amount.typical


def _typical(line: Line | None) -> Decimal | None:
    return Decimal(0) if line is None else line.total.typical


def _ratio(after: int, before: int) -> Decimal | None:
    return Decimal(after) / Decimal(before) if before else None
