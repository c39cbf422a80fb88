"""JavaScript and TypeScript source: string expressions with their spans, bindings, calls, functions and imports.

Only statements that could matter are looked into: those that hold a string of some length or call something that
sends text, those around them, and, from there, those that bind or pass on the names involved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tree_sitter import Node, Tree

from scrimp.model.algebra import Branch, Expression, Reference
from scrimp.model.facts import Binding, Class, Facts, Fault, Function, FunctionParameter
from scrimp.model.source import Lines, Source
from scrimp.readers import markers
from scrimp.readers.code import Context
from scrimp.readers.javascript.blocks import restored
from scrimp.readers.javascript.expressions import Builder
from scrimp.readers.javascript.grammar import JAVASCRIPT, captured, parse
from scrimp.readers.javascript.index import Index, Scope, Unit, index
from scrimp.readers.javascript.names import dotted, first_child, text_of
from scrimp.readers.javascript.patterns import Bound, bound_by, parameters_of
from scrimp.readers.javascript.scripts import is_minified, markup_comments, script_of
from scrimp.readers.javascript.statements import Statements, target_of_each
from scrimp.readers.offsets import Offsets
from scrimp.readers.sdks import call_names, text_keys
from scrimp.readers.words import may_be_text, names_frame, quotes_any

name = "javascript"
VERSION = 7
FORMAT = "javascript-string"

HERITAGE = frozenset(("class_heritage", "extends_type_clause"))
MOST_STATIC = 400  # bytes of a statement that is read because other files may refer to what it binds
SILENT = frozenset(
    ("console", "logger", "log", "toast", "winston", "pino", "debug", "expect", "assert", "test", "it")
)
"""Receivers whose text goes to people; as statements of their own they lead nowhere."""
_STATIC = frozenset(
    (
        *("lexical_declaration", "variable_declaration", "expression_statement"),
        *("public_field_definition", "field_definition", "enum_assignment"),
    )
)
_ALWAYS = frozenset(("import_statement", "export_statement"))


def read(source: Source) -> Facts:
    """The facts of a file of JavaScript, TypeScript, Vue or Svelte.

    A syntax error that touches a string is a fault; reading goes on around it. A minified bundle has no facts.
    """
    offsets = Offsets(source.text)
    script = script_of(source.path, offsets.bytes)
    lines = Lines.of(source.text).packed
    language = "javascript" if script is None or script.dialect == JAVASCRIPT else "typescript"
    if script is None or is_minified(source.text):
        return Facts(language, FORMAT, lines)
    tree = parse(offsets.bytes, script.dialect, script.ranges)
    found = index(captured(tree, script.dialect), len(offsets.bytes))
    reading = _Reading(source.text, offsets, found)
    reading.run()
    said = markers.in_tree(tree.root_node, offsets, source.text).and_(
        markers.at(source.text, markup_comments(script, source.text, offsets))
    )
    return markers.added(reading.facts(language, lines), said)


def tree(path: str, data: bytes) -> Tree | None:
    """The syntax tree of a file's code in UTF-8, errors as nodes in it; ``None`` if it holds none."""
    script = script_of(path, data)
    return None if script is None else parse(data, script.dialect, script.ranges)


