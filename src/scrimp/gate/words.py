"""Breaches as people read them: amounts, what caused them most, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from scrimp.config.schema import Budget
from scrimp.model import written
from scrimp.model.changes import Breach

SHOWN = 3
"""Prompts named in a reason; the report lists them all."""

_ADVICE = {
    "max_monthly_increase": "shorten what grew, take a cheaper model, or split the change",
    "max_monthly_increase_percent": "shorten what grew, take a cheaper model, or split the change",
    "max_monthly": "scrimp check shows what can be saved, scrimp audit --by file where all of it is spent",
    "max_share_percent": "shorten it, call it less often, or ask for a larger allowance",
    "max_per_call": "send less, cap the answer, or take a cheaper model",
    "max_prompt_tokens": "shorten it, or load parts of it only where they are needed",
    "unknown": "state prices under prices and sizes under prompts in scrimp.yaml",
}
"""What to do about a broken limit, by its key."""


def broken(
    budget: Budget,
    key: str,
    limit: str,
    actual: str,
    reasons: Iterable[str],
    level: str = "",
    ground: tuple[str, ...] = (),
) -> Breach:
    """A breach of the limit ``key``, with what caused it and what the actual amount rests on."""
    reason = "; ".join(reasons)
    return Breach(budget.name, limit, actual, level or budget.level, reason, key, _ADVICE[key], ground)


def largest(amounts: Iterable[tuple[Decimal, str]], sign: str = "") -> list[str]:
    """The names of the largest amounts, with these."""
    ordered = sorted(amounts, key=lambda each: (-each[0], each[1]))
    return first([f"{name} {sign}{dollars(amount)}" for amount, name in ordered])


def first(names: Sequence[str]) -> list[str]:
    """As many as are shown, and how many more there are."""
    more = len(names) - SHOWN
    return list(names) if more <= 0 else [*names[:SHOWN], f"and {more} more"]


def dollars(amount: Decimal) -> str:
    """US dollars, rounded up."""
    return written.dollars(amount, written.UP)


def percent(of: Decimal, whole: Decimal) -> str:
    """A percentage, rounded up."""
    return written.percent(of * 100 / whole, rounding=written.UP)
