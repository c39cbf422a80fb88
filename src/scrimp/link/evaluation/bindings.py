"""What a name holds after its bindings, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.evaluation.merging import merged
from scrimp.link.evaluation.texts import keep_assembled, segments_of
from scrimp.link.limits import bounded_value
from scrimp.link.symbols import Module
from scrimp.link.values import (
    SELF,
    Choice,
    Entries,
    Environment,
    Hole,
    Items,
    Made,
    Value,
    Written,
    is_brought,
)
from scrimp.model.facts import Binding, Function
from scrimp.model.segments import LoopSegment


def held_value(
    evaluation: Evaluation,
    module: Module,
    key: tuple[str, str],
    bindings: Sequence[Binding],
    before: int | None,
    brought: Value | None,
    given: Environment,
) -> Value:
    """The value of a name after its bindings, in the order of the text."""
    course = evaluation.course
    guard = (module.path, key, before)
    if course.meets(guard):
        return Hole(key[1], module.path)
    earlier = [*bindings] if before is None else [each for each in bindings if each.end <= before]
    if not earlier:
        if brought is not None and all(each.operation == "=" and not each.loop for each in bindings):
            return brought
        earlier = list(bindings)  # in a loop a name may be used above its binding
    seen = [] if before is None else [_seen(each, before) if each.arms else 0 for each in earlier]
    if brought is not None and max(seen, default=0) < 0:
        return brought
    is_cut = any(seen)
    if given and key[0] not in module.functions:
        given = _seen_from(bindings, module, given)
    given = course.environments.same(given)
    named = (module.path, key, tuple(seen) if is_cut else len(earlier), id(given) if given else 0)
    found = course.recall(named)
    if found is not None:
        return found
    if is_cut:
        live = [
            replace(each, arms=each.arms[inside:]) if inside else each
            for each, inside in zip(earlier, seen, strict=True)
            if inside >= 0
        ]
        earlier = live or earlier
    since = course.open(guard)
    try:
        run = _Run(evaluation, module.path, key, given)
        return course.keep(named, bounded_value(run.after(_live(earlier), brought)), since)
    finally:
        course.close(guard, since)


def _seen_from(bindings: Sequence[Binding], module: Module, given: Environment) -> Environment:
    """What bindings of a module or a class see of an environment: the parameters of functions that they stand in."""
    return {
        key: value
        for key, value in given.items()
        if key == SELF or (key[0] == module.path and _stand_in(bindings, module.functions.get(key[1])))
    }


def _stand_in(bindings: Sequence[Binding], function: Function | None) -> bool:
    return function is not None and any(function.start <= each.start < function.end for each in bindings)


def _seen(binding: Binding, before: int) -> int:
    """How many of the arms around a binding a place is in, too; -1 if it is in another arm and sees nothing of it.

    In a loop it may be in another arm the next time.
    """
    for number, arm in enumerate(binding.arms if binding.end <= before else ()):
        if before < arm.end:
            continue
        return -1 if before < arm.until and not binding.loop else number
    return len(binding.arms) if binding.end <= before else 0


class _Held(Struct, frozen=True):
    """What a name holds at some place, and whether it was set in a loop."""

    value: Value | None
    loop: bool = False


class _Run(Struct, frozen=True):
    """Goes through the bindings of one name."""

    evaluation: Evaluation
    path: str
    key: tuple[str, str]
    given: Environment

    def after(self, bindings: list[Binding], brought: Value | None) -> Value:
        """What the name holds after some bindings if it held ``brought`` before."""
        state = self._after(bindings, 0, _Held(brought)).value
        if isinstance(state, Written):
            keep_assembled(self.evaluation, state.segments, [state.segments])
        return state if state is not None else Hole(self.key[1], self.path)

    def _after(self, bindings: list[Binding], depth: int, held: _Held) -> _Held:
        """The same of bindings in one arm of each of ``depth`` branching statements."""
        number = 0
        while number < len(bindings):
            first, statement = number, _statement(bindings[number], depth)
            number += 1
            if statement is None:
                held = self._bound(bindings[first], held)
                continue
            while number < len(bindings) and _statement(bindings[number], depth) == statement:
                number += 1
            held = self._branched(bindings[first:number], depth, held)
        return held

    def _branched(self, bindings: list[Binding], depth: int, held: _Held) -> _Held:
        """What it holds after a statement in whose arms the bindings are."""
        first = bindings[0].arms[depth]
        arms: dict[int, list[Binding]] = {}
        for each in bindings:
            arms.setdefault(each.arms[depth].arm, []).append(each)
        ways = [self._after(each, depth + 1, held) for each in arms.values()]
        values = [each.value for each in ways if each.value is not None]
        if not values:
            return held
        is_loop = all(each.loop for each in ways)
        skipped = 0 not in arms if first.of == 1 else len(arms) != first.of
        return _Held(merged(held.value, values, first.condition, skipped=skipped), is_loop)

    def _bound(self, binding: Binding, held: _Held) -> _Held:
        """What it holds after a binding; the loop that it was set in says nothing of what is added there."""
        value = self.evaluation.evaluate(binding.expression, self.path, self.given)
        state, loop = held.value, binding.loop and not held.loop
        match binding.operation:
            case "=":
                return _Held(value, binding.loop)
            case "+=":
                state = _added(self.path, self.key, state, value, loop=loop)
            case "append":
                state = _appended(state, (value,), open_=loop)
            case "extend":
                more = value.values if isinstance(value, Items) else (value,)
                state = _appended(state, more, open_=loop or not isinstance(value, Items))
            case "update" if state is None or isinstance(state, Entries):
                old = state if isinstance(state, Entries) else Entries({})
                state = _updated(old, value)
        return _Held(state, held.loop)


def _statement(binding: Binding, depth: int) -> int | None:
    """Which branching statement a binding stands in, of those within ``depth`` others."""
    return binding.arms[depth].statement if len(binding.arms) > depth else None


def _added(path: str, key: tuple[str, str], state: Value | None, value: Value, *, loop: bool) -> Value:
    """``state += value``: text after text, or more items."""
    if isinstance(state, Items):
        return _appended(state, value.values if isinstance(value, Items) else (value,), open_=loop)
    more = segments_of(value)
    if loop:
        more = (LoopSegment("", more),)
    return Written((*segments_of(state if state is not None else Hole(key[1], path)), *more))


def _live(bindings: list[Binding]) -> list[Binding]:
    """The last binding that replaces all earlier ones whatever happens, and those after it."""
    for number in range(len(bindings) - 1, 0, -1):
        if bindings[number].operation == "=" and not bindings[number].arms:
            return bindings[number:]
    return bindings


def _updated(state: Entries, value: Value) -> Entries:
    if isinstance(value, Entries):
        return Entries({**state.values, **value.values}, state.open or value.open)
    return Entries(state.values, open=True)


def _appended(state: Value | None, more: tuple[Value, ...], *, open_: bool) -> Value:
    if isinstance(state, Items):
        return Items((*state.values, *more), state.open or open_)
    if isinstance(state, Made):  # a history that was made with its first message
        return Items((state, *more), open_)
    if isinstance(state, Choice) or (state is not None and is_brought(state)):
        return Items((state, *more), open=True)
    return Items(more, open=True)
