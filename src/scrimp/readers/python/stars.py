"""Stars before the items of a list. The grammar binds one to the first name behind it: of ``*f(x)`` to ``f``."""

from __future__ import annotations

from tree_sitter import Node

_HEADS = {"call": "function", "attribute": "object", "subscript": "value"}
"""What an expression starts with, by its kind."""


def is_unpacked(item: Node) -> bool:
    """Whether an item of a list is unpacked into it: ``*items``, ``*items[1:]``, ``*items()``."""
    head: Node | None = item
    while head is not None and head.type in _HEADS:
        head = head.child_by_field_name(_HEADS[head.type])
    return head is not None and head.type == "list_splat"