@dataclass(slots=True)
class _Reading:
    text: str
    offsets: Offsets
    index: Index
    builder: Builder = field(init=False)
    statements: Statements = field(init=False)
    faults: list[Fault] = field(default_factory=list)
    done: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.builder = Builder(self.text, self.offsets, self.index.names)
        self.statements = Statements(self.builder, self.index)

    def run(self) -> None:
        """Read the units that matter, then those that their names lead to."""
        for unit in self._telling_units():
            self._read(unit)
        self._follow_names()
        self._note_errors()

    # --- which units ----------------------------------------------------------------------------------

    def _telling_units(self) -> list[Unit]:
        """Units with text or calls, each after those that it stands in."""
        found: dict[int, Unit] = {}
        data, marked = self.offsets.bytes, self.index.captures
        keys, names = text_keys(), call_names()
        for node in marked.get("string", ()):
            start = node.start_byte
            written = data[start : node.end_byte]
            if may_be_text(written) or (len(written) < 24 and (b"\\n" in written or written[1:-1] in keys)):
                self._with_outer(self.index.unit_at(start), found)
        for node in marked.get("callee", ()):
            if data[node.start_byte : node.end_byte] in names:
                self._with_outer(self.index.unit_at(node.start_byte), found)
        for node in marked.get("target", ()):
            unit = self.index.unit_at(node.start_byte)
            if (
                unit is not None
                and names_frame(data[node.start_byte : node.end_byte])
                and quotes_any(data, node.end_byte, unit.end)
            ):
                self._with_outer(unit, found)
        for unit in self.index.units:
            if unit.node.type in _ALWAYS or self._is_static(unit):
                self._with_outer(unit, found)
        return sorted(found.values(), key=lambda unit: (unit.start, -unit.end))

    def _with_outer(self, unit: Unit | None, found: dict[int, Unit]) -> None:
        while unit is not None and id(unit) not in found:
            found[id(unit)] = unit
            unit = unit.parent

    def _is_static(self, unit: Unit) -> bool:
        """Whether a unit binds a name of the module or a class, or is what one of its functions returns."""
        if unit.end - unit.start >= MOST_STATIC:
            return False
        scope = self.index.scopes.get(unit.scope)
        if unit.kind == "body" or unit.node.type == "return_statement":
            outer = None if scope is None else self.index.scopes.get(scope.parent)
            return outer is None or outer.is_class
        return unit.node.type in _STATIC and (scope is None or scope.is_class)

    def _read(self, unit: Unit) -> None:
        if id(unit) in self.done or self._is_built(unit):
            return
        self.done.add(id(unit))
        if unit.node.type == "expression_statement" and self._is_silent(unit.node):
            return
        with self._guarded(unit.start):
            self.statements.read(unit)

    @contextmanager
    def _guarded(self, start: int) -> Iterator[None]:
        """What is nested more deeply than the stack allows becomes a fault, and reading goes on behind it."""
        try:
            yield
        except RecursionError:
            at = self.offsets.char(start)
            self.builder.inside = False
            self.faults.append(Fault("depth", "an expression is nested too deeply", at, incomplete=True))

    def _is_built(self, unit: Unit) -> bool:
        """Whether a unit is what a callback returns, and was built where the callback is passed."""
        if unit.node.type == "return_statement":
            value = first_child(unit.node)
            return value is not None and value.start_byte in self.builder.bodies
        return unit.kind == "body" and unit.start in self.builder.bodies

    def _is_silent(self, node: Node) -> bool:
        call = first_child(node)
        function = None if call is None else call.child_by_field_name("function")
        written = None if function is None else dotted(function)
        return written is not None and bool(
            SILENT & {*written.removeprefix("self.").split(".")[:-1], written}
        )

    # --- names ----------------------------------------------------------------------------------------

    def _follow_names(self) -> None:
        """Read the bindings of names in use, and the calls that names with text are passed to, until all are read."""
        targets: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for node, unit in self.index.units_at(self.index.captures.get("target", [])):
            head = self._head(node)
            targets[self.index.home(unit.scope, head), head].append(unit)
        self._add_items(targets)
        members: dict[str, list[Unit]] = defaultdict(list)
        for (_, written), units in targets.items():
            members[written] += units
        arguments: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for node, unit in self.index.units_at(self.index.captures.get("argument", [])):
            scope, written = unit.scope, text_of(node)
            arguments[scope, written].append(unit)
            while scope:  # a text of the module or of a function around it is passed on as well
                scope = scope.rpartition(".")[0]
                arguments[scope, written].append(unit)
        self._read_forwarding(arguments)
        seen_names: set[tuple[str, str]] = set()
        seen_bound: set[tuple[str, str]] = set()
        while True:
            names, bound = self.builder.names - seen_names, self.statements.bound - seen_bound
            if not names and not bound:
                return
            seen_names |= names
            seen_bound |= bound
            for key in sorted(names):
                for unit in self._lookup(targets, members, key):
                    self._read_whole(unit)
            for key in sorted(bound):
                for unit in arguments.get(key, ()):
                    self._read_whole(unit)

    def _add_items(self, targets: dict[tuple[str, str], list[Unit]]) -> None:
        """What ``for (const x of list)`` binds is said by the head of the loop."""
        for node in self.index.captures.get("each", ()):
            pattern, items = target_of_each(node), node.child_by_field_name("right")
            header = None if items is None else self.index.unit_at(items.start_byte)
            if pattern is not None and header is not None:
                for each in bound_by(pattern):
                    targets[header.scope, each.name].append(header)

    def _read_whole(self, unit: Unit) -> None:
        """Read a unit after those that it stands in."""
        outer: list[Unit] = []
        current: Unit | None = unit
        while current is not None and id(current) not in self.done:
            outer.append(current)
            current = current.parent
        for each in reversed(outer):
            self._read(each)

    def _head(self, node: Node) -> str:
        written = dotted(node) or text_of(node)
        head, *rest = written.split(".")
        return f"self.{rest[0]}" if head == "self" and rest else head

    def _lookup(
        self,
        targets: dict[tuple[str, str], list[Unit]],
        members: dict[str, list[Unit]],
        key: tuple[str, str],
    ) -> list[Unit]:
        scope, written = key
        if written.startswith("self."):
            # Any method may set a member: the name alone decides, within this file.
            return members.get(".".join(written.split(".")[:2]), [])
        while True:
            if (scope, written) in targets:
                return targets[scope, written]
            if not scope:
                return []
            scope = scope.rpartition(".")[0]

    def _read_forwarding(self, arguments: dict[tuple[str, str], list[Unit]]) -> None:
        """Read calls that pass on a parameter: their function may be a wrapper of something that sends text."""
        parameters: dict[str, frozenset[str]] = {}
        for (scope, written), units in arguments.items():
            if scope not in parameters:
                found = self.index.scopes.get(scope)
                bound = [] if found is None or found.is_class else parameters_of(found.node)
                parameters[scope] = frozenset(each.name for each in bound)
            if written in parameters[scope]:
                for unit in units:
                    self._read_whole(unit)

    # --- results --------------------------------------------------------------------------------------

    def _note_errors(self) -> None:
        for node in self.index.captures.get("error", ()):
            touched = self.offsets.bytes[node.start_byte : node.end_byte]
            loses_text = any(quote in touched for quote in (b'"', b"'", b"`"))
            start = self.offsets.char(node.start_byte)
            self.faults.append(Fault("syntax", "invalid syntax", start, incomplete=loses_text))

    def facts(self, language: str, lines: bytes) -> Facts:
        """What was read."""
        functions = tuple(self._function(scope) for scope in self.index.scopes.values() if not scope.is_class)
        classes = tuple(self._class(scope) for scope in self.index.scopes.values() if scope.is_class)
        imported, bound = tuple(self.statements.imports), [*self.builder.given, *self.statements.bindings]
        bound += restored(self.statements.declared, bound, functions, imported)
        return Facts(
            language,
            FORMAT,
            lines,
            functions=functions,
            classes=classes,
            sites=tuple(self.builder.sites),  # after the functions, whose defaults hold sites too
            calls=tuple(sorted(self.builder.calls, key=lambda each: each.call.start)),
            bindings=tuple(sorted(bound, key=lambda each: each.start)),
            imports=imported,
            faults=tuple(self.faults),
        )

    def _function(self, scope: Scope) -> Function:
        node = scope.node
        parent = self.index.scopes.get(scope.parent)
        method = parent is not None and parent.is_class
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        parameters = parameters_of(node)
        if method:
            self._declare_fields(scope, parameters, start, end)
        return Function(
            scope.name,
            tuple(self._parameter(scope, each) for each in parameters),
            tuple(self.statements.returns.get(scope.name, ())),
            (),
            -1,
            method,
            start,
            end,
        )

    def _declare_fields(self, scope: Scope, parameters: list[Bound], start: int, end: int) -> None:
        """Fields that a method makes by its mere declaration: a getter, or a constructor's marked parameters."""
        fields: list[tuple[str, Expression]] = [
            (each.name, Reference(each.name, scope.name, end)) for each in parameters if each.is_field
        ]
        returned = tuple(each.expression for each in self.statements.returns.get(scope.name, ()))
        if returned and any(child.type == "get" for child in scope.node.children):
            value = returned[0] if len(returned) == 1 else Branch("", returned)
            fields.append((text_of(scope.node.child_by_field_name("name")), value))
        for each, value in fields:
            self.statements.bindings.append(
                Binding(scope.parent, each, "=", value, start, end, (), loop=False)
            )

    def _parameter(self, scope: Scope, found: Bound) -> FunctionParameter:
        value: Expression | None = None
        if found.default is not None:
            with self._guarded(found.default.start_byte):
                value = self.builder.build(found.default, Context(scope.name, found.name, "default"))
        return FunctionParameter("*" + found.name if found.rest else found.name, value, found.annotation)

    def _class(self, scope: Scope) -> Class:
        node = scope.node
        bases = [name for child in node.named_children if child.type in HERITAGE for name in _bases(child)]
        return Class(
            scope.name,
            tuple(bases),
            -1,
            self.offsets.char(node.start_byte),
            self.offsets.char(node.end_byte),
        )


def _bases(heritage: Node) -> list[str]:
    """The dotted names of what a class or an interface extends or implements."""
    found: list[str] = []
    for child in heritage.named_children:
        match child.type:
            case "implements_clause":
                found += _bases(child)
            case "generic_type" | "type_identifier" | "nested_type_identifier":
                named = child.child_by_field_name("name") if child.type == "generic_type" else child
                found.append(text_of(named))
            case _:
                value = child.child_by_field_name("value") if child.type == "extends_clause" else child
                written = None if value is None else dotted(value)
                found += () if written is None else (written,)
    return found
