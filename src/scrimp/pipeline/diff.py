"""Two trees, or saved audits, compared and judged."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scrimp import gate
from scrimp.checks import Results
from scrimp.compare import carry, pair
from scrimp.config.globs import Target
from scrimp.model.changes import Verdict
from scrimp.model.errors import UserError
from scrimp.model.prompts import Measured
from scrimp.model.report import Report
from scrimp.model.savings import Saved as Saving
from scrimp.model.source import Skipped
from scrimp.pipeline.audit import (
    Audited,
    find,
    measure,
    read_tree,
    report,
    saveable,
    totals,
    unpriced,
    warnings,
)
from scrimp.pipeline.saved import Saved, load, read
from scrimp.pipeline.scan import Progress, Scanner
from scrimp.pipeline.setup import Setup, setup
from scrimp.reporters.json import document
from scrimp.tokens.tokenizers import Tokenizers
from scrimp.tree import git
from scrimp.tree.files import Tree
from scrimp.tree.worktree import Worktree


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things to compare, by the name that the user knows it by: a tree, or a saved audit.

    A tree has the setup that its own configuration makes, a saved audit that of the folder the user stands in.
    """

    name: str
    content: Tree | Saved
    setup: Setup

    @property
    def is_configured(self) -> bool:
        """Whether it brings a configuration of its own."""
        return not isinstance(self.content, Saved) and bool(self.setup.loaded.files)


def side(root: Path, name: str | None, explicit: str | None, jobs: int = 1) -> Side:
    """A side by what the user calls it: a saved audit, a revision, or ``None`` for the working tree.

    ``explicit`` is a configuration file to use instead of each tree's own; up to ``jobs`` processes read the tree.
    Raises ``UserError``.
    """
    if name is None:
        return _tree_side("the working tree", Worktree(root), explicit, jobs)
    file = Path(name)
    if file.suffix != ".json":
        return _tree_side(name, git.GitTree(root, name), explicit, jobs)
    if not file.is_file():
        raise UserError(
            f"{name}: there is no such file", "save one with: scrimp audit --format json --output FILE"
        )
    return Side(name, load(file), setup(Worktree(root), explicit))


def _tree_side(name: str, tree: Tree, explicit: str | None, jobs: int) -> Side:
    return Side(name, tree, setup(tree, explicit, jobs=jobs))


def default_base(root: Path, head: str | None) -> str:
    """The merge base of HEAD with the default branch."""
    return git.merge_base(root, git.default_branch(root), head or "HEAD")


def diff(base: Side, head: Side, today: date, progress: Progress | None = None) -> Report:
    """The report of ``scrimp diff``.

    Each side is measured with its own configuration, so that a new volume or price is a cause of its own; but how texts
    are counted is the same, so that a change of that alone, such as a calibration, is no change in prompts. Budgets are
    HEAD's; under CI they are BASE's, unless BASE has no configuration at all.
    """
    base, said = _with_policy(base, head)
    base, head = _counted_alike(base, head)
    scanner = Scanner()
    before = _known(base, scanner, progress)
    after = _known(head, scanner, progress)
    moved = {} if isinstance(after, Saved) else _moved(*_comparable(before, after, head.setup))
    after = _as_before(after, moved, head.setup)
    one, other = _comparable(before, after, head.setup)
    changes = pair(one, other, _at_old_prices(before, after, base.setup, head.setup, moved))
    policy = base.setup if os.environ.get("CI") and base.is_configured else head.setup
    verdict = gate.judge(policy.settings.budgets, one, other, changes, today)
    skipped = _skipped(before, base.name) + _skipped(after, head.name)
    if any(each.incomplete for each in skipped):
        verdict = gate.incomplete(verdict)
    return Report(
        "diff",
        after.revision,
        after.prices if isinstance(after, Saved) else head.setup.prices.stamp,
        other,
        (),
        changes,
        verdict,
        skipped,
        after.coverage,
        totals(other, () if isinstance(after, Saved) else _saveable(after, head.setup, today)),
        totals(one),
        (*said, *_warnings(head, after, today)),
    )


