"""The requests of a tree: one for each call of a known SDK, and one for prompts that no known call sends."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from scrimp.link.calls import Part, Sending
from scrimp.link.calls.repeating import each_of
from scrimp.link.judging import Judging
from scrimp.link.symbols import plain
from scrimp.link.values import SiteKey
from scrimp.model.arrangement import Together
from scrimp.model.facts import Facts
from scrimp.model.prompts import MODEL, CacheMarker, Confidence, Prompt, Request, RequestPart
from scrimp.model.segments import BranchSegment, LoopSegment, Segment, VariableSegment
from scrimp.model.source import Lines


class Requests(Struct, frozen=True):
    """Makes requests of calls and of prompts; ``ids`` are those of the prompts by unit."""

    files: Mapping[str, Facts]
    judging: Judging
    ids: Mapping[SiteKey, str]

    def explicit(self, sendings: Iterable[Sending]) -> Iterator[Request]:
        """The requests that calls make."""
        numbers: Counter[tuple[str, str]] = Counter()
        for sending in sendings:
            if sending.pattern.makes != "request":
                continue
            where = sending.outermost
            scope = plain(where.call.scope)
            numbers[where.path, scope] += 1
            number = numbers[where.path, scope]
            sent, own = sending.sent.together, sending.sent.parts
            carried = [self._carried(part) for part in own]
            parts = tuple(
                RequestPart(self.ids[unit], part.role)
                for part, units in zip(own, carried, strict=True)
                for unit in units
            )
            units = (*sending.tools.units, *sending.answer_texts)
            described = dict.fromkeys(self.ids[unit] for unit in units if unit in self.ids)
            tools = tuple(RequestPart(prompt, "tool") for prompt in described)
            arrangement = self._arranged(sent, dict(zip(own, carried, strict=True)), len(tools))
            named = sending.models.names
            model = named[0] if named else self._marked_model([unit for units in carried for unit in units])
            yield Request(
                f"{where.path}::{scope}#{number}" if scope else f"{where.path}#{number}",
                where.path,
                Lines(self.files[where.path].lines).position(where.call.call.start)[0],
                sending.sdk.sdk,
                sending.function,
                implicit=False,
                text=_text_of(bool(parts), sent.most_open),
                parts=(*tools, *parts),  # the order in which providers put them together
                model=model,
                model_source="call" if named else "file" if model else "",
                output_cap=sending.output_cap,
                messages=max(1, sent.most_messages),
                tools=sending.tools.count,
                tool_schemas=sending.tools.schemas,
                tool_forced=sending.tools.forced,
                repeats="loop" if where.call.loop or where.call.each else "once",
                open_parts=sent.most_open + sum(map(self._is_open_frame, own)),
                tier=sending.settings.tier,
                region=sending.settings.region,
                answer=sending.answer,
                effort=sending.effort,
                cache_markers=(
                    *_counted(sending.tools.markers, self._begins(sending.tools.units), 0),
                    *_counted(sending.sent.markers, map(len, carried), len(tools)),
                ),
                start=where.call.call.start,
                end=where.call.call.end,
                sent_at=_sent_at(sending),
                each=each_of(sending, self.files),
                choices=sending.settings.choices,
                details=sending.sent.details,
                undecided=sending.settings.undecided
                | ({MODEL} if named and sending.models.is_open else set()),
                models=named if len(named) > 1 else (),
                arrangement=None if arrangement.is_certain else arrangement,
            )

    def _begins(self, units: Iterable[SiteKey]) -> Iterator[bool]:
        """Whether each of some texts is a prompt that none of those before it is of."""
        seen = set[str]()
        for unit in units:
            prompt = self.ids.get(unit, "")
            yield prompt not in {"", *seen}
            seen.add(prompt)

    def _carried(self, part: Part) -> list[SiteKey]:
        """The prompts that a text which is sent is known as, by unit."""
        return [unit for unit in self.judging.carriers(part.unit) if unit in self.ids]

    def _arranged(
        self, sent: Together[Part], carried: Mapping[Part, Sequence[SiteKey]], tools: int
    ) -> Together[int]:
        """What is sent as the numbers of the request's parts, of which so many are tools."""
        starts = dict(zip(carried, accumulate(map(len, carried.values()), initial=tools), strict=False))

        def numbered(part: Part) -> Together[int]:
            numbers = {unit: starts[part] + place for place, unit in enumerate(carried[part])}
            found = self.judging.arranged(part.unit).put(
                lambda unit: Together((numbers[unit],) if unit in numbers else ())
            )
            return replace(found, open_parts=found.open_parts + self._is_open_frame(part))

        found = sent.put(numbered).settled()
        own = found.messages if found.sends_messages else 1
        return replace(found, pieces=(*range(tools), *found.pieces), messages=own)

    def _is_open_frame(self, part: Part) -> bool:
        """Whether a text is known as those that it frames, so that its own holes are in none of them."""
        return self.judging.carriers(part.unit) not in ((), (part.unit,)) and _has_own_hole(
            self.judging.bodies.of(part.unit)
        )

    def _marked_model(self, keys: Sequence[SiteKey]) -> str:
        """The model that a comment beside one of some texts names, ``""`` if none does."""
        marks = map(self.judging.marks.of_unit, keys)
        return next((mark.model for mark in marks if mark.model), "")


def implicit(prompts: Iterable[Prompt], requests: Iterable[Request]) -> Iterator[Request]:
    """One request for each group of prompts that bear a cost which none of ``requests`` bears for them."""
    carried = {part.prompt for request in requests for part in request.parts}
    groups: dict[str, list[Prompt]] = defaultdict(list)
    for prompt in prompts:
        if _costs(prompt, carried):
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
            parts=tuple(RequestPart(each.id, each.role) for each in sorted(members, key=_turn)),
            model=model,
            model_source="file" if model else "",
            output_cap=max(each.declared_output for each in members),
            messages=len(members),
            tools=sum(each.kind == "tool" for each in members),
            repeats="once",
            start=first.start,
            end=first.end,
        )


def _sent_at(sending: Sending) -> tuple[str, int, int] | None:
    """The place of the SDK's own call, where another one is known as the request."""
    sink = sending.sink
    return None if sink == sending.outermost else (sink.path, sink.call.call.start, sink.call.call.end)


def _turn(prompt: Prompt) -> int:
    """When a provider sends a prompt: tools first, then what the system says, then the conversation."""
    if prompt.kind == "tool":
        return 0
    return 1 if prompt.role in ("system", "developer") else 2


def _costs(prompt: Prompt, carried: set[str]) -> bool:
    """Whether a prompt bears a cost that no known call bears for it."""
    return prompt.id not in carried and not prompt.inlined and prompt.confidence is not Confidence.LOW


def _has_own_hole(segments: tuple[Segment, ...]) -> bool:
    """Whether a text has a hole outside of what it inlines."""
    return any(
        isinstance(each, VariableSegment)
        or (isinstance(each, BranchSegment) and any(map(_has_own_hole, each.alternatives)))
        or (isinstance(each, LoopSegment) and _has_own_hole(each.body))
        for each in segments
    )


def _counted(markers: Iterable[CacheMarker], sizes: Iterable[int], before: int) -> Iterator[CacheMarker]:
    """Markers that count some parts, counting the prompts instead that each part is known as."""
    ends = tuple(accumulate(sizes, initial=before))
    for marker in markers:
        yield marker if marker.covers is None else replace(marker, covers=ends[marker.covers])


def _text_of(has_parts: bool, holes: int) -> str:
    if has_parts:
        return "partial" if holes else "full"
    return "passthrough" if holes else "unknown"
