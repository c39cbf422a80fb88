"""Two versions of a file that differ only in texts and in where things stand: to the linker they are the same.

What tells a prompt from other text are names, calls and structure, which an edit of its wording leaves alone. So the
facts of both versions are compared node by node. Whatever isn't known to be a text or an offset must be equal: a field
that this module doesn't know makes two versions different, which costs a run its speed and never its truth.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.link.edits.moves import Moves, UncarriedError, in_order
from scrimp.model.algebra import Piece, Text
from scrimp.model.facts import Arm, ClassField, Facts, Site
from scrimp.model.pieces import slice_text

OFFSETS = frozenset(("start", "end", "until"))
"""The fields of facts and of the algebra that are offsets of the file."""
AROUND = 16
"""Characters before and behind an edit by which the text that was edited is known again."""


class Reworded(Struct, frozen=True):
    """A text as it was and as it is: ``before.value[start:end]`` became ``after.value[start:end_after]``."""

    before: Text
    after: Text
    start: int
    end: int
    end_after: int

    @classmethod
    def of(cls, before: Text, after: Text) -> Reworded:
        """Two texts with the range in which they differ, as short as it can be told."""
        one, other = before.value, after.value
        most = min(len(one), len(other))
        start = next((at for at in range(most) if one[at] != other[at]), most)
        most -= start
        back = next((at for at in range(most) if one[-1 - at] != other[-1 - at]), most)
        return cls(before, after, start, len(one) - back, len(other) - back)

    @property
    def removed(self) -> str:
        """What is gone."""
        return self.before.value[self.start : self.end]

    @property
    def added(self) -> str:
        """What is new."""
        return self.after.value[self.start : self.end_after]

    @property
    def longer(self) -> int:
        """The characters that it has more than before."""
        return self.end_after - self.end

    @property
    def begin(self) -> int:
        """Where its first character was written."""
        return self.before.pieces[0][2]

    @property
    def close(self) -> int:
        """Behind where its last character was written."""
        return self.before.pieces[-1][3]

    def context(self, around: int) -> str:
        """What is gone, with so many characters on either side."""
        return self.before.value[max(self.start - around, 0) : self.end + around]

    def context_after(self, around: int) -> str:
        """What is new, likewise."""
        return self.after.value[max(self.start - around, 0) : self.end_after + around]

    @property
    def begins_line(self) -> bool:
        """Whether the edit begins where a line does but for its indentation, before and after it."""
        before, after = self.before.value, self.after.value
        is_first = not before[before.rfind("\n", 0, self.start) + 1 : self.start].strip()
        return is_first and _is_inked(before, self.start) and _is_inked(after, self.start)

    @property
    def lays_out(self) -> bool:
        """Whether the edit changes which lines there are, or how one is indented."""
        before = self.before.value
        line = before.rfind("\n", 0, self.start) + 1
        is_within = bool(before[line : self.start].strip()) or self.begins_line
        return "\n" in self.removed + self.added or not is_within

    @property
    def ends_text(self) -> bool:
        """Whether the edit ends where the text does but for blanks, before and after it."""
        before, after = self.before.value, self.after.value
        is_last = not before[self.end :].strip()
        return is_last and _is_inked(before, self.end - 1) and _is_inked(after, self.end_after - 1)

    def lies_in(self, start: int, end: int) -> bool:
        """Whether it is an edit of what was taken as ``before.value[start:end]`` from the text.

        It is if there is something on either side. Where there isn't, only blanks may have been taken off.
        """
        is_behind = start < self.start or (start == self.start and self.begins_line)
        return is_behind and (self.end < end or (self.end == end and self.ends_text))

    def makes(self, one: str, other: str) -> bool:
        """Whether it makes of one source the other, which is written as the text is."""
        before = self.context(AROUND)
        return one.count(before) == 1 and one.replace(before, self.context_after(AROUND)) == other

    def places(self) -> Iterator[tuple[int, int]]:
        """Offsets of the source in both versions of what stands in the text before the edit, and behind it.

        Where something is only put in or taken out, what touches that place may belong to either side of it.
        """
        gap = 0 if self.removed and self.added else 1
        yield from _alike(self.before, self.after, 0, self.start - gap, 0)
        yield from _alike(self.before, self.after, self.end + gap, len(self.before.value), self.longer)

    def where(self, piece: Piece) -> int | None:
        """Where in the value before a piece of a text made of it begins; ``None`` if it isn't there as it is.

        An escape of a template language is two characters of the value and one of the text.
        """
        _, _, start, end = piece
        number = bisect_right(self.before.pieces, start, key=itemgetter(2)) - 1
        first, _, begin, close = self.before.pieces[max(number, 0)]
        if not _is_copied(self.before.pieces[max(number, 0)]):
            return first if (start, end) == (begin, close) else None
        return first + start - begin if begin <= start and end <= close and _is_copied(piece) else None


def _is_inked(text: str, at: int) -> bool:
    """Whether there is a character that isn't blank at an offset."""
    return 0 <= at < len(text) and not text[at].isspace()


def _is_copied(piece: Piece) -> bool:
    """Whether a piece was copied character by character."""
    first, last, start, end = piece
    return last - first == end - start


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
            if each == another:
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


def _alike(before: Text, after: Text, start: int, end: int, shift: int) -> Iterator[tuple[int, int]]:
    """Where the ends of each piece of ``before.value[start:end]`` stand, which is ``shift`` further on in ``after``."""
    one, other = slice_text(before, start, end), slice_text(after, start + shift, end + shift)
    for piece, another in zip(one.pieces, other.pieces, strict=False):
        if piece[:2] != another[:2] or piece[3] - piece[2] != another[3] - another[2]:
            raise UncarriedError("a text is written in another way")
        yield piece[2], another[2]
        yield piece[3], another[3]


@cache
def _plan(kind: type[Struct]) -> tuple[tuple[Callable[[Any], Any], bool], ...]:
    """What takes each field of a node, and whether it is an offset."""
    return tuple((attrgetter(name), name in OFFSETS) for name in kind.__struct_fields__)
