"""Two versions of a file that differ only in texts and in where things stand: to the linker they are the same.

What tells a prompt from other text are names, calls and structure, which an edit of its wording leaves alone. So the
facts of both versions are compared node by node. Whatever isn't known to be a text or an offset must be equal: a field
that this module doesn't know makes two versions different, which costs a run its speed and never its truth.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.link.edits.moves import Moves, UncarriedError, in_order
from scrimp.link.edits.reworded import Reworded
from scrimp.model.algebra import Text
from scrimp.model.facts import Arm, Binding, ClassField, Facts, Function, Return, Site

OFFSETS = frozenset(("start", "end", "until"))
"""The fields of facts and of the algebra that are offsets of the file."""
ARMED = (Arm, Binding, Function, Return)
"""What tells of arms of branching statements: which of them are the same is told by all of them."""


class Edit(Struct, frozen=True):
    """An edit of the file ``path``, which changed the wording of some texts and sites, and where the rest stands."""

    path: str
    before: Facts
    after: Facts
    reworded: tuple[Reworded, ...]
    sites: tuple[int, ...]
    """The numbers of the sites of which the wording changed."""
    moves: Moves


def edit(path: str, before: Facts, after: Facts) -> Edit:
    """The edit that made one version of a file of another. Raises ``UncarriedError`` if it changed more than texts."""
    if before.markers or before.faults:
        raise UncarriedError("comments speak of texts by their lines, and what wasn't read may be anything")
    comparison = _Comparison()
    for name in Facts.__struct_fields__:
        if name not in ("lines", "sites"):
            comparison.compare(getattr(before, name), getattr(after, name))
    if len(before.sites) != len(after.sites):
        raise UncarriedError("there are other texts")
    sites = [number for number, each in enumerate(before.sites) if comparison.site(each, after.sites[number])]
    comparison.refuse_others()
    return Edit(path, before, after, tuple(comparison.reworded), tuple(sites), Moves.of(comparison.pairs))


class _Comparison(Struct):
    pairs: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])
    """Offsets of things in both versions."""
    reworded: list[Reworded] = field(default_factory=list)
    arms: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    """The numbers of branching statements and their arms, which tell them apart and point nowhere."""
    sources: list[tuple[str, str]] = field(default_factory=list)
    """Expressions as they are written, which differ."""

    def refuse_others(self) -> None:
        """Raise ``UncarriedError`` if arms aren't the same ones, or sources differ in more than reworded texts."""
        in_order(self.arms)
        for one, other in self.sources:
            if not any(each.makes(one, other) for each in self.reworded):
                raise UncarriedError("something else changed than a text")

    def site(self, one: Site, other: Site) -> bool:
        """Compare two sites; whether the wording of their text differs, and with it the number of its words."""
        known = len(self.reworded)
        self._fields(replace(one, words=0), replace(other, words=0))
        is_reworded = len(self.reworded) > known
        if not is_reworded and one.words != other.words:
            raise UncarriedError("a text has other words")
        return is_reworded

    def compare(self, one: object, other: object) -> None:
        """Compare two values of one field. Raises ``UncarriedError`` if they differ in more than texts and offsets."""
        kind = type(one)
        if kind is not type(other):
            raise UncarriedError("something became something else")
        if kind is Text:
            self._text(one, other)  # type: ignore[arg-type]
        elif kind is tuple:
            self._tuple(one, other)  # type: ignore[arg-type]
        elif kind is Arm:
            self._arm(one, other)  # type: ignore[arg-type]
        elif kind is ClassField:
            self._class_field(one, other)  # type: ignore[arg-type]
        elif isinstance(one, Struct):
            self._fields(one, other)
        elif one != other:
            raise UncarriedError("something else changed than a text")

    def _tuple(self, one: tuple[object, ...], other: tuple[object, ...]) -> None:
        if len(one) != len(other):
            raise UncarriedError("there is more or less of something")
        for each, another in zip(one, other, strict=True):
            if type(each) not in ARMED and each == another:
                self._same(each)
            else:
                self.compare(each, another)

    def _fields(self, one: Struct, other: object) -> None:
        for get, is_offset in _plan(type(one)):
            mine, its = get(one), get(other)
            if is_offset:
                self.pairs.append((mine, its))
            elif mine is not its:
                self.compare(mine, its)

    def _same(self, one: object) -> None:
        """Note where something stands that is the same in both versions, with all that it consists of."""
        start, end = getattr(one, "start", None), getattr(one, "end", None)
        self.pairs += ((at, at) for at in (start, end) if isinstance(at, int))

    def _arm(self, one: Arm, other: Arm) -> None:
        self.arms.append(((one.statement, one.arm), (other.statement, other.arm)))
        self._fields(replace(one, statement=0, arm=0), replace(other, statement=0, arm=0))

    def _class_field(self, one: ClassField, other: ClassField) -> None:
        if (one.name, one.annotation) != (other.name, other.annotation):
            raise UncarriedError("a class has other fields")
        if one.value != other.value:
            self.sources.append((one.value, other.value))

    def _text(self, one: Text, other: Text) -> None:
        if one.value != other.value:
            self.reworded.append(Reworded.of(one, other))
            self.pairs += self.reworded[-1].places()
            return
        if len(one.pieces) != len(other.pieces):
            raise UncarriedError("a text is written in another way")
        for piece, another in zip(one.pieces, other.pieces, strict=True):
            if piece[:2] != another[:2]:
                raise UncarriedError("a text is written in another way")
            self.pairs += ((piece[2], another[2]), (piece[3], another[3]))


@cache
def _plan(kind: type[Struct]) -> tuple[tuple[Callable[[Any], Any], bool], ...]:
    """What takes each field of a node, and whether it is an offset."""
    return tuple((attrgetter(name), name in OFFSETS) for name in kind.__struct_fields__)
