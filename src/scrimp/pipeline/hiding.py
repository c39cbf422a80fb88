"""Which findings are hidden: by comments, by the configuration's exceptions for paths, by the baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from scrimp import baseline, checks, suppress
from scrimp.checks import Results, TreeContext
from scrimp.config.entries import ignoring
from scrimp.model.findings import Finding, Suppression
from scrimp.model.prompts import Prompt
from scrimp.model.source import Skipped
from scrimp.pipeline.setup import Setup


def hidden(
    results: Results,
    tree: TreeContext,
    prompts: Iterable[Prompt],
    unread: Iterable[Skipped],
    setup: Setup,
    today: date,
) -> Results:
    """Results with what is hidden marked so, and with what rules say of the comments that hide.

    What ``per_path`` excepts is found too, so that it can be shown. A comment goes before a path: it is of use where
    both hide something. ``unread`` is what was not read, or not whole.
    """
    excepted = _excepted(results, tree, setup)
    comments = suppress.comments(tree.files, prompts, today)
    found = [*suppress.hide(results.findings, comments)]
    found += [
        each if each.suppressed else _by_path(each, setup) for each in suppress.hide(excepted, comments)
    ]
    unsure = {each.path for each in unread if each.incomplete}
    said = suppress.hide(_said(comments, results.skipped, unsure, setup), comments)
    found += [each if each.suppressed else _by_path(each, setup) for each in said]
    ordered = sorted(found, key=checks.order)
    return replace(results, findings=tuple(_known(ordered, tree, setup)))


def texts_of(tree: TreeContext) -> dict[str, str]:
    """The hashes of prompts' texts by their ids."""
    return {each.prompt.id: each.text_sha256 for each in tree.measured.prompts}


def _known(findings: Sequence[Finding], tree: TreeContext, setup: Setup) -> Iterator[Finding]:
    """Findings, those marked that the baseline knows and nothing else hides."""
    if setup.baseline is None:
        yield from findings
        return
    shown = [finding for finding in findings if finding.suppressed is None]
    known = {id(each) for each in baseline.match(setup.baseline, shown, texts_of(tree)).known}
    by = Suppression("baseline", "it was there when the baseline was recorded", "", setup.baseline.file)
    for finding in findings:
        yield replace(finding, suppressed=by) if id(finding) in known else finding


def _excepted(results: Results, tree: TreeContext, setup: Setup) -> tuple[Finding, ...]:
    """What rules find where ``per_path`` excepts a path from them."""
    if not setup.settings.per_path:
        return ()
    seen = {_key(each) for each in results.findings}
    found = checks.run(tree, setup.cards, setup.hidden).findings
    return tuple(each for each in found if _key(each) not in seen)


def _said(
    comments: Iterable[suppress.Comment],
    failed: Collection[Skipped],
    unsure: Collection[str],
    setup: Setup,
) -> Iterator[Finding]:
    """What rules say of comments.

    Where a rule failed, or a file was not read whole, nobody knows what a comment would have hidden.
    """
    cards = [card for card in setup.cards if card.kind in suppress.KINDS]
    rules = setup.rules
    blind = replace(rules, ran=frozenset())
    for path, own in groupby(comments, lambda comment: comment.path):
        here = [setup.ruling(card, path) or setup.hidden(card, path) or card for card in cards]
        yield from suppress.judge(own, here, blind if failed or path in unsure else rules)


def _by_path(finding: Finding, setup: Setup) -> Finding:
    """A finding marked as hidden by the first entry of ``per_path`` that excepts its path, if one does."""
    entry = ignoring(setup.settings, finding.path, finding.rule)
    if entry is None and finding.prompt:
        entry = ignoring(setup.settings, finding.prompt.partition("::")[0], finding.rule)
    if entry is None:
        return finding
    return replace(finding, suppressed=Suppression("config", entry.reason, "", f"per_path {entry.match}"))


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.place, finding.rule, finding.message
