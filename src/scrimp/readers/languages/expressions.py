"""Expressions as algebra, whatever the language: which node is what is said by its tables.

Sites (maximal string expressions) and calls are recorded on the way, as in the readers of Python and JavaScript.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from tree_sitter import Node

from scrimp.model.algebra import (
    EMPTY,
    Branch,
    Constant,
    Expression,
    Item,
    Join,
    Reference,
    Sequence,
    Template,
    Text,
    Unknown,
    Variable,
)
from scrimp.model.algebra import Mapping as MappingNode
from scrimp.model.facts import CallSite, Site
from scrimp.readers.code import Context, words_of
from scrimp.readers.languages.grammar import Grammar
from scrimp.readers.languages.nodes import (
    COMMENTS,
    first_named,
    furthest,
    is_text,
    last_named,
    significant,
    snake,
)
from scrimp.readers.offsets import Offsets

SHORTENED = 80
ROLE_NAME = re.compile(r"(?:^|_|\.)(system|developer|user|human|assistant|model|ai|tool|function)$")
"""The end of a constant's name that is named after a role: ``ChatMessageRoleUser``, ``Role::System``."""

ROLE_CONSTANT = re.compile(
    r"(?:^|[._])(?:role|message_type)[._](?:\w+[._])?(system|developer|user|human|assistant|model|ai|tool|function)$"
)
"""A constant of an enumeration of roles."""

Builder = Callable[[Any, Node, Context], Expression]


