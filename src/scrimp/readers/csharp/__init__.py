"""C#: regular, verbatim, raw and interpolated strings, constants, initializers as keyword arguments, and attributes.

An object initializer sets keyword arguments of its constructor, in snake case. An attribute is a call of its class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tree_sitter import Node, Tree

from scrimp.model.algebra import Call, Expression, Mapping, Reference, Text
from scrimp.model.facts import CallSite, Facts, Import
from scrimp.model.source import Source
from scrimp.readers.code import Context
from scrimp.readers.csharp.doubled import blanked
from scrimp.readers.csharp.expressions import CSharpExpressions
from scrimp.readers.languages.bindings import Parameter, Place
from scrimp.readers.languages.nodes import first_named, significant
from scrimp.readers.languages.reading import Reading

name = "csharp"
VERSION = 6

MESSAGE_ADDER = re.compile(r"Add(System|Developer|User|Assistant)Message$")


def read(source: Source) -> Facts:
    """The facts of a C# file."""
    return _CSharp(source.text).facts()


def tree(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it."""
    return CSharpExpressions.grammar.parse(blanked(data))


class _CSharp(CSharpExpressions):
    # --- statements ---------------------------------------------------------------------------------

    def _using(self, node: Node, place: Place) -> None:
        parts = node.named_children
        path = self.source(parts[-1]) if parts else ""
        alias = self.source(node.child_by_field_name("name"))
        if alias and alias != path:
            module, _, last = path.rpartition(".")
            self.imports.append(Import(place.scope, module, last, alias, 0))
        else:
            self.imports.append(Import(place.scope, path, "*", "*", 0))

    def _namespace(self, node: Node, place: Place) -> None:
        self.package = self.source(node.child_by_field_name("name"))
        # A namespace sees the names of those around it.
        parts = self.package.split(".")
        self.imports += [Import("", ".".join(parts[:end]), "*", "*", 0) for end in range(1, len(parts))]
        body = node.child_by_field_name("body")
        self.walk_children(node if body is None else body, place)

    def _class(self, node: Node, place: Place) -> None:
        self._attributes(node, place)
        self.package = "" if self.package is None else self.package
        listed = next((each for each in node.named_children if each.type == "base_list"), None)
        bases = [self.name_of(each) for each in ([] if listed is None else listed.named_children)]
        self.class_(
            node,
            place,
            self.source(node.child_by_field_name("name")),
            tuple(each for each in bases if each),
            node.child_by_field_name("body"),
        )

    def member_names(self, body: Node) -> Iterable[str]:
        """Fields, properties, methods and classes within."""
        for child in body.named_children:
            if child.type == "field_declaration":
                for each in child.named_children:
                    for one in each.named_children:
                        if one.type == "variable_declarator":
                            yield self.source(one.child_by_field_name("name"))
            elif child.type != "constructor_declaration":
                named = child.child_by_field_name("name")
                if named is not None:
                    yield self.source(named)

    def _attributes(self, node: Node, place: Place) -> tuple[Expression, ...]:
        """The attributes of a declaration and of its parameters, as calls."""
        parameters = node.child_by_field_name("parameters")
        found: list[Expression] = []
        for holder in (node, *(() if parameters is None else parameters.named_children)):
            for listed in holder.named_children:
                if listed.type == "attribute_list":
                    found += [self._attribute(each, node, place) for each in listed.named_children]
        return tuple(found)

    def _attribute(self, node: Node, declared: Node, place: Place) -> Expression:
        written = self.source(node.child_by_field_name("name"))
        own = self.source(declared.child_by_field_name("name"))
        scope = f"{place.scope}.{own}" if place.scope and own else own or place.scope
        listed = next((each for each in node.named_children if each.type == "attribute_argument_list"), None)
        context = Context(scope, "", "argument", callees=(written,))
        arguments = () if listed is None else self.arguments(significant(listed), context)
        function = Reference(written, place.scope, self.start(node))
        call = Call(function, arguments, self.start(node), self.end(node))
        if arguments:
            self.calls.append(CallSite(scope, written, call, False))
        return call

    def _variables(self, node: Node, place: Place) -> None:
        kind = self.name_of(node.child_by_field_name("type")) or ""
        for each in node.named_children:
            if each.type == "variable_declarator":
                parts = significant(each)
                own = self.source(each.child_by_field_name("name"))
                self._declared(own, kind, parts[-1] if len(parts) > 1 else None, each, place)

    def _declared(self, own: str, kind: str, value: Node | None, node: Node, place: Place) -> None:
        """What is declared with a type: ``new(…)`` makes an object of that type."""
        is_made = value is not None and value.type == "implicit_object_creation_expression"
        outer, self.target = self.target, kind if is_made else ""
        self.declare(own, value, node, place)
        self.target = outer
        if value is None and place.scope in self.members:
            self.typed(own, kind, node, place)

    def _property(self, node: Node, place: Place) -> None:
        self._attributes(node, place)
        own, value = self.source(node.child_by_field_name("name")), node.child_by_field_name("value")
        kind = self.name_of(node.child_by_field_name("type")) or ""
        if value is not None:
            self._declared(own, kind, value, node, place)
            return
        accessors = node.child_by_field_name("accessors")
        getter = next(
            (
                each
                for each in ([] if accessors is None else accessors.named_children)
                if self.source(each.child_by_field_name("name")) == "get"
            ),
            None,
        )
        body = None if getter is None else getter.child_by_field_name("body")
        if body is not None:
            self.function(node, place, own, [], body)
        else:
            self.typed(own, kind, node, place)

    def _assignment(self, node: Node, place: Place) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = self.source(node.child_by_field_name("operator"))
        if operator in ("=", "+=", "??="):
            self.bind(left, "+=" if operator == "+=" else "=", right, node, place)

    def added(self, node: Node, place: Place) -> bool:
        """Also messages of a chat history: ``history.AddUserMessage(text)`` is a call, and appends a message."""
        parts = self.call_parts(node)
        found = MESSAGE_ADDER.match(parts[1]) if parts is not None else None
        name = self.name_of(parts[0]) if parts is not None and parts[0] is not None else None
        if found is None or name is None:
            return super().added(node, place)
        call = self.build(node, self.context(place, name.rpartition(".")[2], "augmented"))
        if isinstance(call, Call) and call.arguments:
            role = Text(found[1].lower())
            message = Mapping((("role", role), ("content", call.arguments[0].value)))
            self.bound(name, "append", message, node, place)
        return True

    def indexed(self, node: Node) -> tuple[Node, Node | None] | None:
        """What ``of[key]`` is made of."""
        if node.type != "element_access_expression" or node.named_child_count != 2:
            return None
        of, key = node.named_children
        inner = first_named(key)
        return of, None if inner is None else self.value_of(inner)

    def _method(self, node: Node, place: Place) -> None:
        own = (
            "__init__"
            if node.type == "constructor_declaration"
            else self.source(node.child_by_field_name("name"))
        )
        listed = node.child_by_field_name("parameters")
        parameters = []
        for each in [] if listed is None else significant(listed):
            named, kind = each.child_by_field_name("name"), each.child_by_field_name("type")
            if named is not None:
                last = each.named_children[-1]
                default = last if last.id != named.id else None
                parameters.append(Parameter(self.source(named), default, self.source(kind)))
        decorators = self._attributes(node, place)
        body = node.child_by_field_name("body")
        self.function(node, place, own, parameters, body, decorators)

    def body(self, node: Node, place: Place) -> None:
        """The body of a method: a block, or ``=> value``."""
        if node.type == "arrow_expression_clause":
            self.returned(node, node, place)
        else:
            self.walk(node, place)

    def _silent(self, node: Node, place: Place) -> None:
        """An exception: its text goes to people."""

    STATEMENTS = {
        "using_directive": _using,
        "file_scoped_namespace_declaration": _namespace,
        "namespace_declaration": _namespace,
        "class_declaration": _class,
        "interface_declaration": _class,
        "record_declaration": _class,
        "struct_declaration": _class,
        "variable_declaration": _variables,
        "property_declaration": _property,
        "assignment_expression": _assignment,
        "method_declaration": _method,
        "constructor_declaration": _method,
        "local_function_statement": _method,
        "return_statement": Reading.return_statement,
        "yield_statement": Reading.return_statement,
        "throw_statement": _silent,
        "throw_expression": _silent,
    }
