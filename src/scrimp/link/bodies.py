"""The text of units: their segments, with the placeholders of the language they are written in found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from scrimp.link import transforms
from scrimp.link.evaluation import Evaluator
from scrimp.link.fillings import Fillings
from scrimp.link.imports import Imports
from scrimp.link.includes import Includes
from scrimp.link.units import CodeUnit, FileUnit, Unit
from scrimp.link.values import SiteKey
from scrimp.model.facts import NOWHERE, Facts
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Segment,
    TextSegment,
    VariableSegment,
    walk,
)
from scrimp.readers import templates

APART = ("element", "entry")
"""Holders of texts that are items of a list and are joined somewhere, in whatever way."""
PLAIN = frozenset({"agent", "markdown", "plain"})
"""Formats of texts that are sent as they are unless code fills them."""
BREAK = TextSegment("\n", "", ())


@dataclass(slots=True)
class Bodies:
    """The segments of the units of a tree, each put together once."""

    files: Mapping[str, Facts]
    units: Mapping[SiteKey, Unit]
    evaluator: Evaluator
    imports: Imports
    languages: dict[SiteKey, str] = field(default_factory=dict)
    """The template language of each unit that was asked for."""
    guessed: set[SiteKey] = field(default_factory=set)
    """The units whose language is told by the looks of their placeholders alone."""
    _known: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    _numbers: dict[str, dict[int, int]] = field(default_factory=dict)
    _includes: Includes = field(init=False)
    fillings: Fillings = field(init=False)

    def __post_init__(self) -> None:
        self._includes = Includes(self.files)
        self.fillings = Fillings(self.evaluator)

    def of(self, key: SiteKey) -> tuple[Segment, ...]:
        """The segments of a unit, placeholders of its template language found."""
        if key not in self._known:
            unit = self.units[key]
            if isinstance(unit, FileUnit):
                self._known[key] = self._file_body(unit)
                self.languages[key] = unit.entry.template
                if unit.entry.certainty != "format" and self.files[unit.path].format in PLAIN:
                    self._guess(key, unit.entry.template)
            else:
                self._known[key] = self._code_body(unit)
        return self._known[key]

    def _file_body(self, unit: FileUnit) -> tuple[Segment, ...]:
        if self.imports.covers(unit.path) and unit.entry.key == "":
            return self.imports.body(unit.path, unit.entry.expression)
        return self._includes.body(unit.path, unit.entry.expression)

    def _code_body(self, unit: CodeUnit) -> tuple[Segment, ...]:
        segments = transforms.merged(tuple(_flattened(self._steps(unit), unit.key)))
        has_holes = any(
            isinstance(part, VariableSegment) and part.path == unit.path for part in walk(segments)
        )
        language = self.evaluator.formatted.get(unit.key)
        if language == "replace":
            language = None
        if language is None and not has_holes:
            language = templates.sniff(
                "".join(part.value for part in segments if isinstance(part, TextSegment))
            )
            self._guess(unit.key, language)
        self.languages[unit.key] = language or "f-string"
        return (
            transforms.merged(transforms.scanned(segments, language))
            if language not in (None, "none")
            else segments
        )

    def _guess(self, key: SiteKey, language: str) -> None:
        if language != "none" and key not in self.evaluator.formatted:
            self.guessed.add(key)

    def _steps(self, unit: CodeUnit) -> tuple[Segment, ...]:
        """What a unit is put together from: as code does it where that is known, else one step after the other."""
        last = unit.sites[-1]
        for place in self._behind(unit) if len(unit.sites) > 1 else ():
            self.evaluator.lookup(last.name, last.scope, place, unit.path)
            if unit.key in self.evaluator.assembled:
                return self.evaluator.assembled[unit.key]
        steps: list[Segment] = []
        for site in unit.sites:
            key = f"{unit.path}:{self._number(unit.path, site.start)}"
            step = self.evaluator.site(key, site.expression, unit.path) or ()
            if any(isinstance(part, InlineSegment) and part.prompt == unit.key for part in walk(step)):
                steps.clear()  # it takes up the text so far
            elif steps and site.holder in APART:
                steps.append(BREAK)
            steps += step
        return tuple(steps)

    def _behind(self, unit: CodeUnit) -> Iterator[int]:
        """Where all steps of a unit are seen: behind what decides whether the last is made, and right behind that."""
        last = unit.sites[-1]
        bindings = self.evaluator.symbols.modules[unit.path].bindings.get((last.scope, last.name), ())
        own = next((each for each in bindings if each.start <= last.start and last.end <= each.end), None)
        behind = max((arm.until for arm in (() if own is None else own.arms)), default=0)
        if unit.end < behind < NOWHERE:  # else an arm leaves the function
            yield behind
        yield unit.end + 1

    def _number(self, path: str, start: int) -> int:
        if path not in self._numbers:
            self._numbers[path] = {site.start: number for number, site in enumerate(self.files[path].sites)}
        return self._numbers[path][start]

    def dissolved(self, key: SiteKey, ids: Mapping[SiteKey, str]) -> tuple[Segment, ...]:
        """The segments of a unit with the ids of inlined prompts and all that fills its holes.

        Inlined text that is no prompt of its own becomes plain text.
        """
        return self._dissolved(self.fillings.put(self.of(key), key), ids)

    def _dissolved(self, segments: tuple[Segment, ...], ids: Mapping[SiteKey, str]) -> tuple[Segment, ...]:
        result: list[Segment] = []
        for segment in segments:
            match segment:
                case InlineSegment():
                    inner = segment.body or (self.of(segment.prompt) if segment.prompt in self.units else ())
                    body = self._dissolved(self.fillings.put(inner, segment.prompt), ids)
                    result += [InlineSegment(ids[segment.prompt], body)] if segment.prompt in ids else body
                case BranchSegment():
                    alternatives = tuple(self._dissolved(each, ids) for each in segment.alternatives)
                    result.append(BranchSegment(segment.condition, alternatives))
                case LoopSegment():
                    result.append(replace(segment, body=self._dissolved(segment.body, ids)))
                case _:
                    result.append(segment)
        return transforms.merged(tuple(result))


def _flattened(segments: tuple[Segment, ...], own: SiteKey) -> Iterator[Segment]:
    """Segments with the steps of the same unit as plain parts."""
    for segment in segments:
        match segment:
            case InlineSegment() if segment.prompt == own:
                yield from _flattened(segment.body, own)
            case BranchSegment():
                alternatives = tuple(tuple(_flattened(each, own)) for each in segment.alternatives)
                yield BranchSegment(segment.condition, alternatives)
            case LoopSegment():
                yield replace(segment, body=tuple(_flattened(segment.body, own)))
            case _:
                yield segment
