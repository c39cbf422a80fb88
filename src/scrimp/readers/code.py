"""What all readers of code share: the context of an expression, and words."""

from __future__ import annotations

from msgspec import Struct

from scrimp.model.algebra import (
    Branch,
    Expression,
    Join,
    Loop,
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


def words_of(expression: Expression) -> int:
    """Words of a string expression's own text, that within its holes included."""
    match expression:
        case Text():
            return count_words(expression.value)
        case Variable(of=of):
            return 0 if of is None else words_of(of)
        case Join():
            return sum(map(words_of, expression.parts))
        case Branch():
            return sum(map(words_of, expression.alternatives))
        case Loop():
            return words_of(expression.body)
        case Sequence():
            return sum(map(words_of, expression.items))
        case Transform():
            return words_of(expression.of) + sum(
                words_of(argument.value) for argument in expression.arguments
            )
    return 0
