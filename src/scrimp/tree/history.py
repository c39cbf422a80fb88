"""The commits that led to a revision, with their days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct

from scrimp.tree.command import ask, decoded, run
from scrimp.tree.git import resolve


class Commit(Struct, frozen=True):
    """A commit and the day (UTC) on which it was made or, by a merge or rebase, came to be as it is."""

    hash: str
    day: date


def commits(root: Path, revision: str = "HEAD") -> tuple[Commit, ...]:
    """The commits that led to a revision, newest first; of merges only the line that was merged into.

    Raises ``UserError`` where there is no such revision.
    """
    listed = run(root, "rev-list", "--first-parent", "--timestamp", resolve(root, revision))
    return tuple(_commit(line) for line in decoded(listed).splitlines())


def is_shallow(root: Path) -> bool:
    """Whether a clone has only the last part of its history."""
    return ask(root, "rev-parse", "--is-shallow-repository") == "true"


def _commit(line: str) -> Commit:
    seconds, name = line.split()
    return Commit(name, datetime.fromtimestamp(int(seconds), UTC).date())
