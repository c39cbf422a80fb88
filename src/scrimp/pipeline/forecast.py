"""The coming months' spend: of real usage, or of the repository's own growth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from scrimp.config.schema import Budget
from scrimp.forecast import History, Limit, outlook
from scrimp.forecast.spend import spent
from scrimp.model.outlook import Outlook
from scrimp.pipeline.growth import growth
from scrimp.pipeline.scan import Progress
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.usage import ledger_path, list_price, read_ledger
from scrimp.tree.worktree import Worktree
from scrimp.usage.book import UsageDay
from scrimp.usage.ledger import Sums
from scrimp.usage.measured import history


def from_usage(tree: Worktree, setup: Setup, months: int, today: date) -> Outlook:
    """The outlook of the usage that was imported. Raises ``UserError`` where that is too little or can't be right."""
    prices = setup.prices
    days = history(read_ledger(tree, setup))

    def listed(day: UsageDay) -> Decimal | None:
        tokens = (day.input_tokens, day.cached_tokens, day.written_tokens, day.output_tokens)
        return list_price(day.provider, day.model, Sums(day.calls, *tokens, reasoning=0, usd=None), prices)

    return _ahead(spent(days, ledger_path(setup), listed, prices.stamp, today), setup, months, today)


def from_growth(
    root: Path, since: str, setup: Setup, months: int, today: date, progress: Progress | None = None
) -> Outlook:
    """The outlook of the prompts' own growth; see ``growth``."""
    return _ahead(growth(root, since, setup, today, progress), setup, months, today)


def _ahead(history: History, setup: Setup, months: int, today: date) -> Outlook:
    budgets = setup.settings.budgets
    narrow = [each.name for each in budgets if _limits_months(each) and not _is_on_all(each)]
    if narrow:
        note = f"budgets on an owner, a path or a model are not foretold: {', '.join(narrow)}"
        history = replace(history, notes=(*history.notes, note))
    limits = [limit for each in budgets if _is_on_all(each) for limit in _limits(each)]
    return outlook(history, limits, months, today)


def _is_on_all(budget: Budget) -> bool:
    """Whether a budget speaks of the whole repository."""
    return budget.owner is None and budget.match is None and budget.model is None


def _limits_months(budget: Budget) -> bool:
    return budget.max_monthly is not None or budget.allowance is not None


def _limits(budget: Budget) -> Iterable[Limit]:
    """What a budget allows in a month: its limit, and the allowance that shares of it are taken of."""
    if budget.max_monthly is not None:
        yield Limit(budget.name, budget.max_monthly)
    if budget.allowance is not None:
        yield Limit(f"{budget.name} (allowance)", budget.allowance)
