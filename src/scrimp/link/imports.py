"""What instruction files of agents import: whose text stands where, and how an imported file is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from scrimp.link import transforms
from scrimp.link.loader import entry_key
from scrimp.model.algebra import Expression, Include, Join
from scrimp.model.facts import Facts
from scrimp.model.prompts import Unresolved
from scrimp.model.segments import InlineSegment, Segment, TextSegment
from scrimp.model.source import Lines
from scrimp.readers.imports import AGENT, MOST_HOPS, target, whole_entry
from scrimp.readers.paths import imports_files

_LOADED = ("manual", "on-demand", "conditional", "session")
_FILE_LIKE = (".md", ".mdc", ".txt", ".json", "/")
_PUNCTUATION = ".,;:!?)"


class Imports(Struct):
    """The imports of one tree. Of several imports of one file below the same file only the first has an effect."""

    files: Mapping[str, Facts]
    loaded: dict[str, str] = field(default_factory=dict)
    """How each imported file is loaded: as the one of its importers that is loaded most often."""
    bodies: dict[str, tuple[Segment, ...]] = field(default_factory=dict)
    """The text of each imported file, where it was imported first."""
    unresolved: dict[Unresolved, None] = field(default_factory=dict)
    """What leads nowhere, each once, in order."""

    @classmethod
    def of(cls, files: Mapping[str, Facts]) -> Imports:
        """Follow the imports of all instruction files."""
        found = cls(files)
        for path, facts in files.items():
            if facts.format == AGENT and imports_files(path):
                found._follow(path, facts)
        return found

    def covers(self, path: str) -> bool:
        """Whether a file's text may hold imports, or was imported."""
        return self.files[path].format == AGENT or path in self.loaded

    def body(self, path: str, expression: Expression) -> tuple[Segment, ...]:
        """The text of a file as its agent gets it by itself, what it imports in place."""
        if imports_files(path) or path not in self.bodies or self.files[path].format == AGENT:
            hops = 0 if imports_files(path) else MOST_HOPS
            return tuple(self._segments(path, expression, hops, {path}))
        return self.bodies[path]

    def load(self, path: str, own: str) -> str:
        """How a file is loaded that would by itself be loaded as ``own`` says."""
        if path not in self.loaded:
            return own
        if self.files[path].format != AGENT:
            return self.loaded[path]
        return max(own, self.loaded[path], key=_LOADED.index)

    def stands_alone(self, path: str, own: str) -> bool:
        """Whether an imported file is also loaded by itself, and more often than by any that imports it."""
        alone = self.files[path].format == AGENT and path in self.loaded
        return alone and _LOADED.index(own) > _LOADED.index(self.loaded[path])

    def _follow(self, path: str, facts: Facts) -> None:
        number = whole_entry(facts)
        if number is not None:
            entry = facts.entries[number]
            self._record(self.body(path, entry.expression), entry.loaded)

    def _record(self, segments: Iterable[Segment], loaded: str) -> None:
        for segment in segments:
            if isinstance(segment, InlineSegment):
                path = segment.prompt.rpartition("@")[0]
                self.loaded[path] = max(self.loaded.get(path, "manual"), loaded, key=_LOADED.index)
                self.bodies.setdefault(path, segment.body)
                self._record(segment.body, loaded)

    def _segments(self, path: str, expression: Expression, hops: int, seen: set[str]) -> Iterator[Segment]:
        for part in expression.parts if isinstance(expression, Join) else (expression,):
            if not isinstance(part, Include):
                yield from transforms.segments_of(part, path)
                continue
            found = self._found(part, path)
            if found is None and hops < MOST_HOPS:
                self._note(part, path)
            if found is None or found in seen or hops >= MOST_HOPS:
                written = f"@{part.target}"
                yield TextSegment(written, path, ((0, len(written), part.start, part.end),))
                continue
            seen.add(found)
            number = whole_entry(self.files[found])
            if number is not None:
                inner = self.files[found].entries[number].expression
                body = tuple(self._segments(found, inner, hops + 1, seen))
                yield InlineSegment(entry_key(found, number), body)

    def _found(self, include: Include, importer: str) -> str | None:
        """The file that an import means, if the tree holds its text."""
        named = target(include, importer)
        facts = None if named is None else self.files.get(named)
        return None if facts is None or whole_entry(facts) is None else named

    def _note(self, include: Include, importer: str) -> None:
        """Note an import that leads nowhere, if what it names looks like a file: ``@name`` may be a person."""
        named = include.target.rstrip(_PUNCTUATION)
        if not named.startswith(("~", ".", "/")) and not named.endswith(_FILE_LIKE):
            return
        outside = target(include, importer) is None
        line, column = Lines(self.files[importer].lines).position(include.start)
        reason = (
            "imports from outside of the tree are not followed" if outside else "the tree has no such text"
        )
        found = Unresolved(importer, line, f"@{include.target}", reason, column, "import")
        self.unresolved[found] = None
