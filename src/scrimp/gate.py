"""Budgets against what was measured: pure arithmetic, no files, no clock, no output.

A budget speaks of the prompts in its scope (all, an owner's, those a glob matches) that no exception lets off
today. A prompt that BASE knows is judged by its place and owner there, so moving it never breaks a budget; a
low-confidence prompt never counts, but a call that sends nothing else does, as one without known text. Money is
US dollars a month, the known part of each interval. Guesses never let a change pass: what examples fill variables
with, and what a prompt's words let expect of the answer, is left out of growth, and lowers no total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from scrimp.config.globs import Target
from scrimp.config.schema import Budget
from scrimp.model.changes import Breach, Change, Verdict
from scrimp.model.prompts import Confidence, Measured, MeasuredPrompt, MeasuredRequest

_SHOWN = 3
"""Prompts named in a reason; the report lists them all."""


def judge(
    budgets: Iterable[Budget], base: Measured | None, head: Measured, changes: Sequence[Change], today: date
) -> Verdict:
    """The verdict on a tree (``base`` is ``None``: absolute limits only), or on what ``changes`` do to BASE.

    Growth is the sum of the changes' differences. A total is the sum of the requests that send a prompt in
    scope; with a base it is broken only where the change crosses it. Requests that send no known text belong
    to no scope but the whole tree's, and count there. Exceptions hold up to and including their day.
    """
    breaches: list[Breach] = []
    for budget in budgets:
        after = _total(budget, head, _scope(budget, head, changes, today))
        if base is None:
            breaches += _over(budget, None, after)
            breaches += _too_long(budget, head.prompts, today)
            continue
        before = _total(budget, base, _scope(budget, base, (), today))
        counted = [change for change in changes if _counts(budget, change, today)]
        breaches += _grown(budget, before, after, counted, today)
        breaches += _over(budget, before, after)
        breaches += _unpriced(budget, before, after, counted)
        breaches += _too_long(budget, _longer(changes), today)
    levels = {breach.level for breach in breaches}
    return Verdict("fail" if "fail" in levels else "warn" if levels else "pass", tuple(breaches))


def incomplete(verdict: Verdict) -> Verdict:
    """The verdict where something in scope was not judged: whatever the budgets say, it is no pass."""
    return Verdict("incomplete", verdict.breaches)


@dataclass(frozen=True, slots=True)
class _Total:
    """What a budget's scope costs in all, what of it has no known text, and how much of that no price."""

    monthly: Decimal
    textless: Decimal
    textless_unpriced: int


def _scope(budget: Budget, measured: Measured, changes: Sequence[Change], today: date) -> set[str]:
    """The ids of a tree's prompts that a budget speaks of."""
    known_as = {change.after.prompt.id: change.before for change in changes if change.after and change.before}
    return {
        each.prompt.id
        for each in measured.prompts
        if each.prompt.confidence is not Confidence.LOW
        and _covers(budget, known_as.get(each.prompt.id, each), today)
    }


def _covers(budget: Budget, measured: MeasuredPrompt, today: date) -> bool:
    return budget.covers(_target(measured), measured.owner, today)


def _target(measured: MeasuredPrompt) -> Target:
    return Target(measured.prompt.id, measured.prompt.path, measured.prompt.name)


def _counts(budget: Budget, change: Change, today: date) -> bool:
    """Whether a change is in a budget's scope; to be left out, both sides must be of low confidence."""
    sides = [side for side in (change.before, change.after) if side is not None]
    sure = any(side.prompt.confidence is not Confidence.LOW for side in sides)
    return sure and _covers(budget, sides[0], today)


def _total(budget: Budget, measured: Measured, scope: set[str]) -> _Total:
    known = {each.prompt.id for each in measured.prompts if each.prompt.confidence is not Confidence.LOW}
    whole_tree = budget.owner is None and budget.match is None
    textless = [each for each in measured.requests if whole_tree and not _sent(each) & known]
    inside = [each for each in measured.requests if _sent(each) & scope]
    without = _priced(textless)
    return _Total(_priced(inside) + without, without, sum(each.monthly.typical is None for each in textless))


def _sent(request: MeasuredRequest) -> set[str]:
    return {part.prompt for part in request.request.parts}


def _priced(requests: Iterable[MeasuredRequest]) -> Decimal:
    priced = [(each.monthly.typical, each.guessed) for each in requests if each.monthly.typical is not None]
    expected = sum((cost for cost, _ in priced), Decimal(0))
    return max(expected, sum((cost - guessed for cost, guessed in priced), Decimal(0)))


def _difference(change: Change) -> Decimal | None:
    """US dollars a month that a change adds, ``None`` if unknown; a side that isn't there costs nothing."""
    before, after = (_counted(side) if side else Decimal(0) for side in (change.before, change.after))
    return None if before is None or after is None else after - before


def _counted(measured: MeasuredPrompt) -> Decimal | None:
    """What a prompt answers for, guesses left out."""
    return None if measured.monthly.typical is None else measured.monthly.typical - measured.guessed


