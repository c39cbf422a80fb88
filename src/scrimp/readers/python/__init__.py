"""Python source: string expressions with their spans, bindings, calls, functions, classes and imports.

Only statements that could matter are looked into: those that hold a string of some length or call something
that sends text, and, from there, those that bind or pass on the names involved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import TypeAlias

from tree_sitter import Node, Tree

from scrimp.model.algebra import Call, Expression, Item, Reference
from scrimp.model.facts import Binding, Class, ClassField, Facts, Fault, Function, FunctionParameter
from scrimp.model.source import Lines, Source
from scrimp.readers import markers
from scrimp.readers.code import Context
from scrimp.readers.offsets import Offsets
from scrimp.readers.python.expressions import LITERALS, Builder
from scrimp.readers.python.grammar import FIELD, is_too_deep, parse
from scrimp.readers.python.index import MOST_DEPTH, Index, Scope, Unit, first_child, index
from scrimp.readers.python.statements import Statements
from scrimp.readers.python.uses import Uses, sees
from scrimp.readers.sdks import call_names, text_keys
from scrimp.readers.words import may_be_text, names_frame, quotes_any

name = "python"
VERSION = 8

MOST_WRITTEN = 300  # characters of a field's type, and of what it is set to
LONGEST_RETURN = 200  # bytes: a longer one that holds no text computes something
LONGEST_STATIC = 400  # likewise
LOADING = frozenset((b"open", b"read", b"read_text", b"safe_load", b"full_load", b"load", b"loads"))
"""Callees that may bring the text of a file."""
SILENT_CALLS = frozenset(
    (
        *("debug", "info", "warning", "warn", "error", "exception", "critical", "print", "echo", "secho"),
        *("add_argument", "skip", "fail", "fatal", "print_exc", "add_parser", "deprecated", "simplefilter"),
    )
)
"""Calls whose text goes to people; as statements of their own they lead nowhere."""

TYPED_PARAMETERS = frozenset(
    ("typed_parameter", "typed_default_parameter", "keyword_separator", "positional_separator", "comment")
)
"""What stands between the parentheses of a function whose parameters are all annotated."""

ANSWERING = frozenset(("apply", "run", "forward", "execute", "call", "invoke", "__call__"))
"""Methods by which objects that are tools answer a model."""
READS_DOCS = (b".__doc__", b"getdoc(")

Parameter: TypeAlias = tuple[str, Node | None, str]
"""The name of a function's parameter, its default's node and its annotation's source or ``""``."""


def read(source: Source) -> Facts:
    """The facts of a Python file.

    A syntax error that touches a string is a fault, and so is an expression that is nested too deeply; reading
    goes on around them. A file that is indented too deeply isn't read.
    """
    offsets = Offsets(source.text)
    lines = Lines.of(source.text).packed
    if is_too_deep(offsets.bytes):
        fault = Fault("depth", "lines are indented too deeply", 0, incomplete=True)
        return Facts("python", "python-string", lines, faults=(fault,))
    tree = parse(offsets.bytes)
    found = markers.in_tree(tree.root_node, offsets, source.text)
    reading = _Reading(source.text, offsets, index(tree, offsets.bytes))
    reading.run([(source.text.rfind("\n", 0, marker.start), marker.until) for marker in found[0]])
    return markers.added(reading.facts(lines), found)


