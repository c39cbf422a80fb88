"""Environments made one where they say the same, so that what was found under one is known under all its equals.

A function is called from many places with values that are new objects but no new values. Values are compared here by
all that evaluation can see of them: what an object was made with counts too, which their own equality leaves out.
"""

from __future__ import annotations

from msgspec import Struct, field

from scrimp.link.values import (
    Choice,
    ClassValue,
    Entries,
    Environment,
    FunctionValue,
    Hole,
    Instance,
    Items,
    Location,
    Made,
    Making,
    ModuleValue,
    Number,
    Outside,
    Value,
    Written,
)

PLAIN = frozenset((Written, Hole, Number, Outside, Location, ModuleValue))
"""The types of values whose own equality leaves nothing out."""


class Environments(Struct):
    """The environments met so far."""

    known: dict[object, Environment] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    """The number of each of them, by its identity."""
    values: dict[object, int] = field(default_factory=dict)
    """The number of each value met, by what tells it from others."""
    met: dict[int, tuple[int, Value]] = field(default_factory=dict)
    """The same by its identity, with itself: another value could take that over."""

    def same(self, given: Environment) -> Environment:
        """The first environment that said the same; an empty one is left as it is."""
        if not given or id(given) in self.numbers:
            return given
        told = tuple(zip(given, map(self._number, given.values()), strict=True))
        first = self.known.setdefault(told, given)
        if first is given:
            self.numbers[id(given)] = len(self.numbers)
        return first

    def _number(self, value: Value) -> int:
        """The number of a value, which equal ones share."""
        met = self.met.get(id(value))
        if met is None:
            number = self.values.setdefault(self._told(value), len(self.values))
            met = self.met[id(value)] = number, value
        return met[0]

    def _told(self, value: Value) -> object:
        """What tells a value from others: with equality and a hash, and without text copied."""
        if type(value) in PLAIN:
            return value
        match value:
            case Items() | Choice():
                is_open = value.open if isinstance(value, Items) else None
                return type(value), is_open, tuple(map(self._number, value.values))
            case Entries():
                return (
                    Entries,
                    value.open,
                    tuple((key, self._number(each)) for key, each in value.values.items()),
                )
            case FunctionValue():
                return FunctionValue, value.path, value.function.name, value.owner
            case ClassValue():
                return ClassValue, value.path, value.definition.name
            case Made():
                made = self._making((value.call, value.path, value.given))
                origin = None if value.origin is None else self._making(value.origin)
                return Made, self._number(value.callee), value.attributes, made, value.scope, origin
            case Instance():
                made = None if value.call is None else self._making((value.call, value.path, value.given))
                return Instance, self._number(value.of), value.parameter, made
        return value

    def _making(self, making: Making) -> object:
        call, path, given = making
        return id(call), path, self.numbers[id(self.same(given))] if given else None
