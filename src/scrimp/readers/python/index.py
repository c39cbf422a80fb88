"""One pass over a parsed Python file: which statements there are, and the scope and branches around each.

The syntax tree is asked by one query that runs outside Python; a sweep over its captures in source order replaces
walks from node to node, which cost ten times as much.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import tree_sitter_python
from tree_sitter import Language, Node, Parser, Query, QueryCursor, Tree

from scrimp.model.facts import Arm

CAPTURES = """
[(function_definition) (class_definition) (lambda)
 (if_statement) (elif_clause) (else_clause) (for_statement) (while_statement) (try_statement)
 (except_clause) (match_statement) (case_clause)] @container
[(expression_statement) (return_statement) (raise_statement) (assert_statement)
 (import_statement) (import_from_statement) (future_import_statement)] @unit
(for_statement right: (_) @header)
(with_item) @header
(if_statement condition: (_) @header)
(elif_clause condition: (_) @header)
(while_statement condition: (_) @header)
(match_statement subject: (_) @header)
[(default_parameter) (typed_default_parameter)] @default
(decorator) @decorator
(string) @string
(call function: [(identifier) @callee (attribute attribute: (identifier) @callee)])
(call arguments: (argument_list (identifier) @argument))
(keyword_argument value: (identifier) @argument)
(return_statement (identifier) @argument)
(assignment left: [(identifier) (attribute)] @target)
(augmented_assignment left: [(identifier) (attribute)] @target)
(ERROR) @error
"""


@dataclass(slots=True)
class Unit:
    """A statement, or the header of one, that holds expressions: the smallest thing that is read or left alone."""

    node: Node
    start: int
    end: int
    scope: str
    arms: tuple[Arm, ...]
    loop: bool


@dataclass(slots=True)
class Scope:
    """A function or class: its qualified name, its node, its parent's name, and whether it is a class."""

    name: str
    node: Node
    parent: str
    is_class: bool
    arms: tuple[Arm, ...]


@dataclass(slots=True)
class Index:
    """What the sweep found. Offsets here are bytes of the UTF-8 text."""

    units: list[Unit] = field(default_factory=list)
    scopes: dict[str, Scope] = field(default_factory=dict)
    decorators: dict[int, list[Node]] = field(default_factory=dict)
    captures: dict[str, list[Node]] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)

    def unit_at(self, offset: int) -> Unit | None:
        """The unit around a byte offset; units never nest."""
        at = bisect_right(self.starts, offset) - 1
        return self.units[at] if at >= 0 and self.units[at].end > offset else None

    def units_at(self, nodes: list[Node]) -> Iterator[tuple[Node, Unit]]:
        """Each node with the unit around it; nodes outside of every unit (defaults, bases) are left out."""
        for node in nodes:
            unit = self.unit_at(node.start_byte)
            if unit is not None:
                yield node, unit


@cache
def _language() -> Language:
    return Language(tree_sitter_python.language())


@cache
def _query() -> Query:
    return Query(_language(), CAPTURES)


def parse(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it."""
    return Parser(_language()).parse(data)


def index(tree: Tree, data: bytes) -> Index:
    """Sweep over a tree."""
    captures = QueryCursor(_query()).captures(tree.root_node)
    result = Index(captures=captures)
    marked = [(node.start_byte, -node.end_byte, 0, node) for node in captures.get("container", ())]
    marked += [(node.start_byte, -node.end_byte, 1, node) for node in captures.get("unit", ())]
    marked += [(node.start_byte, -node.end_byte, 2, node) for node in captures.get("header", ())]
    marked += [(node.start_byte, -node.end_byte, 2, node) for node in captures.get("default", ())]
    marked += [(node.start_byte, -node.end_byte, 3, node) for node in captures.get("decorator", ())]
    marked.sort(key=lambda one: one[:3])
    _sweep(marked, data, result)
    result.starts = [unit.start for unit in result.units]
    return result


@dataclass(slots=True)
class _Frame:
    """A container that is open during the sweep."""

    end: int
    scope: str
    in_class: bool
    arms: tuple[Arm, ...]
    loop: bool
    branching: bool = False


def _sweep(marked: list[tuple[int, int, int, Node]], data: bytes, result: Index) -> None:
    stack = [_Frame(len(data) + 1, "", False, (), False)]
    waiting: list[Node] = []
    for start, negative_end, kind, node in marked:
        while stack[-1].end <= start:
            stack.pop()
        top = stack[-1]
        if kind == 0:
            stack.append(_opened(node, -negative_end, top, data, result, waiting))
        elif kind == 3:
            waiting.append(node)
        else:
            result.units.append(Unit(node, start, -negative_end, top.scope, top.arms, top.loop))


def _opened(node: Node, end: int, top: _Frame, data: bytes, result: Index, waiting: list[Node]) -> _Frame:
    """The frame of a container that starts inside ``top``."""
    match node.type:
        case "function_definition" | "class_definition":
            name_node = node.child_by_field_name("name")
            own = (
                ""
                if name_node is None
                else data[name_node.start_byte : name_node.end_byte].decode("utf-8", "replace")
            )
            name = _unique(f"{top.scope}.{own}" if top.scope else own, result)
            is_class = node.type == "class_definition"
            result.scopes[name] = Scope(name, node, top.scope, is_class, top.arms)
            if waiting:
                result.decorators[node.start_byte] = waiting.copy()
                waiting.clear()
            return _Frame(end, name, is_class, (), False)
        case "for_statement" | "while_statement":
            return _Frame(end, top.scope, top.in_class, top.arms, True)
        case "if_statement" | "try_statement" | "match_statement":
            condition = node.child_by_field_name("condition")
            text = (
                ""
                if condition is None
                else data[condition.start_byte : condition.end_byte].decode("utf-8", "replace")
            )
            arms = (*top.arms, Arm(node.start_byte, 0, text[:80]))
            return _Frame(end, top.scope, top.in_class, arms, top.loop, branching=True)
        case "elif_clause" | "else_clause" | "except_clause" | "case_clause":
            if top.branching:  # the else of a loop is no alternative
                last = top.arms[-1]
                arm = Arm(last.statement, node.start_byte - last.statement, last.condition)
                return _Frame(
                    end,
                    top.scope,
                    top.in_class,
                    (*top.arms[:-1], arm),
                    top.loop,
                    branching=node.type == "elif_clause",
                )
    return _Frame(end, top.scope, top.in_class, top.arms, top.loop)


def _unique(name: str, result: Index) -> str:
    """A qualified name not given yet: functions defined twice (overloads, branches) get an ordinal."""
    if name not in result.scopes:
        return name
    number = 2
    while f"{name}~{number}" in result.scopes:
        number += 1
    return f"{name}~{number}"
