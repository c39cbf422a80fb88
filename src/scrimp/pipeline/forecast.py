"""The coming months' spend: of real usage, or of the repository's own growth."""

from __future__ import annotations

from collections.abc import Iterable
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
from scrimp.usage.measured import history


def from_usage(tree: Worktree, setup: Setup, months: int, today: date) -> Outlook:
    """The outlook of the usage that was imported. Raises ``UserError`` where that is too little or can't be right."""
    prices = setup.prices
    days = history(read_ledger(tree, setup))

    def listed(day: UsageDay) -> Decimal | None:
        tokens = (day.input_tokens, day.cached_tokens, day.written_tokens, day.output_tokens)
        return list_price(day.provider, day.model, tokens, prices)

    return _ahead(spent(days, ledger_path(setup), listed, prices.stamp, today), setup, months, today)


def from_growth(
    root: Path, since: str, setup: Setup, months: int, today: date, progress: Progress | None = None
) -> Outlook:
    """The outlook of the prompts' own growth; see ``growth``."""
    return _ahead(growth(root, since, setup, today, progress), setup, months, today)


def _ahead(history: History, setup: Setup, months: int, today: date) -> Outlook:
    return outlook(history, list(_limits(setup.settings.budgets)), months, today)


def _limits(budgets: Iterable[Budget]) -> Iterable[Limit]:
    """The monthly limits of the budgets that speak of the whole repository."""
    for budget in budgets:
        whole = budget.owner is None and budget.match is None
        if whole and budget.max_monthly is not None:
            yield Limit(budget.name, budget.max_monthly)
