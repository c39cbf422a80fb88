"""What functions and classes are called, which in JavaScript mostly have no name of their own."""

from __future__ import annotations

import re

from tree_sitter import Node

ANONYMOUS = "anonymous"
DEFAULT = "default"
CONSTRUCTOR = "__init__"
"""What facts call the method ``constructor``, as in all languages."""
DOTTED = re.compile(
    rb"[A-Za-z_$#\x80-\xff][\w$#\x80-\xff]*(?:\s*[?!]?\s*\.\s*[A-Za-z_$#\x80-\xff][\w$#\x80-\xff]*)*!?"
)
_LINKS = re.compile(r"[\s?!]+")
_OUTSIDE_NAMES = re.compile(r"[^\w$-]+")
_PASSED = frozenset(
    (
        *("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"),
        *(
            "await_expression",
            "object",
            "array",
            "ternary_expression",
            "binary_expression",
            "assignment_pattern",
        ),
    )
)
"""What may stand between a function and what names it."""


def dotted(node: Node) -> str | None:
    """``a.b.c`` if a node is nothing but names and dots; ``this`` is ``self``, optional links are links."""
    text = node.text
    if text is None or not DOTTED.fullmatch(text):
        return None
    written = _LINKS.sub("", text.decode("utf-8", "replace"))
    return "self" + written[4:] if written == "this" or written.startswith("this.") else written


def text_of(node: Node | None) -> str:
    """The text of a node."""
    return "" if node is None or node.text is None else node.text.decode("utf-8", "replace")


def first_child(node: Node) -> Node | None:
    """The first named child that isn't a comment."""
    return next((child for child in node.named_children if child.type != "comment"), None)


def callee_of(call: Node) -> Node | None:
    """What a call calls. The grammar has an ``await`` before type arguments around that, not around the call."""
    function = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    return first_child(function) if function is not None and function.type == "await_expression" else function


def key_name(node: Node | None) -> str:
    """A key of an object or class as one part of a qualified name."""
    return _OUTSIDE_NAMES.sub("_", text_of(node).strip("\"'`")).strip("_") or ANONYMOUS


def local_name(node: Node) -> str:
    """What a function or class is known by in its scope, from the inside out.

    Its own name, else the variable, member or default export that it is the value of, with the keys of the objects
    between: ``tools.search``. One that is only passed on is called by its receiver: ``map()``.
    """
    own = node.child_by_field_name("name")
    if own is not None and node.type != "method_definition":
        return text_of(own)
    if own is not None and text_of(own) == "constructor":
        return CONSTRUCTOR
    parts = [] if own is None else [key_name(own)]
    current = node.parent
    while current is not None:
        match current.type:
            case "pair":
                parts.append(key_name(current.child_by_field_name("key")))
            case "arguments" if current.parent is not None:
                current = current.parent
                if not parts:
                    parts.append(_callee(current))
            case (
                "variable_declarator"
                | "public_field_definition"
                | "field_definition"
                | "assignment_expression"
            ):
                parts += _bound(current)
                break
            case "export_statement":
                parts.append(DEFAULT)
                break
            case kind if kind not in _PASSED:
                break
        current = current.parent
    return ".".join(reversed(parts)) or ANONYMOUS


def _callee(call: Node) -> str:
    function = callee_of(call)
    if function is not None and function.type == "member_expression":
        function = function.child_by_field_name("property")
    name = None if function is None else dotted(function)
    return f"{(name or ANONYMOUS).rpartition('.')[2]}()"


def _bound(node: Node) -> list[str]:
    """The name that a declaration, field or assignment gives, innermost part first."""
    target = (
        node.child_by_field_name("name")
        or node.child_by_field_name("property")
        or node.child_by_field_name("left")
    )
    name = None if target is None else dotted(target)
    if name is None:
        return []
    if name in ("module.exports", "exports"):
        return [DEFAULT]
    for prefix in ("module.exports.", "exports.", "self."):
        name = name.removeprefix(prefix)
    return name.split(".")[::-1]
