"""Two trees, or saved audits, compared and judged."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scrimp import gate
from scrimp.compare import carry, pair
from scrimp.config.globs import Target
from scrimp.model.errors import UserError
from scrimp.model.prompts import Measured
from scrimp.model.report import Coverage, Report, Revision
from scrimp.model.source import Skipped
from scrimp.pipeline import saved
from scrimp.pipeline.audit import Audited, find, measure, read_tree, totals
from scrimp.pipeline.scan import Progress, Scanner
from scrimp.pipeline.setup import Setup, setup
from scrimp.tree import git
from scrimp.tree.files import Tree
from scrimp.tree.worktree import Worktree

NO_COVERAGE = Coverage(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things to compare. A saved audit has neither tree nor setup."""

    name: str
    tree: Tree | None = None
    setup: Setup | None = None
    saved: Measured | None = None

    @property
    def is_configured(self) -> bool:
        """Whether a configuration file says anything on this side."""
        return self.setup is not None and bool(self.setup.loaded.files)


def side(root: Path, name: str | None, explicit: str | None) -> Side:
    """A side by what the user calls it: a saved audit, a revision, or ``None`` for the working tree."""
    if name is None:
        tree: Tree = Worktree(root)
        return Side("the working tree", tree, setup(tree, explicit))
    file = Path(name)
    if file.suffix == ".json" and file.is_file():
        return Side(name, saved=saved.load(file))
    tree = git.GitTree(root, name)
    return Side(name, tree, setup(tree, explicit))


def default_base(root: Path, head: str | None) -> str:
    """The merge base of HEAD with the default branch."""
    return git.merge_base(root, git.default_branch(root), head or "HEAD")


def diff(base: Side, head: Side, today: date, progress: Progress | None = None) -> Report:
    """The report of ``scrimp diff``.

    Each side is measured with its own configuration, so that a new volume or price is a cause of its own. Budgets are
    HEAD's; under CI they are BASE's, unless BASE has no configuration at all.
    """
    if base.saved is not None and head.saved is None and head.setup is None:
        raise UserError(f"{head.name}: nothing to compare with")
    scanner, warnings = Scanner(), []
    if base.setup is not None and not base.is_configured and head.is_configured:
        warnings.append(f"{base.name} has no configuration: both sides are judged by that of {head.name}")
        base = replace(base, setup=head.setup)
    before = _measured(base, scanner, progress)
    after = _measured(head, scanner, progress)
    policy = _policy(base, head)
    base_measured, head_measured = _sides(before, after, head)
    if base.saved is not None or head.saved is not None:
        base_measured, head_measured = saved.by_hash(base_measured), saved.by_hash(head_measured)
    changes = pair(base_measured, head_measured)
    budgets = policy.settings.budgets if policy is not None else ()
    verdict = gate.judge(budgets, base_measured, head_measured, changes, today)
    skipped = _skipped(before, base.name) + _skipped(after, head.name)
    if any(each.incomplete for each in skipped):
        verdict = gate.incomplete(verdict)
    prices = (head.setup or base.setup or setup(Worktree(Path.cwd()))).prices
    findings = find(after, head.setup, today).findings if isinstance(after, Audited) and head.setup else ()
    return Report(
        "diff",
        after.revision if isinstance(after, Audited) else Revision("file", None),
        prices.stamp,
        head_measured,
        (),
        changes,
        verdict,
        skipped,
        after.coverage if isinstance(after, Audited) else NO_COVERAGE,
        totals(head_measured, findings),
        totals(base_measured),
        tuple(warnings),
    )


def _measured(one: Side, scanner: Scanner, progress: Progress | None) -> Audited | Measured:
    if one.saved is not None:
        return one.saved
    assert one.tree is not None
    assert one.setup is not None
    try:
        return read_tree(one.tree, one.setup, scanner, progress)
    finally:
        one.tree.close()


def _sides(before: Audited | Measured, after: Audited | Measured, head: Side) -> tuple[Measured, Measured]:
    """Both sides measured, prompts that moved with the volume and owner that they had on BASE."""
    base = before.measured if isinstance(before, Audited) else before
    if not isinstance(after, Audited) or head.setup is None:
        return base, after.measured if isinstance(after, Audited) else after
    known = {each.prompt.id: each.prompt for each in base.prompts}
    carried = carry([each.prompt for each in base.prompts], list(after.linked.prompts))
    moved = {new: Target(old, known[old].path, known[old].name) for new, old in carried.items() if new != old}
    if not moved:
        return base, after.measured
    return base, measure(after.linked, after.scan, head.setup, moved)


def _policy(base: Side, head: Side) -> Setup | None:
    """Whose budgets count: a change may not loosen the gate that judges it."""
    if os.environ.get("CI") and base.is_configured:
        return base.setup
    return head.setup or base.setup


def _skipped(one: Audited | Measured, name: str) -> tuple[Skipped, ...]:
    if not isinstance(one, Audited):
        return ()
    if one.revision.kind == "worktree":
        return one.scan.skipped
    return tuple(replace(each, reason=f"{each.reason} (in {name})") for each in one.scan.skipped)
