"""What fills the holes of prompts: calls whose value stands there at run time, as far as the code tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, TypeAlias


class Opaque(Enum):
    """What an argument is of which nothing is known."""

    OPAQUE = "opaque"


OPAQUE: Final = Opaque.OPAQUE

Known: TypeAlias = str | int | float | bool | Literal[Opaque.OPAQUE] | None
"""The value of an argument: a constant that the code writes, by name or in place, or ``OPAQUE``."""


@dataclass(frozen=True, slots=True)
class FillerArgument:
    """An argument of a call: ``name`` is empty for a positional one, ``*`` and ``**`` for unpacked ones.

    It stands at offsets ``start`` to ``end`` of the call's file, its keyword included.
    """

    name: str
    value: Known
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filler:
    """A call, at offsets ``start`` to ``end`` of file ``path``, whose value fills a hole or is sent as it is.

    ``function`` is the callee's full dotted name as imports tell it (``json.dumps``), with the attributes that are
    taken of its value behind it (``requests.get.text``). A method of an object that isn't known begins with a dot
    (``.model_dump_json``). ``of`` are the calls that made what it changes: the object whose method it is, else its
    first argument; ``rows`` tells that this is a list whose items are all objects with the same written keys.
    """

    function: str
    arguments: tuple[FillerArgument, ...]
    path: str
    start: int
    end: int
    of: tuple[Filler, ...] = ()
    rows: bool = False

    def argument(self, name: str, position: int = -1) -> FillerArgument | None:
        """An argument by its keyword or its place among the positional ones; ``None`` if it isn't written."""
        named = next((each for each in self.arguments if each.name == name), None)
        if named is not None or position < 0:
            return named
        positional = [each for each in self.arguments if not each.name]
        return positional[position] if position < len(positional) else None

    @property
    def is_open(self) -> bool:
        """Whether it has unpacked arguments, which may be any."""
        return any(each.name in ("*", "**") for each in self.arguments)

    def chain(self) -> Iterator[Filler]:
        """It, then what it is made of, outermost first."""
        yield self
        for inner in self.of:
            yield from inner.chain()