def _grown(
    budget: Budget, before: _Total, after: _Total, changes: list[Change], today: date
) -> Iterator[Breach]:
    """Growth in dollars and in percent; from nothing, any growth is more than any percentage."""
    differences = [(_difference(change) or Decimal(0), change) for change in changes]
    growth = sum((each for each, _ in differences), after.textless - before.textless)
    reason = "; ".join((*_largest(differences), *_ended(budget, changes, today)))
    limit, percent = budget.max_monthly_increase, budget.max_monthly_increase_percent
    if limit is not None and growth > limit:
        yield Breach(budget.name, f"+${limit:,}", f"+{_dollars(growth)}", budget.level, reason)
    if percent is None or growth <= 0:
        return
    if not before.monthly:
        yield Breach(budget.name, f"+{percent}%", f"+{_dollars(growth)} from $0", budget.level, reason)
    elif growth * 100 > percent * before.monthly:
        actual = f"+{_up(growth * 100 / before.monthly, '0.1')}%"
        yield Breach(budget.name, f"+{percent}%", actual, budget.level, reason)


def _over(budget: Budget, before: _Total | None, after: _Total) -> Iterator[Breach]:
    """A total above its limit: always where there is no base, else where the base was not above it."""
    limit = budget.max_monthly
    if limit is not None and after.monthly > limit and (before is None or before.monthly <= limit):
        crossed = f"the change takes it there from {_dollars(before.monthly)}" if before else ""
        yield Breach(budget.name, f"${limit:,}", _dollars(after.monthly), budget.level, crossed)


def _unpriced(budget: Budget, before: _Total, after: _Total, changes: list[Change]) -> Iterator[Breach]:
    """A money budget that meets changes without a price or a size: it can't say that it is kept."""
    if not budget.limits_money:
        return
    unknown = [text for change in changes if (text := _unknown(change))]
    more = after.textless_unpriced - before.textless_unpriced
    if more > 0:
        unknown.append(f"{more} more requests without known text or price")
    if unknown:
        level = "warn" if "warn" in {budget.level, budget.unknown} else "fail"
        reason = "; ".join(_first(unknown))
        yield Breach(budget.name, "every change has a price", f"{len(unknown)} unknown", level, reason)


def _unknown(change: Change) -> str:
    """What can't be priced about a change; nothing about one that only takes away or moves."""
    if change.after is None or change.kind == "moved":
        return ""
    if _difference(change) is None:
        return f"{change.after.prompt.id} has no price"
    names = _new_unsized(change.before, change.after)
    return f"{change.after.prompt.id} has new variables of unknown size: {', '.join(names)}" if names else ""


def _new_unsized(before: MeasuredPrompt | None, after: MeasuredPrompt) -> list[str]:
    """Variables of unknown size that BASE had not; in an unchanged text, as many as before are renamed."""
    then = [variable.name for variable in before.variables if not variable.told] if before else []
    now = [variable.name for variable in after.variables if not variable.told]
    renamed = before is not None and before.prompt.text == after.prompt.text and len(now) <= len(then)
    return [] if renamed else [name for name in now if name not in then]


def _longer(changes: Sequence[Change]) -> Iterator[MeasuredPrompt]:
    """Prompts that a change added or made longer."""
    for change in changes:
        if change.after and (change.before is None or change.after.static > change.before.static):
            yield change.after


def _too_long(budget: Budget, prompts: Iterable[MeasuredPrompt], today: date) -> Iterator[Breach]:
    """Prompts with more static tokens than the budget allows, one breach each."""
    limit = budget.max_prompt_tokens
    for each in prompts:
        sure = each.prompt.confidence is not Confidence.LOW
        if limit is not None and each.static > limit and sure and _covers(budget, each, today):
            ended = _ended_for(budget, each, today)
            reason = "; ".join((each.prompt.id, *ended))
            yield Breach(budget.name, f"{limit} tokens", f"{each.static} tokens", budget.level, reason)


def _ended(budget: Budget, changes: Iterable[Change], today: date) -> list[str]:
    sides = (change.before or change.after for change in changes)
    notes = (note for side in sides if side for note in _ended_for(budget, side, today))
    return list(dict.fromkeys(notes))


def _ended_for(budget: Budget, measured: MeasuredPrompt, today: date) -> list[str]:
    """Exceptions that would let a prompt off if their day had not passed."""
    return [
        f"the exception for {each.match} ended on {each.until}"
        for each in budget.exceptions
        if each.until < today and each.match.matches(_target(measured))
    ]


def _largest(differences: list[tuple[Decimal, Change]]) -> list[str]:
    """The changes that add most."""
    grown = sorted(
        ((added, change.after.prompt.id) for added, change in differences if change.after and added > 0),
        key=lambda each: (-each[0], each[1]),
    )
    return _first([f"{name} +{_dollars(added)}" for added, name in grown])


def _first(names: list[str]) -> list[str]:
    more = len(names) - _SHOWN
    return names if more <= 0 else [*names[:_SHOWN], f"and {more} more"]


def _dollars(amount: Decimal) -> str:
    return f"${_up(amount, '0.01'):,}"


def _up(amount: Decimal, step: str) -> Decimal:
    """Rounded up, so that a broken limit never looks kept."""
    return amount.quantize(Decimal(step), ROUND_CEILING)
