"""Which findings are hidden: by comments, by the configuration's exceptions for paths, by the baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from scrimp import baseline, checks, suppress
from scrimp.baseline import Baseline
from scrimp.checks import Results, TreeContext
from scrimp.config.entries import ignoring
from scrimp.model.findings import Finding, Suppression
from scrimp.model.prompts import Prompt
from scrimp.model.source import Skipped
from scrimp.model.written import counted
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
    unsure = {each.path for each in unread if each.incomplete}
    found = [*suppress.hide(results.findings, comments)]
    found += [each for each in _both(excepted, comments, setup) if each.suppressed]
    found += _both(_said(comments, results.skipped, unsure, setup), comments, setup)
    found.sort(key=checks.order)
    marked = replace(results, findings=tuple(found))
    if setup.baseline is None:
        return marked
    return _known(marked, setup.baseline, tree, partial=setup.narrowed or bool(unsure))


def _known(results: Results, known: Baseline, tree: TreeContext, *, partial: bool) -> Results:
    """Results in which that is marked which the baseline knows and nothing else hides.

    What is gone is told of, unless the run is ``partial``: then it may only not have been looked for.
    """
    shown = [finding for finding in results.findings if finding.suppressed is None]
    texts = {each.prompt.id: each.text_sha256 for each in tree.measured.prompts}
    matched = baseline.match(known, shown, texts)
    ids = {id(each) for each in matched.known}
    by = Suppression("baseline", "it was there when the baseline was recorded", "", known.file)
    marked = (replace(each, suppressed=by) if id(each) in ids else each for each in results.findings)
    are = "is" if matched.gone == 1 else "are"
    held = counted(known.count, "finding")
    warning = f"{known.file}: {matched.gone:,} of {held} {are} gone: run scrimp baseline"
    return replace(
        results, findings=tuple(marked), warnings=(warning,) if matched.gone and not partial else ()
    )


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


def _both(
    findings: Iterable[Finding], comments: Collection[suppress.Comment], setup: Setup
) -> Iterator[Finding]:
    """Findings, those marked that a comment hides, or else ``per_path``."""
    for finding in suppress.hide(findings, comments):
        yield finding if finding.suppressed else _by_path(finding, setup)


def _by_path(finding: Finding, setup: Setup) -> Finding:
    """A finding marked as hidden by the first entry of ``per_path`` that excepts its path, if one does.

    Its path is that of its text, of the prompt that the text stands in, or of the call that sends it.
    """
    ids = (each for each in (finding.prompt, finding.request) if each)
    paths = (finding.path, *(each.partition("::")[0] for each in ids))
    entries = (ignoring(setup.settings, path, finding.rule) for path in paths)
    entry = next((each for each in entries if each is not None), None)
    if entry is None:
        return finding
    until = entry.until.isoformat() if entry.until else ""
    by = Suppression("config", entry.reason, until, f"per_path {entry.match}")
    return replace(finding, suppressed=by)


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.place, finding.rule, finding.message
