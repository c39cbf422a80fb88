"""Go: interpreted and raw strings, constants, structs as objects, ``fmt.Sprintf``, builders and ``//go:embed``.

Struct literals are objects with their fields in snake case, so that messages are messages; the receiver of a method
is ``self``; a package is a folder.
"""

from __future__ import annotations

import posixpath
import re

from tree_sitter import Node, Tree

from scrimp.model.algebra import EMPTY, File, Text
from scrimp.model.facts import Facts, Import
from scrimp.model.source import Source
from scrimp.readers.go.expressions import BUILDER, BUILDERS, GoExpressions
from scrimp.readers.languages.bindings import Parameter, Place
from scrimp.readers.languages.nodes import first_named, significant
from scrimp.readers.languages.reading import Reading

name = "go"
VERSION = 6

EMBED = re.compile(r"//go:embed[ \t]+(\"[^\"]+\"|`[^`]+`|\S+)\s*$")
VERSIONED = re.compile(r"^v\d+$")


def read(source: Source) -> Facts:
    """The facts of a Go file."""
    reading = _Go(source.text)
    reading.package = posixpath.dirname(source.path)
    return reading.facts()


def tree(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it."""
    return GoExpressions.grammar.parse(data)


class _Go(GoExpressions):
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
