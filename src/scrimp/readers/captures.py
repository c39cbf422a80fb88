"""What a query captures in a syntax tree, in the order of the text."""

from __future__ import annotations

from operator import attrgetter

from tree_sitter import Node, Query, QueryCursor, Tree

_START = attrgetter("start_byte")
_RANGE = attrgetter("start_byte", "end_byte")


def captures(query: Query, tree: Tree, most_depth: int | None = None) -> dict[str, list[Node]]:
    """The captured nodes by the names of their captures; patterns begin at most so deep in the tree.

    tree-sitter (0.25) gives them in the order of their addresses, which differs from run to run. Only errors may hold
    each other and begin at one place.
    """
    cursor = QueryCursor(query)
    if most_depth is not None:
        cursor.set_max_start_depth(most_depth)
    return {
        name: sorted(nodes, key=_RANGE if name == "error" else _START)
        for name, nodes in cursor.captures(tree.root_node).items()
    }
