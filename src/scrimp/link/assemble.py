"""Puts prompts and requests together from what the calls reached and what was judged by its looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from scrimp.link.bodies import Bodies
from scrimp.link.calls import Sending
from scrimp.link.definitions import Definitions, Whole
from scrimp.link.evaluation import Evaluator
from scrimp.link.handled import handled
from scrimp.link.identity import identify
from scrimp.link.imports import Imports
from scrimp.link.index import Index
from scrimp.link.judging import Judging
from scrimp.link.marks import Marks
from scrimp.link.payloads import Payloads
from scrimp.link.references import References
from scrimp.link.requests import Requests, implicit
from scrimp.link.samples import CallerSamples
from scrimp.link.units import CodeUnit, Unit, file_units
from scrimp.link.unseen import undecided, unseen
from scrimp.link.values import SiteKey
from scrimp.model.facts import Facts
from scrimp.model.prompts import Confidence, Disowned, Linked, Prompt, Request, Unresolved
from scrimp.model.segments import MemberSegment
from scrimp.model.source import Lines
from scrimp.readers.paths import is_test


@dataclass(slots=True)
class Assembly:
    """One run of putting together."""

    files: Mapping[str, Facts]
    index: Index
    evaluator: Evaluator
    sendings: Sequence[Sending]
    units: Mapping[SiteKey, Unit] = field(init=False)
    imports: Imports = field(init=False)
    references: References = field(init=False)
    marks: Marks = field(init=False)
    bodies: Bodies = field(init=False)
    judging: Judging = field(init=False)

    def __post_init__(self) -> None:
        self.units = {unit.key: unit for unit in self._units()}
        self.imports = Imports.of(self.files)
        self.references = References.of(self.files)
        self.marks = Marks.of(self.files, self.units.values())
        self.bodies = Bodies(self.files, self.units, self.evaluator, self.imports)
        self.judging = Judging(
            self.files,
            self.units,
            self.index,
            self.evaluator,
            self.sendings,
            self.bodies,
            self.marks,
            self.references,
            self.imports,
        )

    def linked(self) -> Linked:
        """All prompts and requests, in the order of paths and text."""
        self.judging.judge()
        wholes = self._wholes()
        identities = identify([self._identity(whole) for whole in wholes])
        ids = {key: own for whole, own in zip(wholes, identities, strict=True) for key in whole.keys}
        requests = list(Requests(self.files, self.judging, ids).explicit(self.sendings))
        prompts = [self._prompt(whole, ids) for whole in wholes]
        requests += implicit(prompts, requests)
        unresolved = sorted(self._unresolved(requests), key=lambda each: (each.path, each.line, each.column))
        payloads = Payloads(self.evaluator, self.sendings, self.bodies, self.judging).find()
        disowned = (
            Disowned(mark.path, mark.line, self.units[key].start)
            for key, mark in self.marks.by_unit.items()
            if not mark.is_prompt
        )
        return Linked(
            tuple(prompts),
            tuple(requests),
            tuple(unresolved),
            payloads,
            tuple(disowned),
            frozenset(filter(None, self.evaluator.sought)),
            handled(self.evaluator.symbols.calls),
        )

    def _units(self) -> Iterator[Unit]:
        for path, facts in self.files.items():
            yield from self.index.units.get(path, ())
            if facts.entries:
                yield from file_units(path, facts)

    def _wholes(self) -> list[Whole]:
        """The prompts that the judged units are, in the order of paths and text."""
        units = [self.units[key] for key in sorted(self.judging.judged, key=self._place)]
        members = {unit.key: self._language(unit) for unit in units if self._may_be_member(unit)}
        unsure = {key for key, judged in self.judging.judged.items() if judged.confidence is Confidence.LOW}
        found = self._definitions().wholes(units, members, unsure)
        return sorted(found, key=lambda whole: self._place(whole.keys[0]))

    def _place(self, key: SiteKey) -> tuple[str, int]:
        return self.units[key].path, self.units[key].start

    def _may_be_member(self, unit: Unit) -> bool:
        """Whether a text is told of a tool and of nothing else: others stand in prompts by their own ids."""
        if not isinstance(unit, CodeUnit) or self.judging.judged[unit.key].kind != "tool":
            return False
        return unit.key not in self.judging.inlined and unit.key not in self.marks.by_unit

    def _language(self, unit: Unit) -> str:
        """The template language of a text; one that code itself fills is in none."""
        self.bodies.of(unit.key)
        language = self.bodies.languages.get(unit.key, "none")
        return "none" if language == "f-string" else language

    def _definitions(self) -> Definitions:
        return Definitions() if self.judging.tools is None else self.judging.tools.definitions

    def _identity(self, whole: Whole) -> tuple[str, str, str]:
        key = whole.keys[0]
        return self.units[key].path, self.marks.of_unit(key).name or whole.name, self.judging.judged[key].role

    def _prompt(self, whole: Whole, ids: Mapping[SiteKey, str]) -> Prompt:
        prompts = [self._of_unit(key, whole, ids) for key in whole.keys]
        return prompts[0] if len(prompts) == 1 else self._together(prompts)

    def _together(self, members: Sequence[Prompt]) -> Prompt:
        """The prompt that several texts are: as sure as the surest of them, in the place of all."""
        confidence = min((each.confidence for each in members), key=list(Confidence).index)
        sure = [each for each in members if each.confidence is confidence]
        start, end = members[0].start, max(each.end for each in members)
        return replace(
            members[0],
            place=Lines(self.files[members[0].path].lines).place(start, end),
            end=end,
            template=next((each.template for each in members if each.template != "none"), "none"),
            confidence=confidence,
            evidence=tuple(dict.fromkeys(told for each in sure for told in each.evidence)),
            segments=tuple(MemberSegment(each.segments) for each in members),
            samples=tuple(sample for each in members for sample in each.samples),
            guessed=any(each.guessed for each in members),
        )

    def _of_unit(self, key: SiteKey, whole: Whole, ids: Mapping[SiteKey, str]) -> Prompt:
        unit, judged = self.units[key], self.judging.judged[key]
        facts = self.files[unit.path]
        segments = self.bodies.dissolved(key, ids)
        if isinstance(unit, CodeUnit):
            start, end, loaded = unit.start, unit.end, "evaluation" if is_test(unit.path) else "call"
            name, own = whole.name, f"{unit.path}::{unit.first.scope}" if unit.role else ids[key]
            model, cap = "", 0
            samples = CallerSamples(self.files, self.evaluator).of(unit, segments)
        else:
            entry = unit.entry
            start, end, loaded = entry.start, entry.end, self.imports.load(unit.path, entry.loaded)
            name = entry.key or unit.path.rpartition("/")[2].partition(".")[0]
            own = f"{unit.path}::{entry.group}"
            model, cap = self.references.settings(key, unit.path, entry)
            samples = self.references.samples(self.files, key, unit.path)
        mark = self.marks.of_unit(key)
        return Prompt(
            ids[key],
            unit.path,
            Lines(facts.lines).place(start, end),
            start,
            end,
            mark.name or name,
            facts.language,
            facts.format,
            self.bodies.languages.get(key, "none"),
            judged.role,
            judged.kind,
            loaded,
            judged.confidence,
            (judged.evidence,),
            segments,
            self.judging.groups.get(key, own),
            key in self.judging.inlined,
            mark.model or model,
            cap,
            mark.calls,
            samples,
            key in self.bodies.guessed,
        )

    def _unresolved(self, requests: Sequence[Request]) -> Iterator[Unresolved]:
        explicit = iter(requests)
        for sending in self.sendings:
            is_request = sending.pattern.makes == "request"
            found = [unseen(sending, next(explicit).text if is_request else "")]
            if is_request:
                found.append(undecided(sending))
            for what, reason, kind in filter(None, found):
                where = sending.outermost
                line, column = Lines(self.files[where.path].lines).position(where.call.call.start)
                yield Unresolved(where.path, line, what, reason, column, kind)
        yield from self.imports.unresolved
        yield from self.references.unresolved
        yield from self.marks.unresolved
