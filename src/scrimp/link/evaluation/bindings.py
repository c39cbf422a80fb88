"""What a name holds after its bindings, in the order of the text."""

from __future__ import annotations

from msgspec.structs import replace

from scrimp.link.evaluation.choices import choice
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.evaluation.texts import keep_assembled, segments_of
from scrimp.link.limits import bounded_value
from scrimp.link.symbols import Module
from scrimp.link.values import Choice, Entries, Environment, Hole, Items, Made, Value, Written
from scrimp.model.facts import Binding
from scrimp.model.prompts import BranchSegment, LoopSegment


def held_value(
    evaluation: Evaluation,
    module: Module,
    key: tuple[str, str],
    bindings: tuple[Binding, ...],
    before: int | None,
    brought: Value | None,
    given: Environment,
) -> Value:
    """The value of a name after its bindings, in the order of the text."""
    course = evaluation.course
    guard = (module.path, key, before)
    if guard in course.active:
        course.cuts += 1
        return Hole(key[1], module.path)
    earlier = [each for each in bindings if before is None or each.end <= before]
    if not earlier:
        if brought is not None and all(each.operation == "=" and not each.loop for each in bindings):
            return brought
        earlier = list(bindings)  # in a loop a name may be used above its binding
    given = course.environments.same(given)
    named = (module.path, key, len(earlier), id(given) if given else 0)
    found = course.recall(named)
    if found is not None:
        return found
    course.active.add(guard)
    cuts = course.cuts
    try:
        found = bounded_value(_accumulate(evaluation, module.path, key, _live(earlier), brought, given))
    finally:
        course.active.discard(guard)
    return course.keep(named, found, cuts)


def _accumulate(
    evaluation: Evaluation,
    path: str,
    key: tuple[str, str],
    bindings: list[Binding],
    brought: Value | None,
    given: Environment,
) -> Value:
    state = brought
    start: Binding | None = None
    for each in bindings:
        binding = each if start is None else _since(each, start)
        value = evaluation.evaluate(binding.expression, path, given)
        match binding.operation:
            case "=":
                start = each
                state = choice([state, value]) if state is not None and each.arms else value
            case "+=":
                state = _added(path, key, state, value, binding)
            case "append":
                state = _appended(state, (value,), binding.loop)
            case "extend":
                more = value.values if isinstance(value, Items) else (value,)
                state = _appended(state, more, open_=binding.loop or not isinstance(value, Items))
            case "update" if state is None or isinstance(state, Entries):
                old = state if isinstance(state, Entries) else Entries({})
                state = _updated(old, value)
    if isinstance(state, Written):
        keep_assembled(evaluation, state.segments, [state.segments])
    return state if state is not None else Hole(key[1], path)


def _added(
    path: str,
    key: tuple[str, str],
    state: Value | None,
    value: Value,
    binding: Binding,
) -> Value:
    """``state += value``: text after text, or more items."""
    if isinstance(state, Items):
        return _appended(state, value.values if isinstance(value, Items) else (value,), binding.loop)
    more = segments_of(value)
    if binding.loop:
        more = (LoopSegment("", more),)
    elif binding.arms:
        more = (BranchSegment(binding.arms[-1].condition, (more, ())),)
    return Written((*segments_of(state if state is not None else Hole(key[1], path)), *more))


def _live(bindings: list[Binding]) -> list[Binding]:
    """The last binding that replaces all earlier ones whatever happens, and those after it."""
    for number in range(len(bindings) - 1, 0, -1):
        if bindings[number].operation == "=" and not bindings[number].arms:
            return bindings[number:]
    return bindings


def _since(binding: Binding, start: Binding) -> Binding:
    """A binding as seen from the one that set its name: branches and loops around both say nothing."""
    shared = 0
    for one, other in zip(binding.arms, start.arms, strict=False):
        if one != other:
            break
        shared += 1
    return replace(binding, arms=binding.arms[shared:], loop=binding.loop and not start.loop)


def _updated(state: Entries, value: Value) -> Entries:
    if isinstance(value, Entries):
        return Entries({**state.values, **value.values}, state.open or value.open)
    return Entries(state.values, open=True)


def _appended(state: Value | None, more: tuple[Value, ...], open_: bool) -> Value:
    if isinstance(state, Items):
        return Items((*state.values, *more), state.open or open_)
    if isinstance(state, Made):  # a history that was made with its first message
        return Items((state, *more), open_)
    if isinstance(state, Choice):
        return Items((state, *more), open=True)
    return Items(more, open=True)
