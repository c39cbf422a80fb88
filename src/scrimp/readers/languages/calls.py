"""Calls as algebra: operations on text, chains of setters, and objects that are the last argument.

Where Python passes keywords, these languages set one property after the other: ``chat.prompt().system(s).user(u)``.
So a call in a chain has the single arguments of the calls before it as keyword arguments, by the setters' names, and a
builder is the call of what it builds: ``Model.builder().maxTokens(9).build()`` is ``Model(max_tokens=9)``.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import ClassVar

from tree_sitter import Node

from scrimp.model.algebra import (
    EMPTY,
    Argument,
    Call,
    Expression,
    Item,
    Join,
    Reference,
    Sequence,
    Transform,
    Unknown,
)
from scrimp.model.algebra import Mapping as MappingNode
from scrimp.model.facts import CallSite
from scrimp.readers.code import Context
from scrimp.readers.evidence import speaks_to_model
from scrimp.readers.languages.expressions import Expressions
from scrimp.readers.languages.nodes import is_text, snake
from scrimp.readers.languages.printf import printed

MOST_SETTERS = 40  # of one chain that are kept
SETTER = re.compile(r"^(?:with|set|add|append|put|and)(?=[_A-Z])", re.IGNORECASE)
MESSAGE_OF_ROLE = re.compile(
    r"Message\.(?:new_|from_|of_?|for_?)?(?i:(system|user|human|assistant|developer))$"
)
"""A function of a class of messages that makes one of a role, whatever package it comes from.

