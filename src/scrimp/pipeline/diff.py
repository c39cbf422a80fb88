"""Two trees, or saved audits, compared and judged."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from scrimp import gate
from scrimp.checks import Results
from scrimp.compare import pair, unlisted
from scrimp.config.schema import Settings
from scrimp.model.changes import Change, Verdict
from scrimp.model.findings import Finding, Severity
from scrimp.model.measured import Measured
from scrimp.model.policy import Policy
from scrimp.model.report import Report
from scrimp.model.savings import Saveable
from scrimp.model.source import Skipped
from scrimp.pipeline import disowned, whereabouts
from scrimp.pipeline.audit import (
    Audited,
    Read,
    find,
    linked_tree,
    measure,
    report,
    saveable,
)
from scrimp.pipeline.claims import assumptions, carried, lowered, undercut
from scrimp.pipeline.disowned import Hidden
from scrimp.pipeline.newly import NOTHING_NEW, Newly, newly
from scrimp.pipeline.policy import Ruled, ruled
from scrimp.pipeline.saved import Saved
from scrimp.pipeline.saved import read as read_saved
from scrimp.pipeline.scan import Progress, Scanner
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.sides import Side
from scrimp.pipeline.totals import totals
from scrimp.pipeline.warnings import unpriced, warnings
from scrimp.pipeline.whereabouts import Trees, followed
from scrimp.reporters.json import document
from scrimp.tokens.tokenizers import Tokenizers

CONFIGURED: Final = "configured"
"""What ``--fail-on`` is called where the policy tells it."""


class Question(Struct, frozen=True):
    """What a comparison is asked.

    ``policy`` is whose decides: ``base head``, a file, or ``None`` for the usual one; ``root`` the folder that the user
    stands in; ``fail_on`` the least severity of new findings that fails, or ``configured``; ``None``: none fail.
    """

    policy: str | None = None
    root: Path = Path()
    fail_on: str | None = None

    def least(self, settings: Settings) -> Severity | None:
        """The severity in words: ``configured`` is that of the policy."""
        if self.fail_on == CONFIGURED:
            return settings.fail_on
        return None if self.fail_on is None else Severity(self.fail_on)


ANY = Question()


def diff(
    base: Side, head: Side, today: date, progress: Progress | None = None, question: Question = ANY
) -> Report:
    """The report of ``scrimp diff``.

    Each side is measured with its own configuration, so that a new volume or price is a cause of its own; but how texts
    are counted is the same, so that a change of that alone, such as a calibration, is no change in prompts. Under
    BASE's policy HEAD is measured with BASE's configuration, and what it says of itself counts only where that costs
    more. Its findings are those that BASE doesn't have.
    """
    judged = ruled(base, head, question.policy, os.environ, question.root)
    base, head = _counted_alike(judged.base, judged.head)
    sides = _both_sides(base, head, judged, progress)
    before, after = sides.before, sides.after
    one, other = _comparable(before, after, head.setup)
    changes = pair(one, other, _at_old_prices(before, after, base.setup, head.setup))
    found = _found(before, after, base.setup, head.setup, today)
    new = found.new.judged if judged.own is not None else found.new.found
    least = question.least(judged.rules.settings)
    verdict = gate.judge(judged.rules.settings.budgets, one, other, changes, today)
    verdict = gate.with_findings(verdict, new, least)
    skipped = _skipped(before, base.name) + _skipped(after, head.name) + (found.skipped if least else ())
    if any(each.incomplete for each in skipped):
        verdict = gate.incomplete(verdict)
    less = Saveable() if isinstance(after, Saved) else saveable(after, head.setup, found.findings)
    return Report(
        "diff",
        after.revision,
        after.prices if isinstance(after, Saved) else head.setup.prices.stamp,
        other,
        _of_changed(found, new, changes),
        changes,
        verdict,
        skipped,
        after.coverage,
        totals(other, less.saved),
        totals(one),
        (*judged.said, *_warnings(head, after, today)),
        policy=_told(judged, sides, found.new),
        saved_by_rule=less.by_rule,
        unlisted=unlisted(one, other, changes),
    )


def _of_changed(found: _Found, new: Sequence[Finding], changes: Iterable[Change]) -> tuple[Finding, ...]:
    """What is wasted in prompts that are new or changed, hidden or not, and what else is new."""
    touched = {each.after.prompt.id for each in changes if each.after and each.kind != "moved"}
    fresh = {each.fingerprint: each for each in new}
    return tuple(
        fresh.get(each.fingerprint, each)
        for each in found.findings
        if each.prompt in touched or each.fingerprint in fresh
    )


def _told(judged: Ruled, sides: _Compared, new: Newly) -> Policy:
    """The policy, with what it took no notice of."""
    after = sides.after
    if judged.own is None or isinstance(after, Saved):
        return judged.policy
    concealed = (
        *whereabouts.concealed(sides.moved_to, after.measured),
        *disowned.concealed(sides.disowned, after.measured),
        *lowered(after),
        *undercut(after),
        *new.concealed,
    )
    return replace(judged.policy, concealed=concealed, assumptions=tuple(assumptions(after)))


# --- both sides -----------------------------------------------------------------------------------------


def _counted_alike(base: Side, head: Side) -> tuple[Side, Side]:
    """Both with the tokenizers of BASE, and HEAD's for what BASE says nothing of."""
    tokenizers = base.setup.tokenizers.before(head.setup.tokenizers)
    return _with_tokenizers(base, tokenizers), _with_tokenizers(head, tokenizers)


