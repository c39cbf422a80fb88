"""Changes of prompts as parts of the JSON document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scrimp.model.amounts import Interval
from scrimp.model.changes import Change, Unlisted
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.readable import readable
from scrimp.reporters.amounts import money

Object = dict[str, Any]


def change_object(change: Change) -> Object:
    """A change without the prompt's texts."""
    before, after = change.before, change.after
    owner = after.owner if after else before.owner if before else ""
    return {
        "kind": change.kind,
        "prompt": None if after is None else after.prompt.id,
        "base_prompt": None if before is None else before.prompt.id,
        "tokens": _tokens_step(before, after),
        "per_call_usd": _usd_step(before.per_call if before else None, after.per_call if after else None),
        "monthly_usd": _usd_step(before.monthly if before else None, after.monthly if after else None),
        "causes": [{"cause": cause.cause, "monthly_usd": money(cause.monthly)} for cause in change.causes],
        "owner": owner or None,
    }


def texts_object(change: Change) -> Object:
    """The prompt's text before and after, ``None`` where there is none or nothing but its hash is known."""
    return {
        "before": None if change.before is None else readable(change.before),
        "after": None if change.after is None else readable(change.after),
    }


def unlisted_object(amounts: Unlisted) -> Object:
    """What totals grow by beside the changes."""
    return {
        "calls_without_text": money(amounts.without_text),
        "prompts_not_sent": money(amounts.not_sent),
        "unpriced": money(amounts.unpriced),
    }


def _tokens_step(before: MeasuredPrompt | None, after: MeasuredPrompt | None) -> Object:
    old, new = (0 if prompt is None else prompt.static for prompt in (before, after))
    return {"before": old, "after": new, "delta": new - old}


def _usd_step(before: Interval[Decimal] | None, after: Interval[Decimal] | None) -> Object:
    """The known parts before and after. A prompt that isn't there costs nothing, which is known."""
    old, new = (Decimal(0) if amount is None else amount.typical for amount in (before, after))
    delta = None if old is None or new is None else new - old
    return {"before": money(old), "after": money(new), "delta": money(delta)}
