"""Expressions of Ruby: literals and heredocs, names, calls with blocks, hashes and arrays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from tree_sitter import Node

from scrimp.model.algebra import EMPTY, Branch, Expression, Text, Transform, Unknown
from scrimp.model.facts import Import
from scrimp.readers.code import Context
from scrimp.readers.languages.bindings import Place
from scrimp.readers.languages.expressions import Expressions
from scrimp.readers.languages.grammar import Grammar
from scrimp.readers.languages.literals import (
    ESCAPES,
    Part,
    expression,
    margin_of,
    parts_between,
    with_escapes,
    without_margin,
)
from scrimp.readers.languages.nodes import first_named, fixed, last_named, significant
from scrimp.readers.languages.reading import Reading

RUBY_ESCAPES = {**ESCAPES, "s": " "}
PLAIN_QUOTED = re.compile(r"'|%q|%w")
ESCAPED = re.compile(
    r"\\(?:u\{[0-9A-Fa-f \t]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|\r?\n|.)", re.DOTALL
)
LOGS = frozenset(("debug", "info", "warn", "error", "fatal"))
"""Methods that log what they are given or what their block says."""
CONSTANTS = frozenset(("constant", "scope_resolution"))
SINGLE = re.compile(r"\\[\\']")
NAMED_CONVERSION = re.compile(r"%[-+ 0#\d.]*(?:\{\w+\}|<\w+>)")
TAB = 8


class RubyExpressions(Reading):
    """What the nodes of Ruby are as expressions."""

    language = "ruby"
    grammar = Grammar(
        "tree_sitter_ruby",
        "language",
        (
            *(
                "string",
                "delimited_symbol",
                "heredoc_beginning",
                "heredoc_body",
                "simple_symbol",
                "hash_key_symbol",
            ),
            "chained_string",
        ),
    )
    SILENT = re.compile(
        r"(?:^|\.)(?:puts|print|p|pp|warn|info|debug|error|fatal|raise|fail|abort|log|require|require_relative|puts|it|describe|context"
        r"|specify|execute|exec|find_by_sql|expect|desc|attr_accessor|attr_reader|validates|t|logger|match\?)$"
    )
    RESOURCES = frozenset()  # all calls without arguments look like members
    LISTS = frozenset(("array",))
    TEXT_METHODS = {
        "strip": "strip",
        "lstrip": "lstrip",
        "rstrip": "rstrip",
        "chomp": "rstrip",
        "strip_heredoc": "dedent",
        "gsub": "replace",
        "sub": "replace",
        "join": "joined",
    }
    TEXT_FUNCTIONS = {"format": ("percent", 0), "sprintf": ("percent", 0)}
    SAME_METHODS = frozenset(
        (
            "freeze",
            "dup",
            "to_s",
            "to_str",
            "html_safe",
            "squish",
            "compact",
            "presence",
            "then",
            "squeeze",
            "+@",
            "-@",
        )
    )
    ADDERS = {"concat": "+=", "push": "append", "append": "append"}
    PLUS = frozenset(("+",))
    BRANCHES = frozenset(("if", "unless", "case", "if_modifier", "unless_modifier", "elsif"))
    ARMS = frozenset(("when", "else", "elsif", "in_clause", "rescue"))
    LOOPS = frozenset(("for", "while", "until"))

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.package = ""
        self._bodies: list[Node] = []
        self._starts: list[int] = []
        self._heredocs: dict[int, Node] = {}
        self._taken: set[int] = set()

    def _telling_places(self, strings: list[Node]) -> Iterable[int]:
        self._bodies = sorted(
            (each for each in strings if each.type == "heredoc_body"), key=lambda each: each.start_byte
        )
        self._starts = [each.start_byte for each in self._bodies]
        yield from super()._telling_places(strings)
        # A heredoc tells where it begins: its body may stand behind the method that it belongs to.
        yield from (each.start_byte for each in strings if each.type == "heredoc_beginning")

    # --- literals -----------------------------------------------------------------------------------

    def _string(self, node: Node, context: Context) -> Expression:
        children = node.children
        if len(children) < 2:
            return EMPTY
        start, end = self.end(children[0]), self.start(children[-1])
        plain = PLAIN_QUOTED.match(self.source(children[0])) is not None
        special = with_escapes(
            self._holes(node, context), SINGLE if plain else ESCAPED, self.text, (start, end), RUBY_ESCAPES
        )
        return expression(parts_between(start, end, special), self.text)

    def _holes(self, node: Node, context: Context) -> Iterator[Part]:
        for child in node.named_children:
            if child.type == "interpolation":
                inner = first_named(child)
                hole = Unknown() if inner is None else self.operand(inner, context)
                yield Part(self.start(child), self.end(child), hole=hole)

    def _chained(self, node: Node, context: Context) -> Expression:
        parts = tuple(self.part(each, context) for each in significant(node))
        return self.joined(parts)

    def _heredoc(self, node: Node, context: Context) -> Expression:
        """A heredoc, whose body begins on the line behind; bodies stand in the order of their beginnings."""
        body = self._body_of(node)
        if body is None:
            return Unknown(self.short(node))
        written = self.source(node)
        first, last = body.children[0], body.children[-1]
        start, end = self.start(first), self.start(last)
        start = self.text.find("\n", start, end) + 1 or start
        end = self.text.rfind("\n", start - 1, end) + 1  # the closing word may be indented
        special: list[Part] = []
        if "'" not in written:
            holes = self._holes(body, context)
            special = with_escapes(holes, ESCAPED, self.text, (start, max(start, end)), RUBY_ESCAPES)
        parts = parts_between(start, max(start, end), special)
        if written.startswith("<<~"):
            parts = without_margin(parts, self.text, margin_of(parts, self.text, TAB), TAB)
        return expression(parts, self.text)

    def _body_of(self, node: Node) -> Node | None:
        known = self._heredocs.get(node.start_byte)
        if known is not None:
            return known
        line_end = self.offsets.bytes.find(b"\n", node.start_byte)
        word = self.source(node).lstrip("<~-").strip("'\"`")
        for body in self._bodies[max(bisect_left(self._starts, line_end) - 1, 0) :]:
            fits = body.start_byte >= node.start_byte and body.start_byte not in self._taken
            closing = self.source(body.children[-1]).strip()
            if fits and closing in (word, ""):  # one without an end goes to the end of the file
                self._heredocs[node.start_byte] = body
                self._taken.add(body.start_byte)
                return body
        return None

    def _symbol(self, node: Node, _: Context) -> Expression:
        start, end = self.start(node), self.end(node)
        start += self.text[start:end].startswith(":")
        return Text(self.text[start:end])

    def literal(self, node: Node | None) -> str | None:
        """The value of a plain string or symbol."""
        if node is not None and node.type in ("simple_symbol", "hash_key_symbol"):
            return self.source(node).strip(":")
        return super().literal(node)

    # --- names and calls ----------------------------------------------------------------------------

    def name_of(self, node: Node | None) -> str | None:
        """A name, ``@x`` as ``self.x``, a constant in its modules, or a chain of calls without arguments."""
        if node is None:
            return None
        match node.type:
            case "identifier" | "constant":
                return self.source(node)
            case "self":
                return "self"
            case "instance_variable" | "class_variable":
                return "self." + self.source(node).lstrip("@")
            case "scope_resolution":
                return self.source(node).removeprefix("::").replace("::", ".")
            case "call" if node.child_by_field_name("arguments") is None:
                return self._name_of_chain(node)
        return None

    def _name_of_chain(self, node: Node) -> str | None:
        """The name of a chain of calls without arguments; what a constant makes or changes a text is none."""
        receiver, method = (
            node.child_by_field_name("receiver"),
            self.source(node.child_by_field_name("method")),
        )
        of = None if node.child_by_field_name("block") is not None else self.name_of(receiver)
        if of is None or not method or method in self.SAME_METHODS or method in self.TEXT_METHODS:
            return None
        made = receiver is not None and receiver.type in CONSTANTS and not method[0].isupper()
        return None if made or method in ("new", "build") else f"{of}.{method}"

    def _reference(self, node: Node, context: Context) -> Expression:
        written = self.name_of(node)
        if written is None:
            return self.other(node, context)
        head = written.partition(".")[0]
        if head[:1].isupper():
            self._global(head)
        return self.named(written, node, context)

    def _global(self, head: str) -> None:
        """A constant that is used is one of another file, or of a library."""
        if head not in self._globals:
            self._globals.add(head)
            self.imports.append(Import("", "", head, head, 0))

    @property
    def _globals(self) -> set[str]:
        return self.locals.setdefault("<constants>", set())

    def call_parts(self, node: Node) -> tuple[Node | None, str, list[Node]] | None:
        """Receiver, name and arguments of a call; ``list << item`` is one."""
        if node.type == "binary" and self._operator(node) == "<<":
            right = node.child_by_field_name("right")
            return node.child_by_field_name("left"), "<<", [] if right is None else [right]
        if node.type != "call":
            return None
        arguments = node.child_by_field_name("arguments")
        listed = [] if arguments is None else significant(arguments)
        return node.child_by_field_name("receiver"), self.source(node.child_by_field_name("method")), listed

    def _called(self, node: Node, context: Context) -> Expression:
        parts = self.call_parts(node)
        if parts is None or node.type != "call":
            return self.other(node, context)
        receiver, method, arguments = parts
        if receiver is not None and method in LOGS:
            return Unknown(self.short(node))
        block = node.child_by_field_name("block")
        if block is not None:
            self._block(
                block, context, loop=method in ("each", "map", "times", "each_with_index", "flat_map")
            )
        if receiver is not None and not arguments and self.name_of(node) is not None and block is None:
            built = self._reference(node, context)
            if method not in self._calls_of_interest:
                return built
        head = (self.name_of(receiver) or "").partition(".")[0] if receiver is not None else ""
        if head[:1].isupper():
            self._global(head)
        if method == "new" and receiver is not None and (made := self.name_of(receiver)) is not None:
            return self.call(node, context, None, made, arguments)
        return self.call(node, context, receiver, method, arguments)

    _calls_of_interest = frozenset(("call", "run", "complete", "generate"))

    def _block(self, node: Node, context: Context, *, loop: bool) -> None:
        outer = self.place
        self.place = Place(outer.scope, outer.arms, outer.loop or loop)
        self.inline(node, context)
        self.place = outer

    def argument(self, node: Node) -> tuple[str, Node]:
        """The keyword of an argument and its value."""
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        if node.type == "pair" and key is not None and value is not None:
            return self.literal(key) or self.source(key), value
        return "", node

    def _hash(self, node: Node, context: Context) -> Expression:
        pairs: list[tuple[str | None, Node]] = []
        for each in significant(node):
            key, value = each.child_by_field_name("key"), each.child_by_field_name("value")
            if each.type == "pair" and key is not None and value is not None:
                pairs.append((self.literal(key), value))
        return self.mapping(pairs, context)

    def _array(self, node: Node, context: Context) -> Expression:
        return self.sequence(node.named_children, context)

    def _element(self, node: Node, context: Context) -> Expression:
        parts = significant(node)
        if not parts:
            return Unknown(self.short(node))
        return self.item(parts[0], parts[1] if len(parts) > 1 else None, context)

    def _percent(self, node: Node, context: Context) -> Expression:
        """``text % values``, or an operation as in other languages."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None and self._operator(node) == "%":
            listed = significant(right) if right.type in ("array", "hash") else [right]
            changed = self.changed("percent", left, listed, context)
            return self.other(node, context) if changed is None else changed
        return self.binary(node, context)

    def printed(self, of: Expression, rest: list[Node], context: Context) -> Expression:
        """Conversions of ``printf``, which in Ruby may have names too."""
        if NAMED_CONVERSION.search(fixed(of)) is not None:
            return Transform("percent", of, self.fillings(rest, context))
        return super().printed(of, rest, context)

    def _branches(self, node: Node, context: Context) -> Expression:
        """``if`` as an expression: what its arms end with."""
        condition = self.short(node.child_by_field_name("condition") or node.child_by_field_name("value"))
        values = [self.build(each, context) for each in self._ends(node)]
        return Branch(condition, tuple(values)) if values else Unknown(self.short(node))

    def _ends(self, node: Node) -> Iterator[Node]:
        for child in node.named_children:
            if child.type in ("then", "else", "elsif", "when", "body_statement"):
                if child.type in ("elsif", "when"):
                    yield from self._ends(child)
                elif (last := last_named(child)) is not None:
                    yield last

    EXPRESSIONS = {
        "string": _string,
        "delimited_symbol": _string,
        "chained_string": _chained,
        "heredoc_beginning": _heredoc,
        "simple_symbol": _symbol,
        "hash_key_symbol": _symbol,
        "binary": _percent,
        "unary": Expressions.last,
        "conditional": Expressions.conditional,
        "parenthesized_statements": Expressions.last,
        "identifier": _reference,
        "constant": _reference,
        "instance_variable": _reference,
        "class_variable": _reference,
        "scope_resolution": _reference,
        "call": _called,
        "array": _array,
        "hash": _hash,
        "pair": Expressions.last,
        "element_reference": _element,
        "if": _branches,
        "case": _branches,
        "integer": Expressions.number,
        "float": Expressions.number,
        "true": Expressions.constant,
        "false": Expressions.constant,
        "nil": Expressions.constant,
    }
