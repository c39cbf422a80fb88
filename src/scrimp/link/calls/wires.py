"""Model calls without an SDK: what an HTTP client sends, told by the address and by the shape of the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from scrimp.link.calls.arguments import Arguments, Bound
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.texts import segments_of
from scrimp.link.values import Hole, Made
from scrimp.model.algebra import Argument, Call
from scrimp.model.segments import BranchSegment, InlineSegment, Segment, TextSegment, VariableSegment
from scrimp.readers.sdks import Pattern, Sdk, Wire

OWN_SERVER = re.compile(r"[/.](?!/)")
"""The beginning of a URL without a server: a page asks the server that it came from."""


def make_ready(known: Iterable[Sdk]) -> None:
    """Compile the expressions by which calls of HTTP clients are told from others."""
    for sdk in known:
        for wire in (each.wire for each in sdk.patterns if each.wire is not None):
            for expression in (*wire.endpoints, *wire.others):
                re.compile(expression)


class Wires(Struct, frozen=True):
    """Tells what calls of HTTP clients send."""

    evaluator: Evaluator
    arguments: Arguments

    def carries(self, call: Call, path: str, wire: Wire) -> bool:
        """Whether a call of a function that sends anything anywhere sends text to a model."""
        address = self._address(call, path, wire)
        if any(re.search(each, address) for each in wire.others):
            return False
        if OWN_SERVER.match(address) and not self._has_server(call, path):
            return False
        if any(re.search(each, address) for each in wire.endpoints):
            return True
        told = tuple(each for each in call.arguments if not self._may_be_all(each, path))
        bound = Bound(replace(call, arguments=told), path, bodies=wire.bodies)
        return any(
            all(self.arguments.value(bound, name) is not None for name in shape) for shape in wire.shapes
        )

    def _may_be_all(self, argument: Argument, path: str) -> bool:
        """Whether an argument stands for any others that the callers of the function around give it."""
        return argument.name == "**" and isinstance(self.evaluator.evaluate(argument.value, path), Hole)

    def _has_server(self, call: Call, path: str) -> bool:
        """Whether the client may know the server that a path is of: an object of a package, made with arguments."""
        receiver, _ = self.evaluator.callee(call.function, path)
        return isinstance(receiver, Made) and bool(receiver.making[0].arguments)

    def _address(self, call: Call, path: str, wire: Wire) -> str:
        """What is known of the URL, its alternatives one after the other."""
        bound = Bound(call, path)
        values = [self.arguments.value(bound, name) for name in wire.address]
        known = [_known(segments_of(each)) for each in values if each is not None]
        return " ".join(each for each in known if each)


def bodies_of(pattern: Pattern) -> tuple[str, ...]:
    """The arguments that hold those which a pattern names."""
    return ("",) if pattern.wire is None else pattern.wire.bodies


def _known(segments: tuple[Segment, ...]) -> str:
    return "".join(_texts(segments))


def _texts(segments: tuple[Segment, ...]) -> Iterator[str]:
    for segment in segments:
        match segment:
            case TextSegment(value):
                yield value
            case InlineSegment(_, body):
                yield from _texts(body)
            case VariableSegment():
                yield "{}"
            case BranchSegment(_, alternatives):
                yield " ".join(_known(each) for each in alternatives)