class Expressions(ABC):
    """Builds the expressions of one file. A subclass says what its language's nodes are."""

    language: ClassVar[str]
    grammar: ClassVar[Grammar]
    EXPRESSIONS: ClassVar[Mapping[str, Builder]]
    """What builds the expression of a node, by its type; others are walked through for what they hold."""
    PLUS: ClassVar[frozenset[str]] = frozenset(("+",))
    """Operators that put texts together."""
    OTHERWISE: ClassVar[frozenset[str]] = frozenset(("??", "||", "or", "?:"))
    """Operators whose value is one of their operands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = Offsets(text)
        self.sites: list[Site] = []
        self.calls: list[CallSite] = []
        self.members: dict[str, frozenset[str]] = {}
        """Names of the fields and methods of each class of the file."""
        self.locals: dict[str, set[str]] = {}
        """Names bound in each function so far, its parameters among them."""
        self.inside = False
        """Whether what is being built is part of a string expression."""

    # --- nodes --------------------------------------------------------------------------------------

    def source(self, node: Node | None) -> str:
        """The text of a node; of none, ``""``."""
        if node is None:
            return ""
        return self.offsets.bytes[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def short(self, node: Node | None) -> str:
        """The text of a node on one line, not too long."""
        return " ".join(self.source(node).split())[:SHORTENED]

    def start(self, node: Node) -> int:
        """Where a node starts, in characters."""
        return self.offsets.char(node.start_byte)

    def end(self, node: Node) -> int:
        """Where a node ends, in characters."""
        return self.offsets.char(node.end_byte)

    # --- building -----------------------------------------------------------------------------------

    def build(self, node: Node, context: Context) -> Expression:
        """The expression of a node; a maximal string expression is recorded as a site."""
        builder = self.EXPRESSIONS.get(node.type)
        if builder is None:
            return self.other(node, context)
        return self.recorded(builder(self, node, context), node, context)

    def recorded(self, built: Expression, node: Node, context: Context) -> Expression:
        """What a node is as an expression: a string expression that is no part of another is a site."""
        if self.inside or not is_text(built):
            return built
        held = (context.scope, context.name, context.holder, context.callees, context.keys)
        end = max(self.end(node), furthest(built))  # a heredoc's text stands behind its line
        self.sites.append(Site(built, self.start(node), end, *held, words_of(built)))
        return Template(len(self.sites) - 1, built)

    def other(self, node: Node, context: Context) -> Expression:
        """A node that is no text itself: what it holds is built for its own sake."""
        outer, self.inside = self.inside, False
        for child in node.named_children:
            self.build(child, context)
        self.inside = outer
        return Unknown(self.short(node))

    def part(self, node: Node, context: Context) -> Expression:
        """The expression of a node that is part of a string expression."""
        outer, self.inside = self.inside, True
        built = self.build(node, context)
        self.inside = outer
        return built

    def apart(self, node: Node, context: Context) -> Expression:
        """The expression of a node that is no part of the string expression around it."""
        outer, self.inside = self.inside, False
        built = self.build(node, context)
        self.inside = outer
        return built

    def inner(self, node: Node, context: Context) -> Expression:
        """A node that stands for the only one in it."""
        child = first_named(node)
        return Unknown(self.short(node)) if child is None else self.build(child, context)

    def last(self, node: Node, context: Context) -> Expression:
        """A node that stands for the last one in it, such as a cast."""
        child = last_named(node)
        return Unknown(self.short(node)) if child is None else self.build(child, context)

    def hole(self, node: Node, value: Expression) -> Expression:
        """What is put into a text at run time, by the expression that fills it."""
        return Variable(self.short(node), self.start(node), self.end(node), value)

    def joined(self, parts: tuple[Expression, ...]) -> Expression:
        """Parts one after the other, as one expression."""
        return parts[0] if len(parts) == 1 else Join(parts)

    def operand(self, node: Node, context: Context) -> Expression:
        """A part of a string expression: text, or a hole that shows what fills it."""
        value = self.part(node, context)
        return value if is_text(value) else self.hole(node, value)

    # --- operators ----------------------------------------------------------------------------------

    def binary(self, node: Node, context: Context) -> Expression:
        """An operation: texts put together, one of two values, or something else."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return Unknown(self.short(node))
        operator = self._operator(node)
        if operator in self.PLUS:
            return self._sum(node, context)
        if operator in self.OTHERWISE:
            return Branch(self.short(left), (self.build(left, context), self.build(right, context)))
        if operator in ("&&", "and"):
            self.apart(left, context)
            return Branch(self.short(left), (self.build(right, context), EMPTY))
        return self.other(node, context)

    def _operator(self, node: Node) -> str:
        operator = node.child_by_field_name("operator")
        return "" if operator is None else self.source(operator)

    def _sum(self, node: Node, context: Context) -> Expression:
        # The chain a + b + c + … leans to the left: a loop instead of recursion bears thousands of parts.
        operands: list[Node] = []
        current = node
        while current.type == node.type and self._operator(current) in self.PLUS:
            left, right = current.child_by_field_name("left"), current.child_by_field_name("right")
            if left is None or right is None:
                break
            operands.append(right)
            current = left
        operands.append(current)
        return Join(tuple(self.operand(each, context) for each in reversed(operands)))

    def conditional(self, node: Node, context: Context) -> Expression:
        """``condition ? one : other``, by the nodes' order."""
        parts = significant(node)
        if len(parts) != 3:
            return self.other(node, context)
        self.apart(parts[0], context)
        return Branch(self.short(parts[0]), (self.build(parts[1], context), self.build(parts[2], context)))

    # --- values -------------------------------------------------------------------------------------

    def number(self, node: Node, _: Context) -> Expression:
        """A number; of suffixes of its type nothing is kept."""
        written = re.sub(r"[lLdDfFmMuU]+$|[iu](?:8|16|32|64|128|size)$|f(?:32|64)$", "", self.source(node))
        try:
            plain = written.replace("_", "")
            return Constant(float(plain) if "." in plain else int(plain, 0))
        except ValueError:
            return Unknown(self.short(node))

    def constant(self, node: Node, _: Context) -> Expression:
        """A truth value or nothing."""
        return Constant({"true": True, "false": False}.get(self.source(node).lower()))

    def sequence(self, nodes: Iterable[Node], context: Context) -> Expression:
        """A list that is written out."""
        element = context.inside("element")
        return Sequence(tuple(self.build(each, element) for each in nodes if each.type not in COMMENTS))

    def mapping(self, pairs: list[tuple[str | None, Node]], context: Context) -> Expression:
        """A dictionary or object that is written out. A role that is a constant is read from its name."""
        told = {key: value for key, value in pairs if key in ("role", "type", "content")}
        role = self.role(told["role"]) if "role" in told else None
        entries: list[tuple[str | None, Expression]] = []
        if (
            role is None
            and "type" in told
            and "content" in told
            and (role := self.role(told["type"]) or None)
        ):
            entries.append(("role", Text(role)))  # some say what a message is by its type
        if role is not None:
            context = context.inside(context.holder, f"role={role or 'unknown'}")
        for key, value in pairs:
            built = self.apart(value, context.inside("entry", key or ""))
            if key == "role" and role and not isinstance(built, Template):
                built = Text(role)
            entries.append((key, built))
        return MappingNode(tuple(entries))

    def role(self, node: Node) -> str:
        """The role that a message's text, symbol or constant names; ``""`` if none does."""
        found = ROLE_NAME.search(
            snake(self.source(node).strip("\"'`:& ").replace("::", ".").removesuffix("()"))
        )
        return found[1] if found is not None else ""

    # --- names --------------------------------------------------------------------------------------

    @abstractmethod
    def name_of(self, node: Node | None) -> str | None:
        """The dotted name that a node is, the object of a method written ``self``; ``None`` for anything else."""

    def reference(self, node: Node, context: Context) -> Expression:
        """A name, or the member of an expression; a constant that is named after a role is the role."""
        name = self.name_of(node)
        if name is None:
            return self.other(node, context)
        role = ROLE_CONSTANT.search(snake(name))
        return Text(role[1]) if role is not None else self.named(name, node, context)

    def named(self, name: str, node: Node, context: Context) -> Reference:
        """A reference to a dotted name; a member of a class around may go without its class."""
        head = name.partition(".")[0]
        scope = context.scope
        while scope and head != "self":
            if head in self.locals.get(scope, ()):
                break
            if head in self.members.get(scope, ()):
                name = f"{scope}.{name}"
                break
            scope = scope.rpartition(".")[0]
        return Reference(name, context.scope, self.start(node))

    def member(self, of: Node, name: str, node: Node, context: Context) -> Expression:
        """``of.name``."""
        return self.reference(node, context) if self.name_of(node) else Item(self.apart(of, context), name)

    def item(self, of: Node, key: Node | None, context: Context) -> Expression:
        """``of[key]``; a key that isn't written out is any."""
        built = self.apart(of, context)
        match Unknown() if key is None else self.part(key, context):
            case Text(value=value):
                return Item(built, value)
            case Constant(value=int() as number) if not isinstance(number, bool):
                return Item(built, number)
        return Item(built, "*")

    def literal(self, node: Node | None) -> str | None:
        """The value of a plain string literal or symbol; ``None`` for anything else."""
        if node is None or node.type not in self.grammar.strings:
            return None
        value = self.part(node, Context("", "", "expression"))
        return value.value if isinstance(value, Text) else None
