"""Which units are prompts: what calls reach, what tools, schemas and messages hold, and what looks like one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.link.bodies import Bodies
from scrimp.link.calls import Sending
from scrimp.link.classify import (
    LEAST_OWN_WORDS,
    LEAST_TOOL_WORDS,
    Judgement,
    Surroundings,
    judge_file,
    role_of,
    surroundings,
)
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.inlined import arranged_in
from scrimp.link.examples import examples
from scrimp.link.given import Given
from scrimp.link.imports import Imports
from scrimp.link.index import Index
from scrimp.link.marks import Marks
from scrimp.link.messages import FedMessage, Message, Messages
from scrimp.link.references import References
from scrimp.link.told import told_to_people
from scrimp.link.tool_answers import ADVICE, LEAST_ANSWER_WORDS
from scrimp.link.tools import Tools
from scrimp.link.units import CodeUnit, FileUnit, Unit
from scrimp.link.values import SiteKey
from scrimp.model.arrangement import Together
from scrimp.model.facts import Facts
from scrimp.model.prompts import Confidence
from scrimp.model.segments import InlineSegment, walk
from scrimp.model.source import Lines
from scrimp.readers.paths import is_test

Framed = Callable[[SiteKey], Together[SiteKey]]
"""What a unit stands for inside of others."""
MOST_ARRANGED = 1_000
"""Places of texts that one text frames: where each frame has alternatives that frame others, there are thousands."""
NOWHERE = Surroundings(talks_to_models=False)


class Judging(Struct):
    """Judges the units of a tree, the surest evidence first."""

    files: Mapping[str, Facts]
    units: Mapping[SiteKey, Unit]
    index: Index
    evaluator: Evaluator
    sendings: Sequence[Sending]
    bodies: Bodies
    marks: Marks
    references: References
    imports: Imports
    judged: dict[SiteKey, Judgement] = field(default_factory=dict)
    groups: dict[SiteKey, str] = field(default_factory=dict)
    """What units belong to that one object, an agent for example, was given, by the object's place."""
    inlined: set[SiteKey] = field(default_factory=set)
    """Units that reach a model only inside other prompts."""
    messages: tuple[Message | FedMessage, ...] = ()
    """The messages that no known call takes, once they are judged."""
    around: Surroundings = NOWHERE
    tools: Tools | None = None
    _carriers: dict[SiteKey, tuple[SiteKey, ...]] = field(default_factory=dict)
    _frames: dict[SiteKey, Together[SiteKey]] = field(default_factory=dict)
    """What stands in texts of too few words, with words enough."""
    _scraps: dict[SiteKey, Together[SiteKey]] = field(default_factory=dict)
    """What stands in them if nothing does."""

    def judge(self) -> None:
        """Fill ``judged``, ``groups``, ``inlined``, ``messages``, ``around`` and ``tools``."""
        self._judge_reached()
        self.around = around = surroundings(
            self.files.items(), reached=any(s.pattern.makes == "request" for s in self.sendings)
        )
        self._judge_messages()
        self._judge_tools(around)
        self._judge_others(around)
        self._judge_marked()
        self._judge_inlined()

    def _judge_reached(self) -> None:
        for sending in self.sendings:
            evidence = self.told_by_call(sending)
            for part in sending.sent.parts:
                if sending.pattern.template:
                    self.evaluator.formatted.setdefault(part.unit, sending.pattern.template)
                told = Judgement(Confidence.HIGH, "message", part.role, evidence)
                for key in self.carriers(part.unit):
                    self._propose(key, self._weighed(key, told))
                    if sending.pattern.makes != "request":
                        self.groups.setdefault(key, f"{sending.sink.path}:{sending.sink.call.call.start}")
            for key in sending.tools.units:
                self._propose_tool(key, Judgement(Confidence.HIGH, "tool", "tool", f"tool of {evidence}"))
            for key in sending.answer_texts:
                self._propose_tool(key, Judgement(Confidence.HIGH, "tool", "tool", f"answer of {evidence}"))

    def told_by_call(self, sending: Sending) -> str:
        """The evidence that a call is for what it sends."""
        where = sending.outermost
        line = self._line(where.path, where.call.call.start)
        return f"call {sending.sdk.sdk}.{sending.function} at {where.path}:{line}"

    def _judge_messages(self) -> None:
        """Contents of messages that no known call takes."""
        self.messages = tuple(Messages(self.evaluator).find())
        for message in self.messages:
            if isinstance(message, Message):
                told = self.told_by_message(message)
                for key in self.carriers(message.unit):
                    self._propose(key, self._weighed(key, told))

    def told_by_message(self, message: Message | FedMessage) -> Judgement:
        """What the content of a message is taken for."""
        # A dictionary with what an assistant says may as well be shown to people.
        is_told = message.is_object or message.role not in ("assistant", "unknown")
        confidence = Confidence.MEDIUM if is_told and self.around.talks_to_models else Confidence.LOW
        line = self._line(message.path, message.start)
        evidence = f"content of a message with role {message.role} at {message.path}:{line}"
        return Judgement(confidence, "message", message.role, evidence)

    def carriers(self, key: SiteKey) -> tuple[SiteKey, ...]:
        """The units as which a text that is sent is known.

        It is one itself if it has words enough of its own, else those that it frames are: the ones with words
        enough, or, so that a text which loses its words keeps its name, the innermost if none has.
        """
        if key not in self._carriers:
            self._carriers[key] = tuple(dict.fromkeys(self.arranged(key).leaves()))
        return self._carriers[key]

    def arranged(self, key: SiteKey) -> Together[SiteKey]:
        """The same units, with those that exclude each other as alternatives."""
        worded = self._worded(key)
        return worded if worded.has_any else self._innermost(key)

    def _worded(self, key: SiteKey) -> Together[SiteKey]:
        unit = self.units.get(key)
        if unit is None:
            return Together()
        if isinstance(unit, FileUnit) or unit.words >= LEAST_OWN_WORDS:
            return Together((key,))
        return self._inner(key, self._worded, self._frames)

    def _innermost(self, key: SiteKey) -> Together[SiteKey]:
        """The units with any text of their own that stand in a unit and frame none, it included."""
        unit = self.units.get(key)
        if not isinstance(unit, CodeUnit):
            return Together()
        inner = self._inner(key, self._innermost, self._scraps)
        return inner if inner.has_any or not unit.text.strip() else Together((key,))

    def _inner(self, key: SiteKey, of: Framed, known: dict[SiteKey, Together[SiteKey]]) -> Together[SiteKey]:
        """What stands in a unit, its frames opened; of a unit with too many ways all that stands in it."""
        if key not in known:
            known[key] = Together()  # while it is looked into: a text that holds itself
            found = arranged_in(self.bodies.of(key)).put(of).settled()
            leaves = tuple(islice(found.leaves(), MOST_ARRANGED + 1))
            is_large = len(leaves) > MOST_ARRANGED
            known[key] = Together(tuple(dict.fromkeys(leaves))) if is_large else found
        return known[key]

    def _weighed(self, key: SiteKey, judgement: Judgement, least: int = LEAST_OWN_WORDS) -> Judgement:
        """A judgement of text that is sent for certain: of low confidence if that is hardly any text.

        It isn't left out, for a text that loses some of its words is still the same text.
        """
        unit = self.units[key]
        if isinstance(unit, FileUnit):
            return judgement
        if judgement.role == "tool" and judgement.kind == "message" and ADVICE.search(unit.text) is None:
            least = LEAST_ANSWER_WORDS
        if unit.words >= least:
            return judgement
        evidence = f"{judgement.evidence}; fewer than {least} words"
        return replace(judgement, confidence=Confidence.LOW, evidence=evidence)

    def _judge_tools(self, around: Surroundings) -> None:
        """Text of tools and schemas, what tools answer, and examples that prompts show."""
        confidence = Confidence.MEDIUM if around.talks_to_models else Confidence.LOW
        self.tools = Tools(self.evaluator, self.index, Given.of(self.evaluator))
        for found in self.tools.find():
            judgement = Judgement(confidence, found.kind, "tool", found.evidence)
            if found.kind == "tool":
                self._propose_tool(found.unit, judgement)
            elif self._is_worded(found.unit):
                self._propose(found.unit, judgement)
        for key, name in examples(self.evaluator, self.index):
            if self._is_worded(key):
                self._propose(key, Judgement(confidence, "fewshot", "unknown", f"example of {name}"))

    def _is_worded(self, key: SiteKey) -> bool:
        """Whether a text of code has words enough to be a prompt."""
        unit = self.units[key]
        return isinstance(unit, CodeUnit) and unit.words >= LEAST_OWN_WORDS

    def _propose_tool(self, key: SiteKey, judgement: Judgement) -> None:
        if isinstance(unit := self.units.get(key), CodeUnit) and unit.text:
            self._propose(key, self._weighed(key, judgement, LEAST_TOOL_WORDS))

    def _propose(self, key: SiteKey, judgement: Judgement) -> None:
        """Judge a unit, unless it is judged as well or better already.

        What looks like a prompt in a test mostly goes to a stand-in: it must reach a call to be one.
        """
        if judgement.confidence is Confidence.MEDIUM and is_test(self.units[key].path):
            judgement = replace(
                judgement, confidence=Confidence.LOW, evidence=f"{judgement.evidence}, in a test"
            )
        known = self.judged.get(key)
        if known is None or (
            known.confidence is Confidence.LOW and judgement.confidence is not Confidence.LOW
        ):
            self.judged[key] = judgement

    def _judge_others(self, around: Surroundings) -> None:
        told = set(told_to_people(self.evaluator.symbols.calls))
        looks, framing = self.index.looks, self.index.framing
        for key, unit in self.units.items():
            if isinstance(unit, CodeUnit) and key not in looks and key not in framing:
                continue  # as most are
            known = self.judged.get(key)
            if known is not None and known.confidence is not Confidence.LOW:
                continue
            if isinstance(unit, FileUnit):
                judgement = judge_file(unit, self.references.texts.get(key))
            elif (unit.path, unit.first.scope, unit.first.name) in told:
                continue
            else:
                judgement = around.judged(looks.get(key))
                if key in framing:
                    self._judge_framed(unit, around)
            if judgement is not None:
                self._propose(key, judgement)

    def _judge_framed(self, unit: CodeUnit, around: Surroundings) -> None:
        """What a text with few words of its own puts together that is named like a prompt: ``f"{ROLE} {RULES}"``."""
        confidence = Confidence.MEDIUM if around.talks_to_models else Confidence.LOW
        for key in self.carriers(unit.key):
            if key != unit.key and key not in self.marks.by_unit:
                told = Judgement(confidence, "message", role_of(unit), f"part of {unit.qualified}")
                self._propose(key, self._weighed(key, told))

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
            for segment in walk(self.bodies.of(outer)):
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
                around = self.units[outer]
                name = self.marks.of_unit(outer).name or around.qualified or around.path
                evidence = f"part of {name}"
                role = role_of(unit) if isinstance(unit, CodeUnit) else unit.entry.role
                self.judged[inner] = Judgement(judged.confidence, "partial", role, evidence)
                waiting.append(inner)

    def _stands_alone(self, key: SiteKey) -> bool:
        """Whether text that stands inside a prompt is sent by itself too, and more often so."""
        unit = self.units.get(key)
        return isinstance(unit, FileUnit) and self.imports.stands_alone(unit.path, unit.entry.loaded)

    def _line(self, path: str, offset: int) -> int:
        return Lines(self.files[path].lines).position(offset)[0]
