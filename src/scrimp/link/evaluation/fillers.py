"""The calls whose values fill holes, kept while texts are put together: what they are made of is asked later.

Nothing more is evaluated here, so that to keep what fills a hole costs next to nothing and changes no text; see
``link.fillings`` for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scrimp.link.evaluation.inlined import holes_beside
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.values import (
    Choice,
    Entries,
    FunctionValue,
    Hole,
    Items,
    Made,
    Outside,
    SiteKey,
    Value,
    Written,
)
from scrimp.link.written import written_arguments
from scrimp.model.algebra import Expression, Item, Reference
from scrimp.model.fillers import Filler
from scrimp.model.segments import BranchSegment, LoopSegment, Segment, VariableSegment

MOST_FILLERS = 16  # of one hole: where more calls than these fill it, the rest is left out


class Pending(Filler, frozen=True, eq=False):
    """A filler of which only what its call writes is known yet; two are the same that write the same."""

    made: Made | None = None

    def __eq__(self, other: object) -> bool:
        """Whether another call writes the same, whatever came of it."""
        return isinstance(other, Pending) and self._written() == other._written()

    def __hash__(self) -> int:
        """A hash of what the call writes."""
        return hash(self._written())

    def _written(self) -> tuple[object, ...]:
        return self.function, self.arguments, self.path, self.start, self.end


def fillers(value: Value) -> tuple[Filler, ...]:
    """The calls that made a value, or its alternatives or items, or that stand between the units of a text."""
    match value:
        case Made(callee=FunctionValue()):  # messages that the tree makes of others
            return ()
        case Made(call=call):
            arguments = written_arguments(call.arguments)
            return (Pending(function_of(value), arguments, value.path, call.start, call.end, made=value),)
        case Choice() | Items():
            return _first([each for one in value.values for each in fillers(one)])
        case Written():
            return _first([each for part in holes_beside(value.segments) for each in part.fillers])
    return ()


def function_of(made: Made) -> str:
    """The name of what was called (see ``Filler``)."""
    match made.callee:
        case Outside(name=name):
            head = name
        case Hole(name=name) if not made.attributes:
            head = f".{name}" if is_method(made.call.function) else name
        case _:
            head = ""
    return ".".join((head, *made.attributes))


def is_method(function: Expression) -> bool:
    """Whether what is called is a member of something."""
    return isinstance(function, Item) or (isinstance(function, Reference) and "." in function.name)


def keep_filled(evaluation: Evaluation, units: Iterable[SiteKey], arguments: list[tuple[str, Value]]) -> None:
    """Remember what a call puts into the holes of texts of elsewhere: by name, or by number."""
    for name, found in _named(arguments):
        for unit in units:
            _keep(evaluation, unit, name, found)


def _named(arguments: Iterable[tuple[str, Value]]) -> Iterator[tuple[str, tuple[Filler, ...]]]:
    position = 0
    for name, value in arguments:
        if isinstance(value, Entries) and name in ("", "**"):  # render({…}), format(**{…})
            yield from _named(value.values.items())
        elif name not in ("*", "**"):
            found = fillers(value)
            if found:
                yield name or str(position), found
            position += not name


def keep_given(evaluation: Evaluation, unit: SiteKey, segments: Iterable[Segment]) -> None:
    """Remember what callers put into the holes of a text, by the places of the holes."""
    for segment in segments:
        match segment:
            case VariableSegment() if segment.fillers and segment.end > segment.start:
                _keep(evaluation, unit, place_name(segment), segment.fillers)
            case BranchSegment():
                for alternative in segment.alternatives:
                    keep_given(evaluation, unit, alternative)
            case LoopSegment():
                keep_given(evaluation, unit, segment.body)


def place_name(segment: VariableSegment) -> str:
    """What a hole is known by that has a place: its name may be that of others too."""
    return f"{segment.path}:{segment.start}"


def _keep(evaluation: Evaluation, unit: SiteKey, name: str, found: tuple[Filler, ...]) -> None:
    known = evaluation.fillings.setdefault(unit, {})
    known[name] = _first((*known.get(name, ()), *found))


def _first(several: Sequence[Filler]) -> tuple[Filler, ...]:
    return tuple(dict.fromkeys(several))[:MOST_FILLERS] if several else ()
