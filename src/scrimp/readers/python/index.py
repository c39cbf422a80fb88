"""One pass over a parsed Python file: which statements there are, and the scope and branches around each.

The syntax tree is asked by queries that run outside Python; a sweep over their captures in source order
replaces walks from node to node, which cost ten times as much.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import itemgetter

from msgspec import Struct, field
from tree_sitter import Node, Query, Tree

from scrimp.expressions import compiled_late
from scrimp.model.facts import NOWHERE, Arm, Each
from scrimp.readers.captures import RANGE, captured, in_order
from scrimp.readers.python.grammar import FIELD, language

PATTERNS = """
[(function_definition) (class_definition)
 (else_clause) (for_statement) (try_statement) (except_clause) (match_statement) (case_clause)] @container
[(if_statement) (elif_clause) (while_statement)] @conditional
(expression_statement) @expression
(return_statement) @return
(raise_statement) @raise
(assert_statement) @assert
[(import_statement) (import_from_statement) (future_import_statement)] @import
(for_statement body: (block) @repeated)
(with_item) @header
[(default_parameter) (typed_default_parameter)] @default
(decorator) @decorator
(string) @string
(ERROR) @error
(for_statement left: (_) @each right: (_) @header)
(match_statement subject: (_) @header)
(call function: (_) @callee)
(argument_list (identifier) @argument)
(argument_list (attribute) @argument)
(keyword_argument value: [(identifier) (attribute)] @argument)
(return_statement [(identifier) (attribute)] @argument)
(assignment left: [(identifier) (attribute)] @target)
(augmented_assignment left: [(identifier) (attribute)] @target)
"""
"""What is looked for. What a class is derived from is a list of arguments too, but stands in no unit; of arguments, two
patterns take less than one with alternatives, which has to be kept open for each of them.

Each level that a pattern names costs time when the query is compiled, which each process does: it took twice as long
while these named the parts of a callee and a class's fields (November 2026).
"""
MOST_DEPTH = 700
"""How deep in the tree a pattern may begin: two levels for each that may be indented, and some for what stands there.

The cost of a pattern that holds others grows with the square of the depth: 8,000 calls in one chain take 2.6 s
without this limit, and 6 ms with it (tree-sitter 0.25).
"""
SHORTENED = 80
FIRST = itemgetter(0)
"""By what places are sorted: numbers, which are compared in a fifth of the time that tuples take."""
IDENTIFIER = compiled_late(r"[^\W\d]\w*")
OVER_INDICES = compiled_late(r"range\(\s*(?:0\s*,\s*)?len\([^()]*\)\s*\)")

BEFORE_NAMES = b"* \t\r\n\\"
"""What may stand before the last name of what is called: a star (see ``stars``), and a line's end behind a dot."""


class Unit(Struct, gc=False):
    """A statement, or the header of one, that holds expressions: the smallest thing that is read or left alone.

    ``kind`` is the first word of a statement's type, or ``default`` or ``header``.
    """

    kind: str
    node: Node
    start: int
    end: int
    scope: str
    arms: tuple[Arm, ...]
    loop: bool
    each: Each | None = None


class Scope(Struct, gc=False):
    """A function or class: its qualified name, its node, its parent's name, and whether it is a class."""

    name: str
    node: Node
    parent: str
    is_class: bool
    arms: tuple[Arm, ...]


class Index(Struct):
    """What the sweep found. Offsets here are bytes of the UTF-8 text."""

    units: list[Unit] = field(default_factory=list)
    scopes: dict[str, Scope] = field(default_factory=dict)
    decorators: dict[int, list[Node]] = field(default_factory=dict)
    strings: list[tuple[int, int]] = field(default_factory=list)
    """Where literals begin and end, in order."""
    loops: list[Node] = field(default_factory=list)
    """What the heads of loops bind, in order."""
    errors: list[Node] = field(default_factory=list)
    callees: Mapping[bytes, list[int]] = field(default_factory=dict)
    """Where functions are called, in no order, by their last names."""
    arguments: Mapping[bytes, list[Unit]] = field(default_factory=dict)
    """The units in which names are handed to calls or returned, in order, by what is written."""
    targets: Mapping[bytes, list[int]] = field(default_factory=dict)
    """Where names are assigned, in order, by what is written."""
    starts: list[int] = field(default_factory=list)

    def unit_at(self, offset: int) -> Unit | None:
        """The unit around a byte offset; units never nest."""
        found = self.units_at((offset,))
        return found[0] if found else None

    def units_at(self, offsets: Iterable[int]) -> list[Unit]:
        """The units around some byte offsets; those outside of every unit (in defaults, bases) have none."""
        starts, units = self.starts, self.units
        found: list[Unit] = []
        for offset in offsets:
            at = bisect_right(starts, offset) - 1
            if at >= 0 and units[at].end > offset:
                found.append(units[at])
        return found


