"""One walk through a file: its scopes, branches and loops, what is bound and returned, and what is declared.

Functions without a text of some length, a message's key, a name like a prompt's or a call that sends text are passed
over: their names are kept, nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, ClassVar

from msgspec.structs import replace
from tree_sitter import Node

from scrimp.model.algebra import (
    Expression,
)
from scrimp.model.facts import Arm, Class, Facts, Fault, Function, FunctionParameter, Import, Return
from scrimp.model.source import Lines
from scrimp.readers import markers
from scrimp.readers.code import Context
from scrimp.readers.languages.bindings import Bindings, Parameter, Place
from scrimp.readers.languages.nodes import COMMENTS, significant
from scrimp.readers.sdks import call_names
from scrimp.readers.words import may_be_text

TEXT_BEGINS = re.compile(rb"[\"'`]|<<[<~-]")
"""A quote or the beginning of a heredoc."""
TELLING_NAME = rb"(?i:prompt|instruction|preamble|persona)"

Walker = Callable[[Any, Node, Place], None]


class Reading(Bindings):
    """Reads one file. A subclass says what the statements of its language are."""

    STATEMENTS: ClassVar[Mapping[str, Walker]]
    """What reads a statement or declaration, by its node's type; others are walked through."""
    BRANCHES: ClassVar[frozenset[str]] = frozenset(("if_statement",))
    """Statements of which one arm is run: the first, or what stands in ``alternative`` or is one of ``ARMS``."""
    ARMS: ClassVar[frozenset[str]] = frozenset()
    LOOPS: ClassVar[frozenset[str]] = frozenset(("for_statement", "while_statement"))

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.package: str | None = None
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.imports: list[Import] = []
        self.faults: list[Fault] = []
        self.returns: dict[str, list[Return]] = {}
        self._nested = (
            0  # function literals around the place: what they return is not returned by the function
        )
        self._telling: list[int] = []
        self._names: set[str] = set()

    # --- the whole file -----------------------------------------------------------------------------

    def facts(self) -> Facts:
        """What the file says. A syntax error that touches a string is a fault; reading goes on around it."""
        tree = self.grammar.parse(self.prepared(self.offsets.bytes))
        strings, errors = self.grammar.strings_and_errors(tree)
        self._telling = sorted(self._telling_places(strings))
        self.walk(tree.root_node, Place())
        self._note_errors(errors)
        facts = Facts(
            self.language,
            f"{self.language}-string",
            Lines.of(self.text).packed,
            sites=tuple(self.sites),
            bindings=tuple(self.bindings),
            functions=tuple(self.functions),
            classes=tuple(self.classes),
            imports=tuple(self.imports),
            calls=tuple(self.calls),
            faults=tuple(self.faults),
            package=self.package,
        )
        return markers.added(facts, markers.in_tree(tree.root_node, self.offsets, self.text))

    def prepared(self, data: bytes) -> bytes:
        """The source as the grammar understands it best, every byte in its place."""
        return data

    def _telling_places(self, strings: list[Node]) -> Iterable[int]:
        data = self.offsets.bytes
        for node in strings:
            if may_be_text(data[node.start_byte : node.end_byte]):
                yield node.start_byte
        for found in _telling_names(call_names()).finditer(data):
            yield found.start()

    def tells(self, node: Node) -> bool:
        """Whether a node holds anything that is worth reading it."""
        at = bisect_left(self._telling, node.start_byte)
        return at < len(self._telling) and self._telling[at] < node.end_byte

    def _note_errors(self, errors: list[Node]) -> None:
        data = self.offsets.bytes
        for node in errors:
            touched = data[node.start_byte : node.end_byte]
            loses_text = TEXT_BEGINS.search(touched) is not None
            self.faults.append(Fault("syntax", "invalid syntax", self.start(node), incomplete=loses_text))

    # --- walking ------------------------------------------------------------------------------------

    def walk(self, node: Node, place: Place) -> None:
        """Read a node that stands as a statement or holds some."""
        statement = self.STATEMENTS.get(node.type)
        before, self.place = self.place, place
        if statement is not None:
            self._guarded(statement, node, place)
        elif node.type in self.BRANCHES:
            self._branching(node, place)
        elif node.type in self.LOOPS:
            self.walk_children(node, replace(place, loop=True))
        elif node.type in self.EXPRESSIONS:
            self._guarded(Reading.expression_statement, node, place)
        else:
            self.walk_children(node, place)
        self.place = before

    def _guarded(self, read: Walker, node: Node, place: Place) -> None:
        try:
            read(self, node, place)
        except RecursionError:
            self.inside = False
            self.faults.append(
                Fault("depth", "an expression is nested too deeply", self.start(node), incomplete=True)
            )

    def walk_children(self, node: Node, place: Place) -> None:
        """Read what a node holds."""
        for child in node.named_children:
            if child.type not in COMMENTS:
                self.walk(child, place)

    def _branching(self, node: Node, place: Place) -> None:
        condition = self.short(node.child_by_field_name("condition"))
        statement = self.start(node)
        alternatives = {child.id for child in node.children_by_field_name("alternative")}
        self._arms(node, place, Arm(statement, 0, condition, self._number_of_arms(node)), alternatives)

    def _number_of_arms(self, node: Node) -> int:
        """How many arms an ``if`` has, as ``Arm.of`` tells; 0 where that isn't known."""
        other = node.child_by_field_name("alternative")
        if other is None or other.type in self.ARMS:
            return 0
        below = self._number_of_arms(other) if other.type in self.BRANCHES else 1
        return below and below + 1

    def _arms(self, node: Node, place: Place, arm: Arm, alternatives: set[int]) -> None:
        for child in node.named_children:
            if child.type in COMMENTS:
                continue
            if child.id in alternatives or child.type in self.ARMS:
                other = Arm(arm.statement, self.start(child) - arm.statement, arm.condition, arm.of)
                below = {each.id for each in child.children_by_field_name("alternative")}
                if child.type in self.BRANCHES or child.type in self.ARMS:
                    self._arms(child, place, other, below)
                else:
                    self.walk(child, replace(place, arms=(*place.arms, other)))
            elif any(each.type in self.ARMS for each in child.named_children):
                self._arms(child, place, arm, set())  # the body of a switch
            else:
                self.walk(child, replace(place, arms=(*place.arms, arm)))

    def expression_statement(self, node: Node, place: Place) -> None:
        """An expression for its own sake: it may add to a text, or send one."""
        if not self.added(node, place):
            self.build(node, self.context(place, "", "expression"))

    # --- functions and classes ----------------------------------------------------------------------

    def qualified(self, name: str, place: Place) -> str:
        """A qualified name not given yet: of functions with one name the later ones get an ordinal."""
        plain = full = f"{place.scope}.{name}" if place.scope else name
        number = 2
        while full in self._names:
            full = f"{plain}~{number}"
            number += 1
        self._names.add(full)
        return full

    def function(
        self,
        node: Node,
        place: Place,
        name: str,
        parameters: list[Parameter],
        body: Node | None,
        decorators: tuple[Expression, ...] = (),
    ) -> None:
        """A function or method; its body is read only if it tells anything."""
        scope = self.qualified(name, place)
        self.locals[scope] = {parameter.name for parameter in parameters}
        inner = Place(scope)
        built = tuple(self._parameter(parameter, inner) for parameter in parameters)
        if body is not None and self.tells(node):
            self.body(body, inner)
        self.functions.append(
            Function(
                scope,
                built,
                tuple(self.returns.get(scope, ())),
                decorators,
                -1,
                place.scope in self.members,
                self.start(node),
                self.end(node),
            )
        )

    def body(self, node: Node, place: Place) -> None:
        """The body of a function."""
        self.walk(node, place)

    def _parameter(self, parameter: Parameter, place: Place) -> FunctionParameter:
        default = None
        if parameter.default is not None:
            default = self.build(parameter.default, self.context(place, parameter.name, "default"))
        return FunctionParameter(parameter.name, default, parameter.annotation)

    def returned(self, value: Node, node: Node, place: Place) -> None:
        """What a function returns at one place."""
        context = self.context(place, place.scope.rpartition(".")[2], "return")
        expression = self.build(value, context)
        if not self._nested:
            self.returns.setdefault(place.scope, []).append(Return(expression, self.start(node), place.arms))

    def inline(self, body: Node | None, context: Context) -> None:
        """The body of a function literal, as statements of the function around it."""
        if body is None:
            return
        outer, self.inside = self.inside, False
        self._nested += 1
        self.walk(body, replace(self.place, scope=context.scope))
        self._nested -= 1
        self.inside = outer

    def return_statement(self, node: Node, place: Place) -> None:
        """``return value``: of several values the first."""
        values = significant(node)
        if values:
            self.returned(values[0], node, place)

    def class_(self, node: Node, place: Place, name: str, bases: tuple[str, ...], body: Node | None) -> str:
        """A class, with the names of its members; its qualified name."""
        scope = f"{place.scope}.{name}" if place.scope else name
        members = frozenset() if body is None else frozenset(self.member_names(body))
        if scope not in self.members:
            self.classes.append(Class(scope, bases, -1, self.start(node), self.end(node)))
        self.members[scope] = self.members.get(scope, frozenset()) | members
        if body is not None:
            self.walk_children(body, Place(scope))
        return scope

    def member_names(self, body: Node) -> Iterable[str]:  # noqa: ARG002  where classes have bodies
        """The names by which methods refer to the fields and methods that a class body declares: none."""
        return ()


@cache
def _telling_names(names_of_calls: frozenset[bytes]) -> re.Pattern[bytes]:
    """Names that make a function worth reading: those of calls that send text, and those like a prompt's."""
    escaped: list[bytes] = [re.escape(name) for name in names_of_calls if name.replace(b"_", b"").isalnum()]
    escaped.sort(key=len, reverse=True)
    names = b"|".join(escaped)
    return re.compile(rb"\b(?:%b)\b|%b|\brole\b" % (names, TELLING_NAME))
