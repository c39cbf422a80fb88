"""By whose policy a change was judged, and what of HEAD's it took no notice of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrimp.model.written import dollars
from scrimp.reporters.review.document import Assumption, Concealment, Document, Policy
from scrimp.reporters.review.figures import counted
from scrimp.reporters.review.fitting import Section
from scrimp.reporters.review.markup import code
from scrimp.reporters.review.totals import Money, usd

_SHOWN = 10
"""Items of each list."""

_BY = {
    "ignore": "a new comment hides {what}",
    "not-a-prompt": "a new comment calls {what} no prompt",
    "calls": "a new comment lowers the volume of {what}",
    "model": "a cheaper model is named beside {what}",
    "exclude": "{what} went where the policy doesn't look",
}


def sections(documents: Sequence[Document]) -> Iterator[Section]:
    """Whose policy it is, and each list with what it is about; nothing if it is BASE's and nothing went against it."""
    for policy in (each.policy for each in documents):
        if policy is None or not policy.reason:
            continue
        if policy.source == "base" and not (policy.loosened or policy.concealed or policy.assumptions):
            continue
        yield Section(f"**Policy** of {whose(policy)}: {code(policy.reason, 200)}")
        loosened = [
            f"- {code(each.setting)}: {code(each.policy)} → {code(each.head)}" for each in policy.loosened
        ]
        yield from _listed("HEAD is milder here, which counts once it is merged:", loosened)
        yield from _listed("New in HEAD, and judged all the same:", map(_concealment, policy.concealed))
        yield from _listed("Volumes that HEAD alone tells:", map(_assumption, policy.assumptions))


def whose(policy: Policy) -> str:
    """Whose a policy is, and the name of that."""
    return code(policy.name) if policy.source == "file" else f"{policy.source.upper()} ({code(policy.name)})"


def _listed(title: str, items: Iterator[str] | Sequence[str]) -> Iterator[Section]:
    shown = list(items)
    if shown:
        yield Section(f"{title}\n", shown, most=_SHOWN, left="item")


def _concealment(each: Concealment) -> str:
    said = _BY.get(each.by, "{what} is hidden").format(what=code(each.what))
    tokens = "" if each.tokens is None else f"{counted(each.tokens, 'token')}, "
    return f"- {code(f'{each.path}:{each.line}')} {said}: {tokens}{_monthly(each.monthly_usd)}"


def _assumption(each: Assumption) -> str:
    calls = f"{counted(each.calls_per_month.value, 'call')} a month ({each.calls_per_month.grade.value})"
    return f"- {code(each.request)}: {calls}, {_monthly(each.monthly_usd)}"


def _monthly(amount: Money) -> str:
    known = usd(amount)
    return "cost unknown" if known is None else f"{dollars(known)} a month"
