"""What all readers of code share: the context of an expression, and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from scrimp.model.algebra import (
    Branch,
    Expression,
    Join,
    Loop,
    Node,
    Sequence,
    Text,
    Transform,
    Variable,
)
from scrimp.model.facts import Each
from scrimp.readers.words import count_words


class Context(Struct, frozen=True, gc=False):
    """What holds an expression (see ``facts.Site``), and the loops around it (see ``facts.CallSite``)."""

    scope: str
    name: str
    holder: str
    loop: bool = False
    callees: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    each: Each | None = None

    def inside(self, holder: str, key: str = "", callee: str = "") -> Context:
        """The context of a part: an argument, entry or element of what this context holds."""
        return Context(
            self.scope,
            key or self.name,
            holder,
            self.loop,
            (callee, *self.callees) if callee else self.callees,
            (key, *self.keys) if key else self.keys,
            self.each,
        )


WITHIN: dict[type[Node], Callable[[Any], Iterable[Expression]]] = {
    Variable: lambda variable: () if variable.of is None else (variable.of,),
    Join: lambda join: join.parts,
    Branch: lambda branch: branch.alternatives,
    Loop: lambda loop: (loop.body,),
    Sequence: lambda sequence: sequence.items,
    Transform: lambda transform: (transform.of, *(each.value for each in transform.arguments)),
}
"""What holds text of a string expression, besides the text itself."""


def words_of(expression: Expression) -> int:
    """Words of a string expression's own text, that within its holes included."""
    if type(expression) is Text:
        return count_words(expression.value)
    within = WITHIN.get(type(expression))
    return 0 if within is None else sum(map(words_of, within(expression)))
