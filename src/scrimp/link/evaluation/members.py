"""Members of values: attributes of objects, classes and modules, entries of dictionaries, items of lists."""

from __future__ import annotations

from scrimp.link.evaluation.arguments import bound_arguments
from scrimp.link.evaluation.bindings import held_value
from scrimp.link.evaluation.choices import choice
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.files import beside
from scrimp.link.symbols import plain
from scrimp.link.values import (
    NOTHING_GIVEN,
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
)
from scrimp.model.algebra import Expression
from scrimp.readers.presets import snake

MOST_MEMBERS = 32  # of a list or table, where any of them is meant
MOST_BASES = 8  # classes that are derived from one another
MOST_CONSTRUCTIONS = 12  # calls of one class that are asked for a field


def member_of(evaluation: Evaluation, value: Value, key: str | int) -> Value:  # noqa: C901, PLR0912  one case a kind of value
    """``value.key`` or ``value[key]``; the key ``*`` is any."""
    match value:
        case Entries():
            if key == "*":
                return choice(list(value.values.values()), most=MOST_MEMBERS)
            name = str(key)  # readers of Go and C# write fields in snake case
            return value.values.get(name) or value.values.get(snake(name)) or Hole(name)
        case Items():
            if isinstance(key, int) and -len(value.values) <= key < len(value.values):
                return value.values[key]
            return choice(list(value.values), most=MOST_MEMBERS) if key == "*" else Hole(str(key))
        case Choice():
            return choice([member_of(evaluation, each, key) for each in value.values])
        case ModuleValue():
            return _of_module(evaluation, value.path, str(key))
        case ClassValue():
            return attribute_of(evaluation, value, str(key)) or Hole(str(key))
        case Instance() if key == "value" and _is_enum(value.of):
            return _members(evaluation, value.of)
        case Instance():
            return _field(evaluation, value, str(key))
        case Written() if key == "value":  # an enum's member
            return value
        case Outside():
            return Outside(f"{value.name}.{key}")
        case Location():
            return beside(value, str(key))
        case Made():
            given = _given(value, str(key))
            if given is not None:
                return evaluation.evaluate(given, value.path, value.given)
            attributes = (*value.attributes, str(key))
            return Made(
                value.callee, attributes, value.call, value.path, value.scope, value.origin, value.given
            )
        case Hole(parameter=parameter) if parameter is not None and key != "*":
            return Hole(str(key), value.path, parameter=parameter)
    return Hole(str(key))


def _given(value: Made, name: str) -> Expression | None:
    """What a constructor outside of the tree was given by the name of a field."""
    if value.attributes or not isinstance(value.callee, Outside):
        return None
    if not value.callee.name.rpartition(".")[2][:1].isupper():
        return None
    return next((each.value for each in value.call.arguments if each.name == name), None)


def _is_enum(value: ClassValue) -> bool:
    return any(base.rpartition(".")[2].endswith("Enum") for base in value.definition.bases)


def _members(evaluation: Evaluation, value: ClassValue) -> Value:
    """The value of any member of an enumeration."""
    module, own = evaluation.symbols.modules[value.path], plain(value.definition.name)
    bound = [attribute_of(evaluation, value, name) for scope, name in module.bindings if scope == own]
    return choice([each for each in bound if each is not None], most=len(bound))


def _field(evaluation: Evaluation, value: Instance, name: str) -> Value:
    """An attribute of an object; one that its constructor was given is what the known call gave."""
    found = attribute_of(evaluation, value.of, name)
    if found is None and value.call is not None:
        given = next((each.value for each in value.call.arguments if each.name == name), None)
        return (
            Hole(name, parameter=value.parameter)
            if given is None
            else evaluation.evaluate(given, value.path, value.given)
        )
    found = found or Hole(name, parameter=value.parameter)
    brought = found.parameter if isinstance(found, Hole | Instance) else None
    guard = ("made", value.path, value.call.start if value.call else -1, name)
    if brought is None or value.call is None or guard in evaluation.course.active:
        return found
    since = evaluation.course.open(guard)
    try:
        initializer = attribute_of(evaluation, value.of, "__init__")
        if isinstance(initializer, FunctionValue):
            bound = bound_arguments(evaluation, initializer, value.call, value.path, value.given)
            return bound.get(brought, found)
    finally:
        evaluation.course.close(guard, since)
    return found