def _saveable(after: Audited, head: Setup, today: date) -> tuple[Saving, ...]:
    return saveable(after, head, find(after, head, today).findings)


def _with_policy(base: Side, head: Side) -> tuple[Side, tuple[str, ...]]:
    """BASE with HEAD's setup if it is a tree without one: then a new configuration alone changes no cost."""
    if isinstance(base.content, Saved) or base.is_configured or not head.setup.loaded.files:
        return base, ()
    warning = f"{base.name} has no configuration: both sides are judged by that of {head.name}"
    return replace(base, setup=head.setup), (warning,)


def _counted_alike(base: Side, head: Side) -> tuple[Side, Side]:
    """Both with the tokenizers of BASE, and HEAD's for what BASE says nothing of."""
    tokenizers = base.setup.tokenizers.before(head.setup.tokenizers)
    return _with_tokenizers(base, tokenizers), _with_tokenizers(head, tokenizers)


def _with_tokenizers(one: Side, tokenizers: Tokenizers) -> Side:
    return replace(one, setup=replace(one.setup, tokenizers=tokenizers))


def _known(one: Side, scanner: Scanner, progress: Progress | None) -> Audited | Saved:
    if isinstance(one.content, Saved):
        return one.content
    try:
        return read_tree(one.content, one.setup, scanner, progress)
    finally:
        one.content.close()


def _as_before(after: Audited | Saved, moved: Mapping[str, Target], after_setup: Setup) -> Audited | Saved:
    """HEAD, with the volume and owner that prompts which moved had on BASE."""
    if isinstance(after, Saved) or not moved:
        return after
    return replace(after, measured=measure(after.linked, after.scan, after_setup, moved))


def _at_old_prices(
    before: Audited | Saved,
    after: Audited | Saved,
    before_setup: Setup,
    after_setup: Setup,
    moved: Mapping[str, Target],
) -> Measured | None:
    """HEAD by BASE's prices; ``None`` if they are the same, or if a side is a saved audit, which has no price list."""
    if isinstance(before, Saved) or isinstance(after, Saved) or before_setup.prices == after_setup.prices:
        return None
    return measure(after.linked, after.scan, after_setup, moved, before_setup.prices)


def _moved(base: Measured, head: Measured) -> Mapping[str, Target]:
    """What the prompts whose id is new were known as on BASE, by their new id."""
    known = {each.prompt.id: each.prompt for each in base.prompts}
    carried = carry((each.prompt for each in base.prompts), (each.prompt for each in head.prompts))
    return {new: Target(old, known[old].path, known[old].name) for new, old in carried.items() if new != old}


def _comparable(
    before: Audited | Saved, after: Audited | Saved, after_setup: Setup
) -> tuple[Measured, Measured]:
    """Both sides measured. Beside a saved audit a tree is taken as if saved too: hashed texts, rounded money."""
    if isinstance(before, Audited) and isinstance(after, Audited):
        return before.measured, after.measured
    return _as_saved(before, after_setup), _as_saved(after, after_setup)


def _as_saved(one: Audited | Saved, one_setup: Setup) -> Measured:
    if isinstance(one, Saved):
        return one.measured
    return read(document(report("audit", one, one_setup, Results((), ()), Verdict("pass", ()), ()))).measured


def _skipped(one: Audited | Saved, name: str) -> tuple[Skipped, ...]:
    if one.revision.kind == "worktree":
        return one.skipped
    return tuple(replace(each, reason=f"{each.reason} (in {name})") for each in one.skipped)


def _warnings(head: Side, after: Audited | Saved, today: date) -> tuple[str, ...]:
    if isinstance(head.content, Saved):
        return tuple(unpriced(after.measured.requests))
    return warnings(after.measured, head.setup, head.content.paths(), today)
