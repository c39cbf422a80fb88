"""What comments say of the texts beside them (see ``readers.markers``)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from scrimp.link.units import FileUnit, Unit
from scrimp.link.values import SiteKey
from scrimp.model.facts import Facts, Marker
from scrimp.model.prompts import Unresolved
from scrimp.model.source import Lines
from scrimp.readers import markers
from scrimp.readers.roles import role_of_word


class Mark(Struct, frozen=True):
    """What a comment at ``path:line`` says: whether a text is a prompt, and if so what is known of it."""

    is_prompt: bool
    path: str
    line: int
    name: str = ""
    role: str = ""
    model: str = ""
    calls: int = 0

    @classmethod
    def of(cls, marker: Marker, path: str, line: int) -> Mark:
        """A marker as read; what it doesn't say is empty, or 0."""
        options = dict(marker.options)
        return cls(
            marker.kind == "prompt",
            path,
            line,
            options.get("name", ""),
            role_of_word(options["role"]) if "role" in options else "",
            options.get("model", ""),
            markers.calls(options.get("calls", "")) or 0,
        )


MOST_BEFORE = 40
"""How many texts before a marker are looked at: those on its line, and those that it stands in."""
UNMARKED = Mark(is_prompt=False, path="", line=0)
"""What is said of a text that no comment speaks of."""


class Marks(Struct):
    """The marks of a tree by the texts that they speak of, and those that speak of none."""

    by_unit: dict[SiteKey, Mark] = field(default_factory=dict)
    unresolved: list[Unresolved] = field(default_factory=list)

    def of_unit(self, key: SiteKey) -> Mark:
        """What is said of a unit."""
        return self.by_unit.get(key, UNMARKED)

    @classmethod
    def of(cls, files: Mapping[str, Facts], units: Iterable[Unit]) -> Marks:
        """Find what each marker speaks of."""
        marks = cls()
        marked = {path: facts for path, facts in files.items() if facts.markers}
        if not marked:
            return marks
        beside: dict[str, list[_Span]] = defaultdict(list)
        for unit in units:
            if unit.path in marked:
                beside[unit.path] += _spans(unit)
        for path, facts in marked.items():
            lines = Lines(facts.lines)
            spans = _Spans.of(beside[path], lines)
            for marker in facts.markers:
                line, column = lines.position(marker.start)
                span = spans.spoken_of(marker, line)
                if span is None:
                    reason = "no text stands on its line or right behind it"
                    what = f"scrimp: {marker.kind}"
                    marks.unresolved.append(Unresolved(path, line, what, reason, column, "comment"))
                else:
                    marks.by_unit[span.key] = Mark.of(marker, path, line)
        return marks


class _Span(Struct, frozen=True):
    key: SiteKey
    start: int
    end: int


def _spans(unit: Unit) -> Iterator[_Span]:
    """Where a unit stands: a text put together in steps stands at each of them."""
    if isinstance(unit, FileUnit):
        yield _Span(unit.key, unit.start, unit.end)
    else:
        yield from (_Span(unit.key, site.start, site.end) for site in unit.sites)


class _Spans(Struct, frozen=True):
    """The texts of one file, in order, outer before inner."""

    spans: list[_Span]
    lines: Lines

    @classmethod
    def of(cls, spans: Iterable[_Span], lines: Lines) -> _Spans:
        return cls(sorted(spans, key=lambda span: (span.start, -span.end)), lines)

    def spoken_of(self, marker: Marker, line: int) -> _Span | None:
        """The text that a marker speaks of: on its line, around it, ending on its line, or next behind it."""
        at = bisect_right(self.spans, marker.start, key=lambda span: span.start)
        before = self.spans[max(at - MOST_BEFORE, 0) : at]
        behind = [span for span in self.spans[at : at + 1] if span.start < marker.until]
        around = [span for span in before if marker.start < span.end]
        ending = [span for span in before if self._line(span.end) == line]
        starting = [span for span in (*before, *behind) if self._line(span.start) == line]
        for choice in (starting[:1], around[-1:], ending[-1:], behind):
            if choice:
                return choice[0]
        return None

    def _line(self, offset: int) -> int:
        return self.lines.position(offset)[0]
