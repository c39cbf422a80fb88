"""Reporters: one pure function each, from the final report to text.

To add a format, write a module of its name with ``render`` beside the others and name it in ``FORMATS``. A
reporter imports nothing of ours but the nouns of ``scrimp.model``: what it needs to say and doesn't find in the
report belongs in the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

from scrimp.reporters.view import View

if TYPE_CHECKING:
    from scrimp.model.report import Report


class Reporter(Protocol):
    """A module that renders reports."""

    def render(self, report: Report, view: View) -> str:
        """The whole output. Pure: no file, clock or environment is read."""
        ...


EVERY: Final = frozenset({"audit", "check", "diff"})
OF_TREES: Final = EVERY - {"diff"}
"""For formats that servers keep and compare: a ``diff`` has the findings of changed prompts alone, and all others would
be taken for mended."""

FORMATS: Final[Mapping[str, frozenset[str]]] = {
    "text": EVERY,
    "json": EVERY,
    "jsonl": EVERY,
    "sarif": OF_TREES,
    "github": EVERY,
    "gitlab": OF_TREES,
    "junit": EVERY,
    "rdjson": OF_TREES,
    "csv": EVERY,
    "markdown": EVERY,
}
"""The value of ``--format``, which is the name of the reporter's module -> the commands whose reports it renders."""


def reporter(name: str) -> Reporter:
    """The reporter of a format, imported only now: a hook that prints text shall not wait for the others."""
    return cast("Reporter", import_module(f"scrimp.reporters.{name}"))


__all__ = ["FORMATS", "Reporter", "View", "reporter"]
