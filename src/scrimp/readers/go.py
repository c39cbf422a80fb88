"""Go: interpreted and raw strings, constants, structs as objects, ``fmt.Sprintf``, builders and ``//go:embed``.

Struct literals are objects with their fields in snake case, so that messages are messages; the receiver of a method
is ``self``; a package is a folder.
"""

from __future__ import annotations

import posixpath
import re

from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Expression, File, Join, Text, Unknown
from scrimp.model.facts import Facts, Import
from scrimp.model.source import Source
from scrimp.readers.code import Context
from scrimp.readers.languages.bindings import Parameter, Place
from scrimp.readers.languages.expressions import Expressions
from scrimp.readers.languages.grammar import Grammar
from scrimp.readers.languages.literals import Part, bytes_joined, escapes, expression, parts_between
from scrimp.readers.languages.nodes import first_named, significant, snake
from scrimp.readers.languages.reading import Reading

name = "go"
VERSION = 4

EMBED = re.compile(r"//go:embed[ \t]+(\"[^\"]+\"|`[^`]+`|\S+)\s*$")
ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{3}|.)")
OPTION = re.compile(r"With([A-Z]\w*)$")
VERSIONED = re.compile(r"^v\d+$")
BUILDERS = frozenset(("strings.Builder", "bytes.Buffer"))
BUILDER = re.compile(r"(?:&|new\()?(?:strings\.Builder|bytes\.Buffer)\b")
"""What a new builder is written as."""
WRITERS = frozenset(("Fprint", "Fprintf", "Fprintln", "WriteString"))
"""Functions of ``fmt`` and ``io`` that write a text to their first argument."""


def read(source: Source) -> Facts:
    """The facts of a Go file."""
    reading = _Go(source.text)
    reading.package = posixpath.dirname(source.path)
    return reading.facts()


class _Go(Reading):
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

    # --- statements ---------------------------------------------------------------------------------

    def _import(self, node: Node, place: Place) -> None:
        path = self.literal(node.child_by_field_name("path")) or ""
        alias = self.source(node.child_by_field_name("name")) or self._package_name(path)
        self.imports.append(Import(place.scope, path, "", alias, 0))

    def _package_name(self, path: str) -> str:
        """The name of a package, which its path only suggests: of the path's words the first that is used here."""
        *folders, last = path.split("/")
        if VERSIONED.match(last) and folders:
            last = folders[-1]
        last = last.partition(".")[0]
        whole = last.removeprefix("go-").removesuffix("-go").replace("-", "")
        candidates = (whole, *(word for word in last.split("-") if word != "go"))
        return next((each for each in candidates if f"{each}." in self.text), whole)

    def _spec(self, node: Node, place: Place) -> None:
        names = [self.source(each) for each in node.children_by_field_name("name") if each.is_named]
        value = node.child_by_field_name("value")
        values = [] if value is None else significant(value)
        for number, each in enumerate(names):
            self.declare(each, values[number] if number < len(values) else None, node, place)
        kind = self.name_of(node.child_by_field_name("type"))
        if not values and kind in BUILDERS:
            self._builders.update(names)
            self.bound(names[0], "=", EMPTY, node, place)
        embedded = self._embedded(node)
        if embedded is not None and not values:
            self.bound(names[0], "=", File(embedded), node, place)

    def _embedded(self, node: Node) -> Text | None:
        """The file that the comment above a variable embeds into it."""
        above = node.prev_named_sibling or (
            node.parent.prev_named_sibling if node.parent is not None else None
        )
        found = EMBED.match(self.source(above)) if above is not None and above.type == "comment" else None
        return None if found is None else Text(found[1].strip('"`'))

    def _assignment(self, node: Node, place: Place) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        targets, values = significant(left), significant(right)
        operator = node.child_by_field_name("operator")
        operation = "=" if operator is None else self.source(operator)
        for number, target in enumerate(targets):
            if number >= len(values):
                if place.scope in self.locals and target.type == "identifier":
                    self.locals[place.scope].add(self.source(target))
                continue
            value = values[number]
            if BUILDER.match(self.source(value)) is not None:
                self._builders.add(self.source(target))
            if self._appends(target, value):
                self._append(target, value, node, place)
            elif operation in ("=", ":=", "+="):
                self.bind(target, operation.removeprefix(":"), value, node, place)

    def _appends(self, target: Node, value: Node) -> bool:
        parts = self.call_parts(value)
        return (
            parts is not None
            and parts[:2] == (None, "append")
            and len(parts[2]) > 1
            and self.source(parts[2][0]) == self.source(target)
        )

    def _append(self, target: Node, value: Node, node: Node, place: Place) -> None:
        """``list = append(list, item, …)``."""
        name, parts = self.name_of(target), self.call_parts(value)
        if name is None or parts is None:
            return
        spread = any(child.type == "..." for child in value.child_by_field_name("arguments").children)  # type: ignore[union-attr]
        for item in parts[2][1:]:
            context = self.context(place, name.rpartition(".")[2], "element")
            self.bound(name, "extend" if spread else "append", self.build(item, context), node, place)

    def _function(self, node: Node, place: Place) -> None:
        name, receiver = self.source(node.child_by_field_name("name")), node.child_by_field_name("receiver")
        own = first_named(receiver) if receiver is not None else None
        parameters = self._parameters(node.child_by_field_name("parameters"))
        if own is not None:
            kind = (self.name_of(own.child_by_field_name("type")) or "").rpartition(".")[2]
            self.members.setdefault(kind, frozenset())
            place = Place(kind)
            self._receivers[f"{kind}.{name}"] = self.source(own.child_by_field_name("name"))
        self.function(node, place, name, parameters, node.child_by_field_name("body"))

    def _parameters(self, node: Node | None) -> list[Parameter]:
        found: list[Parameter] = []
        for each in () if node is None else significant(node):
            written = self.source(each.child_by_field_name("type"))
            names = [self.source(one) for one in each.children_by_field_name("name")] or ["_"]
            star = "*" if each.type == "variadic_parameter_declaration" else ""
            found += [Parameter(star + one, None, written) for one in names]
        return found

    def _type(self, node: Node, place: Place) -> None:
        kind = node.child_by_field_name("type")
        if kind is not None and kind.type == "struct_type":
            self.class_(node, place, self.source(node.child_by_field_name("name")), (), None)

    STATEMENTS = {
        "import_spec": _import,
        "const_spec": _spec,
        "var_spec": _spec,
        "short_var_declaration": _assignment,
        "assignment_statement": _assignment,
        "function_declaration": _function,
        "method_declaration": _function,
        "type_spec": _type,
        "return_statement": Reading.return_statement,
        "package_clause": lambda *_: None,
    }
