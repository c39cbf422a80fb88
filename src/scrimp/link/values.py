"""What expressions evaluate to: text with its segments, containers of it, and the symbols it is reached through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, field

from scrimp.model.algebra import Call
from scrimp.model.facts import Class, Function
from scrimp.model.segments import InlineSegment, Segment, TextSegment, VariableSegment

SiteKey: TypeAlias = str
"""``path:number`` of a site or an entry while linking: the ``prompt`` of an ``InlineSegment`` until ids are given."""


Making: TypeAlias = tuple[Call, str, Mapping[tuple[str, str, str], "Value"]]
"""A call with the path of its file and the values of the parameters around it."""


class Written(Struct, frozen=True, gc=False):
    """Text: what is known of it as segments; the units that it consists of stand in it as ``InlineSegment``."""

    segments: tuple[Segment, ...]


class Hole(Struct, frozen=True, gc=False):
    """A value from outside. ``parameter`` is ``function path, function, name`` where a parameter brings it."""

    name: str
    path: str = ""
    start: int = 0
    end: int = 0
    parameter: tuple[str, str, str] | None = None


class Items(Struct, frozen=True, gc=False):
    """A list or tuple; ``open`` if there may be more than is known."""

    values: tuple[Value, ...]
    open: bool = False


class Entries(Struct, frozen=True, gc=False):
    """A dictionary, by its literal keys; ``open`` if there may be more than is known."""

    values: Mapping[str, Value]
    open: bool = False


class Choice(Struct, frozen=True, gc=False):
    """One of several values that aren't all text."""

    values: tuple[Value, ...]


class Number(Struct, frozen=True, gc=False):
    """A number, a truth value or nothing."""

    value: int | float | bool | None


class Made(Struct, frozen=True, eq=False, gc=False):
    """What a call made whose callee isn't followed: ``callee`` is what the callee evaluated to.

    ``given`` are the parameters' values where it was called. ``origin`` is the call that made the object whose
    method the call is, with the path of its file and what was given there.
    """

    callee: Value
    attributes: tuple[str, ...]
    call: Call
    path: str
    scope: str
    origin: Making | None = None
    given: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Made) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def _told(self) -> tuple[object, ...]:
        """What tells it from others; what was given where it was called doesn't."""
        return self.callee, self.attributes, self.call, self.path, self.scope, self.origin

    @property
    def making(self) -> Making:
        """The call that made the object, or the one that made the object whose method gave this."""
        return self.origin or (self.call, self.path, self.given)


class Outside(Struct, frozen=True, gc=False):
    """A name from a package that isn't in the tree, by its full dotted name."""

    name: str


class Location(Struct, frozen=True, gc=False):
    """A path of the tree, POSIX and relative to its root, whether or not there is a file."""

    path: str


class ModuleValue(Struct, frozen=True, gc=False):
    """A module of the tree."""

    path: str


class FunctionValue(Struct, frozen=True, gc=False):
    """A function of the tree; ``owner`` is the class it was reached through, as path and name."""

    path: str
    function: Function
    owner: tuple[str, str] | None = None


class ClassValue(Struct, frozen=True, gc=False):
    """A class of the tree."""

    path: str
    definition: Class


class Instance(Struct, frozen=True, eq=False, gc=False):
    """An object of a class of the tree; ``parameter`` as for a hole, where one brings it.

    ``call`` is the call that made it in file ``path``, where it is known.
    """

    of: ClassValue
    parameter: tuple[str, str, str] | None = None
    call: Call | None = None
    path: str = ""
    given: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Instance) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def _told(self) -> tuple[object, ...]:
        """What tells it from others; what was given where it was made doesn't."""
        return self.of, self.parameter, self.call, self.path


Value: TypeAlias = (
    Written
    | Hole
    | Items
    | Entries
    | Choice
    | Number
    | Made
    | Outside
    | Location
    | ModuleValue
    | FunctionValue
    | ClassValue
    | Instance
)

Environment: TypeAlias = Mapping[tuple[str, str, str], Value]
"""Values of parameters, by path, function and name."""
NOTHING_GIVEN: Environment = {}
SELF = ("", "", "self")
"""The key of an environment for the class whose object ``self`` is, where that isn't just the class around."""


HOLES = frozenset((VariableSegment,))
"""The types of segments of what isn't text."""


def literal(value: Value) -> str | None:
    """The text of a value that is wholly known."""
    if isinstance(value, Written) and len(value.segments) == 1:
        segment = value.segments[0]
        if isinstance(segment, TextSegment):
            return segment.value
        if isinstance(segment, InlineSegment):
            return literal(Written(segment.body))
    return None


def has_text(value: Value) -> bool:
    """Whether a value is text at least in part."""
    match value:
        case Written():
            return not HOLES.issuperset(map(type, value.segments))
        case Choice() | Items():
            return any(map(has_text, value.values))
        case Number(value=int() | float() as number):
            return not isinstance(number, bool)
    return False


def is_brought(value: Value) -> bool:
    """Whether a parameter brings a value, or one of its alternatives."""
    match value:
        case Hole():
            return value.parameter is not None
        case Choice():
            return any(is_brought(each) for each in value.values)
    return False
