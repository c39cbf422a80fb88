"""What the tree gives to the functions whose parameters fill a prompt's holes: ``summarise("The river rises …")``.

Such texts are examples of what will be sent, as notebooks have them. Tests are left out: what they give is short.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from scrimp.link.evaluation import Evaluator
from scrimp.link.symbols import plain
from scrimp.link.units import CodeUnit
from scrimp.link.values import NOTHING_GIVEN, FunctionValue, literal
from scrimp.model.facts import CallSite, Facts, Function
from scrimp.model.prompts import Sample
from scrimp.model.segments import Segment, VariableSegment, walk
from scrimp.model.source import Lines
from scrimp.readers.paths import is_test

MOST_CALLERS = 20
"""Calls of one function that are looked at: a middle one of them tells as much as that of all."""


class CallerSamples(Struct, frozen=True):
    """Finds what callers give."""

    files: Mapping[str, Facts]
    evaluator: Evaluator

    def of(self, unit: CodeUnit, segments: tuple[Segment, ...]) -> tuple[Sample, ...]:
        """The texts that callers of the function around a text give to the parameters that are its holes."""
        function = self.evaluator.symbols.modules[unit.path].functions.get(unit.first.scope)
        if function is None:
            return ()
        names = {each.name for each in function.parameters} & _holes(segments, unit.path)
        return tuple(self._given(unit.path, function, names)) if names else ()

    def _given(self, path: str, function: Function, names: set[str]) -> Iterator[Sample]:
        for where, site in self._callers(path, function):
            bound = self.evaluator.bound_arguments(
                FunctionValue(path, function), site.call, where, NOTHING_GIVEN
            )
            line, _ = Lines(self.files[where].lines).position(site.call.start)
            for name in sorted(names):
                value = bound.get((path, function.name, name))
                text = None if value is None else literal(value)
                if text:
                    yield Sample(name, text, where, line, f"{where}:{line}")

    def _callers(self, path: str, function: Function) -> Iterator[tuple[str, CallSite]]:
        """Calls of a function, as far as it is known to be the one that is called."""
        sites = self.evaluator.symbols.calls.of(plain(function.name).rpartition(".")[2])
        for where, site in [each for each in sites if not is_test(each[0])][:MOST_CALLERS]:
            called, attributes = self.evaluator.callee(site.call.function, where)
            if attributes or not isinstance(called, FunctionValue):
                continue
            if (called.path, called.function.name) == (path, function.name):
                yield where, site


def _holes(segments: tuple[Segment, ...], path: str) -> set[str]:
    return {each.name for each in walk(segments) if isinstance(each, VariableSegment) and each.path == path}
