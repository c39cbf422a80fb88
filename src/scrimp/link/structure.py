"""Walks over the expressions of a file, whatever binds or returns them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scrimp.model.algebra import (
    Branch,
    Call,
    Expression,
    Item,
    Join,
    Loop,
    Mapping,
    Node,
    Sequence,
    Template,
    Transform,
    Variable,
)
from scrimp.model.facts import Facts

BELOW: dict[type[Node], Callable[[Any], Iterable[Expression]]] = {
    Mapping: lambda mapping: (value for _, value in reversed(mapping.entries)),
    Sequence: lambda sequence: reversed(sequence.items),
    Branch: lambda branch: reversed(branch.alternatives),
    Join: lambda join: reversed(join.parts),
    Loop: lambda loop: (loop.body,),
    Template: lambda template: (template.body,),
    Item: lambda item: (item.of,),
    Transform: lambda transform: (*(each.value for each in transform.arguments), transform.of),
    Variable: lambda variable: () if variable.of is None else (variable.of,),
}
"""What the nodes of the algebra consist of, last first."""


def roots(facts: Facts) -> Iterator[Expression]:
    """Every expression of a file that isn't part of another one; calls are roots of their own."""
    for binding in facts.bindings:
        yield binding.expression
    for function in facts.functions:
        for each in function.returns:
            yield each.expression
    for site in facts.calls:
        for argument in site.call.arguments:
            yield argument.value


def mappings(facts: Facts) -> Iterator[Mapping]:
    """Every dictionary literal of a file, outer before inner."""
    found = composed(facts) if facts.mapped is None else _mapped(facts, facts.mapped)
    return (node for node in found if isinstance(node, Mapping))


def _mapped(facts: Facts, numbers: tuple[int, ...]) -> Iterator[Expression]:
    """The parts of the roots with some numbers."""
    wanted = frozenset(numbers)
    for number, root in enumerate(roots(facts) if wanted else ()):
        if number in wanted:
            yield from parts(root)


def mapped(facts: Facts) -> tuple[int, ...]:
    """The numbers of the roots that hold a dictionary literal."""
    return tuple(
        number
        for number, root in enumerate(roots(facts))
        if type(root) in BELOW and any(isinstance(part, Mapping) for part in parts(root))
    )


def composed(facts: Facts) -> Iterator[Expression]:
    """The expressions of a file that consist of others, with all that they consist of; most roots don't."""
    return (part for root in roots(facts) if type(root) in BELOW for part in parts(root))


def parts(expression: Expression) -> Iterator[Expression]:
    """An expression and what it consists of; calls are not entered, as they are roots of their own."""
    stack = [expression]
    while stack:
        node = stack.pop()
        yield node
        below = BELOW.get(type(node))
        if below is not None:  # most nodes have nothing below
            stack += below(node)


def everything(expression: Expression) -> Iterator[Expression]:
    """An expression and what it consists of, the arguments of calls included."""
    for node in parts(expression):
        yield node
        if isinstance(node, Call):
            for argument in node.arguments:
                yield from everything(argument.value)
