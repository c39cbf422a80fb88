"""One pass over a parsed file: which statements there are, and the scope and branches around each.

Unlike Python's, JavaScript's statements nest: a function within an expression holds statements of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace
from tree_sitter import Node

from scrimp.model.facts import NOWHERE, Arm, Each
from scrimp.readers.javascript.names import callee_of, first_child, local_name, text_of
from scrimp.readers.javascript.patterns import Bound, bound_by, parameters_of

FUNCTIONS = frozenset(
    (
        *(
            "function_declaration",
            "generator_function_declaration",
            "function_expression",
            "generator_function",
        ),
        *("arrow_function", "method_definition"),
        *("method_signature", "abstract_method_signature"),
    )
)
"""Functions, and methods that classes and interfaces leave to others to write."""
CLASSES = frozenset(
    (
        *("class_declaration", "abstract_class_declaration", "class", "interface_declaration"),
        *("enum_declaration", "internal_module"),
    )
)
"""What has members that are reached by its name."""
BRANCHES = frozenset(("if_statement", "switch_statement", "try_statement"))
ARMS = frozenset(("else_clause", "switch_case", "switch_default", "catch_clause"))
LOOPS = frozenset(("for_statement", "while_statement", "do_statement"))
FOR_EACH = "forEach"
CALLED_FOR_EACH = frozenset((FOR_EACH, "map", "flatMap"))
"""Methods of lists that call a function with each item, one after the other or at once."""
SHORTENED = 80
_BODY, _UNIT, _CONTAINER = 0, 1, 2
"""The order of those that start and end at the same place, outer first."""


class Unit(Struct):
    """A statement, a class's field, the header of a statement or the body of an arrow function.

    ``parent`` is the unit that it stands in, if any. Offsets are bytes.
    """

    node: Node
    start: int
    end: int
    scope: str
    arms: tuple[Arm, ...]
    loop: bool
    kind: str
    parent: Unit | None
    each: Each | None = None


class Scope(Struct):
    """A function or class: its qualified name, its node, its parent's name, and whether it is a class."""

    name: str
    node: Node
    parent: str
    is_class: bool


class Index(Struct):
    """What the sweep found. Offsets here are bytes of the UTF-8 text."""

    captures: dict[str, list[Node]]
    units: list[Unit] = field(default_factory=list)
    scopes: dict[str, Scope] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    """The qualified names of functions and classes, by where they start."""
    starts: list[int] = field(default_factory=list)
    declared: set[tuple[str, str]] = field(default_factory=set)
    """Variables and parameters, each with the scope that it is declared in."""

    def unit_at(self, offset: int) -> Unit | None:
        """The innermost unit around a byte offset."""
        at = bisect_right(self.starts, offset) - 1
        unit = self.units[at] if at >= 0 else None
        while unit is not None and unit.end <= offset:
            unit = unit.parent
        return unit

    def units_at(self, nodes: list[Node]) -> Iterator[tuple[Node, Unit]]:
        """Each node with the unit around it; nodes outside of every unit are left out."""
        for node in nodes:
            unit = self.unit_at(node.start_byte)
            if unit is not None:
                yield node, unit

    def home(self, scope: str, name: str) -> str:
        """The function around that declares a name which is assigned to; the scope itself if none does."""
        current = scope
        while current and (current, name) not in self.declared:
            current = current.rpartition(".")[0]
        return current if (current, name) in self.declared else scope

    def class_around(self, scope: str) -> str | None:
        """The innermost class around a scope."""
        while scope:
            found = self.scopes.get(scope)
            if found is not None and found.is_class:
                return scope
            scope = scope.rpartition(".")[0]
        return None


class _Frame(Struct, frozen=True):
    """A container or unit that is open during the sweep."""

    end: int
    scope: str
    arms: tuple[Arm, ...]
    loop: bool
    unit: Unit | None
    chain: int = -1
    """Where an ``if`` would start that goes on the branching statement around it (``else if``)."""
    each: Each | None = None


def index(captures: dict[str, list[Node]], length: int) -> Index:
    """Sweep over the captures of a file of so many bytes, in source order."""
    result = Index(captures)
    marked = [(node, _CONTAINER, "") for node in captures.get("container", ())]
    for kind in ("unit", "header"):
        marked += [(node, _UNIT, kind) for node in captures.get(kind, ())]
    marked += [(node, _BODY, "") for node in captures.get("repeated", ())]
    marked += [(node, _UNIT, "body") for node in captures.get("body", ()) if node.type != "statement_block"]
    marked.sort(key=lambda one: (one[0].start_byte, -one[0].end_byte, one[1]))
    stack = [_Frame(length + 1, "", (), loop=False, unit=None)]
    for node, order, kind in marked:
        start, end = node.start_byte, node.end_byte
        while stack[-1].end <= start:
            stack.pop()
        top = stack[-1]
        if order == _BODY:
            stack.append(replace(top, end=end, loop=True, each=_each_of(node.parent)))
            continue
        if order == _CONTAINER:
            stack.append(_opened(node, start, end, top, result))
            continue
        unit = Unit(node, start, end, top.scope, top.arms, top.loop, kind, top.unit, top.each)
        result.units.append(unit)
        stack.append(replace(top, end=end, unit=unit))
    result.starts = [unit.start for unit in result.units]
    declared = result.units_at(captures.get("declared", []))
    result.declared = {(unit.scope, text_of(node)) for node, unit in declared}
    for scope in result.scopes.values():
        if not scope.is_class:
            result.declared |= {(scope.name, each.name) for each in parameters_of(scope.node)}
    return result


