"""What names are bound to: assignments, additions to texts and lists, and entries of mappings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from tree_sitter import Node

from scrimp.model.algebra import Call, Expression, Join, Reference, Sequence, Text
from scrimp.model.algebra import Mapping as MappingNode
from scrimp.model.facts import Arm, Binding
from scrimp.readers.code import Context
from scrimp.readers.languages.calls import Calls
from scrimp.readers.languages.nodes import significant
from scrimp.readers.sdks import call_names


class Place(Struct, frozen=True):
    """Where the walk is: the scope, the branches around it in that scope, and whether a loop is."""

    scope: str = ""
    arms: tuple[Arm, ...] = ()
    loop: bool = False


class Parameter(Struct, frozen=True):
    """A parameter of a function as it is written."""

    name: str
    default: Node | None = None
    annotation: str = ""


class Bindings(Calls):
    """Reads what binds names. A subclass names the methods that add to texts and lists in its language's library."""

    ADDERS: ClassVar[Mapping[str, str]] = {}
    """Methods that add to the text or list they belong to: the operation of the binding."""
    LINE_ADDERS: ClassVar[frozenset[str]] = frozenset()
    """Those of them that add a line end too."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.bindings: list[Binding] = []
        self.place = Place()

    def context(self, place: Place, name: str, holder: str) -> Context:
        """The context of what a statement holds."""
        return Context(place.scope, name, holder, place.loop)

    def _outer(self, scope: str) -> Iterable[str]:
        while scope:
            scope = scope.rpartition(".")[0]
            yield scope

    def class_around(self, scope: str) -> str | None:
        """The innermost class around a scope, itself included."""
        while scope:
            if scope in self.members:
                return scope
            scope = scope.rpartition(".")[0]
        return None

    def bind(self, target: Node | None, operation: str, value: Node | None, node: Node, place: Place) -> None:
        """``target = value`` or ``target += value``; of another operation nothing is known."""
        if target is None or value is None:
            return
        name = self.name_of(target)
        holder = "augmented" if operation == "+=" else "assignment"
        context = self.context(place, (name or "").rpartition(".")[2], holder)
        if name is None:
            self._bind_member(target, value, node, context)
            return
        self.bound(name, operation, self.build(value, context), node, place)

    def _bind_member(self, target: Node, value: Node, node: Node, context: Context) -> None:
        """``of[key] = value``: one more entry of a mapping, or item of a list."""
        found = self.indexed(target)
        if found is None:
            self.build(value, context)
            return
        of, key = found
        name = self.name_of(of)
        literal = self.literal(key) if key is not None else None
        held = replace(context, name=(name or "").rpartition(".")[2])
        built = self.build(value, held.inside("entry", literal) if literal else held)
        if name is not None:
            entry = MappingNode(((literal, built),))
            operation, expression = ("append", built) if key is None else ("update", entry)
            self.bound(name, operation, expression, node, self.place)

    def indexed(self, node: Node) -> tuple[Node, Node | None] | None:
        """What ``of[key]`` is made of; without a key it is the place behind the last item."""
        if node.type in ("index_expression", "subscript_expression", "element_reference", "array_access"):
            parts = significant(node)
            return parts[0], parts[1] if len(parts) > 1 else None
        return None

    def bound(self, name: str, operation: str, expression: Expression, node: Node, place: Place) -> None:
        """Record that a name is bound; ``self.x`` belongs to the class around."""
        scope = place.scope
        if name.startswith("self."):
            scope, name = self.class_around(scope) or scope, name.removeprefix("self.")
        elif scope in self.locals:
            holder = next((each for each in self._outer(scope) if name in self.members.get(each, ())), None)
            if holder is not None and name not in self.locals[scope]:
                scope = holder
            else:
                self.locals[scope].add(name)
        start, end = self.start(node), self.end(node)
        self.bindings.append(Binding(scope, name, operation, expression, start, end, place.arms, place.loop))

    def declare(self, name: str, value: Node | None, node: Node, place: Place) -> None:
        """A new variable, constant or field, with the value it starts with."""
        if place.scope in self.locals:
            self.locals[place.scope].add(name)
        if value is not None:
            built = self.build(value, self.context(place, name, "assignment"))
            self.bound(name, "=", self.emptied(built), node, place)

    def typed(self, name: str, kind: str, node: Node, place: Place) -> None:
        """A field that is given its value elsewhere: an object of its type, if that is one that an SDK offers."""
        if kind.rpartition(".")[2].encode() in call_names():
            made = Reference(kind, place.scope, self.start(node))
            self.bound(name, "=", Call(made, (), self.start(node), self.end(node)), node, place)

    def emptied(self, built: Expression) -> Expression:
        """A text that is still to be written is empty; anything else is itself."""
        return built

    def added(self, node: Node, place: Place) -> bool:
        """Whether a call adds to a text or list, several times in a chain perhaps; what it adds is recorded."""
        links: list[tuple[str, list[Node]]] = []
        current: Node | None = node
        while current is not None:
            parts = self.call_parts(current)
            if parts is None:
                break
            current, method, arguments = parts
            links.append((method, arguments))
            if method not in self.ADDERS or not arguments:
                return False
        name = self.name_of(current) if current is not None and links else None
        if name is None:
            return False
        for method, arguments in reversed(links):
            context = self.context(place, name.rpartition(".")[2], "augmented")
            value = self.build(self.value_of(arguments[-1]), context)
            if method in self.LINE_ADDERS:
                value = Join((value, Text("\n")))
            operation = self.ADDERS[method]
            if isinstance(value, MappingNode | Call | Sequence) and operation == "+=":
                operation = "append"
            self.bound(name, operation, value, node, place)
        return True
