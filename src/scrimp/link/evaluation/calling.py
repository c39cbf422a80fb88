"""What calls give: functions of the tree inlined with their arguments, objects made, texts filled."""

from __future__ import annotations

from scrimp.link.evaluation import converting
from scrimp.link.evaluation.arguments import bound_arguments
from scrimp.link.evaluation.choices import MOST_ALTERNATIVES, choice
from scrimp.link.evaluation.functions import READS, called_outside, method_of_unknown
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.evaluation.members import bases_of, member_of
from scrimp.link.evaluation.names import class_around
from scrimp.link.evaluation.texts import filled
from scrimp.link.symbols import plain
from scrimp.link.values import (
    NOTHING_GIVEN,
    SELF,
    Choice,
    ClassValue,
    Entries,
    Environment,
    FunctionValue,
    Hole,
    Instance,
    Items,
    Location,
    Made,
    ModuleValue,
    Outside,
    Value,
    Written,
    has_text,
    is_brought,
    literal,
)
from scrimp.model.algebra import Call, Expression, Item, Reference

STRING_METHODS = frozenset(
    (
        "format",
        "strip",
        "lstrip",
        "rstrip",
        "replace",
        "removeprefix",
        "removesuffix",
        "join",
        "format_map",
        "substitute",
        "safe_substitute",
        "render",
        "render_async",
        "trim",
        "trimStart",
        "trimEnd",
        "replaceAll",
        "toString",
    )
)


def call_value(evaluation: Evaluation, call: Call, path: str, given: Environment) -> Value:
    """What a call gives, as seen from the file ``path``."""
    if isinstance(call.function, Reference) and call.function.name == "super":
        return _base(evaluation, call.function, path)
    receiver, attributes = callee(evaluation, call.function, path, given)
    if attributes and attributes[-1] in STRING_METHODS:
        of = receiver
        for attribute in attributes[:-1]:
            of = member_of(evaluation, of, attribute)
        if has_text(of):
            arguments = [(each.name, evaluation.evaluate(each.value, path, given)) for each in call.arguments]
            return filled(evaluation, attributes[-1], of, arguments)
        if attributes[-1] != "join" and is_brought(of):
            return of
    return _method_called(evaluation, receiver, attributes, call, path, given)


def _method_called(
    evaluation: Evaluation, value: Value, attributes: list[str], call: Call, path: str, given: Environment
) -> Value:
    """What the call gives of which ``attributes`` lead from a value to the callee."""
    if not attributes:
        return _called(evaluation, value, call, path, given)
    match value:
        case Choice():
            return choice(
                [_method_called(evaluation, each, attributes, call, path, given) for each in value.values]
            )
        case Written() if len(attributes) == 1 and attributes[0] in READS:
            return value
        case Made() | Hole() | Location():
            return method_of_unknown(evaluation, value, attributes, call, path, given)
        case Entries() if attributes == ["get"]:
            return _got(evaluation, value, call, path, given)
    below = member_of(evaluation, value, attributes[0])
    return _method_called(evaluation, below, attributes[1:], call, path, given)


def callee(
    evaluation: Evaluation, function: Expression, path: str, given: Environment = NOTHING_GIVEN
) -> tuple[Value, list[str]]:
    """What is called: the value of the innermost receiver, and the attributes that lead to the callee."""
    attributes: list[str] = []
    while isinstance(function, Item):
        attributes.append(str(function.key))
        function = function.of
    attributes.reverse()
    if isinstance(function, Reference):
        names = function.name.split(".")
        known = 2 if names[0] in ("self", "cls") and len(names) > 1 else 1
        receiver = evaluation.lookup(".".join(names[:known]), function.scope, function.start, path, given)
        return _receiver(evaluation, receiver, [*names[known:], *attributes])
    return evaluation.evaluate(function, path, given), attributes


def _receiver(evaluation: Evaluation, value: Value, attributes: list[str]) -> tuple[Value, list[str]]:
    """Attributes of modules, classes and objects of the tree followed as far as they hold other objects."""
    while attributes and isinstance(value, ModuleValue | ClassValue | Instance):
        found = member_of(evaluation, value, attributes[0])
        if not isinstance(found, Made | Outside | Instance | ModuleValue):
            break
        value, attributes = found, attributes[1:]
    return value, attributes


def _base(evaluation: Evaluation, reference: Reference, path: str) -> Value:
    """``super()``: the object as one of the first base of its class that the tree holds."""
    around = class_around(evaluation.symbols.modules[path], reference.scope)
    base = next(iter(bases_of(evaluation, around)), None) if around is not None else None
    return Hole("super", path) if base is None else Instance(base)


def _called(evaluation: Evaluation, value: Value, call: Call, path: str, given: Environment) -> Value:
    """What a call of a value gives."""
    match value:
        case Written() | Items() | Entries():  # a function that gives it
            return value
        case FunctionValue():
            found = returned(evaluation, value, call, path, given)
            is_converted = call.arguments and converting.is_converted(evaluation, value, found)
            return Made(value, (), call, path, "", None, given) if is_converted else found
        case Choice() if any(isinstance(each, FunctionValue | ClassValue | Made) for each in value.values):
            return choice([_called(evaluation, each, call, path, given) for each in value.values])
        case Made() if value.attributes:
            return Made(value.callee, value.attributes, call, path, value.scope, value.making, given)
        case ClassValue():
            return Instance(value, None, call, path, given)
        case Outside():
            return called_outside(evaluation, value.name, call, path, given)
    scope = call.function.scope if isinstance(call.function, Reference) else ""
    return Made(value, (), call, path, scope, None, given)


def _got(evaluation: Evaluation, value: Entries, call: Call, path: str, given: Environment) -> Value:
    """``entries.get(key, default)``."""
    key, *default = [evaluation.evaluate(each.value, path, given) for each in call.arguments] or [Hole("get")]
    name = literal(key)
    found = member_of(evaluation, value, "*" if name is None else name)
    return choice([found, *default]) if isinstance(found, Hole) or name is None else found


def returned(
    evaluation: Evaluation, value: FunctionValue, call: Call, path: str, given: Environment
) -> Value:
    """What a function of the tree returns for a call's arguments, as far as it is text."""
    function, course = value.function, evaluation.course
    guard = ("return", value.path, function.name)
    if not function.returns or course.meets(guard) or not course.fits():
        return Hole(plain(function.name).rpartition(".")[2], path)
    since = course.open(guard)
    course.inlined += 1
    try:
        bound = bound_arguments(evaluation, value, call, path, given)
        if SELF in given:
            bound[SELF] = given[SELF]
        environment = course.environments.same(bound)
        named = (*guard, id(environment) if environment else 0)
        found = course.recall(named)
        if found is not None:
            return found
        values = [
            evaluation.evaluate(each.expression, value.path, environment)
            for each in function.returns[:MOST_ALTERNATIVES]
        ]
        return course.keep(named, choice(values), since)
    finally:
        course.inlined -= 1
        course.close(guard, since)
