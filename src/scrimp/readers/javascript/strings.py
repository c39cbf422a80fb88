"""Which JavaScript expressions form text: literals, templates, ``+``, methods of text, joined lists, tags."""

from __future__ import annotations

import re

from tree_sitter import Node

from scrimp.readers.javascript.names import callee_of, dotted, first_child, text_of

METHODS = {
    "trim": "strip",
    "trimStart": "lstrip",
    "trimLeft": "lstrip",
    "trimEnd": "rstrip",
    "trimRight": "rstrip",
    "replace": "replace",
    "replaceAll": "replace",
    "concat": "concat",
}
"""Methods of text, by the operation that they are."""
LIST_METHODS = frozenset(("filter", "flat", "concat", "slice", "reverse", "sort"))
"""Methods that give a list of what was in the one before."""
SAME_ITEMS = frozenset(("filter", "sort", "toSorted", "reverse", "toReversed", "flat"))
"""Those of them that texts don't have."""
MAPS = frozenset(("map", "flatMap"))

DEDENTS = re.compile(
    r"(?:^|\.)(?:dedent|tsDedent|outdent|endent|redent|stripIndents?|trimIndent|undent|codeBlock)$"
)
"""Functions and tags that take off indentation: dedent, ts-dedent, outdent, endent, common-tags and the like."""
OTHER_LANGUAGES = re.compile(
    r"^(?:styled|css|keyframes|createGlobalStyle|injectGlobal|stylesheet|tw|cva|svg|lit|html|htm|xhtml|jsx"
    r"|sql|Prisma|prisma|knex|pg|db|gql|graphql|groq|cypher|sparql|aql|glsl|wgsl|hlsl|regex|re|chalk|kleur|pc|colors|picocolors"
    r"|ansis|i18n|msg|t|plural|select|nls|localize|shell|sh|\$|zx|exec|execa|bash|test|it|describe|each|latex|math|yaml|json)(?:\.|$)"
    r"|\.(?:each|raw|sql|css|html|gql)$"
)
"""Tags of templates that are written in other languages or for people."""
RAW = "String.raw"
TRANSPARENT = frozenset(
    (
        *("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"),
        "type_assertion",
    )
)
"""Nodes whose value is that of the expression in them."""


def unwrapped(node: Node) -> Node:
    """What stands inside of parentheses, casts and assertions."""
    inner: Node | None = node
    while inner is not None and inner.type in TRANSPARENT:
        node = inner
        inner = (
            next(reversed(node.named_children), None) if node.type == "type_assertion" else first_child(node)
        )
    return inner or node


def forms_text(node: Node) -> bool:
    """Whether an expression is text by what is written there."""
    node = unwrapped(node)
    match node.type:
        case "string" | "template_string":
            return True
        case "binary_expression":
            return _adds_text(node)
        case "call_expression":
            return tag_of(node) is not None or method_call(node) is not None or dedented(node) is not None
    return False


def operator(node: Node) -> str:
    """The operator of a binary expression."""
    found = node.child_by_field_name("operator")
    return "" if found is None else found.type


def _adds_text(node: Node) -> bool:
    # The chain a + b + c + … leans to the left: a loop instead of recursion bears thousands of parts.
    current: Node | None = node
    while current is not None and current.type == "binary_expression":
        right = current.child_by_field_name("right")
        if operator(current) != "+":
            return False
        if right is not None and holds_text(right):
            return True
        current = current.child_by_field_name("left")
    return current is not None and holds_text(current)


def tag_of(node: Node) -> str | None:
    """The tag of a template of text; ``None`` if a node is no tagged template, or one of another language."""
    template = node.child_by_field_name("arguments")
    function = node.child_by_field_name("function")
    if template is None or function is None or template.type != "template_string":
        return None
    name = dotted(function) or dotted_head(function)
    return None if name != RAW and OTHER_LANGUAGES.search(name) else name


def dotted_head(node: Node) -> str:
    """The name of what is called first in a chain of calls and members (``styled(Button).attrs({})``)."""
    while node.type in ("call_expression", "member_expression", "subscript_expression"):
        inner = node.child_by_field_name("function") or node.child_by_field_name("object")
        if inner is None:
            break
        node = inner
    return text_of(node)


def method_call(node: Node) -> tuple[str, Node] | None:
    """Operation and operand of a call that changes a text that is written out, or joins a list of texts."""
    method, operand = method_of(node)
    if operand is None:
        return None
    if method == "join":
        return ("join", operand) if is_text_list(operand) else None
    operation = METHODS.get(method)
    return (operation, operand) if operation is not None and forms_text(operand) else None


def dedented(node: Node) -> Node | None:
    """The text that a call takes the indentation off."""
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.type != "arguments":
        return None
    name = dotted(function)
    if name is None or (name != "String" and not DEDENTS.search(name)):
        return None
    operand = first_child(arguments)
    return operand if operand is not None and forms_text(operand) else None


def method_of(node: Node) -> tuple[str, Node | None]:
    """Method and receiver of a call of a member."""
    function = callee_of(node)
    if function is None or function.type != "member_expression":
        return "", None
    return text_of(function.child_by_field_name("property")), function.child_by_field_name("object")


def is_text_list(node: Node) -> bool:
    """Whether an expression is a list with text that is written out, or makes text for each of something."""
    node = unwrapped(node)
    if node.type == "array":
        return any(holds_text(child) for child in node.named_children)
    if node.type != "call_expression":
        return False
    method, operand = method_of(node)
    if method in MAPS:
        body = mapped(node)
        return body is not None and holds_text(body)
    return method in LIST_METHODS and operand is not None and is_text_list(operand)


def mapped(node: Node) -> Node | None:
    """The expression that ``.map(x => expression)`` makes for each."""
    arguments = node.child_by_field_name("arguments")
    callback = None if arguments is None else first_child(arguments)
    body = None if callback is None else callback.child_by_field_name("body")
    if body is None or callback is None or callback.type != "arrow_function":
        return None
    if body.type != "statement_block":
        return body
    only = first_child(body) if body.named_child_count == 1 else None
    return first_child(only) if only is not None and only.type == "return_statement" else None


def holds_text(node: Node) -> bool:
    """Whether a part of a text or list is text itself, in one case at least."""
    node = unwrapped(node)
    match node.type:
        case "ternary_expression":
            return any(holds_text(child) for child in node.named_children[1:])
        case "binary_expression" if operator(node) in ("&&", "||", "??"):
            return any(holds_text(child) for child in node.named_children)
        case "spread_element":
            inner = first_child(node)
            return inner is not None and (is_text_list(inner) or holds_text(inner))
        case "array":
            return is_text_list(node)
    return forms_text(node)
