"""The shape of an answer that a call asks for: what a schema lets it be, whatever language the schema is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, Union


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most so many characters, ``None`` for any number."""

    most: int | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number; ``digits`` are those of the largest that is allowed, ``None`` if any is."""

    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value: ``null``."""


@dataclass(frozen=True, slots=True)
class Options:
    """One of some values, each as JSON writes it."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at least and at most so many items, ``None`` for any number."""

    of: Shape
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Members:
    """An object with named members."""

    members: tuple[tuple[str, Shape], ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes."""

    alternatives: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Anything:
    """What nothing is known of."""


Shape: TypeAlias = Union[  # noqa: UP007  the names below are strings until the module is whole
    Text, Number, Truth, Nothing, Options, Many, Members, Either, Anything
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer that a call asks for: its shape, and the name of the schema or tool that says so.

    ``of_tool`` tells that it is the arguments of a tool, which is sent as one.
    """

    shape: Shape
    name: str
    of_tool: bool = False