@cache
def _query() -> Query:
    return Query(language(), PATTERNS)


def first_child(node: Node) -> Node | None:
    """The first named child that isn't a comment."""
    child = node.named_child(0) if node.named_child_count else None
    if child is None or child.type != "comment":  # most often
        return child
    return next((each for each in node.named_children if each.type != "comment"), None)


def each_of(loop: Node, source: Callable[[Node], str]) -> Each | None:
    """What a ``for`` or a clause of a comprehension goes through item by item; ``None`` if it counts.

    ``range(len(xs))`` goes through the items of ``xs``; any other range, and a loop that has no use for its items
    (``for _ in …``), only tells how often.
    """
    left, right = loop.child_by_field_id(FIELD.left), loop.child_by_field_id(FIELD.right)
    if left is None or right is None:
        return None
    written, over = source(left), " ".join(source(right).split())
    names = tuple(name for name in IDENTIFIER.findall(written) if name.strip("_"))
    counts = over.startswith("range(") and OVER_INDICES.fullmatch(over) is None
    return None if counts or not names else Each(over[:SHORTENED], names)


def index(tree: Tree, data: bytes) -> Index:
    """Sweep over a tree."""
    found = captured(_query(), tree, MOST_DEPTH)
    result = Index(
        strings=sorted([(node.start_byte, node.end_byte) for node in found.get("string", ())], key=FIRST),
        loops=in_order(found.get("each", ())),
        errors=sorted(found.get("error", ()), key=RANGE),
        callees=_calls(found.get("callee", ()), data),
        targets=_places(in_order(found.get("target", ())), data),
    )
    marked = [
        ((start := node.start_byte) * len(SWEPT) + order, start, node.end_byte, order, name, node)
        for name, order in SWEPT.items()
        for node in found.get(name, ())
    ]
    marked.sort(key=FIRST)
    _Sweep(data, result).run(marked)
    result.starts = [unit.start for unit in result.units]
    result.arguments = _handed(in_order(found.get("argument", ())), data, result.units)
    return result


def _calls(callees: Iterable[Node], data: bytes) -> dict[bytes, list[int]]:
    """Where functions are called, by what stands behind the last dot: a name, unless what is called is none."""
    found: dict[bytes, list[int]] = defaultdict(list)
    for node in callees:
        start = node.start_byte
        last = data[start : node.end_byte].rpartition(b".")[2]
        found[last.lstrip(BEFORE_NAMES)].append(start)
    return found


def _places(nodes: Iterable[Node], data: bytes) -> dict[bytes, list[int]]:
    """Where some nodes begin, by their text: few names are written very often."""
    found: dict[bytes, list[int]] = defaultdict(list)
    for node in nodes:
        start = node.start_byte
        found[data[start : node.end_byte]].append(start)
    return found


def _handed(names: Iterable[Node], data: bytes, units: Iterable[Unit]) -> dict[bytes, list[Unit]]:
    """The units in which names are handed on, by the names; both are in order, and so is what is found."""
    found: dict[bytes, list[Unit]] = defaultdict(list)
    following = iter(units)
    unit = next(following, None)
    for node in names:
        start = node.start_byte
        while unit is not None and unit.end <= start:
            unit = next(following, None)
        if unit is None:
            break
        if unit.start <= start:
            found[data[start : node.end_byte]].append(unit)
    return found


class _Frame(Struct, gc=False):
    """A container that is open during the sweep."""

    end: int
    scope: str
    arms: tuple[Arm, ...]
    loop: bool
    each: Each | None = None
    branching: bool = False
    items: Each | None = None
    """What a ``for`` goes through, for its body."""


CONDITIONAL = frozenset(("if_statement", "elif_clause", "case_clause"))
"""What holds its block as the consequence of a condition."""


def _ends(arm: Node, kind: str, statement_end: int) -> tuple[int, int]:
    """Where an arm ends and where it is seen again, in bytes, as ``Arm`` has it; both are 0 where it has no block.

    What a ``try`` has done is seen by whatever stands behind it.
    """
    block = _block(arm, kind)
    if block is None:
        return 0, 0
    end = block.end_byte
    if kind == "try_statement":
        return end, end
    last = block.named_child(block.named_child_count - 1) if block.named_child_count else None
    leaves = last is not None and last.type in ("return_statement", "raise_statement")
    return end, NOWHERE if leaves else statement_end


def _block(arm: Node, kind: str) -> Node | None:
    if kind != "except_clause":
        return arm.child_by_field_id(FIELD.consequence if kind in CONDITIONAL else FIELD.body)
    last = arm.named_child(arm.named_child_count - 1)  # which is in no field
    return last if last is not None and last.type == "block" else None


