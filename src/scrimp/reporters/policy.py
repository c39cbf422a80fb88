"""By whose policy a change was judged, as a part of the JSON document."""

from __future__ import annotations

from typing import Any

from scrimp.model.policy import Assumption, Concealment, Policy
from scrimp.reporters.amounts import money

Object = dict[str, Any]


def policy_object(policy: Policy) -> Object:
    """The policy with what it took no notice of."""
    return {
        "source": policy.source,
        "name": policy.name,
        "reason": policy.reason,
        "loosened": [
            {"setting": each.setting, "policy": each.policy, "head": each.head} for each in policy.loosened
        ],
        "concealed": [_concealed(each) for each in policy.concealed],
        "assumptions": [_assumption(each) for each in policy.assumptions],
    }


def _concealed(concealment: Concealment) -> Object:
    return {
        "by": concealment.by,
        "path": concealment.path,
        "line": concealment.line,
        "what": concealment.what,
        "tokens": concealment.tokens,
        "monthly_usd": money(concealment.monthly),
    }


def _assumption(assumption: Assumption) -> Object:
    return {
        "request": assumption.request,
        "calls_per_month": {"value": assumption.calls, "grade": assumption.grade.value},
        "monthly_usd": money(assumption.monthly),
    }
