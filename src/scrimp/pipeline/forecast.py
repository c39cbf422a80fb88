"""The coming months' spend: of real usage, or of the repository's own growth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from scrimp.config.schema import Budget
from scrimp.forecast import History, Limit, outlook
from scrimp.forecast.spend import spent
from scrimp.model.errors import UserError
from scrimp.model.outlook import Outlook
from scrimp.model.written import percent
from scrimp.pipeline.growth import growth
from scrimp.pipeline.scan import Progress
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.usage import Borne, borne, ledger_path, list_price, read_ledger
from scrimp.prices.book import PriceBook
from scrimp.tree.worktree import Worktree
from scrimp.usage.book import UsageDay
from scrimp.usage.history import history, history_of
from scrimp.usage.ledger import Cell, Sums
from scrimp.usage.targets import provider_of


def from_usage(tree: Worktree, setup: Setup, months: int, today: date, owner: str = "") -> Outlook:
    """The outlook of the usage that was imported: all of it, or that of one owner's calls.

    Raises ``UserError`` where that is too little or can't be right, and for somebody who owns no call.
    """
    prices, cells, source = setup.prices, read_ledger(tree, setup), ledger_path(setup)

    def listed(day: UsageDay) -> Decimal | None:
        tokens = (day.input_tokens, day.cached_tokens, day.written_tokens, day.output_tokens)
        return list_price(day.provider, day.model, Sums(day.calls, *tokens, reasoning=0, usd=None), prices)

    def known(days: Sequence[UsageDay]) -> History:
        return spent(days, source, listed, prices.stamp, today)

    if not owner:
        return _ahead(known(history(cells)), setup, months, today)
    found = borne(tree, setup, cells)
    if owner not in found.owners:
        names = ", ".join(sorted(filter(None, found.owners)))
        raise UserError(f"nothing is owned by {owner}", f"owners of calls are: {names or 'nobody'}")
    worth = partial(_worth, prices)
    days = history_of(cells, lambda cell: found.part(cell, owner), worth)
    notes = (*_not_borne(cells, found, worth), *_OF_OWNERS)
    made = known(days)
    made = replace(made, notes=(*made.notes, *notes), owner=owner, skipped=found.skipped)
    return _ahead(made, setup, months, today)


_OF_OWNERS = ("calls are an owner's by the code and owners of today; bills are shared out by list prices",)


def _worth(prices: PriceBook, cell: Cell) -> Decimal:
    """What a cell is worth beside others: its list price or, without one, a dollar for a million of its tokens."""
    key, sums = cell.key, cell.sums
    usd = list_price(provider_of(key.provider, key.model), key.model, sums, prices)
    return Decimal(sums.input + sums.output) / 1_000_000 if usd is None else usd


def _not_borne(cells: Sequence[Cell], found: Borne, worth: Callable[[Cell], Decimal]) -> list[str]:
    """How much of what was called is no owner's."""
    every = sum((worth(cell) for cell in cells if not cell.sums.is_bill), Decimal(0))
    loose = sum(map(worth, found.loose), Decimal(0))
    if not loose:
        return []
    return [f"{percent(loose * 100 / every)} of what was called belongs to no prompt, and to no owner"]


def from_growth(
    root: Path,
    since: str,
    setup: Setup,
    months: int,
    today: date,
    progress: Progress | None = None,
    owner: str = "",
) -> Outlook:
    """The outlook of the prompts' own growth, all of them or one owner's; see ``growth``."""
    return _ahead(growth(root, since, setup, today, progress, owner), setup, months, today)


def _ahead(history: History, setup: Setup, months: int, today: date) -> Outlook:
    budgets = [each for each in setup.settings.budgets if _limits_months(each)]
    told = [each for each in budgets if _speaks_of(each, history.owner)]
    narrow = [each.name for each in budgets if not _speaks_of(each, each.owner or "")]
    others = [each.name for each in budgets if each.owner and not history.owner and each.name not in narrow]
    notes = list(history.notes)
    if narrow:
        notes.append(f"budgets on a path or a model are not foretold: {', '.join(narrow)}")
    if others:
        notes.append(f"budgets on an owner are foretold with --owner: {', '.join(others)}")
    limits = [limit for each in told for limit in _limits(each)]
    return outlook(replace(history, notes=tuple(notes)), limits, months, today)


def _speaks_of(budget: Budget, owner: str) -> bool:
    """Whether a budget speaks of all that is an owner's, or of the whole repository for none."""
    return (budget.owner or "") == owner and budget.match is None and budget.model is None


def _limits_months(budget: Budget) -> bool:
    return budget.max_monthly is not None or budget.allowance is not None


def _limits(budget: Budget) -> Iterable[Limit]:
    """What a budget allows in a month: its limit, and the allowance that shares of it are taken of."""
    if budget.max_monthly is not None:
        yield Limit(budget.name, budget.max_monthly)
    if budget.allowance is not None:
        yield Limit(f"{budget.name} (allowance)", budget.allowance)
