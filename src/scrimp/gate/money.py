"""What a budget's scope costs a month: totals, growth, shares of an allowance, and what has no price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from scrimp.config.schema import Budget
from scrimp.gate.ground import ground
from scrimp.gate.scope import Scope
from scrimp.gate.words import broken, dollars, first, largest, percent
from scrimp.model.changes import Breach, Change
from scrimp.model.measured import MeasuredPrompt, MeasuredRequest
from scrimp.model.written import counted, stated_dollars

# --- a tree ---------------------------------------------------------------------------------------------


def over(scope: Scope) -> Iterator[Breach]:
    """A total above its limit."""
    budget, limit, requests = scope.budget, scope.budget.max_monthly, scope.requests
    total = _priced(requests)
    if limit is not None and total > limit:
        yield broken(
            budget,
            "max_monthly",
            stated_dollars(limit),
            dollars(total),
            _dearest(requests),
            ground=ground(requests, scope.textless, total),
        )


def large_shares(scope: Scope) -> Iterator[Breach]:
    """Requests that take more of the allowance than one may, in one breach."""
    budget, allowed = scope.budget, _allowed(scope.budget)
    if allowed is None:
        return
    share, allowance = allowed
    large = [each for each in scope.requests if _monthly(each) * 100 > share * allowance]
    if large:
        actual = _of_all(max(map(_monthly, large)), allowance)
        textless = [each for each in scope.textless if each in large]
        rests = ground(large, textless, sum(map(_monthly, large), Decimal(0)))
        limit = _of_allowance(allowed)
        yield broken(budget, "max_share_percent", limit, actual, _dearest(large), ground=rests)


# --- a change -------------------------------------------------------------------------------------------


def grown(before: Scope, after: Scope, changes: Sequence[Change]) -> Iterator[Breach]:
    """Growth in dollars and in percent; from nothing, any growth is more than any percentage."""
    budget, growth = after.budget, _growth(before, after, changes)
    limit, most = budget.max_monthly_increase, budget.max_monthly_increase_percent
    reasons = (*_largest(budget, changes), *after.ended(changes))
    if limit is not None and growth > limit:
        yield broken(
            budget, "max_monthly_increase", f"+{stated_dollars(limit)}", f"+{dollars(growth)}", reasons
        )
    if most is None or growth <= 0:
        return
    total, key = _priced(before.requests), "max_monthly_increase_percent"
    if not total:
        yield broken(budget, key, f"+{most}%", f"+{dollars(growth)} from $0", reasons)
    elif growth * 100 > most * total:
        yield broken(budget, key, f"+{most}%", f"+{percent(growth, total)}", reasons)


def crossed(before: Scope, after: Scope, changes: Sequence[Change]) -> Iterator[Breach]:
    """A total that the change takes above its limit; one that was above it already is not the change's."""
    limit, then, now = after.budget.max_monthly, _priced(before.requests), _priced(after.requests)
    if limit is not None and then <= limit < now:
        there = f"the change takes it there from {dollars(then)}"
        reasons = (there, *_largest(after.budget, changes))
        rests = ground(after.requests, after.textless, now)
        yield broken(after.budget, "max_monthly", stated_dollars(limit), dollars(now), reasons, ground=rests)


def taken(before: Scope, after: Scope, changes: Sequence[Change]) -> Iterator[Breach]:
    """Growth that takes more of the allowance than one change may."""
    budget, allowed = after.budget, _allowed(after.budget)
    growth = _growth(before, after, changes)
    if allowed is None or growth * 100 <= allowed[0] * allowed[1]:
        return
    reasons = (*_largest(budget, changes), *after.ended(changes))
    actual = _of_all(growth, allowed[1])
    yield broken(budget, "max_share_percent", _of_allowance(allowed), f"+{actual}", reasons)


def unpriced(before: Scope, after: Scope, changes: Sequence[Change]) -> Iterator[Breach]:
    """A money budget that meets changes without a price or a size: it can't say that it is kept."""
    budget = after.budget
    if not budget.limits_money:
        return
    unknown = [text for change in changes if (text := _unknown(change))]
    more = _without_price(after.textless) - _without_price(before.textless)
    if more > 0:
        unknown.append(f"{counted(more, 'more request')} without known text or price")
    unknown += _new_unpriced(before, after)
    if unknown:
        level = "warn" if "warn" in {budget.level, budget.unknown} else "fail"
        limit, actual = "0 changes of unknown cost", f"{len(unknown)}"
        yield broken(budget, "unknown", limit, actual, first(unknown), level)