def _of_module(evaluation: Evaluation, path: str, name: str) -> Value:
    found = evaluation.exported(path, name)
    if found is not None:
        return found
    module = evaluation.symbols.modules[path]
    folder = path.rpartition("/")[0]
    below = f"{folder}/{name}" if folder else name
    for candidate in (f"{below}.py", f"{below}/__init__.py"):
        if path.endswith("__init__.py") and candidate in evaluation.symbols.modules:
            return ModuleValue(candidate)
    return Hole(name, module.path)


def attribute_of(
    evaluation: Evaluation, value: ClassValue, name: str, depth: int = 0, given: Environment = NOTHING_GIVEN
) -> Value | None:
    """An attribute of a class of the tree, looked up in its bases too."""
    module = evaluation.symbols.modules[value.path]
    own = plain(value.definition.name)
    bindings = module.bindings.get((own, name))
    if bindings:
        return held_value(evaluation, module, (own, name), bindings, None, None, given)
    if f"{own}.{name}" in module.functions:
        return FunctionValue(value.path, module.functions[f"{own}.{name}"], (value.path, own))
    if f"{own}.{name}" in module.classes:
        return ClassValue(value.path, module.classes[f"{own}.{name}"])
    if depth < MOST_BASES:
        for base in bases_of(evaluation, value):
            found = attribute_of(evaluation, base, name, depth + 1, given)
            if found is not None:
                return found
    elsewhere = evaluation.symbols.packages.find(module.facts.package, f"{own}.{name}", value.path)
    if elsewhere is not None and elsewhere[1] in evaluation.symbols.modules[elsewhere[0]].classes:
        return ClassValue(elsewhere[0], evaluation.symbols.modules[elsewhere[0]].classes[elsewhere[1]])
    return _constructed(evaluation, value, name) if depth == 0 else None


def _constructed(evaluation: Evaluation, value: ClassValue, name: str) -> Value | None:
    """What calls of a class give to a field that nothing in the class binds, as in a dataclass."""
    own = plain(value.definition.name).rpartition(".")[2]

    def found() -> Value | None:
        given: list[Value] = []
        for path, site in evaluation.symbols.calls.of(own, MOST_CONSTRUCTIONS):
            argument = next((each for each in site.call.arguments if each.name == name), None)
            if argument is not None:
                given.append(evaluation.evaluate(argument.value, path))
        return choice(given) if any(has_text(each) for each in given) else None

    course = evaluation.course
    return course.once(course.fields, ("field", value.path, own, name), found, None)


def is_derived(evaluation: Evaluation, value: ClassValue, base: ClassValue, depth: int = 0) -> bool:
    """Whether a class is another one, or has it among its bases."""
    return value == base or (
        depth < MOST_BASES
        and any(is_derived(evaluation, each, base, depth + 1) for each in bases_of(evaluation, value))
    )


def bases_of(evaluation: Evaluation, value: ClassValue) -> tuple[ClassValue, ...]:
    """The bases of a class that the tree holds."""
    definition = value.definition
    scope = plain(definition.name).rpartition(".")[0]

    def found() -> tuple[ClassValue, ...]:
        named = [evaluation.lookup(base, scope, definition.start, value.path) for base in definition.bases]
        return tuple(each for each in named if isinstance(each, ClassValue) and each != value)

    course = evaluation.course
    return course.once(course.bases, ("bases", value.path, definition.name), found, ())
