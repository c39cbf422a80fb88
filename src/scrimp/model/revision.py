"""What is read: the working tree, or a commit."""

from __future__ import annotations

from msgspec import Struct


class Revision(Struct, frozen=True):
    """What was read: ``kind`` is ``worktree``, ``staged`` or ``commit`` (or ``file`` for a saved audit)."""

    kind: str
    commit: str | None
