"""Python expressions as algebra. Sites (maximal string expressions) and calls are recorded on the way."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace
from tree_sitter import Node

from scrimp.model.algebra import (
    EMPTY,
    Argument,
    Branch,
    Call,
    Constant,
    Expression,
    Item,
    Join,
    Loop,
    Mapping,
    Reference,
    Sequence,
    Template,
    Text,
    Transform,
    Unknown,
    Variable,
)
from scrimp.model.facts import Binding, CallSite, Each, Site
from scrimp.readers.code import Context, words_of
from scrimp.readers.offsets import Offsets
from scrimp.readers.python.counted import counted
from scrimp.readers.python.grammar import FIELD
from scrimp.readers.python.index import each_of, first_child
from scrimp.readers.python.literals import string_expression
from scrimp.readers.python.loops import bound_by
from scrimp.readers.python.stars import is_unpacked

STRING_METHODS = frozenset(
    ("strip", "lstrip", "rstrip", "format", "replace", "join", "removeprefix", "removesuffix", "format_map")
)
DEDENTS = frozenset(("dedent", "textwrap.dedent", "cleandoc", "inspect.cleandoc"))
CHANGING = tuple(name.encode() for name in (*STRING_METHODS, *DEDENTS))
"""How the callees end that may change a string."""
TRANSPARENT_CALLS = frozenset(("str", "_", "gettext", "cast", "typing.cast"))
STRING_OPERATORS = frozenset(("+", "%"))
LITERALS = frozenset(("string", "concatenated_string"))
OPERATIONS = frozenset(("parenthesized_expression", "binary_operator"))
FORMING = LITERALS | OPERATIONS | {"call"}
"""What may form a string."""
NAMES = frozenset(("identifier", "attribute"))
TEXTS = frozenset(("string", "concatenated_string", "binary_operator", "dictionary"))
"""What comprehensions make that may be text or messages."""
SHORTENED = 80
MOST_NAMES = 16_384
"""Texts that are known to be names or not: a file says few of them very often."""
DOTTED = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*(?:\s*\.\s*[A-Za-z_\x80-\xff][\w\x80-\xff]*)*")


class Builder(Struct):
    """Builds the expressions of one file."""

    text: str
    offsets: Offsets
    sites: list[Site] = field(default_factory=list)
    calls: list[CallSite] = field(default_factory=list)
    names: dict[tuple[str, str], None] = field(default_factory=dict)
    """The names that the expressions built so far refer to, each with its scope, in the order of their building."""
    given: list[Binding] = field(default_factory=list)
    """What the clauses of comprehensions that make text bind their names to."""
    inside: bool = False
    """Whether what is being built is part of a string expression."""
    _forming: dict[int, bool] = field(default_factory=dict)
    """Whether nodes form strings, by their ids: asked again for every part of a long chain."""

    def source(self, node: Node) -> str:
        """The text of a node."""
        return self.offsets.bytes[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def dotted(self, node: Node) -> str | None:
        """``a.b.c`` as text if a node is nothing but names and dots, and a star that the list around it tells."""
        return dotted_text(self.offsets.bytes[node.start_byte : node.end_byte].lstrip(b"*"))

    def build(self, node: Node, context: Context) -> Expression:
        """The expression of a node; a maximal string expression is recorded as a site."""
        kind = node.type
        builder = PLAIN.get(kind)
        if builder is None:
            return self._formed(node, context) if kind in LITERALS else Unknown(self._short(node))
        if kind in OPERATIONS and self._forms(node, kind):
            return self._formed(node, context)
        return builder(self, node, context)

    def _formed(self, node: Node, context: Context) -> Expression:
        """The expression of a node that forms a string."""
        outer, self.inside = self.inside, True
        body = self._string(node, context)
        self.inside = outer
        if body is None:
            return Unknown(self._short(node))
        if outer:  # a part of a string expression is no unit of its own
            return body
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        held = (context.scope, context.name, context.holder, context.callees, context.keys)
        self.sites.append(Site(body, start, end, *held, words_of(body)))
        return Template(len(self.sites) - 1, body)

    def _short(self, node: Node) -> str:
        return " ".join(self.source(node).split())[:SHORTENED]

    def _is_string_forming(self, node: Node) -> bool:
        kind = node.type
        return kind in FORMING and self._forms(node, kind)

    def _forms(self, node: Node, kind: str) -> bool:
        """Whether a node of a kind that may do so forms a string."""
        if kind in LITERALS:
            return True
        if kind == "call" and not self._changes(node.child_by_field_id(FIELD.function)):  # most calls
            return False
        known = self._forming.get(node.id)
        if known is None:
            known = self._forming[node.id] = self._forms_string(node, kind)
        return known

    def _forms_string(self, node: Node, kind: str) -> bool:
        match kind:
            case "parenthesized_expression":
                inner = first_child(node)
                return inner is not None and self._is_string_forming(inner)
            case "binary_operator":
                return self._has_string_operand(node)
        return self._string_call(node) is not None

    def _operator(self, node: Node) -> str:
        operator = node.child_by_field_id(FIELD.operator)
        return "" if operator is None else operator.type

    def _has_string_operand(self, node: Node) -> bool:
        # The chain a + b + c + … leans to the left: a loop instead of recursion bears thousands of parts.
        chain: list[int] = []
        current: Node | None = node
        found = False
        while current is not None and not found:
            if current.type != "binary_operator" or current.id in self._forming:
                found = self._is_string_forming(current)
                break
            if self._operator(current) not in STRING_OPERATORS:
                break
            chain.append(current.id)
            right = current.child_by_field_id(FIELD.right)
            found = right is not None and self._is_string_forming(right)
            current = current.child_by_field_id(FIELD.left)
        self._forming.update(dict.fromkeys(chain, found))
        return found

    def _changes(self, function: Node | None) -> bool:
        """Whether what is called is named like what changes a string."""
        return function is not None and self.offsets.bytes.endswith(
            CHANGING, function.start_byte, function.end_byte
        )

    def _string_call(self, node: Node) -> tuple[str, Node] | None:
        """Operation and operand of a call that changes a string literal: ``"…".strip()``, ``dedent("…")``."""
        function = node.child_by_field_id(FIELD.function)
        arguments = node.child_by_field_id(FIELD.arguments)
        if function is None or arguments is None:
            return None
        if function.type == "attribute":
            method = function.child_by_field_id(FIELD.attribute)
            operand = function.child_by_field_id(FIELD.object)
            if method is not None and operand is not None:
                name = self.source(method)
                if name in STRING_METHODS and self._is_string_forming(operand):
                    if name == "join" and not self._joins_literals(arguments):
                        return None
                    return name, operand
        name = self.source(function) if function.type in ("identifier", "attribute") else ""
        if name in DEDENTS and arguments.named_child_count:
            operand = first_child(arguments)
            if operand is not None and self._is_string_forming(operand):
                return "cleandoc" if name.endswith("cleandoc") else "dedent", operand
        return None

    def _joins_literals(self, arguments: Node) -> bool:
        """Whether a join is of a list that is written out: otherwise the list has its own story."""
        only = first_child(arguments)
        return only is not None and only.type in (
            "list",
            "tuple",
            "generator_expression",
            "list_comprehension",
        )

    def _string(self, node: Node, context: Context) -> Expression | None:
        match node.type:
            case "string":
                return self._literals([node], context)
            case "concatenated_string":
                literals = [child for child in node.named_children if child.type == "string"]
                return self._literals(literals, context)
            case "parenthesized_expression":
                inner = first_child(node)
                return None if inner is None else self._string(inner, context)
            case "binary_operator":
                return self._operation(node, context)
            case "call":
                return self._transform(node, context)
        return None

    def _literals(self, nodes: list[Node], context: Context) -> Expression | None:
        return string_expression(nodes, self.offsets, self.text, lambda inner: self.build(inner, context))

    def _operation(self, node: Node, context: Context) -> Expression | None:
        operands: list[Node] = []
        current = node
        while current.type == "binary_operator" and self._operator(current) == "+":
            left, right = current.child_by_field_id(FIELD.left), current.child_by_field_id(FIELD.right)
            if left is None or right is None:
                return None
            operands.append(right)
            current = left
        if operands:
            operands.append(current)
            return Join(tuple(self._operand(operand, context) for operand in reversed(operands)))
        left, right = node.child_by_field_id(FIELD.left), node.child_by_field_id(FIELD.right)
        if left is None or right is None:
            return None
        of = self._string(left, context) if self._is_string_forming(left) else None
        if of is None:
            return None
        values = self._percent_arguments(right, context)
        return Transform("percent", of, values)

    def _percent_arguments(self, node: Node, context: Context) -> tuple[Argument, ...]:
        node = _unwrapped(node)
        if node.type == "tuple":
            return tuple(Argument("", self.build(child, context)) for child in node.named_children)
        value = self.build(node, context)
        if isinstance(value, Mapping):
            return tuple(Argument(key or "", item) for key, item in value.entries)
        return (Argument("", value),)

    def _operand(self, node: Node, context: Context) -> Expression:
        """A part of a ``+`` chain: text, or a hole that shows what fills it."""
        node = _unwrapped(node)
        value = self.build(node, context)
        if self._is_string_forming(node) or isinstance(value, Branch):
            return value
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        return Variable(self._short(node), start, end, value)

    def _transform(self, node: Node, context: Context) -> Expression | None:
        found = self._string_call(node)
        arguments = node.child_by_field_id(FIELD.arguments)
        if found is None or arguments is None:
            return None
        operation, operand = found
        of = self._string(operand, context)
        if of is None:
            return None
        if operation in ("dedent", "cleandoc"):
            return Transform(operation, of)
        return Transform(operation, of, self._arguments(arguments, context))

    def _inner(self, node: Node, context: Context) -> Expression:
        inner = first_child(node)
        return Unknown(self._short(node)) if inner is None else self.build(inner, context)

    def _named(self, node: Node, context: Context) -> Expression:
        value = node.child_by_field_id(FIELD.value)
        return Unknown(self._short(node)) if value is None else self.build(value, context)

    def _reference(self, node: Node, context: Context) -> Expression:
        name = self.source(node)
        self.names[context.scope, name] = None
        return Reference(name, context.scope, self.offsets.char(node.start_byte))

    def _named_by(self, name: str, node: Node, context: Context) -> Expression:
        head = name.partition(".")[0]
        self.names[context.scope, name if head in ("self", "cls") else head] = None
        return Reference(name, context.scope, self.offsets.char(node.start_byte))

    def _attribute(self, node: Node, context: Context) -> Expression:
        name = self.dotted(node)
        if name is not None:
            return self._named_by(name, node, context)
        of, attribute = node.child_by_field_id(FIELD.object), node.child_by_field_id(FIELD.attribute)
        if of is None or attribute is None:
            return Unknown(self._short(node))
        return Item(self.build(of, context), self.source(attribute))

    def _subscript(self, node: Node, context: Context) -> Expression:
        of, key = node.child_by_field_id(FIELD.value), node.child_by_field_id(FIELD.subscript)
        if of is None or key is None:
            return Unknown(self._short(node))
        built, name = self.build(of, context), self.literal(key)
        if name is not None:
            return Item(built, name)
        member = self.build(key, context)
        match member:
            case Constant(value=int() as number) if not isinstance(number, bool):
                return Item(built, number)
            case Reference():
                return self._operator_call("[]", (built, member), node, context)
        return Item(built, "*")

    def _conditional(self, node: Node, context: Context) -> Expression:
        parts = node.named_children
        if len(parts) != 3:
            return Unknown(self._short(node))
        return Branch(self._short(parts[1]), (self.build(parts[0], context), self.build(parts[2], context)))

    def _boolean(self, node: Node, context: Context) -> Expression:
        left, right = node.child_by_field_id(FIELD.left), node.child_by_field_id(FIELD.right)
        if left is None or right is None:
            return Unknown(self._short(node))
        if self._operator(node) == "and":
            return Branch(self._short(left), (self.build(right, context), EMPTY))
        return Branch(self._short(left), (self.build(left, context), self.build(right, context)))

    def _sequence(self, node: Node, context: Context) -> Expression:
        element = context.inside("element")
        items: list[Expression] = []
        for child in node.named_children:
            if child.type == "comment":
                continue
            item = self.build(child, element)
            items.append(Transform("spread", item) if is_unpacked(child) else item)
        return Sequence(tuple(items))

    def _splat(self, node: Node, context: Context) -> Expression:
        """What stands behind the star of ``*items``, which the list around it tells."""
        return self._inner(node, context)

    def _mapping(self, node: Node, context: Context) -> Expression:
        entries: list[tuple[str | None, Expression]] = []
        if context.holder == "assignment" and context.name and not context.keys:
            context = replace(context, keys=(context.name,))
        role = self._role(node)
        if role:
            context = context.inside(context.holder, f"role={role}")
        for child in node.named_children:
            if child.type != "pair":
                if child.type == "dictionary_splat":
                    inner = first_child(child)
                    if inner is not None:
                        entries.append((None, self.build(inner, context)))
                continue
            key, value = child.child_by_field_id(FIELD.key), child.child_by_field_id(FIELD.value)
            if key is None or value is None:
                continue
            name = self.literal(key) or self._short(key)
            entries.append((name, self.build(value, context.inside("entry", name))))
        return Mapping(tuple(entries))

    def _role(self, node: Node) -> str:
        """What a dictionary says its role is, if it is a message."""
        for child in node.named_children:
            key = child.child_by_field_id(FIELD.key)
            if key is not None and self.offsets.bytes[key.start_byte + 1 : key.end_byte - 1] == b"role":
                value = child.child_by_field_id(FIELD.value)
                return (self.literal(value) or "unknown") if value is not None else ""
        return ""

    def literal(self, node: Node) -> str | None:
        """The value of a plain string literal; ``None`` for anything else."""
        if node.type != "string":
            return None
        value = string_expression([node], self.offsets, self.text, lambda _: EMPTY)
        return value.value if isinstance(value, Text) else None

    def _comprehension(self, node: Node, context: Context) -> Expression:
        body = node.child_by_field_id(FIELD.body)
        if body is None:
            return Unknown(self._short(node))
        clauses = [child for child in node.named_children if child.type in ("for_in_clause", "if_clause")]
        over = self._short(clauses[0]) if clauses else ""
        items = clauses[0].child_by_field_id(FIELD.right) if len(clauses) == 1 else None
        of = None if items is None else counted(items, self, context)
        within = replace(context.inside("element"), loop=True, each=self._each(clauses))
        value = body.child_by_field_id(FIELD.value) if body.type == "pair" else None
        if value is not None:  # a dictionary is no list of texts, but its values may be answers
            self.build(value, within)
            return Unknown(self._short(node))
        built = self.build(body, within)
        if body.type in TEXTS:
            self._give(node, [each for each in clauses if each.type == "for_in_clause"], context)
        return Loop(over, built, of)

    def _give(self, node: Node, loops: list[Node], context: Context) -> None:
        """Bind the names of a comprehension's loops to any of the items."""
        start = self.offsets.char(node.start_byte)
        for loop in loops:
            for target, value in bound_by(loop, self, context):
                name = self.source(target)
                self.given.append(Binding(context.scope, name, "=", value, start, start, (), loop=False))

    def _each(self, clauses: list[Node]) -> Each | None:
        """The innermost of a comprehension's loops that goes through items."""
        loops = [each_of(clause, self.source) for clause in clauses if clause.type == "for_in_clause"]
        return next((each for each in reversed(loops) if each is not None), None)

    def _lambda(self, node: Node, context: Context) -> Expression:
        """What it gives: whoever takes a function calls it, sooner or later."""
        body = node.child_by_field_id(FIELD.body)
        return Unknown(self._short(node)) if body is None else self.build(body, context)

    def _binary(self, node: Node, context: Context) -> Expression:
        """``folder / name`` joins paths, ``list + list`` lists, ``prompt | model`` a chain; numbers aren't text."""
        left, right = node.child_by_field_id(FIELD.left), node.child_by_field_id(FIELD.right)
        operator = self._operator(node)
        if left is None or right is None or operator not in ("/", "+", "|"):
            return Unknown(self._short(node))
        one, other = self.build(left, context), self.build(right, context)
        if operator == "/":
            return Transform("path", one, (Argument("", other),))
        return self._operator_call(operator, (one, other), node, context)

    def _operator_call(
        self, operator: str, operands: tuple[Expression, Expression], node: Node, context: Context
    ) -> Expression:
        """An operator as the call of a function: the linker knows the operands, and so what it means."""
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        arguments = tuple(Argument("", operand) for operand in operands)
        return Call(Reference(operator, context.scope, start), arguments, start, end)

    def _number(self, node: Node, _: Context) -> Expression:
        try:
            written = self.source(node).replace("_", "")
            return Constant(int(written, 0) if node.type == "integer" else float(written))
        except ValueError:
            return Unknown(self._short(node))

    def _constant(self, node: Node, _: Context) -> Expression:
        return Constant({"true": True, "false": False}.get(node.type))

    def _call(self, node: Node, context: Context) -> Expression:
        function, arguments = node.child_by_field_id(FIELD.function), node.child_by_field_id(FIELD.arguments)
        if function is None or arguments is None:
            return Unknown(self._short(node))
        if self._changes(function) and self._forms(node, "call"):
            return self._formed(node, context)
        name = self.dotted(function)
        callee = name or "()." + self._last(function)
        if callee == "dict" and arguments.type == "argument_list":
            return self._dictionary_call(arguments, context)
        inside = context.inside("argument", callee=callee)
        outer, self.inside = self.inside, False
        if arguments.type == "argument_list":
            built = self._arguments(arguments, inside)
        else:  # a bare generator: f(x for x in y)
            built = (Argument("", self.build(arguments, inside)),)
        is_name = name is not None and function.type in NAMES
        of = self._named_by(callee, function, context) if is_name else self.build(function, context)
        self.inside = outer
        if callee in TRANSPARENT_CALLS and built:
            return built[-1].value
        call = Call(of, built, self.offsets.char(node.start_byte), self.offsets.char(node.end_byte))
        self.calls.append(CallSite(context.scope, callee, call, context.loop, context.each))
        return call

    def _dictionary_call(self, arguments: Node, context: Context) -> Expression:
        """``dict(role="user", content=…)`` as the dictionary that it makes."""
        pairs = [
            (child.child_by_field_id(FIELD.name), child.child_by_field_id(FIELD.value))
            for child in arguments.named_children
            if child.type == "keyword_argument"
        ]
        named = [
            (self.source(name), value) for name, value in pairs if name is not None and value is not None
        ]
        role = next((self.literal(value) or "unknown" for name, value in named if name == "role"), "")
        if role:
            context = context.inside(context.holder, f"role={role}")
        return Mapping(
            tuple((name, self.build(value, context.inside("entry", name))) for name, value in named)
        )

    def _last(self, function: Node) -> str:
        attribute = function.child_by_field_id(FIELD.attribute)
        return "" if attribute is None else self.source(attribute)

    def _arguments(self, node: Node, context: Context) -> tuple[Argument, ...]:
        built = []
        for child in node.named_children:
            name, value = "", None
            kind = child.type
            match kind:
                case "comment":
                    continue
                case "keyword_argument":
                    key, given = child.child_by_field_id(FIELD.name), child.child_by_field_id(FIELD.value)
                    if key is not None and given is not None:
                        name = self.source(key)
                        value = self.build(given, context.inside("argument", name))
                case "list_splat" | "dictionary_splat":
                    inner = first_child(child)
                    if inner is not None:
                        name = "*" if kind == "list_splat" else "**"
                        value = self.build(inner, context)
                case _:
                    value = self.build(child, context)
            if value is not None:
                start, end = self.offsets.char(child.start_byte), self.offsets.char(child.end_byte)
                built.append(Argument(name, value, start, end))
        return tuple(built)


