"""What code does to texts that are known by a name: told from the names of functions, wherever in the tree they are."""

from __future__ import annotations

from typing import Final

from scrimp.link.call_index import CallIndex
from scrimp.model.handled import Handled

DEDENTS: Final = frozenset({"dedent", "cleandoc"})
"""Functions of Python's standard library that take indentation off a text."""

FILLING: Final = frozenset({"format", "format_map", "replace", "substitute", "safe_substitute", "replaceAll"})
"""Methods of texts, of Python and of JavaScript, that put values into placeholders."""


def handled(calls: CallIndex) -> Handled:
    """What the calls of a tree tell."""
    dedenting = {_last(site.scope) for name in DEDENTS for _, site in calls.of(name)} - {""}
    filling = {site.callee.rpartition(".")[0] for name in FILLING for _, site in calls.of(name)}
    return Handled(DEDENTS | dedenting, frozenset(map(_last, filling)))


def _last(name: str) -> str:
    return name.rpartition(".")[2]
