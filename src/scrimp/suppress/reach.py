"""Which findings a comment in a file speaks of.

It reaches what is found on its own lines; in a text or a statement (an assignment, a call) that it stands on any line
of; and, if it has its line for itself, what begins on the line below. Where a text stands
on its line it speaks of no other text, so that in a table of prompts each has comments of its own. Inside of a
template it reaches lines, not the whole file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

from scrimp.model.algebra import Text
from scrimp.model.facts import Entry, Facts, Ignore, Site
from scrimp.model.findings import Finding
from scrimp.model.source import Lines


@dataclass(frozen=True, slots=True)
class Extent:
    """Offsets of something, and the lines that it begins and ends on."""

    start: int
    end: int
    first: int
    last: int

    def touches(self, first: int, last: int) -> bool:
        """Whether it has any of some lines."""
        return self.first <= last and first <= self.last

    def holds(self, other: Extent) -> bool:
        """Whether another begins and ends within its lines."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True)
class Reach:
    """The texts and statements of one file, by which it is told what a comment in it speaks of."""

    facts: Facts

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.facts.lines)

    def extent(self, start: int, end: int) -> Extent:
        """A range of offsets with its lines."""
        return Extent(
            start, end, self._lines.position(start)[0], self._lines.position(max(end - 1, start))[0]
        )

    def of_finding(self, finding: Finding) -> Extent:
        """Where a finding stands."""
        place, starts = finding.place, self.facts.lines
        start = starts[min(place.line, len(starts)) - 1] + place.column - 1
        end = starts[min(place.end_line, len(starts)) - 1] + place.end_column - 1
        return self.extent(start, max(start, end))

    @cached_property
    def texts(self) -> tuple[Extent, ...]:
        """String expressions of code and texts that a format declares, outer before inner."""
        found: tuple[Site | Entry, ...] = (*self.facts.sites, *self.facts.entries)
        return tuple(
            sorted(
                (self.extent(each.start, each.end) for each in found),
                key=lambda extent: (extent.start, -extent.end),
            )
        )

    @cached_property
    def statements(self) -> tuple[Extent, ...]:
        """Assignments and calls, the smallest first."""
        spans = [(each.start, each.end) for each in self.facts.bindings]
        spans += [(each.call.start, each.call.end) for each in self.facts.calls]
        return tuple(
            sorted((self.extent(*span) for span in spans), key=lambda extent: extent.end - extent.start)
        )

    @cached_property
    def _written(self) -> tuple[tuple[int, int], ...]:
        """Where the texts of entries are written, from the first character to the last."""
        ranges = (list(written(each.expression)) for each in self.facts.entries)
        return tuple((min(each)[0], max(end for _, end in each)) for each in ranges if each)

    def text_of(self, extent: Extent) -> Extent | None:
        """The smallest text that something stands in."""
        around = (each for each in reversed(self.texts) if each.start <= extent.start < each.end)
        return min(around, key=lambda each: each.end - each.start, default=None)

    def covers(self, ignore: Ignore, finding: Extent) -> bool:
        """Whether a comment of the form ``line`` speaks of a finding."""
        comment = self.extent(ignore.start, ignore.end)
        below = self._lines.position(ignore.below.start)[0] if ignore.below else 0
        if finding.touches(comment.first, comment.last):
            return True
        if any(start <= ignore.start < end for start, end in self._written):
            return below == finding.first
        text = self.text_of(finding)
        if text is not None:
            spoken_of = self._texts_of(ignore, comment)
            if spoken_of:
                return text in spoken_of
        statement = next((each for each in self.statements if each.holds(finding)), None)
        return statement is not None and (
            statement.touches(comment.first, comment.last) or below == statement.first
        )

    def _texts_of(self, ignore: Ignore, comment: Extent) -> list[Extent]:
        """The texts on a comment's lines or, if it has these for itself, those that begin on the line below.

        A format may declare a text that begins some lines on, such as the one behind a frontmatter.
        """
        beside = [each for each in self.texts if each.touches(comment.first, comment.last)]
        if beside or ignore.below is None:
            return beside
        line = self._lines.position(ignore.below.start)[0]
        below = [each for each in self.texts if each.first == line]
        declared = (self.extent(each.start, each.end) for each in self.facts.entries)
        behind = (each for each in declared if ignore.end <= each.start < ignore.until)
        return below or [each for each in (next(behind, None),) if each is not None]


def written(node: object) -> Iterator[tuple[int, int]]:
    """The ranges of a file in which the texts of an expression are written."""
    if isinstance(node, Text):
        yield from ((start, end) for _, _, start, end in node.pieces)
    elif isinstance(node, tuple):
        for each in node:
            yield from written(each)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from written(getattr(node, name))
