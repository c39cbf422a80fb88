"""Methods of lists with a callback: what it makes of each item, and what its parameter is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from scrimp.model.algebra import Call, Expression, Item, Loop, Sequence, Unknown
from scrimp.model.facts import Binding
from scrimp.readers.code import Context
from scrimp.readers.javascript import strings
from scrimp.readers.javascript.index import FUNCTIONS, called_for_each
from scrimp.readers.javascript.names import first_child, text_of
from scrimp.readers.javascript.patterns import bound_by

if TYPE_CHECKING:
    from scrimp.readers.javascript.expressions import Builder

ANY = "*"


def each(builder: Builder, node: Node, context: Context) -> Expression | None:
    """A call of a method that gives items to a callback, or that keeps a list's items; ``None`` for other calls."""
    method, receiver = strings.method_of(node)
    if receiver is None:
        return None
    given = node.child_by_field_name("arguments")
    callback = None if given is None else first_child(given)
    if method in strings.MAPS:
        return _mapped(builder, node, receiver, callback, context)
    if method in strings.LIST_METHODS and strings.is_text_list(receiver):
        return builder.build(receiver, context)
    if method in strings.SAME_ITEMS and (callback is None or _is_callback(callback)):
        items = builder.build(receiver, context)
        _give(builder, callback, items)
        return items
    if method == "forEach" and callback is not None and callback.type in FUNCTIONS:
        _give(builder, callback, builder.build(receiver, context))
        builder.build(callback, context)
        return Unknown(builder.short(node))
    return None


def member_of(expression: Expression, key: str | int) -> Expression:
    """One member of what is destructured."""
    if isinstance(expression, Sequence) and isinstance(key, int):
        return expression.items[key] if key < len(expression.items) else Unknown()
    return expression if key == ANY else Item(expression, key)


def bound_to(pattern: Node, value: Expression) -> list[tuple[str, Expression]]:
    """The names that a pattern without defaults binds if it is given a value, each with its member."""
    found: list[tuple[str, Expression]] = []
    for bound in bound_by(pattern):
        expression = value
        for member in bound.members:
            expression = member_of(expression, member)
        found.append((bound.name, expression))
    return found


def _mapped(
    builder: Builder, node: Node, receiver: Node, callback: Node | None, context: Context
) -> Expression:
    """``list.map(…)``: what the callback makes, for each."""
    if callback is None:
        return Unknown(builder.short(node))
    _give(builder, callback, builder.build(receiver, context))
    body = strings.mapped(node)
    if body is None:
        start, end = builder.offsets.char(node.start_byte), builder.offsets.char(node.end_byte)
        return Loop(builder.short(receiver), Call(builder.build(callback, context), (), start, end))
    scope = builder.functions.get(callback.start_byte, context.scope)
    builder.bodies.add(body.start_byte)
    own = Context(scope, context.name, context.holder, loop=True, each=called_for_each(callback))
    return Loop(builder.short(receiver), builder.part(body, own))


def _is_callback(node: Node) -> bool:
    return node.type in FUNCTIONS or text_of(node) == "Boolean"


def _give(builder: Builder, callback: Node | None, items: Expression) -> None:
    """Bind a callback's first parameter to any of the items."""
    scope = None if callback is None else builder.functions.get(callback.start_byte)
    pattern = None if callback is None else _first_parameter(callback)
    if scope is None or pattern is None or callback is None:
        return
    start = builder.offsets.char(callback.start_byte)
    for name, value in bound_to(pattern, Item(items, ANY)):
        builder.given.append(Binding(scope, name, "=", value, start, start, (), loop=False))


def _first_parameter(callback: Node) -> Node | None:
    single = callback.child_by_field_name("parameter")
    parameters = callback.child_by_field_name("parameters")
    found = single if single is not None or parameters is None else first_child(parameters)
    return None if found is None else found.child_by_field_name("pattern") or found
