"""Ruby: strings in all quotes, heredocs (squiggly ones lose their margin), constants, hashes, blocks and ``<<``.

``@x`` is ``self.x``; modules and classes are scopes; all files share one namespace of constants. The last expression of
a method is what it returns.
"""

from __future__ import annotations

from collections.abc import Iterable

from tree_sitter import Node, Tree

from scrimp.model.facts import Arm, Facts
from scrimp.model.source import Source
from scrimp.readers.languages.bindings import Parameter, Place
from scrimp.readers.languages.nodes import COMMENTS, first_named, significant
from scrimp.readers.ruby.expressions import RubyExpressions

name = "ruby"
VERSION = 2
WRITTEN = frozenset(
    ("string", "chained_string", "heredoc_beginning", "constant", "call", "binary", "conditional")
)
"""What a class may set by a call of a class method: texts, and what gives some."""


def read(source: Source) -> Facts:
    """The facts of a Ruby file."""
    return _Ruby(source.text).facts()


def tree(data: bytes) -> Tree:
    """The syntax tree of UTF-8 source; errors are nodes in it."""
    return RubyExpressions.grammar.parse(data)


class _Ruby(RubyExpressions):
    # --- statements ---------------------------------------------------------------------------------

    def _class(self, node: Node, place: Place) -> None:
        named, parent = node.child_by_field_name("name"), node.child_by_field_name("superclass")
        base = None if parent is None else self.name_of(first_named(parent))
        if base is not None:
            self._global(base.partition(".")[0])
        *modules, own = (self.name_of(named) or self.source(named)).split(".")
        body = node.child_by_field_name("body")
        for module in modules:  # ``class A::B`` stands in ``A``
            place = Place(self.class_(node, place, module, (), None))
        self.class_(node, place, own, (base,) if base else (), body)

    def member_names(self, body: Node) -> Iterable[str]:
        """Constants, methods and classes within; fields have their ``@``."""
        for child in body.named_children:
            if child.type == "assignment":
                left = child.child_by_field_name("left")
                if left is not None and left.type == "constant":
                    yield self.source(left)
            elif (named := child.child_by_field_name("name")) is not None:
                yield self.source(named)

    def _assignment(self, node: Node, place: Place) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = self.source(node.child_by_field_name("operator")) or "="
        if left is not None and left.type == "constant" and right is not None:
            self.declare(self.source(left), right, node, place)
        elif operator in ("=", "+=", "||="):
            self.bind(left, "+=" if operator == "+=" else "=", right, node, place)

    def _binary(self, node: Node, place: Place) -> None:
        """``text << more``, perhaps several times."""
        added: list[Node] = []
        current: Node | None = node
        while current is not None and current.type == "binary" and self._operator(current) == "<<":
            right = current.child_by_field_name("right")
            added += [] if right is None else [right]
            current = current.child_by_field_name("left")
        target = self.name_of(current)
        if target is None or not added:
            self.build(node, self.context(place, "", "expression"))
            return
        for value in reversed(added):
            context = self.context(place, target.rpartition(".")[2], "augmented")
            operation = "append" if value.type in ("hash", "array") else "+="
            self.bound(target, operation, self.build(value, context), node, place)

    def _setting(self, node: Node, place: Place) -> None:
        """An expression for its own sake; ``instructions "…"`` in a class body sets what the class is made with."""
        parts = self.call_parts(node) if place.scope in self.members else None
        if parts is not None and parts[0] is None and len(parts[2]) == 1 and parts[2][0].type in WRITTEN:
            if self.SILENT.search(parts[1]) is None:
                self.declare(parts[1], parts[2][0], node, place)
        else:
            self.expression_statement(node, place)

    def _method(self, node: Node, place: Place) -> None:
        listed = node.child_by_field_name("parameters")
        parameters = []
        for each in [] if listed is None else significant(listed):
            named = each.child_by_field_name("name") if each.type != "identifier" else each
            star = {"splat_parameter": "*", "hash_splat_parameter": "**"}.get(each.type, "")
            parameters.append(Parameter(star + self.source(named), each.child_by_field_name("value")))
        own = self.source(node.child_by_field_name("name"))
        own = "__init__" if own == "initialize" else own
        self.function(node, place, own, parameters, node.child_by_field_name("body"))

    def body(self, node: Node, place: Place) -> None:
        """The body of a method, whose last expression is what it returns."""
        if node.type == "body_statement":
            self._statements(node, place)
        else:
            self._give(node, place)  # of ``def name = expression``

    def _statements(self, node: Node, place: Place) -> None:
        listed = [each for each in node.named_children if each.type not in (*COMMENTS, "heredoc_body")]
        for child in listed[:-1]:
            self.walk(child, place)
        for child in listed[-1:]:
            self._give(child, place)

    def _give(self, node: Node, place: Place) -> None:
        """The value of a method: what its last expression is, or the last ones of that one's arms."""
        before, self.place = self.place, place
        if node.type in ("if", "unless", "case"):
            condition = self.short(node.child_by_field_name("condition") or node.child_by_field_name("value"))
            self._give_arms(node, place, Arm(self.start(node), 0, condition))
        elif node.type in self.EXPRESSIONS:
            self._guarded(_Ruby._given, node, place)
        else:
            self.walk(node, place)
        self.place = before

    def _given(self, node: Node, place: Place) -> None:
        if not self.added(node, place):
            self.returned(node, node, place)

    def _give_arms(self, node: Node, place: Place, arm: Arm) -> None:
        for child in node.named_children:
            if child.type == "elsif":
                self._give_arms(
                    child, place, Arm(arm.statement, self.start(child) - arm.statement, arm.condition)
                )
            elif child.type in ("then", "else", "when"):
                number = self.start(child) - arm.statement if child.type != "then" else arm.arm
                inner = Place(
                    place.scope, (*place.arms, Arm(arm.statement, number, arm.condition)), place.loop
                )
                body = child.child_by_field_name("body") if child.type == "when" else child
                if body is not None:
                    self._statements(body, inner)

    def _return(self, node: Node, place: Place) -> None:
        listed = first_named(node)
        value = None if listed is None else first_named(listed)
        if value is not None:
            self.returned(value, node, place)

    def _nothing(self, node: Node, place: Place) -> None:
        """What stands behind a heredoc's beginning is read with it."""

    STATEMENTS = {
        "class": _class,
        "module": _class,
        "assignment": _assignment,
        "operator_assignment": _assignment,
        "binary": _binary,
        "call": _setting,
        "method": _method,
        "singleton_method": _method,
        "return": _return,
        "heredoc_body": _nothing,
    }
