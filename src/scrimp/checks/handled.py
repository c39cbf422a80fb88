"""What code does to texts that are known by a name: told from the names of functions, wherever in the tree they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scrimp.model.facts import Facts

DEDENTS: Final = frozenset({"dedent", "cleandoc"})
"""Functions of Python's standard library that take indentation off a text."""

FILLING: Final = frozenset({"format", "format_map", "replace", "substitute", "safe_substitute", "replaceAll"})
"""Methods of texts, of Python and of JavaScript, that put values into placeholders."""


def dedenting(files: Mapping[str, Facts]) -> frozenset[str]:
    """The names, without what stands before the last dot, of functions that take indentation off a text."""
    return DEDENTS | {
        call.scope.rpartition(".")[2]
        for facts in files.values()
        for call in facts.calls
        if call.scope and call.callee.rpartition(".")[2] in DEDENTS
    }


def filled(files: Mapping[str, Facts]) -> frozenset[str]:
    """The names, without what stands before the last dot, of texts whose placeholders some code fills by a method."""
    callees = (call.callee for facts in files.values() for call in facts.calls)
    methods = (callee.rpartition(".") for callee in callees)
    return frozenset(of.rpartition(".")[2] for of, _, method in methods if method in FILLING)
