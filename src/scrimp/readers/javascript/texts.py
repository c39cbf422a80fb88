"""String expressions of JavaScript as algebra: templates, tags, ``+``, methods of text and joined lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from scrimp.model.algebra import Argument, Branch, Expression, Join, Text, Transform, Unknown, Variable
from scrimp.readers.code import Context
from scrimp.readers.javascript import calls, strings
from scrimp.readers.javascript.literals import string_expression
from scrimp.readers.javascript.names import text_of

if TYPE_CHECKING:
    from scrimp.readers.javascript.expressions import Builder

DEFAULT_SEPARATOR = Text(",")


def string(builder: Builder, node: Node, context: Context) -> Expression:
    """The text that an expression forms (see ``strings.forms_text``)."""
    node = strings.unwrapped(node)
    match node.type:
        case "binary_expression":
            return _concatenation(builder, node, context)
        case "call_expression":
            return _call(builder, node, context)
    return _template(builder, node, context)


def operand(builder: Builder, node: Node, context: Context) -> Expression:
    """A part of a text: text itself, or a hole that shows what fills it."""
    node = strings.unwrapped(node)
    value = builder.build(node, context)
    if strings.forms_text(node) or isinstance(value, Branch):
        return value
    start, end = builder.offsets.char(node.start_byte), builder.offsets.char(node.end_byte)
    return Variable(builder.short(node), start, end, value)


def joined(builder: Builder, items: Node, separators: list[Node], context: Context) -> Expression:
    """``items.join(separator)``, as the join of the separator."""
    of = builder.build(separators[0], context) if separators else DEFAULT_SEPARATOR
    return Transform("join", of, (Argument("", builder.build(items, context.inside("element"))),))


def _template(builder: Builder, node: Node, context: Context, *, raw: bool = False) -> Expression:
    return string_expression(
        node, builder.offsets, builder.text, lambda inner: builder.build(inner, context), raw=raw
    )


def _concatenation(builder: Builder, node: Node, context: Context) -> Expression:
    parts: list[Node] = []
    current: Node | None = node
    while current is not None and strings.operator(current) == "+":
        right = current.child_by_field_name("right")
        if right is not None:
            parts.append(right)
        current = current.child_by_field_name("left")
    if current is not None:
        parts.append(current)
    return Join(tuple(operand(builder, part, context) for part in reversed(parts)))


def _call(builder: Builder, node: Node, context: Context) -> Expression:
    arguments = node.child_by_field_name("arguments")
    if arguments is None:
        return Unknown(builder.short(node))
    tag = strings.tag_of(node)
    if tag is not None:
        body = _template(builder, arguments, context, raw=tag == strings.RAW)
        return _dedented(body) if strings.DEDENTS.search(tag) else body
    dedented = strings.dedented(node)
    if dedented is not None:
        body = string(builder, dedented, context)
        return body if text_of(node.child_by_field_name("function")) == "String" else _dedented(body)
    found = strings.method_call(node)
    return Unknown(builder.short(node)) if found is None else _method(builder, *found, arguments, context)


def _method(builder: Builder, operation: str, of: Node, arguments: Node, context: Context) -> Expression:
    written = calls.written(arguments)
    match operation:
        case "join":
            return joined(builder, of, written, context)
        case "concat":
            return Join(tuple(operand(builder, part, context) for part in (of, *written)))
    return Transform(operation, string(builder, of, context), calls.arguments(builder, arguments, context))


def _dedented(body: Expression) -> Expression:
    return Transform("strip", Transform("dedent", body))
