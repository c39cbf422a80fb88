"""What fills the holes of prompts, once it is known which texts are prompts: the calls, and what they are made of.

Only few of the calls that were met while texts were put together fill a hole of a prompt, so only for these it is
asked what their arguments are.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field, structs
from msgspec.structs import replace

from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.fillers import Pending, fillers, is_method, place_name
from scrimp.link.values import Entries, Hole, Items, Made, Number, Outside, SiteKey, Value, Written, literal
from scrimp.model.algebra import Expression, Item, Reference
from scrimp.model.fillers import Filler, FillerArgument
from scrimp.model.segments import BranchSegment, LoopSegment, Segment, VariableSegment

TEXTS = ("str", "str | None", "Optional[str]", "string")
"""Annotations of parameters that bring text."""
MOST_NESTED = 4  # calls within calls of which one is asked what it changes


class Fillings(Struct):
    """Completes what fills holes."""

    evaluator: Evaluator
    _complete: dict[tuple[Filler, int], Filler] = field(default_factory=dict)

    def put(self, segments: tuple[Segment, ...], unit: SiteKey) -> tuple[Segment, ...]:
        """The segments of a unit with all that fills their holes, those of inlined units left out."""
        return _Filling(self, self.evaluator.fillings.get(unit, {})).put(segments)

    def complete(self, filler: Filler, depth: int = MOST_NESTED) -> Filler:
        """A filler with the values of its arguments, and what it is made of."""
        made = filler.made if isinstance(filler, Pending) else None
        if made is None:
            return filler
        key = filler, depth
        if key not in self._complete:
            self._complete[key] = self._completed(filler, made, depth)
        return self._complete[key]

    def _completed(self, filler: Filler, made: Made, depth: int) -> Filler:
        is_known = isinstance(made.callee, Outside) or not is_method(made.call.function)
        is_function = is_known and not made.attributes
        written = zip(filler.arguments, made.call.arguments, strict=True)
        arguments = tuple(
            self._named(told, argument.value, made) if told.name or is_function else told
            for told, argument in written
        )
        changed = self._changed(made) if is_function else None
        data, pairs = ("", 0) if changed is None else (self._kind(changed), self._pairs(changed))
        of: tuple[Filler, ...] = ()
        if depth:
            inner = _receiver(made) or (() if changed is None else fillers(changed))
            of = tuple(self.complete(each, depth - 1) for each in inner)
        return Filler(filler.function, arguments, filler.path, filler.start, filler.end, of, data, pairs)

    def _changed(self, made: Made) -> Value | None:
        """The first argument of a function: what it makes something else of."""
        first = next((each.value for each in made.call.arguments if each.name in ("", "obj")), None)
        return None if first is None else self.evaluator.evaluate(first, made.path, made.given)

    def _kind(self, value: Value) -> str:
        """What data are, as ``Filler.data`` has it."""
        match value:
            case Written():
                return "text"
            case Hole(parameter=(path, scope, name)):
                function = self.evaluator.symbols.modules[path].functions.get(scope)
                parameters = function.parameters if function is not None else ()
                annotated = {each.name: each.annotation for each in parameters}
                return "text" if annotated.get(name) in TEXTS and name == value.name else ""
        return "rows" if _is_rows(value) else ""

    def _pairs(self, value: Value) -> int:
        """How many texts and numbers an object is written with, as ``Filler.pairs`` has it."""
        match value:
            case Entries(values=values, open=False) if all(map(self._is_scalar, values.values())):
                return len(values)
        return 0

    def _is_scalar(self, value: Value) -> bool:
        return isinstance(value, Number) or self._kind(value) == "text"

    def _named(self, told: FillerArgument, value: Expression, made: Made) -> FillerArgument:
        """An argument with the constant that its name stands for, if it is one."""
        if not isinstance(value, Reference):
            return told
        found = self.evaluator.evaluate(value, made.path, made.given)
        if isinstance(found, Number):
            return replace(told, value=found.value, is_known=True)
        text = literal(found)
        return told if text is None else replace(told, value=text, is_known=True)


class _Filling(Struct, frozen=True):
    fillings: Fillings
    known: Mapping[str, tuple[Filler, ...]]
    """By the names of holes, the numbers of those without, and the places of those that have one."""

    def put(self, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        result: list[Segment] = []
        number = 0
        for segment in segments:
            match segment:
                case VariableSegment():
                    name = segment.name or str(number)
                    number += not segment.name
                    result.append(self._filled(segment, name))
                case BranchSegment():
                    alternatives = tuple(map(self.put, segment.alternatives))
                    result.append(structs.replace(segment, alternatives=alternatives))
                case LoopSegment():
                    result.append(structs.replace(segment, body=self.put(segment.body)))
                case _:
                    result.append(segment)
        return tuple(result)

    def _filled(self, segment: VariableSegment, name: str) -> VariableSegment:
        elsewhere = (*self.known.get(name, ()), *self.known.get(place_name(segment), ()))
        found = dict.fromkeys((*segment.fillers, *elsewhere))
        if not found:
            return segment
        return structs.replace(segment, fillers=tuple(map(self.fillings.complete, found)))


def _is_rows(value: Value) -> bool:
    """Whether a value is a list whose items are all objects with the same keys, at least two."""
    match value:
        case Items(values=(Entries(values=first), *rest)):
            return len(first) > 1 and all(
                isinstance(each, Entries) and each.values.keys() == first.keys() for each in rest
            )
    return False


def _receiver(made: Made) -> tuple[Filler, ...]:
    """The call that made the object whose method a call is."""
    if made.origin is None or not made.attributes:
        return ()
    call, path, given = made.origin
    first = 0 if isinstance(made.callee, Outside) else _members(call.function)
    return fillers(Made(made.callee, made.attributes[:first], call, path, made.scope, None, given))


def _members(function: Expression) -> int:
    """How many attributes lead to what is called from what is known by a name."""
    match function:
        case Item(of=of):
            return 1 + _members(of)
        case Reference(name=name):
            known = 2 if name.partition(".")[0] in ("self", "cls") else 1
            return max(name.count(".") + 1 - known, 0)
    return 0