def _opened(node: Node, start: int, end: int, top: _Frame, result: Index) -> _Frame:
    """The frame of a container that starts inside ``top``."""
    kind = node.type
    if kind in FUNCTIONS or kind in CLASSES:
        name = _unique(f"{top.scope}.{local_name(node)}" if top.scope else local_name(node), result)
        result.scopes[name] = Scope(name, node, top.scope, kind in CLASSES)
        result.names[start] = name
        loop, each = method_of_callback(node) == FOR_EACH, called_for_each(node)
        return _Frame(end, name, (), loop=loop, unit=top.unit, each=each)
    if kind in LOOPS:
        return replace(top, end=end, loop=True, each=None)
    if kind in BRANCHES:
        if top.chain == start:
            arms = (*top.arms[:-1], _ended(top.arms[-1], node.child_by_field_name("consequence"), end))
            return replace(top, end=end, arms=arms, chain=-1)
        condition = node.child_by_field_name("condition") or node.child_by_field_name("value")
        arm = Arm(start, 0, text_of(condition).strip("()")[:SHORTENED], _arms(node))
        block = node.child_by_field_name("consequence") or node.child_by_field_name("body")
        if kind != "switch_statement":
            arm = _ended(arm, block, end)
        return replace(top, end=end, arms=(*top.arms, arm))
    if kind in ARMS and top.arms:
        last = top.arms[-1]
        inner = first_child(node)
        arm = Arm(last.statement, start - last.statement, last.condition, last.of)
        block = inner if kind == "else_clause" else node.child_by_field_name("body") or node
        arm = _ended(arm, block, top.end)
        chain = inner.start_byte if inner is not None and inner.type == "if_statement" else -1
        return replace(top, end=end, arms=(*top.arms[:-1], arm), chain=chain)
    return replace(top, end=end)


def _ended(arm: Arm, block: Node | None, until: int) -> Arm:
    """An arm with the end of its block, and that of its statement unless it leaves the function; in bytes.

    What a ``try`` has done is seen by whatever stands behind it.
    """
    if block is None:
        return arm
    last = block
    if block.type in ("statement_block", *ARMS) and block.named_child_count:
        last = block.named_children[-1]
    leaves = last.type in ("return_statement", "throw_statement")
    is_try = block.parent is not None and block.parent.type == "try_statement"
    return replace(arm, end=block.end_byte, until=block.end_byte if is_try else NOWHERE if leaves else until)


def _arms(statement: Node) -> int:
    """How many arms a statement has, as ``Arm.of`` tells."""
    match statement.type:
        case "try_statement":
            return 1
        case "if_statement":
            other = statement.child_by_field_name("alternative")
            inner = None if other is None else first_child(other)
            if inner is None or inner.type != "if_statement":
                return 0 if other is None else 2
            below = _arms(inner)
            return below and below + 1
        case "switch_statement":
            body = statement.child_by_field_name("body")
            cases = [] if body is None else [each for each in body.named_children if each.type in ARMS]
            return len(cases) if any(each.type == "switch_default" for each in cases) else 0
    return 0


def _each_of(loop: Node | None) -> Each | None:
    """What ``for (const x of list)`` goes through; the names of an object's members (``in``) are no items."""
    if loop is None or text_of(loop.child_by_field_name("operator")) != "of":
        return None
    item = loop.child_by_field_name("left")
    return None if item is None else _each(bound_by(item), loop.child_by_field_name("right"))


def called_for_each(function: Node) -> Each | None:
    """What a function is called with item by item: ``list.map((item) => …)``."""
    if method_of_callback(function) not in CALLED_FOR_EACH:
        return None
    callee = _call_around(function)
    return _each(parameters_of(function), None if callee is None else callee.child_by_field_name("object"))


def _each(items: Iterable[Bound], over: Node | None) -> Each | None:
    names = tuple(each.name for each in items if each.name.strip("_"))
    return Each(" ".join(text_of(over).split())[:SHORTENED], names) if names else None


def method_of_callback(function: Node) -> str:
    """The method that a function is handed to, ``""`` if it is no argument of a method."""
    callee = _call_around(function)
    return "" if callee is None else text_of(callee.child_by_field_name("property"))


def _call_around(function: Node) -> Node | None:
    """What is called with a function as an argument."""
    given = function.parent
    if given is None or given.type != "arguments" or given.parent is None:
        return None
    return callee_of(given.parent)


def _unique(name: str, result: Index) -> str:
    """A qualified name not given yet: those given twice (overloads, branches, callbacks) get an ordinal."""
    if name not in result.scopes:
        return name
    number = 2
    while f"{name}~{number}" in result.scopes:
        number += 1
    return f"{name}~{number}"