# --- amounts --------------------------------------------------------------------------------------------


def _monthly(request: MeasuredRequest) -> Decimal:
    """The known cost of a request a month; a guess doesn't lower it."""
    return (request.monthly.typical or Decimal(0)) - min(request.guessed, Decimal(0))


def _priced(requests: Iterable[MeasuredRequest]) -> Decimal:
    """The known cost of requests a month, with guesses or without them, whatever is more."""
    priced = [(each.monthly.typical, each.guessed) for each in requests if each.monthly.typical is not None]
    expected = sum((cost for cost, _ in priced), Decimal(0))
    return max(expected, sum((cost - guessed for cost, guessed in priced), Decimal(0)))


def _without_price(requests: Iterable[MeasuredRequest]) -> int:
    return sum(each.monthly.typical is None for each in requests)


def _allowed(budget: Budget) -> tuple[Decimal, Decimal] | None:
    """The share in percent that one change or request may take, and of how much."""
    share = budget.max_share_percent
    allowance = budget.max_monthly if budget.allowance is None else budget.allowance
    return None if share is None or allowance is None else (share, allowance)


def _of_allowance(allowed: tuple[Decimal, Decimal]) -> str:
    share, allowance = allowed
    return f"{share}% of {stated_dollars(allowance)}"


def _of_all(amount: Decimal, allowance: Decimal) -> str:
    return percent(amount, allowance) if allowance else dollars(amount)


def _dearest(requests: Iterable[MeasuredRequest]) -> list[str]:
    """The requests that cost most, by the prompt that is most of their input."""
    return largest((_monthly(each), _named(each)) for each in requests if _monthly(each))


def _named(request: MeasuredRequest) -> str:
    parts = zip(request.request.parts, request.shares, strict=False)
    largest_part = max(parts, key=lambda each: each[1].typical or Decimal(0), default=None)
    return largest_part[0].prompt if largest_part else request.request.id


def _growth(before: Scope, after: Scope, changes: Sequence[Change]) -> Decimal:
    """What the changes add, and the requests without known text, which are no prompt's change."""
    textless = _priced(after.textless) - _priced(before.textless)
    return sum((_difference(after.budget, change) or Decimal(0) for change in changes), textless)


def _difference(budget: Budget, change: Change) -> Decimal | None:
    """US dollars a month that a change adds, ``None`` if unknown.

    A side that isn't there costs nothing, and one with another model than the budget's nothing of it.
    """
    before, after = (_cost(budget, side) for side in (change.before, change.after))
    return None if before is None or after is None else after - before


def _cost(budget: Budget, side: MeasuredPrompt | None) -> Decimal | None:
    """What a prompt answers for, guesses left out."""
    if side is None or not budget.is_about(side.model):
        return Decimal(0)
    return None if side.monthly.typical is None else side.monthly.typical - side.guessed


def _largest(budget: Budget, changes: Iterable[Change]) -> list[str]:
    """The changes that add most."""
    added = ((_difference(budget, change), change.after) for change in changes)
    return largest(((more, after.prompt.id) for more, after in added if after and more and more > 0), "+")


def _unknown(change: Change) -> str:
    """What can't be priced about a change; nothing about one that only takes away or moves."""
    if change.after is None or change.kind == "moved":
        return ""
    sides = [side for side in (change.before, change.after) if side]
    if any(side.monthly.typical is None for side in sides):
        return f"{change.after.prompt.id} has no price"
    names = _new_unsized(change.before, change.after)
    return f"{change.after.prompt.id} has new variables of unknown size: {', '.join(names)}" if names else ""


def _new_unpriced(before: Scope, after: Scope) -> Iterator[str]:
    """Calls that may newly go to a model without a price, beside one that has one."""
    then = {each.request.id: set(each.unpriced) for each in before.measured.requests}
    anywhere = set().union(*then.values())
    for each in after.requests:
        for name in each.unpriced:
            if name not in then.get(each.request.id, anywhere):
                yield f"{each.request.id} may go to {name}, which has no price"


def _new_unsized(before: MeasuredPrompt | None, after: MeasuredPrompt) -> list[str]:
    """Variables of unknown size that BASE had not; in an unchanged text, as many as before are renamed."""
    then = [variable.name for variable in before.variables if not variable.told] if before else []
    now = [variable.name for variable in after.variables if not variable.told]
    renamed = before is not None and before.prompt.text == after.prompt.text and len(now) <= len(then)
    return [] if renamed else [name for name in now if name not in then]
