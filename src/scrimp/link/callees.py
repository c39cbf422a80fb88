"""The names of callees as written."""

from __future__ import annotations

from scrimp.model.algebra import Call, Expression, Item, Reference


def last_name(function: Expression) -> str:
    """The last name of a callee."""
    if isinstance(function, Reference):
        return function.name.rpartition(".")[2]
    return function.key if isinstance(function, Item) and isinstance(function.key, str) else ""


def receiver_name(function: Expression) -> str:
    """The last name before a callee's own."""
    match function:
        case Reference(name=name):
            return name.rpartition(".")[0].rpartition(".")[2]
        case Item(of=Call(function=called)):
            return last_name(called)
        case Item(of=of):
            return last_name(of)
    return ""


def is_super(function: Expression) -> bool:
    """Whether a callee is a method of ``super()``."""
    return (
        isinstance(function, Item)
        and isinstance(function.of, Call)
        and isinstance(function.of.function, Reference)
        and function.of.function.name == "super"
    )
