"""PHP: strings in both quotes, heredocs and nowdocs (which lose their margin), constants, arrays and ``.``.

``$x`` is ``x``, ``$this`` and ``self`` are ``self``; ``::`` and ``->`` are dots; namespaces are packages.
"""

from __future__ import annotations

from tree_sitter import Node, Tree

from scrimp.model.facts import Facts, Import
from scrimp.model.source import Source
from scrimp.readers.languages.bindings import Parameter, Place
from scrimp.readers.languages.nodes import first_named, significant
from scrimp.readers.languages.reading import Reading
from scrimp.readers.php.expressions import PhpExpressions

name = "php"
VERSION = 3


def read(source: Source) -> Facts:
    """The facts of a PHP file."""
    return _Php(source.text).facts()


def tree(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it."""
    return PhpExpressions.grammar.parse(data)


class _Php(PhpExpressions):
    # --- statements ---------------------------------------------------------------------------------

    def _namespace(self, node: Node, place: Place) -> None:
        self.package = self.source(node.child_by_field_name("name")).replace("\\", ".")
        body = node.child_by_field_name("body")
        if body is not None:
            self.walk_children(body, place)

    def _use(self, node: Node, place: Place) -> None:
        group = node.child_by_field_name("body")
        prefix = self.source(first_named(node)).replace("\\", ".") + "." if group is not None else ""
        for clause in (node if group is None else group).named_children:
            if clause.type != "namespace_use_clause":
                continue
            path = prefix + self.source(first_named(clause)).strip("\\").replace("\\", ".")
            module, _, last = path.rpartition(".")
            alias = self.source(clause.child_by_field_name("alias"))
            self.imports.append(Import(place.scope, module, last, alias or last, 0))

    def _class(self, node: Node, place: Place) -> None:
        bases = [
            self.name_of(each)
            for clause in node.named_children
            if clause.type in ("base_clause", "class_interface_clause")
            for each in clause.named_children
        ]
        own, body = self.source(node.child_by_field_name("name")), node.child_by_field_name("body")
        self.class_(node, place, own, tuple(each for each in bases if each), body)

    def _constant(self, node: Node, place: Place) -> None:
        parts = significant(node)
        if len(parts) == 2:
            self.declare(self.source(parts[0]), parts[1], node, place)

    def _property(self, node: Node, place: Place) -> None:
        own = self.name_of(node.child_by_field_name("name")) or ""
        self.declare(own, node.child_by_field_name("default_value"), node, place)

    def _case(self, node: Node, place: Place) -> None:
        own, value = self.source(node.child_by_field_name("name")), node.child_by_field_name("value")
        self.declare(own, value, node, place)

    def _assignment(self, node: Node, place: Place) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = self.source(node.child_by_field_name("operator")) or "="
        if operator in ("=", ".=", "??="):
            self.bind(left, "+=" if operator == ".=" else "=", right, node, place)

    def _method(self, node: Node, place: Place) -> None:
        own = self.source(node.child_by_field_name("name"))
        own = "__init__" if own == "__construct" else own
        listed = node.child_by_field_name("parameters")
        parameters = [
            Parameter(
                self.name_of(each.child_by_field_name("name")) or "",
                each.child_by_field_name("default_value"),
                self.source(each.child_by_field_name("type")),
            )
            for each in ([] if listed is None else significant(listed))
        ]
        self.function(node, place, own, parameters, node.child_by_field_name("body"))

    def _silent(self, node: Node, place: Place) -> None:
        """What is written to people or a page."""

    STATEMENTS = {
        "namespace_definition": _namespace,
        "namespace_use_declaration": _use,
        "class_declaration": _class,
        "interface_declaration": _class,
        "trait_declaration": _class,
        "enum_declaration": _class,
        "const_element": _constant,
        "property_element": _property,
        "enum_case": _case,
        "assignment_expression": _assignment,
        "augmented_assignment_expression": _assignment,
        "function_definition": _method,
        "method_declaration": _method,
        "return_statement": Reading.return_statement,
        "echo_statement": _silent,
        "exit_statement": _silent,
    }
