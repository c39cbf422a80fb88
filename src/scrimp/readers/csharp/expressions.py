"""Expressions of C#: literals of all forms, names, calls, objects with initializers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace
from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Argument, Branch, Expression, Sequence, Text, Unknown
from scrimp.model.algebra import Mapping as MappingNode
from scrimp.readers.code import Context
from scrimp.readers.csharp.doubled import blanked
from scrimp.readers.languages.calls import configured
from scrimp.readers.languages.expressions import Expressions
from scrimp.readers.languages.grammar import Grammar
from scrimp.readers.languages.literals import Part, expression, parts_between, unescaped, without_margin
from scrimp.readers.languages.nodes import first_named, last_named, significant, snake
from scrimp.readers.languages.reading import Reading

BUILDERS = frozenset(("StringBuilder", "System.Text.StringBuilder"))
RAW = re.compile(r'"{3,}')
DOUBLED = {
    "@": re.compile(r'""'),
    "$": re.compile(r"\{\{|\}\}"),
    "@$": re.compile(r'""|\{\{|\}\}'),
}
"""What stands for one character in verbatim literals, in interpolated ones, and in those that are both."""


class CSharpExpressions(Reading):
    """What the nodes of C# are as expressions."""

    language = "csharp"
    grammar = Grammar(
        "tree_sitter_c_sharp",
        "language",
        ("string_literal", "verbatim_string_literal", "raw_string_literal", "interpolated_string_expression"),
    )
    SILENT = re.compile(
        r"(?:^|\.)(?:Write|WriteLine|WriteLineAsync|Log\w*|Debug|Info|Warn|Error|Fatal|Trace|ThrowIfNull|IsMatch|ExecuteAsync|QueryAsync"
        r"|Fail|Assert(?:\.\w+)?|Assert\w+|MarkupLine|GetEnvironmentVariable|nameof)$"
    )
    ARRAYS = frozenset(("implicit_array_creation_expression", "array_creation_expression"))
    LISTS = frozenset(("initializer_expression", "collection_expression")) | ARRAYS
    TEXT_METHODS = {
        "Trim": "strip",
        "TrimStart": "lstrip",
        "TrimEnd": "rstrip",
        "Replace": "replace",
    }
    TEXT_FUNCTIONS = {
        **{f"{kind}.Format": ("format", 0) for kind in ("string", "String")},
        **{f"{kind}.Join": ("join", 0) for kind in ("string", "String")},
        **{f"{kind}.Concat": ("concat", 0) for kind in ("string", "String")},
    }
    SAME_METHODS = frozenset(("ToString", "ConfigureAwait", "ReplaceLineEndings"))
    ADDERS = {"Append": "+=", "AppendLine": "+=", "AppendFormat": "+=", "Add": "append", "AddRange": "extend"}
    LINE_ADDERS = frozenset(("AppendLine",))
    BRANCHES = frozenset(("if_statement", "switch_statement", "try_statement"))
    ARMS = frozenset(("switch_section", "catch_clause"))
    LOOPS = frozenset(("for_statement", "foreach_statement", "while_statement", "do_statement"))

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.target = ""
        """The type of what is being declared, which ``new(…)`` makes an object of."""

    def prepared(self, data: bytes) -> bytes:
        """The source without what the grammar misreads."""
        return blanked(data)

    # --- literals -----------------------------------------------------------------------------------

    def _string(self, node: Node, context: Context) -> Expression:
        """A literal of any form; what it begins with tells which."""
        start, end = self.start(node), self.end(node)
        quote = self.text.index('"', start, end)
        opening, raw = self.text[start:quote], RAW.match(self.text, quote, end)
        if raw is not None:
            if self.text[end - 2 : end] == "u8":
                end -= 2
            inner_start, inner_end = raw.end(), end - len(raw[0])
        else:
            inner_start, inner_end = quote + 1, self.text.rindex('"', start, end)
        special = list(self._special(node, context))
        if raw is not None:
            return expression(self._without_margin(inner_start, inner_end, special), self.text)
        doubled = DOUBLED.get("".join(sorted(opening, reverse=True)))
        if doubled is not None:
            special += self._doubled(doubled, inner_start, inner_end, special)
            special.sort(key=lambda part: part.start)
        return expression(parts_between(inner_start, inner_end, special), self.text)

    def _special(self, node: Node, context: Context) -> Iterator[Part]:
        for child in node.named_children:
            start, end = self.start(child), self.end(child)
            if child.type == "escape_sequence":
                yield Part(start, end, unescaped(self.source(child)))
            elif child.type == "interpolation":
                inner = next(
                    (each for each in child.named_children if each.type != "interpolation_brace"), None
                )
                value = Unknown() if inner is None else self.operand(inner, context)
                yield Part(start, end, hole=value)
            elif child.type == "string_content" and child.named_child_count:
                yield from self._special(child, context)

    def _doubled(self, pattern: re.Pattern[str], start: int, end: int, known: list[Part]) -> list[Part]:
        """Doubled characters, which stand for one, in what lies between those parts that are known already."""
        return [
            Part(found.start(), found.end(), found[0][0])
            for part in parts_between(start, end, known)
            if part.is_copied
            for found in pattern.finditer(self.text, part.start, part.end)
        ]

    def _without_margin(self, start: int, end: int, special: list[Part]) -> list[Part]:
        """The lines of a raw literal without the indentation of the line that closes it."""
        first, last = self.text.find("\n", start, end), self.text.rfind("\n", start, end)
        if first < 0:
            return parts_between(start, end, special)
        margin = end - last - 1
        ends = last - 1 if self.text[last - 1 : last] == "\r" else last
        return without_margin(parts_between(first + 1, max(ends, first + 1), special), self.text, margin)

    # --- names and calls ----------------------------------------------------------------------------

    def name_of(self, node: Node | None) -> str | None:
        """A name, ``this`` as ``self``, or a chain of members."""
        if node is None:
            return None
        match node.type:
            case "identifier" | "predefined_type" | "qualified_name":
                return self.source(node).replace(" ", "")
            case "this" | "this_expression":
                return "self"
            case "generic_name" | "parenthesized_expression" | "nullable_type" | "postfix_unary_expression":
                return self.name_of(first_named(node))
            case "member_access_expression":
                of = self.name_of(node.child_by_field_name("expression"))
                return None if of is None else f"{of}.{self._member_name(node)}"
        return None

    def _member_name(self, node: Node) -> str:
        return self.source(node.child_by_field_name("name")).partition("<")[0]

    def _member(self, node: Node, context: Context) -> Expression:
        of = node.child_by_field_name("expression")
        if of is None:
            return Unknown(self.short(node))
        if self.source(node) in ("string.Empty", "String.Empty"):
            return EMPTY
        if self.source(node) == "Environment.NewLine":
            return Text("\n")
        return self.member(of, self._member_name(node), node, context)

    def call_parts(self, node: Node) -> tuple[Node | None, str, list[Node]] | None:
        """Receiver, name and arguments of a call."""
        if node.type != "invocation_expression":
            return None
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None:
            return None
        listed = [] if arguments is None else significant(arguments)
        if function.type == "member_access_expression":
            return function.child_by_field_name("expression"), self._member_name(function), listed
        if function.type == "conditional_access_expression" and function.named_child_count == 2:
            of, binding = function.named_children
            return of, self._member_name(binding), listed
        return None, self.source(function).partition("<")[0], listed

    def _invoked(self, node: Node, context: Context) -> Expression:
        parts = self.call_parts(node)
        return self.other(node, context) if parts is None else self.call(node, context, *parts)

    def argument(self, node: Node) -> tuple[str, Node]:
        """The keyword of an argument and its value."""
        own = node.child_by_field_name("name") if node.type in ("argument", "attribute_argument") else None
        return (snake(self.source(own)) if own is not None else ""), self.value_of(node)

    def value_of(self, node: Node) -> Node:
        """The expression of an argument."""
        inner = last_named(node) if node.type in ("argument", "attribute_argument") else None
        return node if inner is None else inner

    def _created(self, node: Node, context: Context) -> Expression:
        """``new T(…) { … }``: what the initializer sets are keyword arguments, or the items of a collection."""
        kind = node.child_by_field_name("type")
        made = (self.name_of(kind) or "").replace(" ", "")
        if node.type == "implicit_object_creation_expression":
            made = self.target
        self.target = ""
        listed = next((each for each in node.named_children if each.type == "argument_list"), None)
        initializer = next(
            (each for each in node.named_children if each.type == "initializer_expression"), None
        )
        arguments = [] if listed is None else significant(listed)
        if made in BUILDERS:
            return self.build(self.value_of(arguments[0]), context) if arguments else EMPTY
        if not made and initializer is None and len(arguments) == 2:
            role, content = (self.value_of(each) for each in arguments)
            if (
                isinstance(told := self.part(role, context), Text) and not told.pieces
            ):  # a message: new(Role.User, "…")
                pair = context.inside("entry", "content")
                return Sequence(
                    (told, self.apart(content, replace(pair, keys=("content", f"role={told.value}"))))
                )
        held = context.inside(context.holder, callee=made) if made else context
        set_ = EMPTY if initializer is None else self._initializer(initializer, held)
        if not isinstance(set_, MappingNode):
            if initializer is not None and not arguments:
                return set_
            return self.call(node, context, None, made or "()", arguments)
        keys = {key for key, _ in set_.entries}
        if not arguments and (not made or {"role", "content"} <= keys or "Dictionary" in made):
            return set_
        own = self.arguments(arguments, context.inside("argument", callee=made))
        named = tuple(Argument(key or "**", value) for key, value in set_.entries)
        return self.called(node, context, self.named(made or "()", node, context), made, (*own, *named))

    def _initializer(self, node: Node, context: Context) -> Expression:
        elements = significant(node)
        pairs: list[tuple[str | None, Node]] = []
        for each in elements:
            left, right = each.child_by_field_name("left"), each.child_by_field_name("right")
            if each.type == "assignment_expression" and left is not None and right is not None:
                indexed = first_named(left) if left.type == "element_binding_expression" else None
                key = snake(self.source(left)) if indexed is None else self.literal(self.value_of(indexed))
                pairs.append((key, right))
            elif each.type == "initializer_expression" and each.named_child_count == 2:
                key_node, value = each.named_children
                pairs.append((self.literal(key_node), value))
        if pairs:
            return self.mapping(pairs, context)
        return self.sequence(elements, context)

    def _collection(self, node: Node, context: Context) -> Expression:
        inner = last_named(node) if node.type in self.ARRAYS else node
        if inner is None or (inner is not node and inner.type != "initializer_expression"):
            return Unknown(self.short(node))
        return self.sequence(inner.named_children, context)

    def _element(self, node: Node, context: Context) -> Expression:
        parts = significant(node)
        if len(parts) != 2:
            return self.other(node, context)
        key = first_named(parts[1])
        return self.item(parts[0], None if key is None else self.value_of(key), context)

    def _switch(self, node: Node, context: Context) -> Expression:
        """``value switch { … }``: one of several."""
        arms = [each for each in node.named_children if each.type == "switch_expression_arm"]
        values = [each.named_children[-1] for each in arms if each.named_child_count]
        return Branch(self.short(first_named(node)), tuple(self.build(each, context) for each in values))

    def _lambda(self, node: Node, context: Context) -> Expression:
        body = node.child_by_field_name("body")
        if body is not None and body.type != "block":
            return configured(self.apart(body, context), self.source(node.child_by_field_name("parameters")))
        self.inline(body, context)
        return Unknown(self.short(node))

    EXPRESSIONS = {
        "string_literal": _string,
        "verbatim_string_literal": _string,
        "raw_string_literal": _string,
        "interpolated_string_expression": _string,
        "binary_expression": Expressions.binary,
        "conditional_expression": Expressions.conditional,
        "switch_expression": _switch,
        "parenthesized_expression": Expressions.inner,
        "await_expression": Expressions.inner,
        "cast_expression": Expressions.last,
        "as_expression": Expressions.inner,
        "postfix_unary_expression": Expressions.inner,
        "arrow_expression_clause": Expressions.inner,
        "collection_element": Expressions.inner,
        "expression_element": Expressions.inner,
        "argument": Expressions.last,
        "identifier": Expressions.reference,
        "member_access_expression": _member,
        "element_access_expression": _element,
        "invocation_expression": _invoked,
        "object_creation_expression": _created,
        "implicit_object_creation_expression": _created,
        "initializer_expression": _initializer,
        "collection_expression": _collection,
        "implicit_array_creation_expression": _collection,
        "array_creation_expression": _collection,
        "lambda_expression": _lambda,
        "throw_expression": lambda self, node, _: Unknown(self.short(node)),
        "integer_literal": Expressions.number,
        "real_literal": Expressions.number,
        "boolean_literal": Expressions.constant,
        "null_literal": Expressions.constant,
    }