def _with_tokenizers(one: Side, tokenizers: Tokenizers) -> Side:
    return replace(one, setup=replace(one.setup, tokenizers=tokenizers))


class _Compared(Struct, frozen=True):
    """Both sides measured, and what of HEAD would not have been judged but for the policy."""

    before: Audited | Saved
    after: Audited | Saved
    disowned: tuple[Hidden, ...] = ()
    moved_to: frozenset[str] = frozenset()


def _both_sides(base: Side, head: Side, judged: Ruled, progress: Progress | None) -> _Compared:
    """HEAD has the volume and owner that prompts which moved had on BASE, and what it claims of itself."""
    scanner = Scanner()
    # HEAD before BASE, so that of equal files git needn't hand out the blobs.
    after, before = (_read(each, scanner, progress) for each in (head, base))
    hidden: tuple[Hidden, ...] = ()
    moved_to: frozenset[str] = frozenset()
    if isinstance(before, Read) and isinstance(after, Read) and judged.own is not None:
        after, moved_to = _followed(before, after, base, head, scanner)
        before, after, hidden = disowned.owned(before, after, head.setup)
    known = before if isinstance(before, Saved) else before.measured(base.setup)
    if isinstance(after, Saved):
        return _Compared(known, after)
    linked = after.linked
    if isinstance(known, Saved):
        saved = _as_saved(after.measured(head.setup), head.setup)
        linked = replace(linked, prompts=tuple(each.prompt for each in saved.prompts))
    along = carried(known.measured, linked, head.setup, judged.own)
    return _Compared(known, after.measured(head.setup, along), hidden, moved_to)


def _followed(
    before: Read, after: Read, base: Side, head: Side, scanner: Scanner
) -> tuple[Read, frozenset[str]]:
    """HEAD with those of BASE's prompts that went where nobody looks."""
    if isinstance(base.content, Saved) or isinstance(head.content, Saved):
        return after, frozenset()
    try:
        return followed(before, after, Trees(base.content, head.content), head.setup, scanner)
    finally:
        base.content.close()
        head.content.close()


def _read(one: Side, scanner: Scanner, progress: Progress | None) -> Read | Saved:
    if isinstance(one.content, Saved):
        return one.content
    try:
        return linked_tree(one.content, one.setup, scanner, progress)
    finally:
        one.content.close()


class _Found(Struct, frozen=True):
    """HEAD's findings, those of them that are new, and what rules failed at."""

    findings: tuple[Finding, ...] = ()
    new: Newly = NOTHING_NEW
    skipped: tuple[Skipped, ...] = ()


def _found(before: Audited | Saved, after: Audited | Saved, base: Setup, head: Setup, today: date) -> _Found:
    """What rules find in HEAD; beside a saved audit, whose texts nobody has, nothing is known to be new."""
    if isinstance(after, Saved):
        return _Found()
    results = find(after, head, today)
    if isinstance(before, Saved):
        return _Found(results.findings, skipped=results.skipped)
    new = newly(before, find(before, base, today).findings, after, results.findings)
    return _Found(results.findings, new, results.skipped)


def _at_old_prices(
    before: Audited | Saved, after: Audited | Saved, before_setup: Setup, after_setup: Setup
) -> Measured | None:
    """HEAD by BASE's prices; ``None`` if they are the same, or if a side is a saved audit, which has no price list."""
    if isinstance(before, Saved) or isinstance(after, Saved) or before_setup.prices == after_setup.prices:
        return None
    return measure(after.linked, after.scan, after_setup, after.carried, before_setup.prices)


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
    return read_saved(
        document(report("audit", one, one_setup, Results((), ()), Verdict("pass", ()), (), Saveable()))
    ).measured


def _skipped(one: Audited | Saved, name: str) -> tuple[Skipped, ...]:
    if one.revision.kind == "worktree":
        return one.skipped
    return tuple(replace(each, reason=f"{each.reason} (in {name})") for each in one.skipped)


def _warnings(head: Side, after: Audited | Saved, today: date) -> tuple[str, ...]:
    if isinstance(head.content, Saved):
        return tuple(unpriced(after.measured.requests))
    return warnings(after.measured, head.setup, head.content.paths(), today)
