"""JavaScript expressions as algebra. Sites (maximal string expressions) and calls are recorded on the way."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from tree_sitter import Node

from scrimp.model.algebra import (
    EMPTY,
    Argument,
    Branch,
    Call,
    Constant,
    Expression,
    Item,
    Mapping,
    Reference,
    Sequence,
    Template,
    Transform,
    Unknown,
)
from scrimp.model.facts import Binding, CallSite, Site
from scrimp.readers.code import Context, words_of
from scrimp.readers.javascript import calls, strings, texts
from scrimp.readers.javascript.literals import literal_value
from scrimp.readers.javascript.names import dotted, first_child, text_of
from scrimp.readers.offsets import Offsets

SHORTENED = 80


class Builder(Struct):
    """Builds the expressions of one file. ``functions`` are the names of its functions, by where they start."""

    text: str
    offsets: Offsets
    functions: dict[int, str]
    sites: list[Site] = field(default_factory=list)
    calls: list[CallSite] = field(default_factory=list)
    given: list[Binding] = field(default_factory=list)
    """What callbacks of lists get as their parameters."""
    names: set[tuple[str, str]] = field(default_factory=set)
    """The names that the expressions built so far refer to, each with its scope."""
    bodies: set[int] = field(default_factory=set)
    """Where bodies of callbacks start that were built in place."""
    inside: bool = False
    """Whether what is being built is part of a string expression."""

    def build(self, node: Node, context: Context) -> Expression:
        """The expression of a node; a maximal string expression is recorded as a site."""
        node = strings.unwrapped(node)
        if not strings.forms_text(node):
            builder = PLAIN.get(node.type)
            return Unknown(self.short(node)) if builder is None else builder(self, node, context)
        outer, self.inside = self.inside, True
        try:
            body = texts.string(self, node, context)
        finally:
            self.inside = outer
        if outer:  # a part of a string expression is no unit of its own
            return body
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        held = (context.scope, context.name, context.holder, context.callees, context.keys)
        self.sites.append(Site(body, start, end, *held, words_of(body)))
        return Template(len(self.sites) - 1, body)

    def short(self, node: Node) -> str:
        """The source of a node, shortened."""
        return " ".join(text_of(node).split())[:SHORTENED]

    def literal(self, node: Node) -> str | None:
        """The value of a plain string literal; ``None`` for anything else."""
        return literal_value(node, self.offsets, self.text)

    def key(self, node: Node | None) -> str | None:
        """The key of an object's entry or a class's member; ``None`` if it is computed."""
        if node is None:
            return None
        if node.type == "computed_property_name":
            inner = first_child(node)
            return None if inner is None else self.literal(inner)
        return self.literal(node) if node.type == "string" else text_of(node)

    # --- names and members ----------------------------------------------------------------------------

    def _reference(self, node: Node, context: Context) -> Expression:
        name = dotted(node) or text_of(node)
        head = name.partition(".")[0]
        self.names.add((context.scope, name if head == "self" else head))
        return Reference(name, context.scope, self.offsets.char(node.start_byte))

    def _super(self, node: Node, context: Context) -> Expression:
        """The base of an object: ``super`` called, as in Python."""
        start, end = self.offsets.char(node.start_byte), self.offsets.char(node.end_byte)
        return Call(Reference("super", context.scope, start), (), start, end)

    def _member(self, node: Node, context: Context) -> Expression:
        of = node.child_by_field_name("object")
        if dotted(node) is not None and (of is None or of.type != "super"):
            return self._reference(node, context)
        attribute = node.child_by_field_name("property")
        if of is None or attribute is None:
            return Unknown(self.short(node))
        return Item(self.build(of, context), text_of(attribute))

    def _subscript(self, node: Node, context: Context) -> Expression:
        of, key = node.child_by_field_name("object"), node.child_by_field_name("index")
        if of is None or key is None:
            return Unknown(self.short(node))
        built = self.build(of, context)
        literal = self.literal(key)
        if literal is not None:
            return Item(built, literal)
        value = self.build(key, context)
        return Item(built, value.value if isinstance(value, Constant) and type(value.value) is int else "*")

    def function(self, node: Node) -> Expression:
        """A function or class that is written where it is used: a reference to it by its name."""
        scope, _, name = self.functions.get(node.start_byte, "").rpartition(".")
        return Reference(name, scope, self.offsets.char(node.end_byte)) if name else Unknown(self.short(node))

    def _function(self, node: Node, _: Context) -> Expression:
        return self.function(node)

    # --- conditions and containers --------------------------------------------------------------------

    def _conditional(self, node: Node, context: Context) -> Expression:
        condition = node.child_by_field_name("condition")
        one, other = node.child_by_field_name("consequence"), node.child_by_field_name("alternative")
        if condition is None or one is None or other is None:
            return Unknown(self.short(node))
        return Branch(self.short(condition), (self.part(one, context), self.part(other, context)))

    def _binary(self, node: Node, context: Context) -> Expression:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = strings.operator(node)
        if right is not None and sign == ">" and strings.unwrapped(right).type == "object":
            return self.build(right, context)  # make<A, B>({…}), where the grammar takes it for comparisons
        if left is None or right is None or sign not in ("&&", "||", "??"):
            return Unknown(self.short(node))
        if sign == "&&":
            return Branch(self.short(left), (self.part(right, context), EMPTY))
        return Branch(self.short(left), (self.part(left, context), self.part(right, context)))

    def part(self, node: Node, context: Context) -> Expression:
        """An alternative: within a text it is a part of it."""
        return texts.operand(self, node, context) if self.inside else self.build(node, context)

    def _array(self, node: Node, context: Context) -> Expression:
        element = context.inside("element")
        return Sequence(tuple(self._element(child, element) for child in calls.written(node)))

    def _element(self, node: Node, context: Context) -> Expression:
        if node.type == "spread_element":
            inner = first_child(node)
            return Transform("spread", Unknown() if inner is None else self.build(inner, context))
        return self.part(node, context)

    def _object(self, node: Node, context: Context) -> Expression:
        entries = ((argument.name, argument.value) for argument in self.entries(node, context, "entry"))
        return Mapping(tuple((None if name in ("", "**") else name, value) for name, value in entries))

    def entries(self, node: Node, context: Context, holder: str) -> Iterator[Argument]:
        """The entries of an object; what is spread into it is ``**``, and what has a computed key has no name."""
        outer, self.inside = self.inside, False
        role = self.role(node)
        if role:
            context = context.inside(context.holder, f"role={role}")
        for child in node.named_children:
            match child.type:
                case "pair":
                    key, value = (
                        self.key(child.child_by_field_name("key")),
                        child.child_by_field_name("value"),
                    )
                    if value is not None:
                        known = key or self.short(child)
                        yield Argument(key or "", self.build(value, context.inside(holder, known)))
                case "shorthand_property_identifier":
                    yield Argument(text_of(child), self._reference(child, context))
                case "spread_element":
                    inner = first_child(child)
                    if inner is not None:
                        yield Argument("**", self.build(inner, context))
                case "method_definition":
                    yield Argument(text_of(child.child_by_field_name("name")), self.function(child))
        self.inside = outer

    def role(self, node: Node) -> str:
        """What an object says its role is, if it is a message."""
        for child in node.named_children:
            if child.type == "pair" and self.key(child.child_by_field_name("key")) == "role":
                value = child.child_by_field_name("value")
                return (self.literal(strings.unwrapped(value)) or "unknown") if value is not None else ""
        return ""

    def _number(self, node: Node, _: Context) -> Expression:
        try:
            written = text_of(node).replace("_", "")
            return Constant(int(written, 0) if written.isalnum() and "e" not in written else float(written))
        except ValueError:
            return Unknown(self.short(node))

    def _constant(self, node: Node, _: Context) -> Expression:
        return Constant({"true": True, "false": False}.get(node.type))

    def _inner(self, node: Node, context: Context) -> Expression:
        inner = first_child(node)
        return Unknown(self.short(node)) if inner is None else self.build(inner, context)

    def _last(self, node: Node, context: Context) -> Expression:
        parts = node.named_children
        return self.build(parts[-1], context) if parts else Unknown(self.short(node))

    def _assigned(self, node: Node, context: Context) -> Expression:
        value = node.child_by_field_name("right")
        return Unknown(self.short(node)) if value is None else self.build(value, context)


PLAIN = {
    "identifier": Builder._reference,
    "this": Builder._reference,
    "super": Builder._super,
    "member_expression": Builder._member,
    "subscript_expression": Builder._subscript,
    "ternary_expression": Builder._conditional,
    "binary_expression": Builder._binary,
    "array": Builder._array,
    "object": Builder._object,
    "arrow_function": Builder._function,
    "function_expression": Builder._function,
    "generator_function": Builder._function,
    "class": Builder._function,
    "await_expression": Builder._inner,
    "yield_expression": Builder._inner,
    "sequence_expression": Builder._last,
    "assignment_expression": Builder._assigned,
    "number": Builder._number,
    "true": Builder._constant,
    "false": Builder._constant,
    "null": Builder._constant,
    "undefined": Builder._constant,
    "call_expression": calls.call,
    "new_expression": calls.call,
}
