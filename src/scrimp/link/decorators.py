"""What decorators say of functions: whether they make properties of them, and what is told instead of docstrings."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.model.algebra import Argument, Call, Expression
from scrimp.model.facts import Function

PROPERTIES = frozenset(("property", "cached_property", "setter"))
DESCRIPTIONS = frozenset(("description", "description_override"))
"""Arguments of decorators and of functions that make tools whose text is sent instead of a docstring."""


def name_of(decorator: Expression) -> str:
    """A decorator's dotted name as written, ``""`` if it has none."""
    name = getattr(decorator.function if isinstance(decorator, Call) else decorator, "name", "")
    return name if isinstance(name, str) else ""


def is_property(function: Function) -> bool:
    """Whether a method is read as an attribute: what is given by its name is what it returns."""
    return any(name_of(each).rpartition(".")[2] in PROPERTIES for each in function.decorators)


def described(function: Function) -> Iterator[Argument]:
    """What its decorators are told to say of a function."""
    for each in function.decorators:
        if isinstance(each, Call):
            yield from (argument for argument in each.arguments if argument.name in DESCRIPTIONS)
