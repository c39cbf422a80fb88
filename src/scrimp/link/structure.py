"""Walks over the expressions of a file, whatever binds or returns them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

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


Composed: TypeAlias = dict[int, list[Expression]]
"""The roots of a file that consist of other expressions, by their numbers, each with all that it consists of."""


def roots(facts: Facts) -> list[Expression]:
    """Every expression of a file that isn't part of another one; calls are roots of their own."""
    return [
        *[each.expression for each in facts.bindings],
        *[each.expression for function in facts.functions for each in function.returns],
        *[each.value for site in facts.calls for each in site.call.arguments],
    ]


def composed(facts: Facts) -> Composed:
    """The roots of a file that consist of other expressions: most don't."""
    return {number: [*parts(root)] for number, root in enumerate(roots(facts)) if type(root) in BELOW}


def mapped(found: Composed) -> tuple[int, ...]:
    """The numbers of the roots that hold a dictionary literal."""
    return tuple(number for number, nodes in found.items() if Mapping in map(type, nodes))


def mappings(facts: Facts) -> Iterator[Mapping]:
    """Every dictionary literal of a file, outer before inner."""
    known = facts.mapped
    numbers = mapped(composed(facts)) if known is None else known
    of = roots(facts) if numbers else []
    return (node for number in numbers for node in parts(of[number]) if isinstance(node, Mapping))


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
