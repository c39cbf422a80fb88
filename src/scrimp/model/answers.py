"""The shape of an answer that a call asks for: what a schema lets it be, whatever language the schema is written in."""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

from typing import TypeAlias, Union

from msgspec import Struct


class Text(Struct, tag=True, frozen=True):
    """A text of at most so many characters, ``None`` for any number."""

    most: int | None = None


class Number(Struct, tag=True, frozen=True):
    """A number; ``digits`` are those of the largest that is allowed, ``None`` if any is."""

    digits: int | None = None


class Truth(Struct, tag=True, frozen=True):
    """True or false."""


class Nothing(Struct, tag=True, frozen=True):
    """No value: ``null``."""


class Options(Struct, tag=True, frozen=True):
    """One of some values, each as JSON writes it."""

    values: tuple[str, ...]


class Many(Struct, tag=True, frozen=True):
    """A list of at least and at most so many items, ``None`` for any number."""

    of: "Shape"
    least: int = 0
    most: int | None = None


class Members(Struct, tag=True, frozen=True):
    """An object with named members."""

    members: "tuple[tuple[str, Shape], ...]"


class Either(Struct, tag=True, frozen=True):
    """One of several shapes."""

    alternatives: "tuple[Shape, ...]"


class Anything(Struct, tag=True, frozen=True):
    """What nothing is known of."""


Shape: TypeAlias = Union[  # noqa: UP007  the names below are strings until the module is whole
    Text, Number, Truth, Nothing, Options, Many, Members, Either, Anything
]


class Asked(Struct, frozen=True):
    """The answer that a call asks for: its shape, and the name of the schema or tool that says so.

    ``of_tool`` tells that it is the arguments of a tool, which is sent as one.
    """

    shape: Shape
    name: str
    of_tool: bool = False