Chats between people have system messages too, so what is told by it is only a text that speaks to a model.
"""
METHODS = {"strip": "strip", "lstrip": "lstrip", "rstrip": "rstrip", "dedent": "dedent"}


class Calls(Expressions):
    """Builds calls. A subclass names the functions that work on text in its language's library."""

    RESOURCES: ClassVar[frozenset[str]] = frozenset(
        ("chat", "completions", "responses", "messages", "beta", "models", "assistants", "threads", "runs")
    )
    """Parts of a client that some SDKs give by a call without arguments; written as members they match all of them."""
    TEXT_METHODS: ClassVar[Mapping[str, str]] = {}
    """Methods that change the text they belong to: their operation in the algebra."""
    TEXT_FUNCTIONS: ClassVar[Mapping[str, tuple[str, int]]] = {}
    """Functions that change a text: their operation, and the place of the text among the arguments."""
    SAME_METHODS: ClassVar[frozenset[str]] = frozenset()
    """Methods whose value is what they belong to, at least as a text."""
    SAME_FUNCTIONS: ClassVar[frozenset[str]] = frozenset()
    """Functions whose value is their only argument, by the end of their name."""
    SILENT: ClassVar[re.Pattern[str]]
    """Functions whose text goes to people: what they say leads nowhere."""
    LISTS: ClassVar[frozenset[str]] = frozenset()
    """Node types of lists that are written out."""
    MAKES: ClassVar[frozenset[str]] = frozenset(("builder", "newBuilder", "Builder", "default", "new"))
    """Functions that begin a builder, by the last part of their name."""

    def call(
        self, node: Node, context: Context, receiver: Node | None, name: str, arguments: list[Node]
    ) -> Expression:
        """A call of a function, or of the method of a receiver."""
        of_name = self._receiver_name(receiver) if receiver is not None else None
        callee = f"{of_name}.{name}" if of_name else name
        if self.SILENT.search(callee) is not None:
            return Unknown(self.short(node))
        if len(arguments) == 1 and (name in self.SAME_FUNCTIONS or callee in self.SAME_FUNCTIONS):
            return self.build(self.value_of(arguments[0]), context)
        if receiver is not None and name in self.SAME_METHODS:
            return self.build(receiver, context)
        changed = self._changed(context, receiver, name, callee, arguments)
        if changed is not None:
            return changed
        outer, self.inside = self.inside, False
        built = self._call(
            node, context, receiver, name, callee if receiver is None or of_name else "", arguments
        )
        self.inside = outer
        return built

    def _receiver_name(self, receiver: Node) -> str | None:
        """The dotted name of a receiver, resources of a client as its members."""
        name = self.name_of(receiver)
        parts = self.call_parts(receiver) if name is None else None
        if parts is None or parts[0] is None or parts[1] not in self.RESOURCES or parts[2]:
            return name
        of = self._receiver_name(parts[0])
        return None if of is None else f"{of}.{parts[1]}"

    @abstractmethod
    def call_parts(self, node: Node) -> tuple[Node | None, str, list[Node]] | None:
        """Receiver, name and arguments of a call; ``None`` for anything else."""

    def _call(
        self,
        node: Node,
        context: Context,
        receiver: Node | None,
        name: str,
        callee: str,
        arguments: list[Node],
    ) -> Expression:
        before: Expression | None = None
        function: Expression
        if callee:
            function = self.named(callee, node, context)
        elif receiver is not None:
            before = self.build(receiver, context)
            function = Item(before, METHODS.get(self.TEXT_METHODS.get(name, ""), name))
        else:
            function = Unknown(self.short(node))
        written = callee or f"{_written(before)}.{name}"
        own = self.arguments(arguments, self._argument_context(context, written, name, before, arguments))
        chained = _settings(before) if isinstance(before, Call) else ()
        return self.called(node, context, function, written, (*own, *_without(chained, own)))

    def called(
        self, node: Node, context: Context, function: Expression, callee: str, arguments: tuple[Argument, ...]
    ) -> Expression:
        """A call whose parts are built, recorded; the end of a builder is the call of what it builds."""
        if (
            isinstance(function, Item)
            and function.key in ("build", "Build")
            and isinstance(function.of, Call)
        ):
            made = self._made_by(function.of)
            if made is not None:
                function, callee = made, made.name
        call = Call(function, arguments, self.start(node), self.end(node))
        self.calls.append(CallSite(context.scope, callee, call, context.loop))
        return call

    def _made_by(self, chain: Call) -> Reference | None:
        """What a chain of setters builds, if it begins as a builder does."""
        function = chain.function
        while isinstance(function, Item) and isinstance(function.of, Call):
            function = function.of.function
        if not isinstance(function, Reference):
            return None
        of, _, last = function.name.rpartition(".")
        return Reference(of, function.scope, function.start) if of and last in self.MAKES else None

    def _argument_context(
        self, context: Context, callee: str, name: str, before: Expression | None, arguments: list[Node]
    ) -> Context:
        """The context of arguments; the one argument of a setter is known by its name, a message's by its role."""
        message = MESSAGE_OF_ROLE.search(callee)
        if message is not None and len(arguments) == 1 and speaks_to_model(self.source(arguments[0])):
            role = context.inside("argument", f"role={message[1].lower()}")
            return role.inside("argument", "content", callee=callee.rpartition(".")[0])
        sets = (
            len(arguments) == 1
            and (before is not None or SETTER.match(name) is not None)
            and self.value_of(arguments[0]).type not in self.LISTS
        )
        return context.inside("argument", snake(name) if sets else "", callee=callee)

    def arguments(self, nodes: Iterable[Node], context: Context) -> tuple[Argument, ...]:
        """Arguments; the entries of an object that comes last are keyword arguments, unless it is a message."""
        built: list[Argument] = []
        for node in nodes:
            name, value = self.argument(node)
            held = context.inside("argument", name) if name else context
            built.append(Argument(name, self.build(value, held)))
        if built and not built[-1].name and isinstance(built[-1].value, MappingNode):
            entries = built[-1].value.entries
            if entries and not any(key == "role" for key, _ in entries):
                built[-1:] = [Argument(key or "**", value) for key, value in entries]
        return tuple(built)

    def argument(self, node: Node) -> tuple[str, Node]:
        """The keyword of an argument, or ``""``, and its value."""
        return "", self.value_of(node)

    def value_of(self, node: Node) -> Node:
        """The expression in an argument's node."""
        return node

    # --- text ---------------------------------------------------------------------------------------

    def _changed(
        self, context: Context, receiver: Node | None, name: str, callee: str, arguments: list[Node]
    ) -> Expression | None:
        """A text that a known function or method changes; ``None`` for any other call, or if nothing is text."""
        if callee in self.TEXT_FUNCTIONS:
            operation, place = self.TEXT_FUNCTIONS[callee]
            if len(arguments) <= place:
                return None
            operand = self.value_of(arguments[place])
            rest = [each for number, each in enumerate(arguments) if number != place]
        elif receiver is not None and name in self.TEXT_METHODS:
            operation, operand, rest = self.TEXT_METHODS[name], receiver, arguments
        else:
            return None
        return self.changed(operation, operand, rest, context)

    def changed(self, operation: str, operand: Node, rest: list[Node], context: Context) -> Expression | None:
        """The text ``operand`` after an operation with the arguments ``rest``."""
        match operation:
            case "join" | "joined":
                return self._joined(operation, operand, rest, context)
            case "concat":
                return Join(tuple(self.operand(self.value_of(each), context) for each in (operand, *rest)))
        of = self.part(operand, context)
        if operation == "percent" and is_text(of):
            return self.printed(of, rest, context)
        if not is_text(of) and not isinstance(of, Reference | Item | Call | Transform):
            return None
        return Transform(operation, of, self.fillings(rest, context))

    def printed(self, of: Expression, rest: list[Node], context: Context) -> Expression:
        """The text ``of``, whose conversions of ``printf`` are filled by ``rest`` in turn."""
        return printed(of, [self.operand(self.value_of(each), context) for each in rest])

    def fillings(self, nodes: list[Node], context: Context) -> tuple[Argument, ...]:
        """What fills a text's holes, by name or in turn."""
        found = []
        for node in nodes:
            name, value = self.argument(node)
            found.append(Argument(name, self.operand(value, context)))
        return tuple(found)

    def _joined(self, operation: str, operand: Node, rest: list[Node], context: Context) -> Expression | None:
        """``separator.join(list)``, or the other way round (``joined``): a list that is written out is text."""
        listed, separator = (
            ([operand], rest[0] if rest else None) if operation == "joined" else (rest, operand)
        )
        parts: Expression
        if len(listed) == 1:
            parts = self._list(self.value_of(listed[0]), context)
        else:
            parts = Sequence(tuple(self.part(self.value_of(each), context) for each in listed))
        between = EMPTY if separator is None else self.part(self.value_of(separator), context)
        return Transform("join", between, (Argument("", parts),))

    def _list(self, node: Node, context: Context) -> Expression:
        return self.part(node, context) if node.type in self.LISTS else self.apart(node, context)