def tree(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it."""
    return parse(data)


class _Reading:
    def __init__(self, text: str, offsets: Offsets, index: Index) -> None:
        self.text = text
        self.offsets = offsets
        self.index = index
        self.builder = Builder(text, offsets)
        self.statements = Statements(self.builder, index)
        self.faults: list[Fault] = []
        self.done: set[int] = set()
        self.docstrings: dict[str, int] = {}
        self.parameters: dict[str, list[Parameter]] = {}
        self.names_followed = 0
        """How many of the names in use have led to their bindings."""
        self.bound_followed = 0
        """How many of the names with a binding have led to where they are handed on."""

    def run(self, marked: list[tuple[int, int]]) -> None:
        """Read the units that matter and those in the ranges ``marked``, then those that their names lead to."""
        for unit in (*self._telling_units(), *self._marked_units(marked)):
            self._read(unit)
        uses = Uses.of(self.index, self.builder)
        self._read_forwarding(uses.arguments)
        self._follow_names(uses)
        if self._read_senders():
            self._follow_names(uses)
        self._note_errors()

    def _telling_units(self) -> list[Unit]:
        names, index = _leading(call_names()), self.index
        called = (start for name in names.intersection(index.callees) for start in index.callees[name])
        telling = index.units_at(called)
        for written, units in index.arguments.items():  # a method handed on: retry(client.create, …)
            of, _, last = written.rpartition(b".")
            if of and last in names:
                telling += units
        functions = {each.name for each in index.scopes.values() if not each.is_class}
        telling += [*self._framing_units(), *self._telling_by_themselves(functions)]
        found = {unit.start: unit for unit in telling}
        found |= {unit.start: unit for unit in self._quoting_units(found)}
        return [found[start] for start in sorted(found)]

    def _quoting_units(self, known: Container[int]) -> Iterator[Unit]:
        """Units that quote what may be text or a key of messages, besides those whose starts are known."""
        data, keys = self.offsets.bytes, text_keys()
        units = iter(self.index.units)
        unit = next(units, None)
        for start, end in self.index.strings:
            while unit is not None and (unit.end <= start or unit.start in known):
                unit = next(units, None)
            if unit is None:
                return
            if start < unit.start:
                continue
            written = data[start:end]
            if may_be_text(written) or (len(written) < 24 and written[1:-1] in keys):
                yield unit
                unit = next(units, None)

    def _framing_units(self) -> Iterator[Unit]:
        """Units that put a prompt together, however few words of their own they hold."""
        data = self.offsets.bytes
        for name, places in self.index.targets.items():
            for start in places if names_frame(name) else ():
                unit = self.index.unit_at(start)
                if unit is not None and quotes_any(data, start + len(name), unit.end):
                    yield unit

    def _marked_units(self, marked: list[tuple[int, int]]) -> list[Unit]:
        """Units that a marker may speak of, however little they hold."""
        if not marked:
            return []
        starts = [(self.offsets.char(unit.start), unit) for unit in self.index.units]
        return [unit for at, unit in starts if any(start < at < end for start, end in marked)]

    def _read_senders(self) -> bool:
        """Read the calls of this file's own functions that call something that sends, and of objects it makes so.

        Their arguments may come from attributes, which nothing else leads to.
        """
        names, callees = call_names(), self.index.callees
        sending = (start for name in names.intersection(callees) for start in callees[name])
        senders = {unit.scope.rpartition(".")[2].encode() for unit in self.index.units_at(sending)} - {b""}
        for each in self.statements.bindings:
            if type(each.expression) is Call and _last_name(each.expression).encode() in names:
                senders.add(each.name.rpartition(".")[2].encode())
        called = sorted(start for name in callees.keys() & senders for start in callees[name])
        waiting = [unit for unit in self.index.units_at(called) if unit.start not in self.done]
        for unit in waiting:
            self._read(unit)
        return bool(waiting)

    def _telling_by_themselves(self, functions: Container[str]) -> Iterator[Unit]:
        """Units that say something whatever they hold."""
        for unit in self.index.units:
            size, kind = unit.end - unit.start, unit.kind
            if (
                kind == "import"
                # What calls a function may get text by what it returns.
                or (kind == "return" and size < LONGEST_RETURN)
                # Other files may refer to what a module or class holds.
                or (kind == "expression" and size < LONGEST_STATIC and unit.scope not in functions)
                or (size >= MOST_DEPTH and self._may_hide_text(unit))
            ):
                yield unit

    def _may_hide_text(self, unit: Unit) -> bool:
        """Whether a unit quotes something, but so deep inside that nothing has been looked for there."""
        strings, data = self.index.strings, self.offsets.bytes
        first = bisect_left(strings, (unit.start,))
        is_known = first < len(strings) and strings[first][0] < unit.end
        return not is_known and any(data.find(quote, unit.start, unit.end) >= 0 for quote in (b'"', b"'"))

    def _read(self, unit: Unit) -> None:
        if unit.start in self.done:
            return
        self.done.add(unit.start)
        try:
            if unit.kind == "expression":
                self._read_expressions(unit)
            else:
                self.statements.read(unit)
        except RecursionError:
            self._note_depth(unit.node)

    def _read_expressions(self, unit: Unit) -> None:
        parts = unit.node.named_children
        kind = parts[0].type if parts else ""
        if kind in LITERALS:
            self._docstring(unit, parts[0])
        elif kind != "call" or not self._is_silent(parts[0]):
            for part in parts:
                self.statements.read_expression(unit, part)

    def _built(self, node: Node, context: Context) -> Expression | None:
        """The expression of a node; nothing but a fault if it is nested more deeply than recursion reaches."""
        try:
            return self.builder.build(node, context)
        except RecursionError:
            self._note_depth(node)
            return None

    def _note_depth(self, node: Node) -> None:
        start = self.offsets.char(node.start_byte)
        self.builder.inside = False
        self.faults.append(Fault("depth", "an expression is nested too deeply", start, incomplete=True))

    def _is_silent(self, call: Node) -> bool:
        function = call.child_by_field_id(FIELD.function)
        name = None if function is None else self.builder.dotted(function)
        return name is not None and name.rpartition(".")[2] in SILENT_CALLS

    def _docstring(self, unit: Unit, node: Node) -> None:
        """A docstring, kept where something may send it: a decorator, a class made from it, a list of tools."""
        scope = self.index.scopes.get(unit.scope)
        if scope is None or not (
            scope.is_class or self.index.decorators.get(scope.node.start_byte) or self._may_be_tool(scope)
        ):
            return
        body = scope.node.child_by_field_id(FIELD.body)
        if body is None or first_child(body) != unit.node:
            return
        before = len(self.builder.sites)
        self._built(node, Context(unit.scope, unit.scope.rpartition(".")[2], "docstring"))
        if len(self.builder.sites) > before:
            self.docstrings[unit.scope] = before

    def _may_be_tool(self, scope: Scope) -> bool:
        """Whether a plain function may be given to a model as it is: it is public and says what it takes.

        Of the methods of a class of tools only those that answer a model may.
        """
        name, parent = scope.name.rpartition(".")[2], self.index.scopes.get(scope.parent)
        if parent is not None and parent.is_class:
            bases = parent.node.child_by_field_id(FIELD.superclasses)
            return name in ANSWERING and bases is not None and "Tool" in self.builder.source(bases)
        parameters = scope.node.child_by_field_id(FIELD.parameters)
        return (
            not name.startswith("_")
            and parameters is not None
            and all(each.type in TYPED_PARAMETERS for each in parameters.named_children)
        )

    def _follow_names(self, uses: Uses) -> None:
        """Read the bindings of names in use and the calls that names with text are passed to, to a fixpoint."""
        while True:
            names = list(islice(self.builder.names, self.names_followed, None))
            bound = list(islice(self.statements.bound, self.bound_followed, None))
            if not names and not bound:
                return
            self.names_followed += len(names)
            self.bound_followed += len(bound)
            for scope, written in names:
                for unit in uses.binding(scope, written):
                    if unit.start not in self.done:  # most are, and a call costs more than to ask
                        self._read(unit)
            for scope, written in bound:
                for unit in uses.arguments.get(written, ()):
                    if unit.start not in self.done and sees(unit.scope, scope):
                        self._read(unit)

    def _read_forwarding(self, arguments: Mapping[str, list[Unit]]) -> None:
        """Read calls that pass on a parameter: their function may wrap something that sends text."""
        for scope in self.index.scopes.values():
            self.parameters[scope.name] = parameters_of(scope.node, self.builder)
        names = {
            scope: frozenset(name.lstrip("*") for name, _, _ in parameters)
            for scope, parameters in self.parameters.items()
        }
        known = frozenset[str]().union(*names.values())
        for name, units in arguments.items():
            for unit in units if name in known else ():
                if name in names.get(unit.scope, ()):
                    self._read(unit)

    def _note_errors(self) -> None:
        for node in self.index.errors:
            start = self.offsets.char(node.start_byte)
            touched = self._lines(node.start_byte, node.end_byte)
            loses_text = b'"' in touched or b"'" in touched
            self.faults.append(Fault("syntax", "invalid syntax", start, incomplete=loses_text))

    def _lines(self, start: int, end: int) -> bytes:
        """The lines of a range of bytes: a string that shares one with an error may have lost its place."""
        data = self.offsets.bytes
        last = data.find(b"\n", end)
        return data[data.rfind(b"\n", 0, start) + 1 : last if last >= 0 else len(data)]

    def facts(self, lines: bytes) -> Facts:
        """What was read."""
        functions = [self._function(scope) for scope in self.index.scopes.values() if not scope.is_class]
        return Facts(
            "python",
            "python-string",
            lines,
            functions=tuple(function for function in functions if function is not None),
            classes=tuple(self._class(scope) for scope in self.index.scopes.values() if scope.is_class),
            sites=tuple(self.builder.sites),  # after the functions, whose defaults hold sites too
            # Statements are read as they turn out to matter; what is bound last counts by its place.
            calls=tuple(sorted(self.builder.calls, key=attrgetter("call.start"))),
            bindings=tuple(sorted(self._bindings(), key=attrgetter("start"))),
            imports=tuple(self.statements.imports),
            faults=tuple(self.faults),
        )

    def _bindings(self) -> list[Binding]:
        """What was bound; a comprehension's names are its own, so those that are others' as well say nothing."""
        if not self.builder.given:
            return self.statements.bindings
        taken = {(each.scope, each.name) for each in self.statements.bindings}
        taken |= {(scope, name) for scope, found in self.parameters.items() for name, _, _ in found}
        own = [each for each in self.builder.given if (each.scope, each.name) not in taken]
        return self.statements.bindings + own

    def _function(self, scope: Scope) -> Function | None:
        node = scope.node
        parent = self.index.scopes.get(scope.parent)
        method = parent is not None and parent.is_class
        decorators = self.index.decorators.get(node.start_byte, [])
        context = Context(scope.parent, "", "expression")
        called = [inner for inner in map(first_child, decorators) if inner is not None]
        built = [self._built(each, context) for each in called]
        return Function(
            scope.name,
            tuple([self._parameter(scope, *found) for found in self.parameters[scope.name]]),
            tuple(sorted(self.statements.returns.get(scope.name, ()), key=attrgetter("start"))),
            tuple([each for each in built if each is not None]),
            self.docstrings.get(scope.name, -1),
            method,
            self.offsets.char(node.start_byte),
            self.offsets.char(node.end_byte),
        )

    def _parameter(self, scope: Scope, name: str, default: Node | None, annotation: str) -> FunctionParameter:
        value = None if default is None else self._built(default, Context(scope.name, name, "default"))
        return FunctionParameter(name, value, annotation)

    def _class(self, scope: Scope) -> Class:
        node = scope.node
        bases = node.child_by_field_id(FIELD.superclasses)
        names = (
            []
            if bases is None
            else [self.builder.dotted(_unparametrized(child)) for child in bases.named_children]
        )
        return Class(
            scope.name,
            tuple(name for name in names if name is not None),
            self.docstrings.get(scope.name, -1),
            self.offsets.char(node.start_byte),
            self.offsets.char(node.end_byte),
            () if bases is None else tuple(self._fields(node)),
            any(self.offsets.bytes.find(each, node.start_byte, node.end_byte) >= 0 for each in READS_DOCS),
        )

    def _fields(self, node: Node) -> Iterator[ClassField]:
        """The fields of a class, as written; what is longer than any type and limit is left out."""
        for each in _declared(node):
            parts = map(each.child_by_field_id, (FIELD.left, FIELD.type, FIELD.right))
            name, annotation, value = ["" if part is None else self.builder.source(part) for part in parts]
            if len(annotation) <= MOST_WRITTEN:
                yield ClassField(name, annotation, value if len(value) <= MOST_WRITTEN else "")


@cache
def _leading(names: frozenset[bytes]) -> frozenset[bytes]:
    """Callees that make a statement worth a look, besides those of some names those that load text."""
    return names | LOADING


def _unparametrized(base: Node) -> Node:
    """``Base`` of ``Base[Item]``."""
    of = base.child_by_field_id(FIELD.value) if base.type == "subscript" else None
    return base if of is None else of


def _declared(node: Node) -> Iterator[Node]:
    """The assignments to names in the body of a class."""
    body = node.child_by_field_id(FIELD.body)
    for statement in () if body is None else body.named_children:
        inner = statement.named_child(0) if statement.type == "expression_statement" else None
        if inner is not None and inner.type == "assignment":
            left = inner.child_by_field_id(FIELD.left)
            if left is not None and left.type == "identifier":
                yield inner


def _last_name(call: Call) -> str:
    function = call.function
    if isinstance(function, Reference):
        return function.name.rpartition(".")[2]
    return str(function.key) if isinstance(function, Item) else ""


def parameters_of(node: Node, builder: Builder) -> list[Parameter]:
    """Name, default and annotation of each parameter of a function, ``*args`` and ``**kwargs`` starred."""
    parameters = node.child_by_field_id(FIELD.parameters)
    found: list[Parameter] = []
    for child in () if parameters is None else parameters.named_children:
        match child.type:
            case "identifier" | "list_splat_pattern" | "dictionary_splat_pattern":
                found.append((builder.source(child), None, ""))
            case "typed_parameter":
                first = child.named_child(0)
                if first is not None:
                    found.append((builder.source(first), None, _annotation(child, builder)))
            case "default_parameter" | "typed_default_parameter":
                name = child.child_by_field_id(FIELD.name)
                if name is not None:
                    value = child.child_by_field_id(FIELD.value)
                    found.append((builder.source(name), value, _annotation(child, builder)))
    return found


def _annotation(parameter: Node, builder: Builder) -> str:
    annotation = parameter.child_by_field_id(FIELD.type)
    return "" if annotation is None else builder.source(annotation)
