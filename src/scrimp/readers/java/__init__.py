"""Java: strings, text blocks, constants, builders and annotations.

An annotation is a call of its class, with ``value`` as its first argument; several of one method stand at one place, so
that they make one request. Fields and methods of a class around are named with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from tree_sitter import Node, Tree

from scrimp.model.algebra import Argument, Call, Expression, File, Reference, Text, Transform, Unknown
from scrimp.model.facts import CallSite, Facts, Import
from scrimp.model.source import Source
from scrimp.readers.code import Context
from scrimp.readers.java.expressions import JavaExpressions
from scrimp.readers.languages.bindings import Parameter, Place
from scrimp.readers.languages.nodes import first_named, last_named, significant, snake
from scrimp.readers.languages.reading import Reading

name = "java"
VERSION = 6


def read(source: Source) -> Facts:
    """The facts of a Java file."""
    return _Java(source.text).facts()


def tree(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it."""
    return JavaExpressions.grammar.parse(data)


class _Java(JavaExpressions):
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
