"""The prompts that differ between two measured trees."""

from __future__ import annotations

from decimal import Decimal

from scrimp.compare.bearers import sides
from scrimp.compare.bills import Bill, bills
from scrimp.compare.causes import causes
from scrimp.compare.pairing import carry
from scrimp.model.changes import Cause, Change
from scrimp.model.measured import Measured, MeasuredPrompt
from scrimp.model.prompts import Confidence


def pair(base: Measured, head: Measured, at_old_prices: Measured | None = None) -> tuple[Change, ...]:
    """All prompts that differ: those of unknown cost first, then by the size of the difference.

    ``at_old_prices`` is HEAD by BASE's prices, where these differ and it can be told: then what prices make of a
    change is what HEAD costs beyond it, whatever else changed.

    The costs of ``before`` and ``after`` are bills (see ``bills``): beyond the input share they hold the
    overhead and output of the requests that the prompt bears. So a change of model or cap at a call is a
    change of the prompts it sends, the causes of a change add up to its difference, and all differences to
    the growth of the requests that send any known text. A request that sends none is no prompt's change.
    """
    carried = carry((each.prompt for each in base.prompts), (each.prompt for each in head.prompts))
    borne = sides(base, head, carried)
    before, after = bills(base, borne.base), bills(head, borne.head)
    repriced = {} if at_old_prices is None else bills(at_old_prices, borne.head)
    found = [
        *(_removed(before[name]) for name in before.keys() - set(carried.values())),
        *(_added(bill) for name, bill in after.items() if name not in carried),
        *(_compared(before[known], after[name], repriced.get(name)) for name, known in carried.items()),
    ]
    return tuple(sorted((change for change in found if change), key=_weight))


def _removed(bill: Bill) -> Change:
    saved = bill.total.typical
    return Change("removed", bill.measured, None, (Cause("text", None if saved is None else -saved),))


def _added(bill: Bill) -> Change:
    return Change("added", None, bill.measured, (Cause("text", bill.total.typical),))


def _compared(before: Bill, after: Bill, at_old_prices: Bill | None) -> Change | None:
    """A prompt that both sides have: changed, only elsewhere or under another name, or the same."""
    found = causes(before, after, at_old_prices)
    if found or _is_unlike(before.prompt, after.prompt):
        return Change("changed", before.measured, after.measured, found)
    one, other = before.prompt.prompt, after.prompt.prompt
    if (one.path, one.name) != (other.path, other.name):
        return Change("moved", before.measured, after.measured, ())
    return None


def _is_unlike(one: MeasuredPrompt, other: MeasuredPrompt) -> bool:
    """Whether a prompt is counted otherwise, or gates on one side alone, though nothing causes it."""
    low = (each.prompt.confidence is Confidence.LOW for each in (one, other))
    return len(set(low)) > 1 or (one.static, one.tokens.typical) != (other.static, other.tokens.typical)


def _weight(change: Change) -> tuple[bool, Decimal, str]:
    """The order of the list: what can't be priced, then by the size of the difference, then by id."""
    shares = [cause.monthly for cause in change.causes]
    known = [share for share in shares if share is not None]
    named = change.after or change.before
    return len(known) == len(shares), -abs(sum(known, Decimal(0))), named.prompt.id if named else ""
