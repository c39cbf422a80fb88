"""Which comments of a file may speak of a finding, found by their lines: a file may hold thousands of both."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from scrimp.model.facts import Ignore
from scrimp.suppress.reach import Extent, Place, Reach


class _ByLine(Struct):
    """Comments in the order of a line of theirs."""

    entries: list[tuple[int, int]] = field(default_factory=list)

    def between(self, first: int, last: int) -> Iterator[int]:
        """The numbers of those whose line is one of some."""
        start = bisect_left(self.entries, (first, -1))
        for _, number in self.entries[start : bisect_right(self.entries, (last, len(self.entries) + 1))]:
            yield number


class Nearby(Struct):
    """The comments of one file by the lines that they stand on, the line below, and the texts that they speak of."""

    everywhere: list[int] = field(default_factory=list)
    """Those that are about more than their lines: whole files, and blocks."""
    first: _ByLine = field(default_factory=_ByLine)
    last: _ByLine = field(default_factory=_ByLine)
    textless: _ByLine = field(default_factory=_ByLine)
    below: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    of_text: dict[Extent, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, ignores: Iterable[Ignore], reach: Reach) -> Nearby:
        """Put the comments of a file in order; they are known by their numbers."""
        nearby = cls()
        for number, ignore in enumerate(ignores):
            if ignore.form == "line":
                nearby._add(number, ignore, reach)
            else:
                nearby.everywhere.append(number)
        for by_line in (nearby.first, nearby.last, nearby.textless):
            by_line.entries.sort()
        return nearby

    def _add(self, number: int, ignore: Ignore, reach: Reach) -> None:
        extent = reach.extent(ignore.start, ignore.end)
        texts = reach.texts_of(ignore)
        self.first.entries.append((extent.first, number))
        self.last.entries.append((extent.last, number))
        if not texts:
            self.textless.entries.append((extent.first, number))
        if ignore.below is not None:
            self.below[reach.extent(ignore.below.start, ignore.below.end).first].append(number)
        for text in texts:
            self.of_text[text].append(number)

    def to(self, place: Place) -> list[int]:
        """The numbers of the comments that may speak of a finding, in their order."""
        extent, statement = place.extent, place.statement
        found = {*self.everywhere, *self.below.get(extent.first, ())}
        found.update(self.first.between(extent.first, extent.last))
        found.update(self.last.between(extent.first, extent.last))
        if place.text is not None:
            found.update(self.of_text.get(place.text, ()))
        if statement is not None:
            around = self.first if place.text is None else self.textless
            found.update(around.between(statement.first, statement.last))
            found.update(self.below.get(statement.first, ()))
        return sorted(found)
