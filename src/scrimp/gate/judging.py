"""The verdict: all budgets, each limit once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from scrimp.config.schema import Budget
from scrimp.gate.calls import dear_calls
from scrimp.gate.money import crossed, grown, large_shares, over, taken, unpriced
from scrimp.gate.scope import Scope
from scrimp.gate.sizes import longer, too_long
from scrimp.model.changes import Breach, Change, Verdict
from scrimp.model.measured import Measured, MeasuredPrompt
from scrimp.model.prompts import Confidence


def judge(
    budgets: Iterable[Budget], base: Measured | None, head: Measured, changes: Sequence[Change], today: date
) -> Verdict:
    """The verdict on a tree (``base`` is ``None``: absolute limits only), or on what ``changes`` do to BASE.

    Growth is the sum of the changes' differences. A total is the sum of the requests that send a prompt in
    scope; with a base it is broken only where the change crosses it, and so is the cost of a call. Requests that
    send no known text belong to no scope but the whole tree's and a model's, and count there. Exceptions hold up to
    and including their day.
    """
    breaches: list[Breach] = []
    pairs = [(each.before, each.after) for each in changes if each.before and each.after]
    origins = {after.prompt.id: before for before, after in pairs}
    for budget in budgets:
        after = Scope.of(budget, head, today, origins, _sure(pairs))
        if base is None:
            breaches += _of_a_tree(after, after)
        else:
            before = Scope.of(budget, base, today, sure=_sure((new, old) for old, new in pairs))
            breaches += _of_a_change(before, after, changes)
    return _verdict(breaches)


def judge_part(budgets: Iterable[Budget], whole: Measured, part: Measured, today: date) -> Verdict:
    """The verdict on a part of a tree: of its calls and prompts one by one, and of the totals that it has a share in.

    These are totals of the whole: a budget that is broken is not kept in any part of what it speaks of.
    """
    breaches: list[Breach] = []
    for budget in budgets:
        here = Scope.of(budget, part, today)
        breaches += _of_a_tree(Scope.of(budget, whole, today), here)
    return _verdict(breaches)


def incomplete(verdict: Verdict) -> Verdict:
    """The verdict where something in scope was not judged: whatever the budgets say, it is no pass."""
    return Verdict("incomplete", verdict.breaches)


def _verdict(breaches: Sequence[Breach]) -> Verdict:
    levels = {breach.level for breach in breaches}
    return Verdict("fail" if "fail" in levels else "warn" if levels else "pass", tuple(breaches))


def _sure(pairs: Iterable[tuple[MeasuredPrompt, MeasuredPrompt]]) -> frozenset[str]:
    """The second prompts of those pairs of which the first is of more than low confidence."""
    return frozenset(other.prompt.id for one, other in pairs if one.prompt.confidence is not Confidence.LOW)


def _of_a_tree(everything: Scope, here: Scope) -> Iterator[Breach]:
    if here.requests:
        yield from over(everything)
    yield from large_shares(here)
    yield from dear_calls(here, None)
    yield from too_long(here, here.measured.prompts)


def _of_a_change(before: Scope, after: Scope, changes: Sequence[Change]) -> Iterator[Breach]:
    counted = [change for change in changes if after.counts(change)]
    yield from grown(before, after, counted)
    yield from crossed(before, after, counted)
    yield from taken(before, after, counted)
    yield from dear_calls(after, before)
    yield from unpriced(before, after, counted)
    yield from too_long(after, longer(changes))
