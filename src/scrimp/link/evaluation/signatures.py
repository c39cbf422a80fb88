"""What functions of the tree take, told once of each: a function has many calls."""

from __future__ import annotations

from msgspec import Struct, field

from scrimp.model.algebra import Expression
from scrimp.model.facts import Function


class Signature(Struct, frozen=True):
    """What a function takes by place or name, what with stars (as written), and what where it is given nothing.

    The object that a method is of isn't among the names.
    """

    names: tuple[str, ...]
    rest: tuple[str, ...]
    defaults: tuple[tuple[str, Expression], ...]

    @classmethod
    def of(cls, function: Function) -> Signature:
        """What a function declares to take."""
        parameters = function.parameters
        names = [each.name for each in parameters if not each.name.startswith("*")]
        is_bound = function.method and names[:1] in (["self"], ["cls"])
        return cls(
            tuple(names[1:] if is_bound else names),
            tuple(each.name for each in parameters if each.name.startswith("*")),
            tuple((each.name, each.default) for each in parameters if each.default is not None),
        )


class Signatures(Struct):
    """The signatures that were asked for, by the identities of functions, which are held so that these stay theirs."""

    known: dict[int, tuple[Function, Signature]] = field(default_factory=dict)

    def of(self, function: Function) -> Signature:
        """What a function takes."""
        known = self.known.get(id(function))
        if known is None:
            known = self.known[id(function)] = function, Signature.of(function)
        return known[1]