def _unwrapped(node: Node) -> Node:
    """What stands inside of parentheses."""
    inner = first_child(node) if node.type == "parenthesized_expression" else None
    return node if inner is None else inner


@lru_cache(MOST_NAMES)
def dotted_text(text: bytes) -> str | None:
    """UTF-8 source as text if it is nothing but names and dots."""
    written = text.decode("utf-8", "replace")
    if written.isidentifier():
        return written
    return "".join(written.split()) if DOTTED.fullmatch(text) else None


PLAIN = {
    "identifier": Builder._reference,
    "attribute": Builder._attribute,
    "subscript": Builder._subscript,
    "conditional_expression": Builder._conditional,
    "boolean_operator": Builder._boolean,
    "list": Builder._sequence,
    "tuple": Builder._sequence,
    "set": Builder._sequence,
    "expression_list": Builder._sequence,
    "list_splat": Builder._splat,
    "dictionary": Builder._mapping,
    "binary_operator": Builder._binary,
    "list_comprehension": Builder._comprehension,
    "generator_expression": Builder._comprehension,
    "set_comprehension": Builder._comprehension,
    "dictionary_comprehension": Builder._comprehension,
    "parenthesized_expression": Builder._inner,
    "await": Builder._inner,
    "yield": Builder._inner,
    "lambda": Builder._lambda,
    "named_expression": Builder._named,
    "as_pattern": Builder._inner,
    "with_item": Builder._named,
    "integer": Builder._number,
    "float": Builder._number,
    "true": Builder._constant,
    "false": Builder._constant,
    "none": Builder._constant,
    "call": Builder._call,
}
