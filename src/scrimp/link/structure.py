"""Walks over the expressions of a file, whatever binds or returns them."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.model.algebra import (
    Branch,
    Call,
    Expression,
    Item,
    Join,
    Loop,
    Mapping,
    Sequence,
    Template,
    Transform,
    Variable,
)
from scrimp.model.facts import Facts

CONTAINERS = (Mapping, Sequence, Branch, Loop, Item, Transform)
"""What may hold a dictionary without being one."""


def roots(facts: Facts) -> Iterator[tuple[str, Expression]]:
    """Every expression of a file that isn't part of another one, with its scope; calls are roots of their own."""
    for binding in facts.bindings:
        yield binding.scope, binding.expression
    for function in facts.functions:
        for each in function.returns:
            yield function.name, each.expression
    for site in facts.calls:
        for argument in site.call.arguments:
            yield site.scope, argument.value


def mappings(facts: Facts) -> Iterator[Mapping]:
    """Every dictionary literal of a file, outer before inner."""
    for _, root in roots(facts):
        if isinstance(root, CONTAINERS):
            yield from (node for node in parts(root) if isinstance(node, Mapping))


def parts(expression: Expression) -> Iterator[Expression]:
    """An expression and what it consists of; calls are not entered, as they are roots of their own."""
    stack = [expression]
    while stack:
        node = stack.pop()
        yield node
        match node:
            case Mapping():
                stack += (value for _, value in reversed(node.entries))
            case Sequence():
                stack += reversed(node.items)
            case Branch():
                stack += reversed(node.alternatives)
            case Join():
                stack += reversed(node.parts)
            case Loop() | Template():
                stack.append(node.body)
            case Item():
                stack.append(node.of)
            case Transform():
                stack += (argument.value for argument in node.arguments)
                stack.append(node.of)
            case Variable() if node.of is not None:
                stack.append(node.of)
            case Call():
                pass


def everything(expression: Expression) -> Iterator[Expression]:
    """An expression and what it consists of, the arguments of calls included."""
    for node in parts(expression):
        yield node
        if isinstance(node, Call):
            for argument in node.arguments:
                yield from everything(argument.value)