def _settings(before: Call) -> tuple[Argument, ...]:
    """What a call and those before it in its chain set; what one sets several times is a list."""
    name = before.function.key if isinstance(before.function, Item) else _last_name(before.function)
    positional = [each.value for each in before.arguments if not each.name]
    named = [each for each in before.arguments if each.name][:MOST_SETTERS]
    if not positional or not isinstance(name, str) or not name:
        return tuple(named)
    key, value = snake(name), positional[0] if len(positional) == 1 else Sequence(tuple(positional))
    for place, each in enumerate(named):
        if each.name == key:
            older = each.value.items if isinstance(each.value, Sequence) else (each.value,)
            newer = value.items if isinstance(value, Sequence) else (value,)
            return (*named[:place], Argument(key, Sequence((*older, *newer))), *named[place + 1 :])
    return (*named, Argument(key, value))


def configured(body: Expression, parameter: str) -> Expression:
    """What a function literal gives that sets properties of its parameter: the text it sets, or an object of all."""
    if not isinstance(body, Call) or not _root(body).startswith(f"{parameter.strip('()')}."):
        return body
    settings = _settings(body)
    text = next((each.value for each in settings if each.name == "text"), None)
    return text if text is not None else MappingNode(tuple((each.name, each.value) for each in settings))


def _root(call: Call) -> str:
    function: Expression = call.function
    while isinstance(function, Item):
        function = function.of.function if isinstance(function.of, Call) else function.of
    return function.name if isinstance(function, Reference) else ""


def _without(chained: tuple[Argument, ...], own: tuple[Argument, ...]) -> tuple[Argument, ...]:
    names = {each.name for each in own}
    return tuple(each for each in chained if each.name not in names)


def _last_name(function: Expression) -> str:
    return function.name.rpartition(".")[2] if isinstance(function, Reference) else ""


def _written(before: Expression | None) -> str:
    """The callee of a call as it is written, with ``()`` for each call within."""
    if not isinstance(before, Call):
        return "()"
    match before.function:
        case Reference(name=name):
            return f"{name}()"
        case Item(of=of, key=key):
            return f"{_written(of)}.{key}()"
    return "()"
