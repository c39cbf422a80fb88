"""Calls of JavaScript as algebra: options as keywords, ``super``, compiled callees and members of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from scrimp.model.algebra import Argument, Call, Expression, Item, Sequence, Unknown
from scrimp.model.facts import CallSite
from scrimp.readers.code import Context
from scrimp.readers.javascript import lists, strings, texts
from scrimp.readers.javascript.names import CONSTRUCTOR, callee_of, dotted, first_child, text_of

if TYPE_CHECKING:
    from scrimp.readers.javascript.expressions import Builder

TRANSPARENT = frozenset(
    (
        "String",
        "Object.freeze",
        "structuredClone",
        "Promise.resolve",
        "cache",
        "unstable_cache",
        "Object.values",
        "Array.from",
    )
)
"""Functions whose value is their first argument; of an object's values only what any of them is matters."""
ENTRIES = "Object.entries"


def call(builder: Builder, node: Node, context: Context) -> Expression:
    """A call, or what it gives where its method is one of lists."""
    function = callee_of(node)
    given = node.child_by_field_name("arguments")
    if function is None or (given is not None and given.type == "template_string"):
        return Unknown(builder.short(node))
    made = lists.each(builder, node, context)
    if made is not None:
        return made
    method, receiver = strings.method_of(node)
    separators = [] if given is None else written(given)
    if receiver is not None and method == "join" and len(separators) < 2:
        return texts.joined(builder, receiver, separators, context)
    return _plain(builder, node, function, given, context)


def arguments(builder: Builder, node: Node, context: Context) -> tuple[Argument, ...]:
    """The arguments of a call; an object that comes last is keyword arguments, unless it is a message."""
    built: list[Argument] = []
    children = written(node)
    for number, outer in enumerate(children, start=1):
        child = strings.unwrapped(outer)
        if child.type == "object" and number == len(children) and not builder.role(child):
            built += [entry for entry in builder.entries(child, context, "argument") if entry.name]
            continue
        start, end = builder.offsets.char(outer.start_byte), builder.offsets.char(outer.end_byte)
        if child.type == "spread_element":
            inner = first_child(child)
            if inner is not None:
                built.append(Argument("*", builder.build(inner, context), start, end))
        else:
            built.append(Argument("", builder.build(child, context), start, end))
    return tuple(built)


def written(node: Node) -> list[Node]:
    """The parts of a list of arguments or items, comments left out."""
    return [child for child in node.named_children if child.type != "comment"]


def _plain(builder: Builder, node: Node, function: Node, given: Node | None, context: Context) -> Expression:
    function = _called(function)
    is_base = function.type == "super"
    callee = f"().{CONSTRUCTOR}" if is_base else _name(function)
    outer, builder.inside = builder.inside, False
    built = () if given is None else arguments(builder, given, context.inside("argument", callee=callee))
    of = builder.build(function, context)
    builder.inside = outer
    if callee in TRANSPARENT and built and not built[0].name:
        return built[0].value
    if callee == ENTRIES and len(built) == 1:
        return Sequence((Sequence((Unknown(), Item(built[0].value, lists.ANY))),))
    start, end = builder.offsets.char(node.start_byte), builder.offsets.char(node.end_byte)
    result = Call(Item(of, CONSTRUCTOR) if is_base else of, built, start, end)
    builder.calls.append(CallSite(context.scope, callee, result, context.loop, context.each))
    return result


def _called(function: Node) -> Node:
    """What is called: compiled code writes ``(0, module.function)(…)``."""
    inner = strings.unwrapped(function)
    return inner.named_children[-1] if inner.type == "sequence_expression" and inner.named_children else inner


def _name(function: Node) -> str:
    return dotted(function) or "()." + text_of(function.child_by_field_name("property"))
