"""What the head of a loop binds: ``for name, text in TABLE.items()`` gives ``text`` any of the table's values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tree_sitter import Node

from scrimp.model.algebra import Expression, Item, Sequence
from scrimp.readers.code import Context
from scrimp.readers.python.grammar import FIELD
from scrimp.readers.python.index import first_child

if TYPE_CHECKING:
    from scrimp.readers.python.expressions import Builder

ANY = "*"
SAME_ITEMS = frozenset(("sorted", "reversed", "list", "tuple", "set", "iter"))
"""Functions that give the items that they get."""
PATTERNS = frozenset(("pattern_list", "tuple_pattern", "list_pattern"))


def names_in(pattern: Node) -> Iterator[Node]:
    """The nodes of the names that the target of a loop binds."""
    if pattern.type == "identifier":
        yield pattern
    elif pattern.type in PATTERNS:
        for child in pattern.named_children:
            yield from names_in(child)


def bound_by(loop: Node, builder: Builder, context: Context) -> Iterator[tuple[Node, Expression]]:
    """The names that a ``for`` statement or clause binds, each with any of the items that it may be.

    Keys of tables and the numbers that ``enumerate`` counts are left out: they are no text to speak of.
    """
    pattern, items = loop.child_by_field_id(FIELD.left), loop.child_by_field_id(FIELD.right)
    if pattern is not None and items is not None:
        yield from _bound(pattern, items, builder, context)


def _bound(
    pattern: Node, items: Node, builder: Builder, context: Context
) -> Iterator[tuple[Node, Expression]]:
    method, receiver, arguments = _called(items, builder)
    parts = pattern.named_children if pattern.type in PATTERNS else []
    match method:
        case "items" if receiver is not None and len(parts) == 2:
            yield from _given(parts[1], Item(builder.build(receiver, context), ANY))
        case "values" if receiver is not None and not arguments:
            yield from _given(pattern, Item(builder.build(receiver, context), ANY))
        case "keys" | "range":
            builder.build(items, context)
        case "enumerate" if arguments and len(parts) == 2:
            yield from _bound(parts[1], arguments[0], builder, context)
        case "zip":
            for part, each in zip(parts, arguments, strict=False):
                yield from _bound(part, each, builder, context)
        case _ if method in SAME_ITEMS and receiver is None and arguments:
            yield from _bound(pattern, arguments[0], builder, context)
        case _:
            yield from _given(pattern, Item(builder.build(items, context), ANY))


def _given(pattern: Node, value: Expression) -> Iterator[tuple[Node, Expression]]:
    """The names in a pattern that is given a value, each with its member."""
    if pattern.type == "identifier":
        yield pattern, value
    elif pattern.type in PATTERNS:
        for number, part in enumerate(pattern.named_children):
            yield from _given(part, part_of(value, number))


def part_of(expression: Expression, number: int) -> Expression:
    """One element of what is unpacked."""
    if isinstance(expression, Sequence):
        return expression.items[number] if number < len(expression.items) else Item(expression, number)
    return Item(expression, number)


def _called(items: Node, builder: Builder) -> tuple[str, Node | None, list[Node]]:
    """The name of what a call calls, the object whose method that is, and the arguments without keywords."""
    function, given = items.child_by_field_id(FIELD.function), items.child_by_field_id(FIELD.arguments)
    if items.type != "call" or function is None or given is None:
        return "", None, []
    arguments = [each for each in given.named_children if each.type not in ("keyword_argument", "comment")]
    if function.type != "attribute":
        return builder.source(function), None, arguments
    attribute = function.child_by_field_id(FIELD.attribute)
    name = "" if attribute is None else builder.source(attribute)
    return name, function.child_by_field_id(FIELD.object) or first_child(function), arguments
