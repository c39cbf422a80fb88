"""Names, looked up as the host language does: scopes, the module, imports, classes and their bases."""

from __future__ import annotations

import re

from scrimp.link.evaluation.bindings import held_value
from scrimp.link.evaluation.choices import choice
from scrimp.link.evaluation.course import MOST_ACTIVE
from scrimp.link.evaluation.functions import BUILTINS
from scrimp.link.evaluation.imported import imported_name, packaged_name, starred_name
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.evaluation.members import attribute_of, is_derived, member_of
from scrimp.link.symbols import Module, defined
from scrimp.link.values import (
    NOTHING_GIVEN,
    SELF,
    ClassValue,
    Environment,
    FunctionValue,
    Hole,
    Instance,
    Number,
    Outside,
    Value,
    has_text,
)
from scrimp.model.algebra import Reference
from scrimp.model.facts import FunctionParameter

ALTERNATIVES = re.compile(r"(?:(?:typing\.)?(?:Optional|Union|Type|type)\[|[\w.\"']++|[\s,|\]])++")
NAMES = re.compile(r"[A-Za-z_][\w.]*(?!\w*\[)(?![\w.]*\[)")
"""Names in annotations that are alternatives of classes: ``X``, ``X | None``, ``Optional[X]``, ``type[X] | X``."""


def lookup(
    evaluation: Evaluation, name: str, scope: str, start: int, path: str, given: Environment = NOTHING_GIVEN
) -> Value:
    """The value of a dotted name as seen from a scope at an offset of a file."""
    module = evaluation.symbols.modules.get(path)
    if module is None:
        return Hole(name, path)
    if "." not in name and name not in ("self", "cls"):
        return _named(evaluation, module, name, scope, start, given)
    # The longest dotted name that something is bound to (``obj.attr = …``), then member by member.
    head, *rest = name.split(".")
    if head in ("self", "cls") and rest:
        value = _of_class(evaluation, module, scope, rest[0], given)
        rest = rest[1:]
    elif head in ("self", "cls") and (around := class_around(module, scope)) is not None:
        value = around if head == "cls" else Instance(around)
    else:
        value = _named(evaluation, module, head, scope, start, given)
    for position, attribute in enumerate(rest):
        if isinstance(value, Outside):
            return Outside(".".join((value.name, *rest[position:])))
        value = member_of(evaluation, value, attribute)
    return value


def _of_class(
    evaluation: Evaluation, module: Module, scope: str, attribute: str, given: Environment
) -> Value:
    around = class_around(module, scope)
    own = given.get(SELF)
    if around is not None and isinstance(own, ClassValue) and is_derived(evaluation, own, around):
        around = own
    found = None if around is None else attribute_of(evaluation, around, attribute, 0, given)
    return found if found is not None else Hole(f"self.{attribute}", module.path)


def _named(
    evaluation: Evaluation, module: Module, name: str, scope: str, start: int, given: Environment
) -> Value:
    innermost = True
    while True:
        if innermost or scope not in module.classes:
            found = _in_scope(evaluation, module, name, scope, start if innermost else None, given)
            if found is not None:
                return found
        if not scope:
            break
        scope, innermost = scope.rpartition(".")[0], False
    for star in module.stars:
        target = evaluation.symbols.module_named(star.module, module.path, star.level)
        if target is not None and target != module.path:
            found = evaluation.exported(target, name)
        else:
            found = packaged_name(evaluation, module, star.module, name)
        if found is not None:
            return found
    packaged = packaged_name(evaluation, module, module.facts.package, name)
    if packaged is not None:
        return packaged
    return Outside(name) if name in BUILTINS else starred_name(evaluation, module, name)


def _in_scope(
    evaluation: Evaluation, module: Module, name: str, scope: str, before: int | None, given: Environment
) -> Value | None:
    bindings = module.bindings.get((scope, name))
    parameter = module.parameter(scope, name) if scope else None
    brought: Value | None = None
    if parameter is not None:
        key = (module.path, scope, name)
        if key in given:
            brought = given[key]
        else:
            hole = _typed(evaluation, module, parameter, key) or Hole(name, module.path, parameter=key)
            default = _default(evaluation, parameter, module, scope)
            telling = default is not None and (
                has_text(default) or isinstance(default, ClassValue | FunctionValue)
            )
            brought = choice([default, hole]) if default is not None and telling else hole
    if bindings:
        found = held_value(evaluation, module, (scope, name), bindings, before, brought, given)
        # try: import x, except ImportError: x = None
        is_absent = isinstance(found, Number) and found.value is None
        return (imported_name(evaluation, module, name, scope) or found) if is_absent else found
    if brought is not None:
        return brought
    qualified = f"{scope}.{name}" if scope else name
    if qualified in module.functions:
        function = defined(module.functions[qualified], module.facts.functions, qualified, before)
        return FunctionValue(module.path, function)
    if qualified in module.classes:
        return ClassValue(
            module.path, defined(module.classes[qualified], module.facts.classes, qualified, before)
        )
    return imported_name(evaluation, module, name, scope)


def _default(
    evaluation: Evaluation, parameter: FunctionParameter, module: Module, scope: str
) -> Value | None:
    """The default of a parameter, which is evaluated where its function is defined."""
    match parameter.default:
        case None:
            return None
        case Reference(name=name, start=start):
            return evaluation.lookup(name, scope.rpartition(".")[0], start, module.path)
    return evaluation.evaluate(parameter.default, module.path)


def _typed(
    evaluation: Evaluation, module: Module, parameter: FunctionParameter, key: tuple[str, str, str]
) -> Value | None:
    """An object of the class that a parameter is annotated with, if the tree holds it."""
    written = parameter.annotation.strip("\"'")
    named = (module.path, written)
    if written and named not in evaluation.course.types:
        evaluation.course.types[named] = None  # while it is looked up
        evaluation.course.types[named] = _class_named(evaluation, written, module)
    found = evaluation.course.types.get(named)
    return None if found is None else Instance(found, key)


def _class_named(evaluation: Evaluation, annotation: str, module: Module) -> ClassValue | None:
    """The one class of the tree that an annotation names."""
    if not ALTERNATIVES.fullmatch(annotation):
        return None
    named = [evaluation.lookup(name, "", 0, module.path) for name in dict.fromkeys(NAMES.findall(annotation))]
    classes = [each for each in named if isinstance(each, ClassValue)]
    return classes[0] if len(classes) == 1 else None


def exported(evaluation: Evaluation, path: str, name: str) -> Value | None:
    """A name of a module, as another module gets it by import."""
    course, key = evaluation.course, ("export", path, name)
    known = course.recall(key)
    if known is not None:
        return known
    if len(course.active) > MOST_ACTIVE:
        course.cut()
        return None
    if course.meets(key):
        return None
    since = course.open(key)
    try:
        module = evaluation.symbols.modules[path]
        found = _in_scope(evaluation, module, name, "", None, NOTHING_GIVEN)
        if found is None:
            for star in module.stars:
                target = evaluation.symbols.module_named(star.module, path, star.level)
                found = evaluation.exported(target, name) if target is not None and target != path else None
                if found is not None:
                    break
        if found is None and module.facts.package is not None:
            found = packaged_name(evaluation, module, module.facts.package, name)
        return None if found is None else course.keep(key, found, since)
    finally:
        course.close(key, since)


def class_around(module: Module, scope: str) -> ClassValue | None:
    """The innermost class around a scope."""
    while scope:
        if scope in module.classes:
            return ClassValue(module.path, module.classes[scope])
        scope = scope.rpartition(".")[0]
    return None
