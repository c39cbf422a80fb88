"""What a query captures in a syntax tree, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from tree_sitter import Node, Query, QueryCursor, Tree

_START = attrgetter("start_byte")
RANGE = attrgetter("start_byte", "end_byte")
"""By what errors are put in order, as only they may hold each other and begin at one place."""


def captures(query: Query, tree: Tree) -> dict[str, list[Node]]:
    """The captured nodes by the names of their captures."""
    return {
        name: in_order(nodes) if name != "error" else sorted(nodes, key=RANGE)
        for name, nodes in captured(query, tree).items()
    }


def captured(query: Query, tree: Tree, most_depth: int | None = None) -> dict[str, list[Node]]:
    """The same in no order at all; patterns begin at most so deep in the tree.

    tree-sitter (0.25) gives nodes in the order of their addresses, which differs from run to run.
    """
    cursor = QueryCursor(query)
    if most_depth is not None:
        cursor.set_max_start_depth(most_depth)
    return cursor.captures(tree.root_node)


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Nodes of one kind, in the order of the text."""
    return sorted(nodes, key=_START)
