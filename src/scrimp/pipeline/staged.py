"""The sides of a comparison before a commit: what is staged, against what it is to be judged by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from scrimp.pipeline.sides import SAVED, Side, left_at, side, tree_side
from scrimp.tree import git
from scrimp.tree.memory import MemoryTree
from scrimp.tree.staged import StagedTree

FROM, TO = "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"
"""The revisions that pre-commit compares before a push and with ``--from-ref`` (pre-commit.com, 2026-11)."""


def revisions(folder: Path, base: str | None, head: str | None) -> Iterator[str]:
    """The revisions by whose configuration a change may be judged, before either side is read."""
    for name in (base, head, os.environ.get(FROM), os.environ.get(TO)):
        if name is not None and Path(name).suffix != SAVED:
            yield name
    if base is None:
        with suppress(git.NoDefaultBranchError):
            yield git.default_branch(folder)
        if git.has_commits(folder):
            yield "HEAD"


def staged_side(root: Path, explicit: str | None, jobs: int = 1) -> Side:
    """What is staged; where pre-commit compares two revisions, the later of them. Raises ``UserError``."""
    later = os.environ.get(TO)
    if later:
        return side(root, later, explicit, jobs)
    return tree_side("what is staged", StagedTree(root), explicit, jobs)


def staged_base(root: Path, name: str | None, explicit: str | None, jobs: int = 1) -> Side:
    """What that is compared with: what is named, or where pre-commit's two revisions parted.

    Without either it is the merge base with the default branch, so that a branch is judged as its pull request will be;
    the last commit where there is no default branch; nothing before the first commit. Raises ``UserError``.
    """
    earlier, later = os.environ.get(FROM), os.environ.get(TO)
    if name is not None:
        return side(root, name, explicit, jobs)
    if earlier and later:
        return left_at(root, earlier, later, explicit, jobs)
    if not git.has_commits(root):
        return tree_side("nothing", MemoryTree({}), explicit, jobs)
    try:
        branch = git.default_branch(root)
    except git.NoDefaultBranchError:
        return side(root, "HEAD", explicit, jobs)
    return left_at(root, branch, None, explicit, jobs)
