"""Expressions of Go: literals, names, calls, composite literals, and what is written to builders."""

from __future__ import annotations

import re

from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Expression, Join, Text, Unknown
from scrimp.readers.code import Context
from scrimp.readers.languages.bindings import Place
from scrimp.readers.languages.expressions import Expressions
from scrimp.readers.languages.grammar import Grammar
from scrimp.readers.languages.literals import Part, bytes_joined, escapes, expression, parts_between
from scrimp.readers.languages.nodes import first_named, significant, snake
from scrimp.readers.languages.reading import Reading

ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{3}|.)")
OPTION = re.compile(r"With([A-Z]\w*)$")
BUILDERS = frozenset(("strings.Builder", "bytes.Buffer"))
BUILDER = re.compile(r"(?:&|new\()?(?:strings\.Builder|bytes\.Buffer)\b")
"""What a new builder is written as."""
WRITERS = frozenset(("Fprint", "Fprintf", "Fprintln", "WriteString"))
"""Functions of ``fmt`` and ``io`` that write a text to their first argument."""


class GoExpressions(Reading):
    """What the nodes of Go are as expressions."""

    language = "go"
    grammar = Grammar("tree_sitter_go", "language", ("interpreted_string_literal", "raw_string_literal"))
    SILENT = re.compile(
        r"(?:^|\.)(?:Errorf|Print(?:f|ln)?|Fatal(?:f|ln)?|Panic(?:f|ln)?|panic|Log|Logf|Debug(?:f|w)?|Info(?:f|w)?"
        r"|Warn(?:f|w)?|Warning(?:f)?|Error(?:w)?|Skip(?:f)?|Trace(?:f)?|MustCompile|Exec|Query|QueryRow)$|^errors\.|(?:^|\.)log\."
    )
    LISTS = frozenset(("composite_literal",))
    TEXT_FUNCTIONS = {
        "fmt.Sprintf": ("percent", 0),
        "strings.TrimSpace": ("strip", 0),
        "strings.ReplaceAll": ("replace", 0),
        "strings.Replace": ("replace", 0),
        "strings.Join": ("join", 1),
        "fmt.Sprint": ("concat", 0),
        "dedent.Dedent": ("dedent", 0),
        "heredoc.Doc": ("dedent", 0),
    }
    SAME_METHODS = frozenset(("String",))
    SAME_FUNCTIONS = frozenset(
        ("F", "String", "NewOpt", "Ptr", "ToPtr", "Opt", "Int", "Int64", "string", "template.HTML")
    )
    ADDERS = {"WriteString": "+="}
    BRANCHES = frozenset(
        ("if_statement", "expression_switch_statement", "type_switch_statement", "select_statement")
    )
    ARMS = frozenset(("expression_case", "default_case", "type_case", "communication_case"))
    LOOPS = frozenset(("for_statement",))

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._receivers: dict[str, str] = {}
        """The name of the receiver in each method."""
        self._builders: set[str] = set()
        """Names that are declared as builders of texts."""

    # --- expressions --------------------------------------------------------------------------------

    def _string(self, node: Node, _: Context) -> Expression:
        start, end = self.start(node) + 1, self.end(node) - 1
        if node.type == "raw_string_literal":
            return expression([Part(start, end)], self.text)
        special = bytes_joined(escapes(ESCAPE, self.text, start, end), self.text)
        return expression(parts_between(start, end, special), self.text)

    def name_of(self, node: Node | None) -> str | None:
        """A name or a selector of names; the receiver is ``self``."""
        if node is None:
            return None
        match node.type:
            case "identifier" | "package_identifier" | "type_identifier":
                written = self.source(node)
                return "self" if written == self._receivers.get(self.place.scope) else written
            case "selector_expression" | "qualified_type":
                of = self.name_of(node.child_by_field_name("operand") or node.child_by_field_name("package"))
                return None if of is None else f"{of}.{self.source(node.named_children[-1])}"
            case "unary_expression" | "pointer_type" | "parenthesized_expression" | "generic_type":
                return self.name_of(first_named(node))
        return None

    def _selector(self, node: Node, context: Context) -> Expression:
        of, field = node.child_by_field_name("operand"), node.child_by_field_name("field")
        if of is None or field is None:
            return Unknown(self.short(node))
        return self.member(of, self.source(field), node, context)

    def _index(self, node: Node, context: Context) -> Expression:
        of, key = node.child_by_field_name("operand"), node.child_by_field_name("index")
        return Unknown(self.short(node)) if of is None else self.item(of, key, context)

    def call_parts(self, node: Node) -> tuple[Node | None, str, list[Node]] | None:
        """Receiver, name and arguments of a call."""
        if node.type != "call_expression":
            return None
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        listed = significant(arguments)
        if function.type == "selector_expression":
            field = function.child_by_field_name("field")
            return function.child_by_field_name("operand"), self.source(field), listed
        return None, self.source(function), listed

    def _called(self, node: Node, context: Context) -> Expression:
        parts = self.call_parts(node)
        if parts is None or self._writes(parts):
            return self.other(node, context) if parts is None else Unknown(self.short(node))
        return self.call(node, context, *parts)

    def _writes(self, parts: tuple[Node | None, str, list[Node]]) -> bool:
        """Whether a call writes a text to somewhere: ``fmt.Fprintf(w, …)``."""
        receiver, function, arguments = parts
        return function in WRITERS and self.source(receiver) in ("fmt", "io") and len(arguments) > 1

    def added(self, node: Node, place: Place) -> bool:
        """Also what is written to a builder that is declared here."""
        parts = self.call_parts(node)
        if parts is None or not self._writes(parts):
            return super().added(node, place)
        _, function, (target, *rest) = parts
        name = self.name_of(target)
        if name is None or not (target.type == "unary_expression" or name in self._builders):
            return False
        context = self.context(place, name.rpartition(".")[2], "augmented")
        operation = "percent" if function == "Fprintf" else "concat"
        written = self.changed(operation, rest[0], rest[1:], context) or Unknown(self.short(rest[0]))
        value = self.recorded(written, node, context)
        ended = Join((value, Text("\n"))) if function == "Fprintln" else value
        self.bound(name, "+=", ended, node, place)
        return True

    def argument(self, node: Node) -> tuple[str, Node]:
        """An argument; an option like ``WithModel(name)`` is a keyword argument."""
        parts = self.call_parts(node)
        found = OPTION.match(parts[1]) if parts is not None else None
        if parts is None or found is None or len(parts[2]) != 1:
            return "", node
        return snake(found[1]), parts[2][0]

    def _composite(self, node: Node, context: Context) -> Expression:
        kind, body = node.child_by_field_name("type"), node.child_by_field_name("body")
        if body is None:
            return Unknown(self.short(node))
        name = self.name_of(kind)
        if name in BUILDERS:
            return EMPTY
        return self._literal_value(body, context.inside(context.holder, callee=name) if name else context)

    def _literal_value(self, node: Node, context: Context) -> Expression:
        elements = significant(node)
        if not any(each.type == "keyed_element" for each in elements):
            return self.sequence(elements, context)
        pairs: list[tuple[str | None, Node]] = []
        for each in elements:
            key, value = each.child_by_field_name("key"), each.child_by_field_name("value")
            if key is not None and value is not None:
                inner = first_named(key) or key
                plain = inner.type == "identifier"
                pairs.append((snake(self.source(inner)) if plain else self.literal(inner), value))
        return self.mapping(pairs, context)

    def _function_literal(self, node: Node, context: Context) -> Expression:
        self.inline(node.child_by_field_name("body"), context)
        return Unknown(self.short(node))

    EXPRESSIONS = {
        "interpreted_string_literal": _string,
        "raw_string_literal": _string,
        "binary_expression": Expressions.binary,
        "parenthesized_expression": Expressions.inner,
        "unary_expression": Expressions.last,
        "literal_element": Expressions.inner,
        "expression_list": Expressions.inner,
        "identifier": Expressions.reference,
        "selector_expression": _selector,
        "index_expression": _index,
        "call_expression": _called,
        "composite_literal": _composite,
        "literal_value": _literal_value,
        "func_literal": _function_literal,
        "int_literal": Expressions.number,
        "float_literal": Expressions.number,
        "true": Expressions.constant,
        "false": Expressions.constant,
        "nil": Expressions.constant,
    }
