"""Rust: strings with escapes and raw ones, constants, structs as objects, builders, and the macros that make text.

``::`` is a dot, ``self`` and ``Self`` are ``self``. Macros whose arguments are expressions are read as calls. The last
expression of a function is what it returns.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from tree_sitter import Node, Tree

from scrimp.model.algebra import EMPTY
from scrimp.model.facts import Arm, Facts, Import
from scrimp.model.source import Source
from scrimp.readers.languages.bindings import Parameter, Place
from scrimp.readers.languages.nodes import first_named, significant
from scrimp.readers.languages.reading import Reading
from scrimp.readers.rust.expressions import RustExpressions

name = "rust"
VERSION = 2


def read(source: Source) -> Facts:
    """The facts of a Rust file."""
    reading = _Rust(source.text)
    reading.package = _module_of(source.path)
    return reading.facts()


def _module_of(path: str) -> str:
    """The dotted path of a file's module in its crate."""
    parts = list(PurePosixPath(path).with_suffix("").parts)
    while "src" in parts:
        parts = parts[parts.index("src") + 1 :]
    return ".".join(parts[:-1] if parts[-1] in ("mod", "lib", "main") else parts)


def tree(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it."""
    return RustExpressions.grammar.parse(data)


class _Rust(RustExpressions):
    # --- statements ---------------------------------------------------------------------------------

    def _use(self, node: Node, place: Place) -> None:
        argument = node.child_by_field_name("argument")
        if argument is not None:
            self._used(argument, (), place)

    def _used(self, node: Node, prefix: tuple[str, ...], place: Place) -> None:
        match node.type:
            case "scoped_use_list":
                path, listed = node.child_by_field_name("path"), node.child_by_field_name("list")
                below = (*prefix, *self.source(path).split("::")) if path is not None else prefix
                for each in [] if listed is None else listed.named_children:
                    self._used(each, below, place)
            case "use_list":
                for each in node.named_children:
                    self._used(each, prefix, place)
            case "use_wildcard":
                path = first_named(node)
                self._import((*prefix, *self.source(path).split("::"), "*"), "*", place)
            case "use_as_clause":
                path, alias = node.child_by_field_name("path"), self.source(node.child_by_field_name("alias"))
                self._import((*prefix, *self.source(path).split("::")), alias, place)
            case _:
                parts = (*prefix, *self.source(node).split("::"))
                parts = parts[:-1] if parts[-1] == "self" and len(parts) > 1 else parts
                self._import(parts, parts[-1], place)

    def _import(self, parts: tuple[str, ...], alias: str, place: Place) -> None:
        whole = self.whole_path(parts)
        if len(whole) == 1:
            self.imports.append(Import(place.scope, whole[0], "", alias, 0))
        elif whole:
            self.imports.append(Import(place.scope, ".".join(whole[:-1]), whole[-1], alias, 0))

    def _constant(self, node: Node, place: Place) -> None:
        self.declare(
            self.source(node.child_by_field_name("name")), node.child_by_field_name("value"), node, place
        )

    def _let(self, node: Node, place: Place) -> None:
        pattern, value = node.child_by_field_name("pattern"), node.child_by_field_name("value")
        if pattern is not None and value is not None:
            if self.source(value) in ("String::new()", "String::default()"):
                self.bound(self.source(pattern), "=", EMPTY, node, place)
            else:
                self.declare(self.source(pattern), value, node, place)

    def _assignment(self, node: Node, place: Place) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = self.source(node.child_by_field_name("operator")) or "="
        if operator in ("=", "+="):
            self.bind(left, operator, right, node, place)

    def _type(self, node: Node, place: Place) -> None:
        kind = node.child_by_field_name("name") or node.child_by_field_name("type")
        own = (self.name_of(kind) or self.source(kind)).rpartition(".")[2]
        body = node.child_by_field_name("body")
        self.class_(node, place, own, (), body if node.type in ("impl_item", "trait_item") else None)

    def _module(self, node: Node, place: Place) -> None:
        own = self.source(node.child_by_field_name("name"))
        body, above = node.child_by_field_name("body"), node.prev_named_sibling
        if body is None:
            module = ".".join(self.whole_path(("self", own)))
            self.imports.append(Import(place.scope, module, "", own, 0))
        elif "cfg(test)" not in self.source(above):
            self.class_(node, place, own, (), body)

    def _function(self, node: Node, place: Place) -> None:
        listed = node.child_by_field_name("parameters")
        parameters = []
        for each in [] if listed is None else significant(listed):
            if each.type == "self_parameter":
                parameters.append(Parameter("self"))
            elif (pattern := each.child_by_field_name("pattern")) is not None:
                written = self.source(pattern).removeprefix("mut ")
                parameters.append(Parameter(written, None, self.source(each.child_by_field_name("type"))))
        self.function(
            node,
            place,
            self.source(node.child_by_field_name("name")),
            parameters,
            node.child_by_field_name("body"),
        )

    def body(self, node: Node, place: Place) -> None:
        """The body of a function, whose last expression is what it returns."""
        listed = significant(node)
        for child in listed[:-1]:
            self.walk(child, place)
        for child in listed[-1:]:
            self._give(child, place)

    def _give(self, node: Node, place: Place) -> None:
        before, self.place = self.place, place
        inner = first_named(node) if node.type == "expression_statement" else node
        if inner is None or self.source(node).endswith(";"):
            self.walk(node, place)
        elif inner.type == "if_expression":
            self._give_if(
                inner, place, Arm(self.start(inner), 0, self.short(inner.child_by_field_name("condition")))
            )
        elif inner.type == "match_expression":
            self._give_match(inner, place)
        elif inner.type == "block":
            self.body(inner, place)
        elif inner.type in self.EXPRESSIONS:
            self._guarded(_Rust._given, inner, place)
        else:
            self.walk(inner, place)
        self.place = before

    def _given(self, node: Node, place: Place) -> None:
        self.returned(node, node, place)

    def _give_if(self, node: Node, place: Place, arm: Arm) -> None:
        consequence, clause = node.child_by_field_name("consequence"), node.child_by_field_name("alternative")
        if consequence is not None:
            self.body(consequence, Place(place.scope, (*place.arms, arm), place.loop))
        other = None if clause is None else first_named(clause)
        if other is None:
            return
        next_arm = Arm(arm.statement, self.start(other) - arm.statement, arm.condition)
        if other.type == "if_expression":
            self._give_if(other, place, next_arm)
        else:
            self.body(other, Place(place.scope, (*place.arms, next_arm), place.loop))

    def _give_match(self, node: Node, place: Place) -> None:
        body, statement = node.child_by_field_name("body"), self.start(node)
        condition = self.short(node.child_by_field_name("value"))
        for each in [] if body is None else body.named_children:
            value = each.child_by_field_name("value")
            if value is not None:
                arm = Arm(statement, self.start(each) - statement, condition)
                self._give(value, Place(place.scope, (*place.arms, arm), place.loop))

    def _attribute(self, node: Node, place: Place) -> None:
        """Attributes are for the compiler and for macros."""

    STATEMENTS = {
        "use_declaration": _use,
        "const_item": _constant,
        "static_item": _constant,
        "let_declaration": _let,
        "assignment_expression": _assignment,
        "compound_assignment_expr": _assignment,
        "struct_item": _type,
        "enum_item": _type,
        "impl_item": _type,
        "trait_item": _type,
        "mod_item": _module,
        "function_item": _function,
        "return_expression": Reading.return_statement,
        "block": Reading.walk_children,
        "attribute_item": _attribute,
        "inner_attribute_item": _attribute,
    }
