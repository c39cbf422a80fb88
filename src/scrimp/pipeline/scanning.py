"""The scan of a tree, and what is made ready while other processes read its files."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from scrimp.pipeline.scan import Progress, Scan, Scanner
from scrimp.pipeline.setup import Setup
from scrimp.readers.sdks import knowing
from scrimp.tree.files import Tree
from scrimp.workers import Meanwhile

MANY_FILES = 100
"""Files of a tree from which on it may take long to link."""
LONG_TO_LINK = 400_000
"""Bytes read, from which on linking takes about as long as loading a vocabulary: 0.1 to 0.3 s."""


def scanned(
    tree: Tree,
    setup: Setup,
    scanner: Scanner | None = None,
    progress: Progress | None = None,
    named: Collection[str] = (),
    then: Meanwhile = object,
) -> Scan:
    """Scan a tree; files that are ``named`` are read even if they are excluded.

    ``then`` loads what the run does that not all do, while other processes read.
    """
    if setup.jobs > 1 and len(tree.paths()) > MANY_FILES:
        setup.tokenizers.stand_by()
    scanner = scanner or Scanner(meanwhile=partial(make_ready, setup, then))
    with knowing(setup.sdks):
        scan = scanner.scan(tree, setup.settings, setup.formats, progress, named, setup.jobs)
    if scan.read > LONG_TO_LINK and setup.jobs > 1:
        setup.tokenizers.prepare()
    return scan


def make_ready(setup: Setup, then: Meanwhile = object) -> None:
    """Load what comes after a scan of many files: the linker, what measures, the rules with their cards, and so on."""
    from scrimp import checks, link  # noqa: PLC0415  heavy
    from scrimp.catalog import names  # noqa: PLC0415
    from scrimp.checks import grammar, margin  # noqa: PLC0415
    from scrimp.expressions import compile_late  # noqa: PLC0415
    from scrimp.measure import outputs, tasks, variables  # noqa: PLC0415
    from scrimp.pipeline import audit  # noqa: F401, PLC0415
    from scrimp.tokens import kinds  # noqa: PLC0415

    link.make_ready()
    outputs.make_ready()
    tasks.make_ready()
    checks.make_ready(setup.cards)
    names.parse("")
    compile_late(grammar, kinds, margin, names, variables)
    then()
