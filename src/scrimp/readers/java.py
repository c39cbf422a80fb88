"""Java: strings, text blocks, constants, builders and annotations.

An annotation is a call of its class, with ``value`` as its first argument; several of one method stand at one place, so
that they make one request. Fields and methods of a class around are named with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Argument, Call, Expression, File, Reference, Text, Transform, Unknown
from scrimp.model.facts import CallSite, Facts, Import
from scrimp.model.source import Source
from scrimp.readers.code import Context
from scrimp.readers.languages.bindings import Parameter, Place
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
from scrimp.readers.languages.nodes import first_named, last_named, significant, snake
from scrimp.readers.languages.reading import Reading

name = "java"
VERSION = 4

TEXT_BLOCK = re.compile(r'"""[ \t\f]*\r?\n')
ESCAPE = re.compile(r"\\(?:u+[0-9A-Fa-f]{4}|[0-3][0-7]{0,2}|[4-7][0-7]?|\r?\n|.)")
BUILDERS = frozenset(("StringBuilder", "StringBuffer", "StringJoiner"))
JAVA_ESCAPES = {**ESCAPES, "s": " "}


def read(source: Source) -> Facts:
    """The facts of a Java file."""
    return _Java(source.text).facts()


class _Java(Reading):
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

    # --- annotations --------------------------------------------------------------------------------

    def _annotations(self, node: Node, place: Place) -> tuple[Expression, ...]:
        """The annotations of a declaration, and those of its parameters, as calls."""
        found: list[Expression] = []
        parameters = node.child_by_field_name("parameters")
        for holder in (node, *(() if parameters is None else parameters.named_children)):
            modifiers = first_named(holder)
            if modifiers is None or modifiers.type != "modifiers":
                continue
            found += [
                self._annotation(each, node, place)
                for each in modifiers.named_children
                if each.type in ("annotation", "marker_annotation")
            ]
        return tuple(found)

    def _annotation(self, node: Node, declared: Node, place: Place) -> Expression:
        written = self.source(node.child_by_field_name("name"))
        listed = node.child_by_field_name("arguments")
        own = self.source(declared.child_by_field_name("name"))
        # What it says belongs to what is declared, which is named like a function around it.
        scope = f"{place.scope}.{own}" if place.scope else own
        context = Context(scope, "", "argument", callees=(written,))
        arguments: list[Argument] = []
        for each in () if listed is None else significant(listed):
            key, value = "", each
            if each.type == "element_value_pair":
                key = self.source(each.child_by_field_name("key"))
                value = each.child_by_field_name("value") or each
            held = context.inside("argument", "" if key == "value" else snake(key))
            built = self._lines(value, held) or self.build(value, held)
            if key == "fromResource" and (resource := self.literal(value)) is not None:
                key, built = "value", File(Text(resource.removeprefix("/")))
            arguments.append(Argument("" if key == "value" else snake(key), built))
        function = Reference(written, place.scope, self.start(node))
        call = Call(function, tuple(arguments), self.start(declared), self.end(declared))
        if arguments:
            self.calls.append(CallSite(scope, written, call, False))
        return call

    def _lines(self, node: Node, context: Context) -> Expression | None:
        """Several texts of one element, which are its lines."""
        if node.type != "element_value_array_initializer" or node.named_child_count < 2:
            return None
        lines = Transform("join", Text("\n"), (Argument("", self.part(node, context)),))
        return self.recorded(lines, node, context)

    # --- statements ---------------------------------------------------------------------------------

    def _package(self, node: Node, _: Place) -> None:
        self.package = self.source(last_named(node))

    def _import(self, node: Node, place: Place) -> None:
        parts = node.named_children
        path = self.source(parts[0]) if parts else ""
        if any(child.type == "asterisk" for child in parts):
            self.imports.append(Import(place.scope, path, "*", "*", 0))
            return
        module, _, last = path.rpartition(".")
        self.imports.append(Import(place.scope, module, last, last, 0))

    def _class(self, node: Node, place: Place) -> None:
        self._annotations(node, place)
        bases = [
            name_
            for field in ("superclass", "interfaces")
            if (clause := node.child_by_field_name(field)) is not None
            for each in clause.named_children
            if (name_ := self.name_of(each)) is not None
        ]
        self.package = "" if self.package is None else self.package
        body = node.child_by_field_name("body")
        self.class_(node, place, self.source(node.child_by_field_name("name")), tuple(bases), body)

    def member_names(self, body: Node) -> Iterable[str]:
        """Fields, methods, constants of an enum and classes within."""
        for child in body.named_children:
            match child.type:
                case "field_declaration" | "constant_declaration":
                    for each in child.children_by_field_name("declarator"):
                        yield self.source(each.child_by_field_name("name"))
                case "enum_body_declarations":
                    yield from self.member_names(child)
                case _:
                    named = child.child_by_field_name("name")
                    if named is not None and child.type != "constructor_declaration":
                        yield self.source(named)

    def _constant(self, node: Node, place: Place) -> None:
        """A constant of an enum: its value is the text that it is made with."""
        listed, own = node.child_by_field_name("arguments"), self.source(node.child_by_field_name("name"))
        context = self.context(place, own, "assignment")
        values = [self.build(each, context) for each in ([] if listed is None else significant(listed))]
        texts = [value for value in values if not isinstance(value, Unknown | Reference)]
        if texts:
            self.bound(own, "=", texts[0], node, place)

    def _variable(self, node: Node, place: Place) -> None:
        self._annotations(node, place)
        for each in node.children_by_field_name("declarator"):
            own, value = self.source(each.child_by_field_name("name")), each.child_by_field_name("value")
            self.declare(own, value, each, place)
            if value is None and node.type == "field_declaration":
                self.typed(own, self.name_of(node.child_by_field_name("type")) or "", each, place)

    def _assignment(self, node: Node, place: Place) -> None:
        operator = self.source(node.child_by_field_name("operator"))
        if operator in ("=", "+="):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            self.bind(left, operator, right, node, place)

    def _method(self, node: Node, place: Place) -> None:
        own = self.source(node.child_by_field_name("name"))
        own = (
            "__init__" if node.type in ("constructor_declaration", "compact_constructor_declaration") else own
        )
        listed = node.child_by_field_name("parameters")
        parameters = [
            Parameter(
                self.source(each.child_by_field_name("name")),
                None,
                self.source(each.child_by_field_name("type")),
            )
            for each in ([] if listed is None else significant(listed))
            if each.child_by_field_name("name") is not None
        ]
        decorators = self._annotations(node, place)
        self.function(node, place, own, parameters, node.child_by_field_name("body"), decorators)

    def _silent(self, node: Node, place: Place) -> None:
        """An exception or assertion: its text goes to people."""

    STATEMENTS = {
        "package_declaration": _package,
        "import_declaration": _import,
        "class_declaration": _class,
        "interface_declaration": _class,
        "enum_declaration": _class,
        "record_declaration": _class,
        "enum_constant": _constant,
        "field_declaration": _variable,
        "constant_declaration": _variable,
        "local_variable_declaration": _variable,
        "assignment_expression": _assignment,
        "method_declaration": _method,
        "constructor_declaration": _method,
        "compact_constructor_declaration": _method,
        "return_statement": Reading.return_statement,
        "throw_statement": _silent,
        "assert_statement": _silent,
    }
