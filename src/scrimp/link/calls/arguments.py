"""Arguments of a call by the names that patterns give them: texts, numbers, objects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from scrimp.link.calls.patterns import Known, Patterns
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.choices import choice
from scrimp.link.values import (
    Choice,
    Entries,
    Environment,
    Hole,
    Items,
    Made,
    Making,
    Number,
    Outside,
    Value,
)
from scrimp.model.algebra import Argument, Call, Expression
from scrimp.readers.sdks import spellings

CLIENT = "client."
SERIALISERS = frozenset(("json.dumps", "JSON.stringify", "orjson.dumps", "ujson.dumps"))
MOST_OBJECTS = 4  # objects around a model's name


class Bound(Struct, frozen=True, eq=False):
    """A call with what its surroundings give to parameters, and the call that made its receiver."""

    call: Call
    path: str
    given: Environment = field(default_factory=dict)
    client: Made | None = None
    bodies: tuple[str, ...] = ("",)
    """The arguments of which those that a pattern names are members; ``""`` for the call's own."""
    spreads: dict[int, Value] = field(default_factory=dict)
    """What stands for several arguments, by its number among the arguments, once it is known."""


class Arguments(Struct, frozen=True):
    """Looks up arguments of calls."""

    evaluator: Evaluator
    patterns: Patterns

    def value(self, bound: Bound, written: str, position: int = -1) -> Value | None:
        """The value of an argument by the name that a pattern gives it (see ``readers.sdks``)."""
        if written.startswith(CLIENT):
            if bound.client is None:
                return None
            return self._own(Bound(*bound.client.making), written.removeprefix(CLIENT), position)
        for body in bound.bodies:
            found = self._own(bound, f"{body}.{written}" if body else written, position)
            if found is not None:
                return found
        return None

    def of_client(self, bound: Bound, methods: re.Pattern[str]) -> Value | None:
        """What a call's client was made with by one of some methods: ``model.bind_tools(tools).invoke(…)``."""
        client = bound.client
        if client is None or not client.attributes or not methods.search(client.attributes[-1]):
            return None
        given = client.call.arguments
        return self.evaluator.evaluate(given[0].value, client.path, client.given) if given else None

    def brought(self, bound: Bound) -> Iterator[Value]:
        """The bodies that a parameter brings: whoever calls the function around gives the whole."""
        for body in filter(None, bound.bodies):
            value = self._own(bound, body, -1)
            if isinstance(value, Hole) and value.parameter is not None:
                yield value

    def _own(self, bound: Bound, written: str, position: int) -> Value | None:
        """The value of one of the call's own arguments, or of a member of one."""
        head, *rest = written.split(".")
        value = self._argument(bound, head, position)
        for key in rest:
            value = None if value is None else self._member(value, key)
        return value

    def _argument(self, bound: Bound, name: str, position: int) -> Value | None:
        expression = argument_of(bound.call, name, position)
        if expression is not None:
            return self.evaluator.evaluate(expression, bound.path, bound.given)
        for number, argument in enumerate(bound.call.arguments):
            if self.is_spread(argument, bound.path):
                if number not in bound.spreads:
                    bound.spreads[number] = self.evaluator.evaluate(argument.value, bound.path, bound.given)
                found = self._spread(bound.spreads[number], argument.name, name, position)
                if found is not None:
                    return found
        return None

    def names(self, call: Call, name: str, path: str) -> bool:
        """Whether a call has an argument of a name, or an options object that is known to have it."""
        if argument_of(call, name) is not None:
            return True
        spread = (each.value for each in call.arguments if not each.name and self.is_spread(each, path))
        options = (self.evaluator.evaluate(each, path) for each in spread)
        wanted = set(spellings(name))
        return any(isinstance(each, Entries) and wanted & each.values.keys() for each in options)

    def is_spread(self, argument: Argument, path: str) -> bool:
        """Whether an argument stands for several: ``*args``, ``**kwargs``, or an options object of JavaScript."""
        if argument.name:
            return argument.name in ("*", "**")
        module = self.evaluator.symbols.modules.get(path)
        return module is not None and module.facts.language != "python"

    def _spread(self, value: Value, star: str, name: str, position: int) -> Value | None:
        match value:
            case Entries() if star != "*":
                return next((value.values[each] for each in spellings(name) if each in value.values), None)
            case Items() if star == "*" and 0 <= position < len(value.values):
                return value.values[position]
            case Choice():
                found = [self._spread(each, star, name, position) for each in value.values]
                known = [each for each in found if each is not None]
                return choice(known) if known else None
            case Hole() if value.parameter is not None and star == "**":
                return value  # whoever calls the function around may give it
        return None

    def _member(self, value: Value, key: str, depth: int = MOST_OBJECTS) -> Value | None:
        """A member of an argument: of a dictionary, of an object by its constructor, or of what became JSON."""
        match value:
            case _ if not depth:  # what became JSON of itself: text = json.dumps(text)
                return None
            case Entries():
                return next((value.values[each] for each in spellings(key) if each in value.values), None)
            case Items() if key.isdigit() and int(key) < len(value.values):
                return value.values[int(key)]
            case Made() if (serialising := _serialising(value)) is not None:
                whole = self.value(Bound(*serialising), "0", 0)
                return None if whole is None else self._member(whole, key, depth - 1)
            case Made():
                return self.value(Bound(value.call, value.path, value.given), key)
            case Choice():
                found = [self._member(each, key, depth) for each in value.values]
                known = [each for each in found if each is not None]
                return choice(known) if known else None
        return None

    # --- numbers ----------------------------------------------------------------------------------

    def number(self, bound: Bound, names: tuple[str, ...]) -> int:
        """The first of some arguments that is a number, or 0."""
        for name in names:
            value = self.value(bound, name)
            found = 0 if value is None else _number(value)
            if found:
                return found
        return 0

    def cap(self, value: Value, depth: int = MOST_OBJECTS) -> int:
        """The output cap that an object which names a model carries, or 0."""
        match value:
            case Choice():
                return next((found for each in value.values if (found := self.cap(each, depth))), 0)
            case Made() if depth:
                known = self._known(value)
                return 0 if known is None else self.number(Bound(*value.making), known)
        return 0

    def _known(self, made: Made) -> tuple[str, ...] | None:
        return next((pattern.output for _, pattern, _ in self.patterns_of(made) if pattern.output), None)

    def patterns_of(self, made: Made) -> list[Known]:
        """The patterns of what makes an object that names a model, an agent for example."""
        return [
            known
            for known in self.patterns.of_made(made)
            if known[1].makes in ("model", "request") and known[1].on == "module"
        ]


def argument_of(call: Call, name: str, position: int = -1) -> Expression | None:
    """The expression of an argument, by its keyword or its place."""
    positional: list[Argument] = []
    wanted = spellings(name)
    for argument in call.arguments:
        if not argument.name:
            positional.append(argument)
        elif argument.name in wanted:
            return argument.value
        elif argument.name == "*":
            break
    if name.isdigit():
        position = int(name)
    if 0 <= position < len(positional):
        return positional[position].value
    return None


def _serialising(made: Made) -> Making | None:
    """The call that made JSON of something, if an object is that JSON as text or bytes."""
    if not isinstance(made.callee, Outside):
        return None
    if made.attributes and made.attributes[-1] == "encode":  # json.dumps(…).encode()
        name, call = ".".join((made.callee.name, *made.attributes[:-1])), made.making
    else:
        name, call = ".".join((made.callee.name, *made.attributes)), (made.call, made.path, made.given)
    return call if name in SERIALISERS else None


def _number(value: Value) -> int:
    match value:
        case Number(value=bool()):
            return 0
        case Number(value=int() as number):
            return number
        case Choice():
            return next((found for each in value.values if (found := _number(each))), 0)
    return 0
