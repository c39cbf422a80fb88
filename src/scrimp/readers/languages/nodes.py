"""Small questions about nodes, names and expressions that all these readers ask."""

from __future__ import annotations

import re

from tree_sitter import Node

from scrimp.model.algebra import Branch, Expression, Join, Loop, Sequence, Text, Transform

COMMENTS = frozenset(("comment", "line_comment", "block_comment"))
WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake(name: str) -> str:
    """A name as Python would write it: ``MaxTokens`` and ``maxTokens`` are ``max_tokens``."""
    return WORD_START.sub("_", name).lower()


def is_text(expression: Expression) -> bool:
    """Whether an expression is a string expression: whether text is written in it."""
    match expression:
        case Text():
            return bool(expression.pieces)
        case Join():
            return any(is_text(each) for each in expression.parts)
        case Branch():
            return any(is_text(each) for each in expression.alternatives)
        case Loop():
            return is_text(expression.body)
        case Transform():
            return is_text(expression.of) or (
                expression.operation == "join"
                and any(_is_text_list(each.value) for each in expression.arguments)
            )
    return False


def fixed(expression: Expression) -> str:
    """The fixed text of a literal, its holes left out."""
    parts = expression.parts if isinstance(expression, Join) else (expression,)
    return "".join(part.value for part in parts if isinstance(part, Text))


def furthest(expression: Expression) -> int:
    """The offset behind the last of a string expression's own text."""
    match expression:
        case Text():
            return expression.pieces[-1][3] if expression.pieces else 0
        case Join():
            return max(map(furthest, expression.parts), default=0)
        case Transform():
            return furthest(expression.of)
    return 0


def _is_text_list(expression: Expression) -> bool:
    return isinstance(expression, Sequence) and any(is_text(each) for each in expression.items)


def significant(node: Node) -> list[Node]:
    """The named children of a node without comments."""
    return [child for child in node.named_children if child.type not in COMMENTS]


def first_named(node: Node) -> Node | None:
    """The first named child that is no comment."""
    return next((child for child in node.named_children if child.type not in COMMENTS), None)


def last_named(node: Node) -> Node | None:
    """The last named child that is no comment."""
    return next((child for child in reversed(node.named_children) if child.type not in COMMENTS), None)
