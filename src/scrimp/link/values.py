"""What expressions evaluate to: text with its segments, containers of it, and the symbols it is reached through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from scrimp.model.algebra import Call
from scrimp.model.facts import Class, Function
from scrimp.model.prompts import InlineSegment, Segment, TextSegment, VariableSegment

SiteKey: TypeAlias = str
"""``path:number`` of a site or an entry while linking: the ``prompt`` of an ``InlineSegment`` until ids are given."""


Making: TypeAlias = tuple[Call, str, Mapping[tuple[str, str, str], "Value"]]
"""A call with the path of its file and the values of the parameters around it."""


@dataclass(frozen=True, slots=True)
class Written:
    """Text: what is known of it as segments; the units that it consists of stand in it as ``InlineSegment``."""

    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """A value from outside. ``parameter`` is ``function path, function, name`` where a parameter brings it."""

    name: str
    path: str = ""
    start: int = 0
    end: int = 0
    parameter: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list or tuple; ``open`` if there may be more than is known."""

    values: tuple[Value, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """A dictionary, by its literal keys; ``open`` if there may be more than is known."""

    values: Mapping[str, Value]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values that aren't all text."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, a truth value or nothing."""

    value: int | float | bool | None


@dataclass(frozen=True, slots=True)
class Made:
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
    given: Mapping[tuple[str, str, str], Value] = field(default_factory=dict, compare=False)

    @property
    def making(self) -> Making:
        """The call that made the object, or the one that made the object whose method gave this."""
        return self.origin or (self.call, self.path, self.given)


@dataclass(frozen=True, slots=True)
class Outside:
    """A name from a package that isn't in the tree, by its full dotted name."""

    name: str


@dataclass(frozen=True, slots=True)
class Location:
    """A path of the tree, POSIX and relative to its root, whether or not there is a file."""

    path: str


@dataclass(frozen=True, slots=True)
class ModuleValue:
    """A module of the tree."""

    path: str


@dataclass(frozen=True, slots=True)
class FunctionValue:
    """A function of the tree; ``owner`` is the class it was reached through, as path and name."""

    path: str
    function: Function
    owner: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ClassValue:
    """A class of the tree."""

    path: str
    definition: Class


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the tree; ``parameter`` as for a hole, where one brings it.

    ``call`` is the call that made it in file ``path``, where it is known.
    """

    of: ClassValue
    parameter: tuple[str, str, str] | None = None
    call: Call | None = None
    path: str = ""
    given: Mapping[tuple[str, str, str], Value] = field(default_factory=dict, compare=False)


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
            return any(not isinstance(segment, VariableSegment) for segment in value.segments)
        case Choice() | Items():
            return any(has_text(each) for each in value.values)
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
