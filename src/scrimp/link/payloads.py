"""What a model gets beside prompts: values of calls that are a message's content or a tool's answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from scrimp.link.bodies import Bodies
from scrimp.link.calls import Sending
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.fillers import fillers
from scrimp.link.judging import Judging
from scrimp.link.messages import FedMessage
from scrimp.link.symbols import plain
from scrimp.link.tools import Tools
from scrimp.link.values import ClassValue, SiteKey, Value, Written
from scrimp.model.facts import Function
from scrimp.model.fillers import Filler, Payload
from scrimp.model.prompts import Confidence
from scrimp.model.segments import BranchSegment, InlineSegment, LoopSegment, Segment, VariableSegment, walk
from scrimp.readers.paths import is_test

MOST_ANSWERS = 8  # of one tool that are looked at


class Payloads(Struct, frozen=True):
    """Finds payloads, once it is judged what is a prompt."""

    evaluator: Evaluator
    sendings: Sequence[Sending]
    bodies: Bodies
    judging: Judging

    def find(self) -> tuple[Payload, ...]:
        """All of a tree, each once."""
        found = dict[tuple[str, int, int, str], Payload]()
        for payload in (*self._of_calls(), *self._of_messages(), *self._of_tools()):
            filler = payload.filler
            found.setdefault((filler.path, filler.start, filler.end, payload.role), payload)
        return tuple(found.values())

    def _of_calls(self) -> Iterator[Payload]:
        for sending in self.sendings:
            evidence = self.judging.told_by_call(sending)
            for fed in sending.sent.fed:
                yield self._payload(fed.filler, fed.role, evidence)
            for part in sending.sent.parts:
                yield from self._around(part.unit, part.role, evidence)

    def _of_messages(self) -> Iterator[Payload]:
        for message in self.judging.messages:
            told = self.judging.told_by_message(message)
            if told.confidence is Confidence.LOW or is_test(message.path):
                continue
            if isinstance(message, FedMessage):
                yield self._payload(message.filler, message.role, told.evidence)
            else:
                yield from self._around(message.unit, message.role, told.evidence)

    def _around(self, unit: SiteKey, role: str, evidence: str) -> Iterator[Payload]:
        """What stands among the few words of a text that is sent but is no prompt for certain."""
        for filler in self._own_fillers((InlineSegment(unit, ()),)):
            yield self._payload(filler, role, evidence)

    def _own_fillers(self, segments: tuple[Segment, ...]) -> Iterator[Filler]:
        """What fills holes outside of prompts that stand inside."""
        for segment in segments:
            match segment:
                case VariableSegment():
                    yield from segment.fillers
                case BranchSegment():
                    for alternative in segment.alternatives:
                        yield from self._own_fillers(alternative)
                case LoopSegment():
                    yield from self._own_fillers(segment.body)
                case InlineSegment(prompt=unit) if unit in self.judging.units and not self._is_prompt(unit):
                    inner = segment.body or self.bodies.of(unit)
                    yield from self._own_fillers(self.bodies.fillings.put(inner, unit))

    def _is_prompt(self, unit: SiteKey) -> bool:
        judged = self.judging.judged.get(unit)
        return judged is not None and judged.confidence is not Confidence.LOW

    # --- tools --------------------------------------------------------------------------------------

    def _of_tools(self) -> Iterator[Payload]:
        tools = self.judging.tools
        if tools is None or not self.judging.around.talks_to_models:
            return
        for path, function, evidence in _answering(tools):
            if is_test(path):
                continue
            for each in function.returns[:MOST_ANSWERS]:
                for filler in _fillers_in(self.evaluator.evaluate(each.expression, path)):
                    yield self._payload(filler, "tool", evidence)

    def _payload(self, filler: Filler, role: str, evidence: str) -> Payload:
        return Payload(self.bodies.fillings.complete(filler), role, evidence)


def _answering(tools: Tools) -> Iterator[tuple[str, Function, str]]:
    """The functions whose returned value answers a model, with their path and why that is known."""
    for (path, name), value in tools.given.functions.items():
        yield path, value.function, f"answer of tool {plain(name)}"
    for path, module in tools.evaluator.symbols.modules.items():
        signs = tools.index.signs[path]
        for name, function, _ in signs.decorated:
            yield path, function, f"answer of tool {plain(name)}"
        for name, methods in signs.methods:
            if tools.is_tool(ClassValue(path, module.classes[name])):
                for each in methods:
                    yield path, module.functions[f"{name}.{each}"], f"answer of tool class {name}"


def _fillers_in(value: Value) -> Iterator[Filler]:
    if isinstance(value, Written):
        for segment in walk(value.segments):
            if isinstance(segment, VariableSegment):
                yield from segment.fillers
    yield from fillers(value)
