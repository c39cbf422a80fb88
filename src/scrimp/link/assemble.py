"""Puts prompts and requests together from what the calls reached and what was judged by its looks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scrimp.link import transforms
from scrimp.link.calls import Sending
from scrimp.link.classify import (
    LEAST_OWN_WORDS,
    LEAST_TOOL_WORDS,
    Judgement,
    Surroundings,
    judge_code,
    judge_file,
    role_of,
    surroundings,
)
from scrimp.link.evaluate import Evaluator, units_in
from scrimp.link.identity import identify
from scrimp.link.imports import Imports
from scrimp.link.includes import Includes
from scrimp.link.marks import UNMARKED, Marks
from scrimp.link.messages import Messages
from scrimp.link.references import References
from scrimp.link.symbols import plain
from scrimp.link.tools import Tools
from scrimp.link.units import CodeUnit, FileUnit, code_units, file_units
from scrimp.link.unseen import unseen
from scrimp.link.values import SiteKey
from scrimp.model.facts import Facts
from scrimp.model.prompts import (
    BranchSegment,
    Confidence,
    InlineSegment,
    Linked,
    LoopSegment,
    Prompt,
    Request,
    RequestPart,
    Segment,
    TextSegment,
    Unresolved,
    VariableSegment,
    walk,
)
from scrimp.model.source import Lines
from scrimp.readers import templates

Unit = CodeUnit | FileUnit


@dataclass(slots=True)
class Assembly:
    """One run of putting together."""

    files: Mapping[str, Facts]
    evaluator: Evaluator
    sendings: Sequence[Sending]
    units: dict[SiteKey, Unit] = field(default_factory=dict)
    judged: dict[SiteKey, Judgement] = field(default_factory=dict)
    bodies: dict[SiteKey, tuple[Segment, ...]] = field(default_factory=dict)
    languages: dict[SiteKey, str] = field(default_factory=dict)
    groups: dict[SiteKey, str] = field(default_factory=dict)
    inlined: set[SiteKey] = field(default_factory=set)
    marks: Marks = field(default_factory=Marks)
    imports: Imports = field(init=False)
    includes: Includes = field(init=False)
    references: References = field(init=False)

    def __post_init__(self) -> None:
        self.imports = Imports.of(self.files)
        self.includes = Includes(self.files)
        self.references = References.of(self.files)

    def linked(self) -> Linked:
        """All prompts and requests, in the order of paths and text."""
        for path, facts in self.files.items():
            if facts.sites:
                self.units |= {unit.key: unit for unit in code_units(path, facts, self.evaluator.aliases)}
            if facts.entries:
                self.units |= {unit.key: unit for unit in file_units(path, facts)}
        self.marks = Marks.of(self.files, self.units.values())
        self._judge_reached()
        around = surroundings(
            self.files.items(), reached=any(s.pattern.makes == "request" for s in self.sendings)
        )
        self._judge_messages(around)
        self._judge_tools(around)
        self._judge_others(around)
        self._judge_marked()
        self._judge_inlined()
        keys = sorted(self.judged, key=lambda key: (self.units[key].path, self._start(key)))
        ids = dict(zip(keys, identify([self._identity(key) for key in keys]), strict=True))
        requests = list(self._explicit(ids))
        carried = {part.prompt for request in requests for part in request.parts}
        prompts = [self._prompt(key, ids) for key in keys]
        requests += self._implicit([each for each in prompts if _costs(each, carried)])
        unresolved = sorted(self._unresolved(requests), key=lambda each: (each.path, each.line, each.column))
        return Linked(tuple(prompts), tuple(requests), tuple(unresolved))

    # --- judging ------------------------------------------------------------------------------------

    def _judge_reached(self) -> None:
        for sending in self.sendings:
            place = self._line(sending.outermost.path, sending.outermost.call.call.start)
            what = f"{sending.sdk.sdk}.{sending.function}"
            evidence = f"call {what} at {sending.outermost.path}:{place}"
            for part in sending.sent.parts:
                if sending.pattern.template:
                    self.evaluator.formatted.setdefault(part.unit, sending.pattern.template)
                for unit in self._worded(part.unit, 1):
                    self.judged.setdefault(unit, Judgement(Confidence.HIGH, "message", part.role, evidence))
                    if sending.pattern.makes != "request":
                        self.groups.setdefault(unit, f"{sending.sink.path}:{sending.sink.call.call.start}")

            for key in sending.tool_units:
                described = self.units.get(key)
                if isinstance(described, CodeUnit) and described.words >= LEAST_TOOL_WORDS:
                    told = Judgement(Confidence.HIGH, "tool", "tool", f"tool of {evidence}")
                    self.judged.setdefault(key, told)

    def _judge_messages(self, around: Surroundings) -> None:
        """Contents of messages that no known call takes."""
        for message in Messages(self.evaluator).find():
            # A dictionary with what an assistant says may as well be shown to people.
            told = message.is_object or message.role not in ("assistant", "unknown")
            confidence = Confidence.MEDIUM if told and around.talks_to_models else Confidence.LOW
            line = self._line(message.path, message.start)
            evidence = f"content of a message with role {message.role} at {message.path}:{line}"
            for key in self._worded(message.unit, LEAST_OWN_WORDS):
                self._propose(key, Judgement(confidence, "message", message.role, evidence))

    def _worded(self, key: SiteKey, least: int) -> Iterator[SiteKey]:
        """A unit, or, if it has fewer words of its own and only frames other text, the units that stand in it."""
        waiting, seen = [key], set[SiteKey]()
        while waiting:
            current = waiting.pop()
            unit = self.units.get(current)
            if unit is None or current in seen:
                continue
            seen.add(current)
            if isinstance(unit, FileUnit) or unit.words >= least:
                yield current
            else:
                waiting += reversed(list(units_in(self._body(current))))

    def _judge_tools(self, around: Surroundings) -> None:
        """Text of tools and schemas, and what tools answer."""
        code = {key: unit for key, unit in self.units.items() if isinstance(unit, CodeUnit)}
        confidence = Confidence.MEDIUM if around.talks_to_models else Confidence.LOW
        for found in Tools(self.evaluator, code).find():
            unit = self.units.get(found.unit)
            least = LEAST_OWN_WORDS if found.kind == "partial" else LEAST_TOOL_WORDS
            if isinstance(unit, CodeUnit) and unit.words >= least:
                self._propose(found.unit, Judgement(confidence, found.kind, "tool", found.evidence))

    def _propose(self, key: SiteKey, judgement: Judgement) -> None:
        """Judge a unit, unless it is judged as well or better already."""
        known = self.judged.get(key)
        if known is None or (
            known.confidence is Confidence.LOW and judgement.confidence is not Confidence.LOW
        ):
            self.judged[key] = judgement

    def _judge_others(self, around: Surroundings) -> None:
        for key, unit in self.units.items():
            known = self.judged.get(key)
            if known is not None and known.confidence is not Confidence.LOW:
                continue
            if isinstance(unit, FileUnit):
                judgement = judge_file(unit, self.references.texts.get(key))
            else:
                judgement = judge_code(unit, around)
            if judgement is not None:
                self._propose(key, judgement)

    def _judge_marked(self) -> None:
        """What a comment calls a prompt, or none: somebody who knows has the last word."""
        for key, mark in self.marks.by_unit.items():
            known = self.judged.pop(key, None)
            if mark.is_prompt:
                kind, role = (known.kind, known.role) if known else ("message", "unknown")
                if isinstance(unit := self.units[key], FileUnit) and known is None:
                    kind, role = unit.entry.kind, unit.entry.role
                evidence = f"comment at {mark.path}:{mark.line}"
                self.judged[key] = Judgement(Confidence.HIGH, kind, mark.role or role, evidence)

    def _judge_inlined(self) -> None:
        """Text that stands inside a prompt is a prompt too, a partial one; its cost is the outer one's."""
        waiting = [key for key, judged in self.judged.items() if judged.confidence is not Confidence.LOW]
        while waiting:
            outer = waiting.pop()
            for segment in walk(self._body(outer)):
                if not isinstance(segment, InlineSegment) or segment.prompt == outer:
                    continue
                inner = segment.prompt
                if not self._stands_alone(inner):
                    self.inlined.add(inner)
                known, unit = self.judged.get(inner), self.units.get(inner)
                if unit is None or (known is not None and known.confidence is not Confidence.LOW):
                    continue
                if isinstance(unit, CodeUnit) and unit.words < LEAST_OWN_WORDS:
                    continue
                if inner in self.marks.by_unit:  # marked as no prompt
                    continue
                judged = self.judged[outer]
                evidence = f"part of {self._identity(outer)[1] or self.units[outer].path}"
                role = role_of(unit) if isinstance(unit, CodeUnit) else unit.entry.role
                self.judged[inner] = Judgement(judged.confidence, "partial", role, evidence)
                waiting.append(inner)

    def _stands_alone(self, key: SiteKey) -> bool:
        """Whether text that stands inside a prompt is sent by itself too, and more often so."""
        unit = self.units.get(key)
        return isinstance(unit, FileUnit) and self.imports.stands_alone(unit.path, unit.entry.loaded)

    # --- text ---------------------------------------------------------------------------------------

    def _body(self, key: SiteKey) -> tuple[Segment, ...]:
        """The segments of a unit, placeholders of its template language found."""
        if key not in self.bodies:
            unit = self.units[key]
            if isinstance(unit, FileUnit):
                self.bodies[key] = self._file_body(unit)
                self.languages[key] = unit.entry.template
            else:
                self.bodies[key] = self._code_body(unit)
        return self.bodies[key]

    def _file_body(self, unit: FileUnit) -> tuple[Segment, ...]:
        if self.imports.covers(unit.path) and unit.entry.key == "":
            return self.imports.body(unit.path, unit.entry.expression)
        return self.includes.body(unit.path, unit.entry.expression)

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
        self.languages[unit.key] = language or "f-string"
        return (
            transforms.merged(transforms.scanned(segments, language))
            if language not in (None, "none")
            else segments
        )

    def _steps(self, unit: CodeUnit) -> tuple[Segment, ...]:
        """What a unit is put together from: as code does it where that is known, else one step after the other."""
        last = unit.sites[-1]
        if len(unit.sites) > 1:
            self.evaluator.lookup(last.name, last.scope, unit.end + 1, unit.path)
            if unit.key in self.evaluator.assembled:
                return self.evaluator.assembled[unit.key]
        steps: list[Segment] = []
        for site in unit.sites:
            key = f"{unit.path}:{self._number(unit.path, site.start)}"
            steps += self.evaluator.site(key, site.expression, unit.path) or ()
        return tuple(steps)

    def _number(self, path: str, start: int) -> int:
        if path not in self._numbers:
            self._numbers[path] = {site.start: number for number, site in enumerate(self.files[path].sites)}
        return self._numbers[path][start]

    _numbers: dict[str, dict[int, int]] = field(default_factory=dict)

    def _dissolved(self, segments: tuple[Segment, ...], ids: Mapping[SiteKey, str]) -> tuple[Segment, ...]:
        """Segments with the ids of inlined prompts; inlined text that is no prompt of its own becomes plain text."""
        result: list[Segment] = []
        for segment in segments:
            match segment:
                case InlineSegment():
                    inner = segment.body or (
                        self._body(segment.prompt) if segment.prompt in self.units else ()
                    )
                    body = self._dissolved(inner, ids)
                    result += [InlineSegment(ids[segment.prompt], body)] if segment.prompt in ids else body
                case BranchSegment():
                    alternatives = tuple(self._dissolved(each, ids) for each in segment.alternatives)
                    result.append(BranchSegment(segment.condition, alternatives))
                case LoopSegment():
                    result.append(LoopSegment(segment.over, self._dissolved(segment.body, ids)))
                case _:
                    result.append(segment)
        return transforms.merged(tuple(result))

    # --- prompts ------------------------------------------------------------------------------------

    def _start(self, key: SiteKey) -> int:
        unit = self.units[key]
        return unit.start if isinstance(unit, CodeUnit) else unit.entry.start

    def _identity(self, key: SiteKey) -> tuple[str, str, str]:
        unit, role = self.units[key], self.judged[key].role
        marked = self.marks.by_unit.get(key, UNMARKED).name
        return unit.path, marked or (unit.qualified if isinstance(unit, CodeUnit) else unit.entry.key), role

    def _line(self, path: str, offset: int) -> int:
        return Lines(self.files[path].lines).position(offset)[0]

    def _prompt(self, key: SiteKey, ids: Mapping[SiteKey, str]) -> Prompt:
        unit, judged = self.units[key], self.judged[key]
        facts = self.files[unit.path]
        segments = self._dissolved(self._body(key), ids)
        if isinstance(unit, CodeUnit):
            start, end, loaded = unit.start, unit.end, "call"
            name, group = unit.qualified, self.groups.get(key, "")
            if not group and unit.role:
                group = f"{unit.path}::{unit.first.scope}"
            model, cap = "", 0
        else:
            entry = unit.entry
            start, end, loaded = entry.start, entry.end, self.imports.load(unit.path, entry.loaded)
            name, group = (
                entry.key or unit.path.rpartition("/")[2].partition(".")[0],
                f"{unit.path}::{entry.group}",
            )
            model, cap = self.references.settings(key, unit.path, entry)
        mark = self.marks.by_unit.get(key, UNMARKED)
        return Prompt(
            ids[key],
            unit.path,
            Lines(facts.lines).place(start, end),
            start,
            end,
            mark.name or name,
            facts.language,
            facts.format,
            self.languages.get(key, "none"),
            judged.role,
            judged.kind,
            loaded,
            judged.confidence,
            (judged.evidence,),
            segments,
            group or ids[key],
            key in self.inlined,
            mark.model or model,
            cap,
            mark.calls,
        )

    # --- requests -----------------------------------------------------------------------------------

    def _explicit(self, ids: Mapping[SiteKey, str]) -> Iterator[Request]:
        numbers: Counter[tuple[str, str]] = Counter()
        for sending in self.sendings:
            if sending.pattern.makes != "request":
                continue
            where = sending.outermost
            scope = plain(where.call.scope)
            numbers[where.path, scope] += 1
            number = numbers[where.path, scope]
            sent = [
                (unit, part.role)
                for part in sending.sent.parts
                for unit in self._worded(part.unit, 1)
                if unit in ids
            ]
            parts = tuple(RequestPart(ids[unit], role) for unit, role in sent)
            tools = tuple(RequestPart(ids[unit], "tool") for unit in sending.tool_units if unit in ids)
            model = sending.model or self._marked_model([unit for unit, _ in sent])
            yield Request(
                f"{where.path}::{scope}#{number}" if scope else f"{where.path}#{number}",
                where.path,
                self._line(where.path, where.call.call.start),
                sending.sdk.sdk,
                sending.function,
                implicit=False,
                text=_text_of(bool(parts), sending.sent.holes),
                parts=(*tools, *parts),  # the order in which providers put them together
                model=model,
                model_source="call" if sending.model else "file" if model else "",
                output_cap=sending.output_cap,
                messages=max(1, sending.sent.messages),
                tools=sending.tools,
                repeats="loop" if where.call.loop else "once",
                open_parts=sending.sent.holes,
            )

    def _marked_model(self, keys: Sequence[SiteKey]) -> str:
        """The model that a comment beside one of some texts names, ``""`` if none does."""
        marks = (self.marks.by_unit.get(key, UNMARKED) for key in keys)
        return next((mark.model for mark in marks if mark.model), "")

    def _implicit(self, prompts: Sequence[Prompt]) -> Iterator[Request]:
        groups: dict[str, list[Prompt]] = defaultdict(list)
        for prompt in prompts:
            groups[prompt.group].append(prompt)
        for members in groups.values():
            first = members[0]
            model = next((each.declared_model for each in members if each.declared_model), "")
            yield Request(
                f"{first.id}!",
                first.path,
                first.place.line,
                "",
                "",
                implicit=True,
                text="full",
                parts=tuple(RequestPart(each.id, each.role) for each in members),
                model=model,
                model_source="file" if model else "",
                output_cap=max(each.declared_output for each in members),
                messages=len(members),
                tools=sum(each.kind == "tool" for each in members),
                repeats="once",
            )

    def _unresolved(self, requests: Sequence[Request]) -> Iterator[Unresolved]:
        explicit = iter(requests)
        for sending in self.sendings:
            found = unseen(sending, next(explicit).text if sending.pattern.makes == "request" else "")
            if found is not None:
                what, reason, kind = found
                where = sending.outermost
                line, column = Lines(self.files[where.path].lines).position(where.call.call.start)
                yield Unresolved(where.path, line, what, reason, column, kind)
        yield from self.imports.unresolved
        yield from self.references.unresolved
        yield from self.marks.unresolved


def _costs(prompt: Prompt, carried: set[str]) -> bool:
    """Whether a prompt bears a cost that no known call bears for it."""
    return prompt.id not in carried and not prompt.inlined and prompt.confidence is not Confidence.LOW


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
                yield LoopSegment(segment.over, tuple(_flattened(segment.body, own)))
            case _:
                yield segment


def _text_of(has_parts: bool, holes: int) -> str:
    if has_parts:
        return "partial" if holes else "full"
    return "passthrough" if holes else "unknown"
