"""Walks over the expressions of a file, whatever binds or returns them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, repeat
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
    Text,
    Transform,
    Variable,
)
from scrimp.model.facts import Binding, CallSite, Facts, Function

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


Holder: TypeAlias = Binding | Function | CallSite
"""What holds roots."""
Composed: TypeAlias = dict[int, list[Expression]]
"""The roots of a file that consist of several expressions, by their numbers, each with all that it consists of."""


def roots(facts: Facts) -> list[Expression]:
    """Every expression of a file that isn't part of another one; calls are roots of their own."""
    return [
        *[each.expression for each in facts.bindings],
        *[each.expression for function in facts.functions for each in function.returns],
        *[each.value for site in facts.calls for each in site.call.arguments],
    ]


def composed(facts: Facts) -> Composed:
    """The roots of a file that consist of other expressions: most don't, and a string written out only of its text."""
    return {
        number: _all_parts(root)
        for number, root in enumerate(roots(facts))
        if type(root) in BELOW and not (type(root) is Template and type(root.body) is Text)
    }


def _all_parts(root: Expression) -> list[Expression]:
    """What ``parts`` gives, in another order: what is further in comes later."""
    nodes = [root]
    for node in nodes:
        below = BELOW.get(type(node))
        if below is not None:
            nodes += below(node)
    return nodes


def mapped(facts: Facts, found: Composed) -> tuple[int, ...]:
    """The numbers of the bindings, functions and calls, counted on, whose roots hold a dictionary literal."""
    holding = [number for number, nodes in found.items() if Mapping in map(type, nodes)]
    if not holding:
        return ()
    returned = (len(function.returns) for function in facts.functions)
    given = (len(site.call.arguments) for site in facts.calls)
    ends = [*accumulate((*repeat(1, len(facts.bindings)), *returned, *given))]
    return tuple(dict.fromkeys(bisect_right(ends, number) for number in holding))


def holding(facts: Facts) -> list[Holder]:
    """The bindings, functions and calls of a file that hold a dictionary literal."""
    known = facts.mapped
    numbers = mapped(facts, composed(facts)) if known is None else known
    return [_numbered(facts, number) for number in numbers]


def _numbered(facts: Facts, number: int) -> Holder:
    """The binding, function or call of a number: what is before it isn't looked at."""
    if number < len(facts.bindings):
        return facts.bindings[number]
    number -= len(facts.bindings)
    if number < len(facts.functions):
        return facts.functions[number]
    return facts.calls[number - len(facts.functions)]


def mappings(facts: Facts) -> Iterator[Mapping]:
    """Every dictionary literal of a file, outer before inner."""
    held = (root for holder in holding(facts) for root in _roots_of(holder))
    return (node for root in held for node in parts(root) if isinstance(node, Mapping))


def _roots_of(holder: Holder) -> list[Expression]:
    match holder:
        case Binding():
            return [holder.expression]
        case Function():
            return [each.expression for each in holder.returns]
    return [each.value for each in holder.call.arguments]


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
