"""A prompt's own text as one string, every character of which knows where it was written.

Variables, the texts of other prompts that stand inside, and the edges of branches, loops and members are one character
each (a Unicode noncharacter, so that no text holds one by accident): a check can run regular expressions over
the whole and never reaches across them unawares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from scrimp.model.algebra import Piece
from scrimp.model.prompts import Prompt
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
    VariableSegment,
    walk,
)

HOLE: Final = "\ufdd0"
"""Stands for a variable."""

INLINE: Final = "\ufdd1"
"""Stands for the text of another prompt."""

EDGE: Final = "\ufdd2"
"""Stands before, between and after the alternatives of a branch, and around the body of a loop or a member."""

MARKS: Final = HOLE + INLINE + EDGE

_IMPOSTORS: Final = str.maketrans(dict.fromkeys(MARKS, "\ufffd"))

_SMALL: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")

Arms: TypeAlias = tuple[tuple[int, int], ...]
"""The alternatives around a place, outermost first: the branch's number, and the alternative's in it."""

Written: TypeAlias = tuple[str, int, int]
"""A range of characters of a file: its path, the start and the end."""


class Stretch(Struct, frozen=True):
    """A text segment at ``start`` of the view, inside the alternatives ``arms``.

    ``member`` is the number of the member of a tool or a schema that it is of; 0 if the prompt has none.
    """

    start: int
    segment: TextSegment
    arms: Arms
    member: int = 0

    @property
    def end(self) -> int:
        """Its end in the view."""
        return self.start + len(self.segment.value)


class View(Struct, frozen=True):
    """The text with its marks, and its stretches in order.

    ``holes`` are the places of variables and of what loops go over, with their names; those inside of inlined
    prompts are at the mark that stands for these. ``literal`` tells that the text is written in string literals of
    code, and that what lies between two ranges of it may be syntax.
    """

    text: str
    stretches: tuple[Stretch, ...]
    literal: bool
    holes: tuple[tuple[int, str], ...] = ()

    def stretch(self, at: int) -> Stretch | None:
        """The stretch that holds the character at an offset; none at a mark."""
        index = bisect_right(self.stretches, at, key=lambda stretch: stretch.start) - 1
        return self.stretches[index] if index >= 0 and at < self.stretches[index].end else None

    def arms(self, at: int) -> Arms:
        """The alternatives around an offset."""
        found = self.stretch(at)
        return found.arms if found else ()

    def member(self, at: int) -> int:
        """The number of the member around an offset, 0 if the prompt has none."""
        found = self.stretch(at)
        return found.member if found else 0

    def written(self, start: int, end: int) -> tuple[Written, ...] | None:
        """Where ``text[start:end]`` was written, in order; ``None`` unless all of it was, no unit in part."""
        ranges: list[Written] = []
        at = start
        while at < end:
            stretch = self.stretch(at)
            if stretch is None:
                return None
            until = min(end, stretch.end)
            part = _written(stretch.segment.pieces, at - stretch.start, until - stretch.start)
            if part is None:
                return None
            ranges.extend((stretch.segment.path, low, high) for low, high in part)
            at = until
        return tuple(_merged(ranges))


def view(prompt: Prompt) -> View:
    """The view of a prompt."""
    builder = _Builder([], [], [])
    builder.add(prompt.segments, ())
    literal = prompt.format.endswith("-string")
    return View("".join(builder.parts), tuple(builder.stretches), literal, tuple(builder.holes))


def lower(text: str) -> str:
    """A text of the same length in small letters: where a letter's small form is longer, only those of ASCII are."""
    small = text.lower()
    return small if len(small) == len(text) else text.translate(_SMALL)


class _Builder(Struct):
    parts: list[str]
    stretches: list[Stretch]
    holes: list[tuple[int, str]]
    length: int = 0
    branches: int = 0
    members: int = 0

    def add(self, segments: tuple[Segment, ...], arms: Arms) -> None:
        for segment in segments:
            match segment:
                case TextSegment():
                    if segment.value:
                        self.stretches.append(Stretch(self.length, segment, arms, self.members))
                        self.put(segment.value.translate(_IMPOSTORS))
                case VariableSegment():
                    self.holes.append((self.length, segment.name))
                    self.put(HOLE)
                case InlineSegment():
                    inner = (part for part in walk(segment.body) if isinstance(part, VariableSegment))
                    self.holes.extend((self.length, part.name) for part in inner)
                    self.put(INLINE)
                case LoopSegment():
                    self.holes.append((self.length, segment.over))
                    self.put(EDGE)
                    self.add(segment.body, arms)
                    self.put(EDGE)
                case MemberSegment():
                    self.members += 1
                    self.put(EDGE)
                    self.add(segment.body, arms)
                    self.put(EDGE)
                case BranchSegment():
                    self.branch(segment, arms)

    def branch(self, segment: BranchSegment, arms: Arms) -> None:
        self.branches += 1
        number = self.branches
        self.put(EDGE)
        for arm, alternative in enumerate(segment.alternatives):
            self.add(alternative, (*arms, (number, arm)))
            self.put(EDGE)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _written(pieces: Sequence[Piece], start: int, end: int) -> list[tuple[int, int]] | None:
    """The ranges of the source that wrote a value's ``[start, end)``, in order."""
    ranges: list[tuple[int, int]] = []
    at = start
    for first, last, source, source_end in pieces[bisect_right(pieces, start, key=lambda piece: piece[1]) :]:
        if at >= end:
            break
        until = min(last, end)
        if first > at:
            return None
        if last - first == source_end - source:
            ranges.append((source + at - first, source + until - first))
        elif first == at and last == until:
            ranges.append((source, source_end))
        else:
            return None
        at = until
    return ranges if at >= end else None


def _merged(ranges: Iterable[Written]) -> list[Written]:
    """Ranges of which no one continues the one before."""
    merged: list[Written] = []
    for path, start, end in ranges:
        if merged and merged[-1][0] == path and merged[-1][2] == start:
            merged[-1] = (path, merged[-1][1], end)
        else:
            merged.append((path, start, end))
    return merged
