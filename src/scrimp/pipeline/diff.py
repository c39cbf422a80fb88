"""Two trees, or saved audits, compared and judged."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from scrimp import gate
from scrimp.checks import Results
from scrimp.compare import carry, pair
from scrimp.config.globs import Target
from scrimp.measure.guarded import Claims
from scrimp.model.changes import Change, Verdict
from scrimp.model.findings import Finding
from scrimp.model.policy import Assumption
from scrimp.model.prompts import Measured, Prompt
from scrimp.model.report import Report
from scrimp.model.source import Skipped
from scrimp.pipeline.audit import (
    Audited,
    Carried,
    Read,
    find,
    linked_tree,
    measure,
    report,
    saveable,
    totals,
    unpriced,
    warnings,
)
from scrimp.pipeline.policy import ruled
from scrimp.pipeline.saved import Saved
from scrimp.pipeline.saved import read as read_saved
from scrimp.pipeline.scan import Progress, Scanner
from scrimp.pipeline.setup import Setup
from scrimp.pipeline.sides import Side
from scrimp.reporters.json import document
from scrimp.tokens.tokenizers import Tokenizers


def diff(
    base: Side,
    head: Side,
    today: date,
    progress: Progress | None = None,
    policy: str | None = None,
    root: Path = Path(),
) -> Report:
    """The report of ``scrimp diff``, under a ``policy``: ``base head`` or a file (see ``pipeline.policy``).

    Each side is measured with its own configuration, so that a new volume or price is a cause of its own; but how texts
    are counted is the same, so that a change of that alone, such as a calibration, is no change in prompts. Under
    BASE's policy HEAD is measured with BASE's configuration, and what it says of itself counts only where that costs
    more. ``root`` is the folder that the user stands in.
    """
    judged = ruled(base, head, policy, os.environ, root)
    base, head = _counted_alike(judged.base, judged.head)
    scanner = Scanner()
    read = _read(
        head, scanner, progress
    )  # before BASE, so that of equal files git needn't hand out the blobs
    before = _known(base, scanner, progress)
    after = _compared(before, read, head.setup, judged.own)
    one, other = _comparable(before, after, head.setup)
    changes = pair(one, other, _at_old_prices(before, after, base.setup, head.setup))
    verdict = gate.judge(judged.rules.settings.budgets, one, other, changes, today)
    skipped = _skipped(before, base.name) + _skipped(after, head.name)
    if any(each.incomplete for each in skipped):
        verdict = gate.incomplete(verdict)
    found = () if isinstance(after, Saved) else find(after, head.setup, today).findings
    return Report(
        "diff",
        after.revision,
        after.prices if isinstance(after, Saved) else head.setup.prices.stamp,
        other,
        _of_changed(found, changes),
        changes,
        verdict,
        skipped,
        after.coverage,
        totals(other, () if isinstance(after, Saved) else saveable(after, head.setup, found)),
        totals(one),
        (*judged.said, *_warnings(head, after, today)),
        policy=replace(judged.policy, assumptions=tuple(_assumptions(after))),
    )


def _of_changed(found: Iterable[Finding], changes: Iterable[Change]) -> tuple[Finding, ...]:
    """What is wasted in prompts that are new or changed, hidden or not."""
    touched = {each.after.prompt.id for each in changes if each.after and each.kind != "moved"}
    return tuple(each for each in found if each.prompt in touched)


def _counted_alike(base: Side, head: Side) -> tuple[Side, Side]:
    """Both with the tokenizers of BASE, and HEAD's for what BASE says nothing of."""
    tokenizers = base.setup.tokenizers.before(head.setup.tokenizers)
    return _with_tokenizers(base, tokenizers), _with_tokenizers(head, tokenizers)


def _with_tokenizers(one: Side, tokenizers: Tokenizers) -> Side:
    return replace(one, setup=replace(one.setup, tokenizers=tokenizers))


def _known(one: Side, scanner: Scanner, progress: Progress | None) -> Audited | Saved:
    read = _read(one, scanner, progress)
    return read if isinstance(read, Saved) else read.measured(one.setup)


def _read(one: Side, scanner: Scanner, progress: Progress | None) -> Read | Saved:
    if isinstance(one.content, Saved):
        return one.content
    try:
        return linked_tree(one.content, one.setup, scanner, progress)
    finally:
        one.content.close()


def _compared(
    before: Audited | Saved, read: Read | Saved, setup: Setup, own: Setup | None
) -> Audited | Saved:
    """HEAD, with the volume and owner that prompts which moved had on BASE, and with what it claims of itself."""
    if isinstance(read, Saved):
        return read
    prompts: Iterable[Prompt] = read.linked.prompts
    if isinstance(before, Saved):
        saved = _as_saved(read.measured(setup), setup)
        prompts = (each.prompt for each in saved.prompts)
    known = _origins(before.measured, prompts)
    moved = {new: Target(old.id, old.path, old.name) for new, old in known.items() if new != old.id}
    claims = None
    if own is not None:
        requests = {each.request.id for each in before.measured.requests}
        claims = Claims(own.settings, own.usage, setup.prices, known, requests)
    return read.measured(setup, Carried(moved, claims))


def _origins(base: Measured, head: Iterable[Prompt]) -> dict[str, Prompt]:
    """BASE's prompts by the ids that they have in HEAD."""
    known = {each.prompt.id: each.prompt for each in base.prompts}
    return {new: known[old] for new, old in carry(known.values(), head).items()}


def _assumptions(after: Audited | Saved) -> Iterator[Assumption]:
    """The volumes that HEAD alone tells: those of requests that send nothing that BASE knows."""
    claims = None if isinstance(after, Saved) else after.carried.claims
    if claims is None:
        return
    for each in after.measured.requests:
        parts = [part.prompt for part in each.request.parts]
        if not any(part in claims.origins for part in parts) and each.request.id not in claims.requests:
            yield Assumption(each.request.id, each.calls, each.calls_grade, each.monthly.typical)


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
        document(report("audit", one, one_setup, Results((), ()), Verdict("pass", ()), ()))
    ).measured


def _skipped(one: Audited | Saved, name: str) -> tuple[Skipped, ...]:
    if one.revision.kind == "worktree":
        return one.skipped
    return tuple(replace(each, reason=f"{each.reason} (in {name})") for each in one.skipped)


def _warnings(head: Side, after: Audited | Saved, today: date) -> tuple[str, ...]:
    if isinstance(head.content, Saved):
        return tuple(unpriced(after.measured.requests))
    return warnings(after.measured, head.setup, head.content.paths(), today)
