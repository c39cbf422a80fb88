"""What code does to texts that are known by a name: told from the names of functions, wherever in the tree they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from scrimp.model.facts import Facts

DEDENTS: Final = frozenset({"dedent", "cleandoc"})
"""Functions of Python's standard library that take indentation off a text."""

FILLING: Final = frozenset({"format", "format_map", "replace", "substitute", "safe_substitute", "replaceAll"})
"""Methods of texts, of Python and of JavaScript, that put values into placeholders."""


class Handled(Struct, frozen=True):
    """Names, without what stands before the last dot, that tell what becomes of texts.

    ``dedenting`` are those of functions that take indentation off a text, ``filled`` those of texts whose placeholders
    some code fills by a method.
    """

    dedenting: frozenset[str]
    filled: frozenset[str]

    @classmethod
    def of(cls, files: Mapping[str, Facts]) -> Handled:
        """What the files of a tree tell."""
        callees = {call.callee for facts in files.values() for call in facts.calls}
        dedents = {callee for callee in callees if _last(callee) in DEDENTS}
        dedenting = {call.scope for facts in files.values() for call in facts.calls if call.callee in dedents}
        filling = (callee.rpartition(".")[0] for callee in callees if _last(callee) in FILLING)
        return cls(
            DEDENTS.union(_last(scope) for scope in dedenting if scope), frozenset(map(_last, filling))
        )


def _last(name: str) -> str:
    return name.rpartition(".")[2]
