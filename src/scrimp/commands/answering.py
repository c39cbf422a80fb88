"""Answering from what an earlier run printed, where nothing that it depends on has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from scrimp.commands.output import Output
from scrimp.pipeline.remembering import Memory
from scrimp.store.answers import Printed
from scrimp.tree.decode import blob_hash

UNASKED = ("cache", "jobs")
"""Options that change nothing of what is printed."""


def answered(
    memory: Memory, output: Output, asked: Mapping[str, Any], run: Callable[[], tuple[Printed | None, int]]
) -> int:
    """The exit code of a run that is ``asked`` for by arguments and options; its answer is repeated if it is known.

    ``run`` prints, and returns what it printed, ``None`` if that isn't to be kept, with its exit code.
    """
    if not memory.is_kept:
        with memory.used():
            return run()[1]
    question = memory.question((date.today(), output.views(), *_words(asked)))
    known = memory.answer(question)
    if known is not None:
        return output.repeat(known)
    with memory.used():
        printed, code = run()
    if printed is not None:
        memory.keep(question, printed)
    return code


def _words(asked: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = [(name, str(value)) for name, value in sorted(asked.items()) if name not in UNASKED]
    return [*words, ("configuration", _content(asked.get("config")))]


def _content(config: str | None) -> str:
    """What a configuration file holds that was named, and may lie anywhere."""
    try:
        return "" if config is None else blob_hash(Path(config).read_bytes())
    except OSError as error:
        return str(error)
