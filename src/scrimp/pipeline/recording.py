"""The baseline of a tree: recorded the first time, shrunk from then on."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from scrimp import baseline
from scrimp.baseline import Baseline
from scrimp.model.findings import Finding
from scrimp.model.source import Skipped
from scrimp.pipeline.audit import find, read_tree
from scrimp.pipeline.scan import Progress
from scrimp.pipeline.setup import Setup
from scrimp.tree.files import Tree


class Recording(Struct, frozen=True):
    """What the baseline of a tree may become: what it was, what is left of that, and all that is found.

    ``gone`` counts the findings that are no longer there; ``new`` are those that it doesn't hold. ``skipped`` is what
    was not read, or not whole: what is there may look as if it were gone.
    """

    before: Baseline | None
    kept: Baseline
    everything: Baseline
    gone: int
    new: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]

    @property
    def is_complete(self) -> bool:
        """Whether all was judged, so that nothing is gone only because it wasn't."""
        return not any(each.incomplete for each in self.skipped)


def record(tree: Tree, setup: Setup, today: date, progress: Progress | None = None) -> Recording:
    """What the baseline of a tree may become. Nothing is written."""
    audited = read_tree(tree, setup, None, progress)
    results = find(audited, replace(setup, baseline=None), today)
    shown = [finding for finding in results.findings if finding.suppressed is None]
    texts = {each.prompt.id: each.text_sha256 for each in audited.measured.prompts}
    file = setup.settings.baseline or baseline.PLACE
    matched = baseline.match(setup.baseline or Baseline(file), shown, texts)
    return Recording(
        setup.baseline,
        baseline.record(file, matched.known, texts),
        baseline.record(file, shown, texts),
        matched.gone,
        matched.new,
        (*audited.scan.skipped, *results.skipped),
    )
