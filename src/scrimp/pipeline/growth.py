"""A repository's own history: what its prompts would have cost at each month's end, had all else been as today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from scrimp.attribution import attribute
from scrimp.forecast import History, Month, Point, checked
from scrimp.model.amounts import Grade, Interval
from scrimp.model.errors import UserError
from scrimp.model.report import Totals
from scrimp.model.source import Skipped
from scrimp.model.written import counted
from scrimp.pipeline.audit import Audited, read_tree
from scrimp.pipeline.scan import Progress, Scanner
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.totals import totals
from scrimp.tree.git import GitTree
from scrimp.tree.history import Commit, commits, is_shallow

NOTHING: Interval[Decimal] = Interval(Decimal(0), Decimal(0), Decimal(0), Grade.EXACT)
MOST_MONTHS = 36
"""Each is a scan: three years show a season twice, and older prompts say little of those to come."""
LEAST_CHANGES = 3
"""Months in which the prompts' cost changed; with fewer, there is no growth to continue but one event or two."""


def growth(
    root: Path, since: str, setup: Setup, today: date, progress: Progress | None = None, owner: str = ""
) -> History:
    """The monthly cost of the prompts of HEAD and of the last commit of each month since a day or a revision.

    ``owner`` is whose they are, ``""`` for all. They are measured with today's configuration, volumes and prices, so
    that nothing but the prompts makes a difference. Raises ``UserError`` for a revision that isn't there, for somebody
    who owns nothing, and for a history too short to be continued.
    """
    made = [each for each in commits(root) if each.day <= today]
    if not made:
        raise UserError(f"there is no commit up to {today}", "name a later day with --as-of")
    samples, notes = _samples(root, made, _begin(root, since, today), today)
    scanner = Scanner()
    audits: dict[str, Totals] = {}
    skipped: dict[tuple[str, str, int], Skipped] = {}
    for commit in dict.fromkeys(samples.values()):
        audited = _audited(root, commit, setup, scanner, progress)
        audits[commit] = _borne(audited, owner) if owner else totals(audited.measured)
        for each in audited.skipped:
            reason = f"{each.reason} (in {commit[:12]})"
            skipped.setdefault((each.path, each.code, each.line), replace(each, reason=reason))
    source = f"{counted(len(audits), 'commit')} up to {made[0].hash[:12]}"
    if owner and not any(known.prompts for known in audits.values()):
        raise UserError(f"nothing is owned by {owner}", "scrimp audit --by owner shows who owns what")
    points = [Point(month, _monthly(audits[commit], commit)) for month, commit in samples.items()]
    notes.append("prices, volumes and settings are today's in every month: only the prompts differ")
    series, said = checked(points, source, by_day=False, notes=notes)
    _refuse_standstill(series.points, source)
    today_costs = audits[made[0].hash]
    if today_costs.unpriced:
        said = (*said, f"{today_costs.unpriced} of today's requests have no price, and are in no month")
    return History(
        series,
        "repository",
        _grade(today_costs),
        said,
        setup.prices.stamp,
        skipped=tuple(skipped.values()),
        owner=owner,
    )


def _begin(root: Path, since: str, today: date) -> Month:
    """The first month: of a day (``2026-01-31``), a month (``2026-01``), or else of a revision's commit."""
    try:
        begin = date.fromisoformat(since if since.count("-") > 1 else f"{since}-01")
    except ValueError:
        begin = commits(root, since)[0].day
    if begin > today:
        raise UserError(f"--since {since} lies in the future", "name a day or a revision of the past")
    return Month.of(begin)


def _samples(
    root: Path, made: Sequence[Commit], begin: Month, today: date
) -> tuple[dict[Month, str], list[str]]:
    """The commit that was newest at each month's end, and HEAD for the current month; with notes on what is missing."""
    current, notes = Month.of(today), []
    if current.since(begin) >= MOST_MONTHS:
        begin = current.later(1 - MOST_MONTHS)
        notes.append(f"only the last {MOST_MONTHS} months are read")
    samples = {current: made[0].hash}
    older = iter(made)
    commit = next(older, None)
    for back in range(1, current.since(begin) + 1):
        month = current.later(-back)
        while commit is not None and commit.day > month.last:
            commit = next(older, None)
        if commit is None:
            break
        samples[month] = commit.hash
    if commit is None and is_shallow(root):
        notes.append("this clone is shallow: git fetch --unshallow brings what is older")
    return dict(sorted(samples.items())), notes


def _audited(root: Path, commit: str, setup: Setup, scanner: Scanner, progress: Progress | None) -> Audited:
    tree = GitTree(root, commit)
    try:
        return read_tree(tree, setup, scanner, progress)
    finally:
        tree.close()


def _borne(audited: Audited, owner: str) -> Totals:
    """What an owner bears of a commit's cost; the prompts are the requests with a part of it."""
    every = totals(audited.measured)
    rows = attribute(audited.measured, (), every, "owner").rows
    row = next((each for each in rows if each.name == owner), None)
    if row is None:
        return replace(every, prompts=0, monthly=NOTHING, by_grade={}, unpriced=0)
    return replace(
        every, prompts=row.requests, monthly=row.monthly, by_grade=dict(row.by_grade), unpriced=row.unpriced
    )


def _monthly(known: Totals, commit: str) -> Decimal:
    """What all requests cost a month; those without a price are left out, unless none has one."""
    if known.monthly.typical is None:
        raise UserError(
            f"no price is known for any request of commit {commit[:12]}",
            "state the models' prices under prices in scrimp.yaml",
        )
    return known.monthly.typical


def _grade(known: Totals) -> Grade:
    """The least that any part of a total rests on."""
    return Grade.worst(*(grade for grade, amount in known.by_grade.items() if amount))


def _refuse_standstill(points: Sequence[Point], source: str) -> None:
    changes = sum(one.usd != other.usd for one, other in pairwise(points))
    if changes < LEAST_CHANGES:
        raise UserError(
            f"{source}: what the prompts cost changed in {changes} of {len(points) - 1} months, too few to continue",
            f"scrimp audit tells what they cost today; a growth takes {LEAST_CHANGES} changes at least",
        )
