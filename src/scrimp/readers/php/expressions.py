"""Expressions of PHP: literals and heredocs, names, calls, arrays and matches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Branch, Expression, File, Text, Unknown
from scrimp.model.facts import Import
from scrimp.readers.code import Context
from scrimp.readers.languages.expressions import Expressions
from scrimp.readers.languages.grammar import Grammar
from scrimp.readers.languages.literals import (
    Part,
    expression,
    parts_between,
    with_escapes,
    without_margin,
)
from scrimp.readers.languages.nodes import first_named, fixed, last_named, significant
from scrimp.readers.languages.reading import Reading

ESCAPED = re.compile(r"\\(?:[ntrvef\\$\"]|[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|u\{[0-9A-Fa-f]+\})")
ESCAPED_IN_HEREDOC = re.compile(r"\\(?:[ntrvef\\$]|[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|u\{[0-9A-Fa-f]+\})")
SINGLE = re.compile(r"\\[\\']")
INDENT = re.compile(r"[ \t]*")


class PhpExpressions(Reading):
    """What the nodes of Php are as expressions."""

    language = "php"
    grammar = Grammar("tree_sitter_php", "language_php", ("string", "encapsed_string", "heredoc", "nowdoc"))
    SILENT = re.compile(
        r"(?:^|\.)(?:printf|print_r|var_dump|error_log|trigger_error|die|exit|info|debug|warning|error|notice|critical|log|line|comment"
        r"|writeln|preg_match|preg_replace|preg_split|query|prepare|exec|statement|__|trans|abort|abort_if|abort_unless|define"
        r"|getenv|env|config|dd|dump|assert\w*|expects\w*)$"
    )
    LISTS = frozenset(("array_creation_expression",))
    PLUS = frozenset((".",))
    OTHERWISE = frozenset(("??", "?:", "||", "or"))
    TEXT_FUNCTIONS = {
        "trim": ("strip", 0),
        "ltrim": ("lstrip", 0),
        "rtrim": ("rstrip", 0),
        "sprintf": ("percent", 0),
        "vsprintf": ("percent", 0),
        "implode": ("join", 0),
        "join": ("join", 0),
        "str_replace": ("substitute", 2),
    }
    SAME_FUNCTIONS = frozenset(("strval", "collect"))
    SAME_METHODS = frozenset(("toString", "value", "toArray"))
    ADDERS = {"push": "append"}
    BRANCHES = frozenset(("if_statement", "switch_statement", "try_statement", "else_if_clause"))
    ARMS = frozenset(("else_if_clause", "else_clause", "case_statement", "default_statement", "catch_clause"))
    LOOPS = frozenset(("for_statement", "foreach_statement", "while_statement", "do_statement"))

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.package = ""

    # --- literals -----------------------------------------------------------------------------------

    def _single(self, node: Node, _: Context) -> Expression:
        within = self._between_quotes(node)
        return expression(parts_between(*within, with_escapes((), SINGLE, self.text, within)), self.text)

    def _double(self, node: Node, context: Context) -> Expression:
        within = self._between_quotes(node)
        special = with_escapes(self._holes(node, context), ESCAPED, self.text, within)
        return expression(parts_between(*within, special), self.text)

    def _between_quotes(self, node: Node) -> tuple[int, int]:
        start = self.start(node)
        return start + (2 if self.text[start] in "bB" else 1), self.end(node) - 1

    def _holes(self, node: Node, context: Context) -> Iterator[Part]:
        for child in node.named_children:
            if child.type in ("string_content", "escape_sequence"):
                continue
            start, end = self.start(child), self.end(child)
            before, after = child.prev_sibling, child.next_sibling
            if before is not None and after is not None and (before.type, after.type) == ("{", "}"):
                start, end = start - 1, end + 1
            yield Part(start, end, hole=self.operand(child, context))

    def _heredoc(self, node: Node, context: Context) -> Expression:
        """A heredoc or nowdoc: its lines lose the indentation of the word that closes it."""
        start, end = self.start(node), self.end(node)
        first, last = self.text.find("\n", start, end) + 1, self.text.rfind("\n", start, end)
        if last < first:
            return EMPTY
        margin = INDENT.match(self.text, last + 1)
        width = 0 if margin is None else len(margin[0])
        ends = last - 1 if self.text[last - 1] == "\r" else last
        value = node.child_by_field_name("value")
        special: list[Part] = []
        if node.type == "heredoc" and value is not None:
            special = with_escapes(self._holes(value, context), ESCAPED_IN_HEREDOC, self.text, (first, ends))
        parts = parts_between(first, max(ends, first), special)
        return expression(without_margin(parts, self.text, width), self.text)

    # --- names and calls ----------------------------------------------------------------------------

    def name_of(self, node: Node | None) -> str | None:
        """A variable, constant or class, or a chain of properties and class constants."""
        if node is None:
            return None
        match node.type:
            case "variable_name" | "dynamic_variable_name":
                written = self.source(node).lstrip("${").rstrip("}")
                return "self" if written == "this" else written
            case "name" | "namespace_name":
                return self.source(node)
            case "qualified_name":
                return self.source(node).strip("\\").replace("\\", ".")
            case "relative_scope":
                return "self"
            case "parenthesized_expression":
                return self.name_of(first_named(node))
            case "member_access_expression" | "nullsafe_member_access_expression":
                of = self.name_of(node.child_by_field_name("object"))
                return None if of is None else f"{of}.{self.source(node.child_by_field_name('name'))}"
            case "class_constant_access_expression" | "scoped_property_access_expression":
                of, last = self.name_of(first_named(node)), self.source(last_named(node)).lstrip("$")
                return of if last == "class" else None if of is None else f"{of}.{last}"
        return None

    def _named(self, node: Node, context: Context) -> Expression:
        return Text("\n") if self.source(node) == "PHP_EOL" else self.reference(node, context)

    def _member(self, node: Node, context: Context) -> Expression:
        of = node.child_by_field_name("object")
        if of is None:
            return self.reference(node, context)
        return self.member(of, self.source(node.child_by_field_name("name")), node, context)

    def call_parts(self, node: Node) -> tuple[Node | None, str, list[Node]] | None:
        """Receiver, name and arguments of a call."""
        listed = node.child_by_field_name("arguments")
        arguments = [] if listed is None else significant(listed)
        match node.type:
            case "member_call_expression" | "nullsafe_member_call_expression":
                return (
                    node.child_by_field_name("object"),
                    self.source(node.child_by_field_name("name")),
                    arguments,
                )
            case "scoped_call_expression":
                return (
                    node.child_by_field_name("scope"),
                    self.source(node.child_by_field_name("name")),
                    arguments,
                )
            case "function_call_expression":
                written = self.name_of(node.child_by_field_name("function")) or "()"
                return None, written, arguments
        return None

    def _called(self, node: Node, context: Context) -> Expression:
        parts = self.call_parts(node)
        if parts is None:
            return self.other(node, context)
        receiver, called, arguments = parts
        if receiver is not None and receiver.type in ("name", "qualified_name"):
            self._global(receiver)
        if called == "file_get_contents" and arguments:
            path = self.part(self.value_of(arguments[0]), context)
            written = fixed(path).lstrip("/")
            return File(Text(written)) if written else Unknown(self.short(node))
        return self.call(node, context, receiver, called, arguments)

    def _global(self, node: Node) -> None:
        """A class that goes by its whole name is imported thereby."""
        written = self.source(node)
        if written.startswith("\\") or not self.package:
            module, _, last = written.strip("\\").replace("\\", ".").rpartition(".")
            head = (module or last).partition(".")[0]
            if not any(each.alias == head for each in self.imports):
                self.imports.append(
                    Import("", "" if not module else head, last if not module else "", head, 0)
                )

    def _created(self, node: Node, context: Context) -> Expression:
        kind = first_named(node)
        listed = next((each for each in node.named_children if each.type == "arguments"), None)
        made = self.name_of(kind) or "()"
        if kind is not None:
            self._global(kind)
        return self.call(node, context, None, made, [] if listed is None else significant(listed))

    def argument(self, node: Node) -> tuple[str, Node]:
        """The keyword of an argument and its value."""
        return self.source(node.child_by_field_name("name")), self.value_of(node)

    def value_of(self, node: Node) -> Node:
        """The expression of an argument."""
        inner = last_named(node) if node.type == "argument" else None
        return node if inner is None else inner

    def changed(self, operation: str, operand: Node, rest: list[Node], context: Context) -> Expression | None:
        """``str_replace(old, new, text)`` replaces several at once if it is given lists: these are left as they are."""
        if operation == "substitute":
            if any(self.value_of(each).type == "array_creation_expression" for each in rest):
                return self.part(self.value_of(operand), context)
            return super().changed("replace", operand, rest, context)
        return super().changed(operation, operand, rest, context)

    def _array(self, node: Node, context: Context) -> Expression:
        elements = [each for each in significant(node) if each.type == "array_element_initializer"]
        if not any(each.named_child_count == 2 for each in elements):
            return self.sequence(
                (child for each in elements if (child := last_named(each)) is not None), context
            )
        pairs: list[tuple[str | None, Node]] = []
        for each in elements:
            parts = significant(each)
            pairs.append((self.literal(parts[0]) if len(parts) == 2 else None, parts[-1]))
        return self.mapping(pairs, context)

    def _subscript(self, node: Node, context: Context) -> Expression:
        parts = significant(node)
        return self.item(parts[0], parts[1] if len(parts) > 1 else None, context)

    def _conditional(self, node: Node, context: Context) -> Expression:
        condition, body = node.child_by_field_name("condition"), node.child_by_field_name("body")
        other = node.child_by_field_name("alternative")
        chosen = body or condition
        if chosen is None or other is None:
            return Unknown(self.short(node))
        return Branch(self.short(condition), (self.build(chosen, context), self.build(other, context)))

    def _match(self, node: Node, context: Context) -> Expression:
        """``match``: one of several."""
        body = node.child_by_field_name("body")
        arms = (
            []
            if body is None
            else [each.child_by_field_name("return_expression") for each in body.named_children]
        )
        values = tuple(self.build(each, context) for each in arms if each is not None)
        return Branch(self.short(node.child_by_field_name("condition")), values)

    def _function_literal(self, node: Node, context: Context) -> Expression:
        body = node.child_by_field_name("body")
        if node.type == "arrow_function" and body is not None:
            return self.apart(body, context)
        self.inline(body, context)
        return Unknown(self.short(node))

    def _unread(self, node: Node, _: Context) -> Expression:
        """An exception, or what is written to people."""
        return Unknown(self.short(node))

    EXPRESSIONS = {
        "string": _single,
        "encapsed_string": _double,
        "heredoc": _heredoc,
        "nowdoc": _heredoc,
        "binary_expression": Expressions.binary,
        "conditional_expression": _conditional,
        "match_expression": _match,
        "parenthesized_expression": Expressions.inner,
        "cast_expression": Expressions.last,
        "clone_expression": Expressions.inner,
        "variable_name": Expressions.reference,
        "dynamic_variable_name": Expressions.reference,
        "name": _named,
        "qualified_name": Expressions.reference,
        "class_constant_access_expression": Expressions.reference,
        "scoped_property_access_expression": Expressions.reference,
        "member_access_expression": _member,
        "nullsafe_member_access_expression": _member,
        "subscript_expression": _subscript,
        "function_call_expression": _called,
        "member_call_expression": _called,
        "nullsafe_member_call_expression": _called,
        "scoped_call_expression": _called,
        "object_creation_expression": _created,
        "array_creation_expression": _array,
        "throw_expression": _unread,
        "print_intrinsic": _unread,
        "anonymous_function": _function_literal,
        "arrow_function": _function_literal,
        "integer": Expressions.number,
        "float": Expressions.number,
        "boolean": Expressions.constant,
        "null": Expressions.constant,
    }
