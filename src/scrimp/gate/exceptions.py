"""What people should know of budgets: exceptions that ended or soon will, and models that nothing goes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from scrimp.config.globs import Target
from scrimp.config.schema import Budget

SOON = timedelta(days=14)
"""An exception that ends within two weeks is spoken of, so that a sprint is left to act."""


def notices(budgets: Iterable[Budget], models: Collection[str], today: date) -> Iterator[str]:
    """A warning for each exception that has ended or soon will, and each budget that none of ``models`` fits."""
    for budget in budgets:
        if not any(map(budget.is_about, models)) and budget.model is not None:
            yield f"budgets: {budget.name}: nothing is sent to {budget.model}"
        for each in budget.exceptions:
            said = f"budgets: {budget.name}: the exception for {each.match} ({each.reason})"
            if each.until < today:
                yield f"{said} ended on {each.until}: remove it, or renew it with a reason"
            elif each.until - today <= SOON:
                yield f"{said} ends on {each.until}"


def ended_for(budget: Budget, target: Target, today: date) -> list[str]:
    """The budget's exceptions that would let a prompt off if their day had not passed."""
    return [
        f"the exception for {each.match} ended on {each.until}"
        for each in budget.exceptions
        if each.until < today and each.match.matches(target)
    ]
