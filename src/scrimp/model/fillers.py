"""What fills the holes of prompts: calls whose value stands there at run time, as far as the code tells."""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``model.algebra``).

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

Constant: TypeAlias = str | int | float | bool | None


class FillerArgument(Struct, frozen=True):
    """An argument of a call: ``name`` is empty for a positional one, ``*`` and ``**`` for unpacked ones.

    ``value`` is the constant that it is, in place or by name; it says nothing unless ``is_known``. The argument stands
    at offsets ``start`` to ``end`` of the call's file, its keyword included.
    """

    name: str
    value: Constant
    is_known: bool
    start: int
    end: int


class Filler(Struct, frozen=True):
    """A call, at offsets ``start`` to ``end`` of file ``path``, whose value fills a hole or is sent as it is.

    ``function`` is the callee's full dotted name as imports tell it (``json.dumps``), with the attributes that are
    taken of its value behind it (``requests.get.text``). A method of an object that isn't known begins with a dot
    (``.model_dump_json``). ``of`` are the calls that made what it changes: the object whose method it is, else its
    first argument. ``data`` is what a function's first argument is, where it shows: ``text``, or ``rows``, a list whose
    items are all objects with the same written keys. ``pairs`` tells of an object written with texts and numbers alone
    how many these are, 0 of all else.
    """

    function: str
    arguments: tuple[FillerArgument, ...]
    path: str
    start: int
    end: int
    of: "tuple[Filler, ...]" = ()
    data: str = ""
    pairs: int = 0

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

    def chain(self) -> Iterator["Filler"]:
        """It, then what it is made of, outermost first."""
        yield self
        for inner in self.of:
            yield from inner.chain()


class Payload(Struct, frozen=True):
    """A call whose value a model gets though it fills no hole of a prompt.

    It is all of a message, stands among a few words of one, or is what a tool answers. ``role`` is the one that it is
    sent in, ``evidence`` tells why it is sent.
    """

    filler: Filler
    role: str
    evidence: str
