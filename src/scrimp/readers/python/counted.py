"""What tells how many items something has that a loop goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from scrimp.model.algebra import Constant, Expression, Reference
from scrimp.readers.code import Context
from scrimp.readers.python.grammar import FIELD
from scrimp.readers.python.index import first_child
from scrimp.readers.python.stars import is_unpacked

if TYPE_CHECKING:
    from scrimp.readers.python.expressions import Builder

SAME_NUMBER = frozenset(("enumerate", "sorted", "reversed", "list", "tuple"))
"""Functions that give as many items as they get."""


def counted(node: Node, builder: Builder, context: Context) -> Expression | None:
    """The number of items of a list that is written out or of ``range(3)``, or the name of a list; else nothing.

    No text in it is read: a loop says nothing of what its items are sent as.
    """
    match node.type:
        case "list" | "tuple" if not any(map(is_unpacked, node.named_children)):
            return Constant(sum(child.type != "comment" for child in node.named_children))
        case "identifier" | "attribute":
            return Reference(builder.source(node), context.scope, builder.offsets.char(node.start_byte))
        case "call":
            return _of_call(node, builder, context)
    return None


def _of_call(node: Node, builder: Builder, context: Context) -> Expression | None:
    function, arguments = node.child_by_field_id(FIELD.function), node.child_by_field_id(FIELD.arguments)
    first = first_child(arguments) if arguments is not None and arguments.named_child_count == 1 else None
    if function is None or first is None:
        return None
    name = builder.source(function)
    if name == "range" and first.type == "integer":
        return Constant(int(builder.source(first).replace("_", ""), 0))
    return counted(first, builder, context) if name in SAME_NUMBER else None
