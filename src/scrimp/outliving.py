"""What a process keeps until it ends, so that it isn't taken down value by value just before."""

from __future__ import annotations

from contextlib import AbstractContextManager
from contextvars import ContextVar

from scrimp.ambient import holding

_KEPT: ContextVar[list[object] | None] = ContextVar("what is kept until the process ends", default=None)


def outliving(kept: list[object]) -> AbstractContextManager[None]:
    """Lets a run leave in a list what it is done with, while this lasts; whoever has the list ends the process."""
    return holding(_KEPT, kept)


def outlive(*values: object) -> None:
    """Keep large values, which nobody needs any more, if the process ends with this run; else they go as usual."""
    kept = _KEPT.get()
    if kept is not None:
        kept += values
