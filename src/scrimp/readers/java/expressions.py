"""Expressions of Java: literals and text blocks, names, calls, and objects that are made."""

from __future__ import annotations

import re

from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Expression, Unknown
from scrimp.readers.code import Context
from scrimp.readers.languages.calls import configured
from scrimp.readers.languages.expressions import Expressions
from scrimp.readers.languages.grammar import Grammar
from scrimp.readers.languages.literals import (
    ESCAPES,
    escapes,
    expression,
    margin_of,
    parts_between,
    without_margin,
    without_trailing_blanks,
)
from scrimp.readers.languages.nodes import first_named, last_named, significant
from scrimp.readers.languages.reading import Reading

TEXT_BLOCK = re.compile(r'"""[ \t\f]*\r?\n')
ESCAPE = re.compile(r"\\(?:u+[0-9A-Fa-f]{4}|[0-3][0-7]{0,2}|[4-7][0-7]?|\r?\n|.)")
BUILDERS = frozenset(("StringBuilder", "StringBuffer", "StringJoiner"))
JAVA_ESCAPES = {**ESCAPES, "s": " "}


class JavaExpressions(Reading):
    """What the nodes of Java are as expressions."""

    language = "java"
    grammar = Grammar("tree_sitter_java", "language", ("string_literal",))
    SILENT = re.compile(
        r"(?:^|\.)(?:println|printf|print|debug|info|warn|error|trace|fatal|severe|warning|log|fail|requireNonNull|checkArgument"
        r"|checkState|checkNotNull|executeQuery|prepareStatement|getLogger|assert\w*|isTrue|notNull|hasText|matches|compile"
        r"|getProperty|getEnv|getenv)$"
    )
    LISTS = frozenset(("array_initializer", "element_value_array_initializer"))
    TEXT_METHODS = {
        "trim": "strip",
        "strip": "strip",
        "stripIndent": "dedent",
        "stripLeading": "lstrip",
        "stripTrailing": "rstrip",
        "formatted": "percent",
        "replace": "replace",
    }
    TEXT_FUNCTIONS = {"String.format": ("percent", 0), "String.join": ("join", 0)}
    SAME_METHODS = frozenset(("toString", "intern", "get", "orElseThrow"))
    SAME_FUNCTIONS = frozenset(("String.valueOf", "Optional.of", "Objects.requireNonNull"))
    ADDERS = {"append": "+=", "add": "append", "addAll": "extend"}
    BRANCHES = frozenset(("if_statement", "switch_expression", "try_statement"))
    ARMS = frozenset(("switch_block_statement_group", "switch_rule", "catch_clause"))
    LOOPS = frozenset(("for_statement", "enhanced_for_statement", "while_statement", "do_statement"))

    # --- expressions --------------------------------------------------------------------------------

    def _string(self, node: Node, _: Context) -> Expression:
        start, end = self.start(node), self.end(node)
        opening = TEXT_BLOCK.match(self.text, start, end)
        inside = (start + 1, end - 1) if opening is None else (opening.end(), end - 3)
        special = escapes(ESCAPE, self.text, *inside, JAVA_ESCAPES)
        if opening is None:
            return expression(parts_between(*inside, special), self.text)
        parts = parts_between(*inside, special)
        parts = without_trailing_blanks(
            without_margin(parts, self.text, margin_of(parts, self.text)), self.text
        )
        if parts and parts[-1].is_copied and not self.text[parts[-1].start : parts[-1].end].strip(" \t"):
            parts.pop()
        return expression(parts, self.text)

    def name_of(self, node: Node | None) -> str | None:
        """A name, ``this`` as ``self``, or a chain of fields."""
        match node:
            case None:
                return None
            case Node(type="identifier" | "type_identifier"):
                return self.source(node)
            case Node(type="this"):
                return "self"
            case Node(type="scoped_identifier" | "scoped_type_identifier"):
                return self.source(node)
            case Node(type="generic_type" | "parenthesized_expression"):
                return self.name_of(first_named(node))
            case Node(type="field_access"):
                of = self.name_of(node.child_by_field_name("object"))
                return None if of is None else f"{of}.{self.source(node.child_by_field_name('field'))}"
        return None

    def _field(self, node: Node, context: Context) -> Expression:
        of = node.child_by_field_name("object")
        if of is None:
            return Unknown(self.short(node))
        return self.member(of, self.source(node.child_by_field_name("field")), node, context)

    def call_parts(self, node: Node) -> tuple[Node | None, str, list[Node]] | None:
        """Receiver, name and arguments of a call."""
        if node.type != "method_invocation":
            return None
        arguments = node.child_by_field_name("arguments")
        listed = [] if arguments is None else significant(arguments)
        return node.child_by_field_name("object"), self.source(node.child_by_field_name("name")), listed

    def _invoked(self, node: Node, context: Context) -> Expression:
        parts = self.call_parts(node)
        if parts is None:
            return self.other(node, context)
        receiver, method, arguments = parts
        if (
            receiver is not None
            and self.source(receiver) in ("List", "Arrays", "Set", "Stream")
            and method
            in (
                "of",
                "asList",
            )
        ):
            return self.sequence(arguments, context)
        if receiver is not None and self.source(receiver) == "Map" and method == "of":
            pairs = zip(arguments[::2], arguments[1::2], strict=False)
            return self.mapping([(self.literal(key), value) for key, value in pairs], context)
        return self.call(node, context, receiver, method, arguments)

    def _created(self, node: Node, context: Context) -> Expression:
        kind, arguments = node.child_by_field_name("type"), node.child_by_field_name("arguments")
        listed = [] if arguments is None else significant(arguments)
        made = (self.name_of(kind) or "").replace(" ", "")
        if made in BUILDERS:
            return self.build(listed[0], context) if listed and made != "StringJoiner" else EMPTY
        if made == "String" and listed:
            return self.build(listed[0], context)
        built = self.call(node, context, None, made or "()", listed)
        body = last_named(node)
        if body is not None and body.type == "class_body":
            self.inline(body, context)
        return built

    def _lambda(self, node: Node, context: Context) -> Expression:
        body = node.child_by_field_name("body")
        if body is not None and body.type != "block":
            return configured(self.apart(body, context), self.source(node.child_by_field_name("parameters")))
        self.inline(body, context)
        return Unknown(self.short(node))

    def _array(self, node: Node, context: Context) -> Expression:
        values = node.child_by_field_name("value") if node.type == "array_creation_expression" else node
        return Unknown(self.short(node)) if values is None else self.sequence(values.named_children, context)

    def _indexed(self, node: Node, context: Context) -> Expression:
        of, key = node.child_by_field_name("array"), node.child_by_field_name("index")
        return Unknown(self.short(node)) if of is None else self.item(of, key, context)

    EXPRESSIONS = {
        "string_literal": _string,
        "binary_expression": Expressions.binary,
        "ternary_expression": Expressions.conditional,
        "parenthesized_expression": Expressions.inner,
        "cast_expression": Expressions.last,
        "identifier": Expressions.reference,
        "field_access": _field,
        "array_access": _indexed,
        "method_invocation": _invoked,
        "object_creation_expression": _created,
        "lambda_expression": _lambda,
        "array_initializer": _array,
        "array_creation_expression": _array,
        "element_value_array_initializer": _array,
        "decimal_integer_literal": Expressions.number,
        "decimal_floating_point_literal": Expressions.number,
        "true": Expressions.constant,
        "false": Expressions.constant,
        "null_literal": Expressions.constant,
    }