SWEPT = {"repeated": 0, "container": 1, "conditional": 1}
SWEPT |= dict.fromkeys(("expression", "return", "raise", "assert", "import"), 2)
SWEPT |= {"header": 3, "default": 3, "decorator": 4}
"""The captures that the sweep goes through, in the order in which those that begin at one place are taken.

Only a body begins where something else does: its first statement.
"""
UNITS = (2, 3)
"""The places in that order of what becomes a unit: a statement, or the header of one."""


class _Sweep(Struct):
    """One pass over the captures in source order, with the containers that are open."""

    data: bytes
    result: Index
    waiting: list[Node] = field(default_factory=list)
    """Decorators whose function or class comes next."""
    given: dict[str, int] = field(default_factory=dict)
    """How many functions and classes have got a qualified name so far."""

    def run(self, marked: list[tuple[int, int, int, int, str, Node]]) -> None:
        """Fill the index."""
        stack = [_Frame(len(self.data) + 1, "", (), loop=False)]
        units = self.result.units
        for _, start, end, order, kind, node in marked:
            while stack[-1].end <= start:
                stack.pop()
            top = stack[-1]
            if order in UNITS:
                units.append(Unit(kind, node, start, end, top.scope, top.arms, top.loop, top.each))
            elif kind == "decorator":
                self.waiting.append(node)
            else:
                top = self._opened(node, end, top)
                stack.append(top)
                head = node.child_by_field_id(FIELD.condition) if kind == "conditional" else None
                if head is not None:
                    at, until = head.start_byte, head.end_byte
                    units.append(Unit("header", head, at, until, top.scope, top.arms, top.loop, top.each))

    def _opened(self, node: Node, end: int, top: _Frame) -> _Frame:
        """The frame of a container that starts inside ``top``."""
        kind = node.type
        match kind:
            case "function_definition" | "class_definition":
                return self._scope(node, kind, end, top)
            case "for_statement":  # what it goes through is read once, and what stands behind it too
                return _Frame(end, top.scope, top.arms, top.loop, top.each, items=each_of(node, self._source))
            case "block":
                return _Frame(end, top.scope, top.arms, loop=True, each=top.items)
            case "while_statement":
                return _Frame(end, top.scope, top.arms, loop=True)
            case "if_statement" | "try_statement" | "match_statement":
                condition = self._source(node.child_by_field_id(FIELD.condition))[:80]
                of, ends = self._arms(node, kind), _ends(node, kind, end)
                arms = (*top.arms, Arm(node.start_byte, 0, condition, of, *ends))
                return _Frame(end, top.scope, arms, top.loop, top.each, branching=True)
            case "elif_clause" | "else_clause" | "except_clause" | "case_clause":
                if top.branching:  # the else of a loop is no alternative
                    first = top.arms[-1]
                    number, ends = node.start_byte - first.statement, _ends(node, kind, top.end)
                    arm = Arm(first.statement, number, first.condition, first.of, *ends)
                    arms = (*top.arms[:-1], arm)
                    return _Frame(end, top.scope, arms, top.loop, top.each, branching=kind == "elif_clause")
        return _Frame(end, top.scope, top.arms, top.loop, top.each)

    def _arms(self, statement: Node, kind: str) -> int:
        """How many arms a statement has, as ``Arm.of`` tells."""
        match kind:
            case "try_statement":
                return 1
            case "if_statement":
                if statement.child_by_field_id(FIELD.alternative) is None:  # most often
                    return 0
                others = statement.children_by_field_id(FIELD.alternative)
                return len(others) + 1 if others and others[-1].type == "else_clause" else 0
            case "match_statement":
                body = statement.child_by_field_id(FIELD.body)
                cases = [] if body is None else body.children_by_field_id(FIELD.alternative)
                is_whole = bool(cases) and self._source(first_child(cases[-1])) == "_"
                return len(cases) if is_whole and cases[-1].child_by_field_id(FIELD.guard) is None else 0
        return 0

    def _scope(self, node: Node, kind: str, end: int, top: _Frame) -> _Frame:
        own = self._source(node.child_by_field_id(FIELD.name))
        name = self._unique(f"{top.scope}.{own}" if top.scope else own)
        self.result.scopes[name] = Scope(name, node, top.scope, kind == "class_definition", top.arms)
        if self.waiting:
            self.result.decorators[node.start_byte] = self.waiting.copy()
            self.waiting.clear()
        return _Frame(end, name, (), loop=False)

    def _source(self, node: Node | None) -> str:
        return "" if node is None else self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def _unique(self, name: str) -> str:
        """A qualified name not given yet: functions defined twice (overloads, branches) get an ordinal."""
        number = self.given[name] = self.given.get(name, 0) + 1
        return name if number == 1 else f"{name}~{number}"
