"""The baseline of a tree: recorded the first time, shrunk from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scrimp import baseline
from scrimp.baseline import Baseline
from scrimp.model.findings import Finding
from scrimp.model.source import Skipped
from scrimp.pipeline.audit import find, read_tree
from scrimp.pipeline.scan import Progress
from scrimp.pipeline.setup import Setup
from scrimp.tree.files import Tree


@dataclass(frozen=True, slots=True)
class Recording:
    """A baseline as it should be: what it was, what is in it now, how many are gone, and what was found besides.

    ``new`` are findings that it doesn't hold; they were added if it may grow, or if there was none before.
    ``skipped`` is what was not read, or not whole: what is there may look as if it were gone.
    """

    before: Baseline | None
    after: Baseline
    gone: int
    new: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]

    @property
    def is_complete(self) -> bool:
        """Whether all was judged, so that nothing is gone only because it wasn't."""
        return not any(each.incomplete for each in self.skipped)


def record(
    tree: Tree, setup: Setup, today: date, progress: Progress | None = None, *, grow: bool = False
) -> Recording:
    """What the baseline of a tree becomes. Nothing is written."""
    audited = read_tree(tree, setup, None, progress)
    results = find(audited, replace(setup, baseline=None), today)
    shown = [finding for finding in results.findings if finding.suppressed is None]
    texts = {each.prompt.id: each.text_sha256 for each in audited.measured.prompts}
    skipped = (*audited.scan.skipped, *results.skipped)
    old = setup.baseline
    if old is None:
        file = setup.settings.baseline or baseline.PLACE
        return Recording(None, baseline.record(file, shown, texts), 0, tuple(shown), skipped)
    return _updated(old, shown, texts, skipped, grow=grow)


def _updated(
    old: Baseline,
    shown: Sequence[Finding],
    texts: Mapping[str, str],
    skipped: tuple[Skipped, ...],
    *,
    grow: bool,
) -> Recording:
    matched = baseline.match(old, shown, texts)
    kept = shown if grow else matched.known
    return Recording(old, baseline.record(old.file, kept, texts), matched.gone, matched.new, skipped)
