"""Which findings a comment in a file speaks of.

It reaches what is found on its own lines; in a text or a statement (an assignment, a call) that it stands on any line
of; and, if it has its line for itself, what begins on the line below. Where a text stands
on its line it speaks of no other text, so that in a table of prompts each has comments of its own. Inside of a
template it reaches lines, not the whole file.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct, field

from scrimp.model.algebra import Text
from scrimp.model.facts import Entry, Facts, Ignore, Site
from scrimp.model.findings import Finding
from scrimp.model.source import Lines


class Extent(Struct, frozen=True):
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


MOST_BEFORE = 200
"""How many texts or statements that begin before a place are looked at for those around it: enough for any that people
write, and a bound where somebody means harm. What isn't found is not hidden."""


class Place(Struct, frozen=True):
    """Where a finding stands: its range, and the smallest text and the smallest statement around it."""

    extent: Extent
    text: Extent | None
    statement: Extent | None


class Reach(Struct, frozen=True, eq=False, dict=True):
    """The texts and statements of one file, by which it is told what a comment in it speaks of."""

    facts: Facts
    _spoken_of: dict[int, list[Extent]] = field(default_factory=dict)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.facts.lines)

    def extent(self, start: int, end: int) -> Extent:
        """A range of offsets with its lines."""
        first, last = self._lines.position(start)[0], self._lines.position(max(end - 1, start))[0]
        return Extent(start, end, first, last)

    def of_finding(self, finding: Finding) -> Extent:
        """The range of a finding."""
        place, starts = finding.place, self._lines.starts
        start = starts[min(place.line, len(starts)) - 1] + place.column - 1
        end = starts[min(place.end_line, len(starts)) - 1] + place.end_column - 1
        return self.extent(start, max(start, end))

    def place(self, extent: Extent) -> Place:
        """What stands around the range of a finding."""
        texts = _before(self.texts, extent.start)
        text = next((each for each in texts if extent.start < each.end), None)
        statements = _before(self.statements, self._end_of_line(extent.first))
        return Place(extent, text, next((each for each in statements if each.holds(extent)), None))

    def _end_of_line(self, line: int) -> int:
        starts = self._lines.starts
        return starts[line] - 1 if line < len(starts) else sys.maxsize

    @cached_property
    def texts(self) -> tuple[Extent, ...]:
        """String expressions of code and texts that a format declares, outer before inner."""
        found: tuple[Site | Entry, ...] = (*self.facts.sites, *self.facts.entries)
        return _ordered(self.extent(each.start, each.end) for each in found)

    @cached_property
    def statements(self) -> tuple[Extent, ...]:
        """Assignments and calls, outer before inner."""
        spans = [(each.start, each.end) for each in self.facts.bindings]
        spans += [(each.call.start, each.call.end) for each in self.facts.calls]
        return _ordered(self.extent(*span) for span in spans)

    @cached_property
    def _written(self) -> tuple[tuple[int, int], ...]:
        """Where the texts of entries are written, from the first character to the last."""
        ranges = (list(written(each.expression)) for each in self.facts.entries)
        return tuple((min(each)[0], max(end for _, end in each)) for each in ranges if each)

    def covers(self, ignore: Ignore, finding: Place) -> bool:
        """Whether a comment of the form ``line`` speaks of a finding."""
        extent, comment = finding.extent, self.extent(ignore.start, ignore.end)
        below = self._lines.position(ignore.below.start)[0] if ignore.below else 0
        if extent.touches(comment.first, comment.last):
            return True
        if any(start <= ignore.start < end for start, end in self._written):
            return below == extent.first
        if finding.text is not None:
            spoken_of = self.texts_of(ignore)
            if spoken_of:
                return finding.text in spoken_of
        around = finding.statement
        return around is not None and (around.touches(comment.first, comment.last) or below == around.first)

    def texts_of(self, ignore: Ignore) -> list[Extent]:
        """The texts on a comment's lines or, if it has these for itself, those that begin on the line below.

        A format may declare a text that begins some lines on, such as the one behind a frontmatter.
        """
        if ignore.start not in self._spoken_of:
            self._spoken_of[ignore.start] = self._find_texts(ignore)
        return self._spoken_of[ignore.start]

    def _find_texts(self, ignore: Ignore) -> list[Extent]:
        comment = self.extent(ignore.start, ignore.end)
        near = _before(self.texts, self._end_of_line(comment.last))
        beside = [each for each in near if each.touches(comment.first, comment.last)]
        if beside or ignore.below is None:
            return beside
        line = self._lines.position(ignore.below.start)[0]
        below = [each for each in _before(self.texts, self._end_of_line(line)) if each.first == line]
        return below or self._declared_behind(ignore)

    def _declared_behind(self, ignore: Ignore) -> list[Extent]:
        at = bisect_left(self._declared, ignore.end, key=lambda extent: extent.start)
        return [each for each in self._declared[at : at + 1] if each.start < ignore.until]

    @cached_property
    def _declared(self) -> tuple[Extent, ...]:
        return _ordered(self.extent(each.start, each.end) for each in self.facts.entries)


def _ordered(extents: Iterable[Extent]) -> tuple[Extent, ...]:
    return tuple(sorted(extents, key=lambda extent: (extent.start, -extent.end)))


def _before(extents: Sequence[Extent], at: int) -> Iterator[Extent]:
    """Those that begin at an offset or before it, the last first."""
    until = bisect_right(extents, at, key=lambda extent: extent.start)
    yield from reversed(extents[max(until - MOST_BEFORE, 0) : until])


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
