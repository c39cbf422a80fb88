"""Which functions of the tree a call may run: the one that its name leads to, and what overrides it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrimp.link.evaluation.calling import callee
from scrimp.link.evaluation.choices import alternatives
from scrimp.link.evaluation.functions import COMMON_METHODS
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.evaluation.members import attribute_of, is_derived, member_of
from scrimp.link.evaluation.names import class_around
from scrimp.link.symbols import plain
from scrimp.link.values import Choice, ClassValue, FunctionValue, Hole, Made, Outside, Value
from scrimp.model.algebra import Call, Expression, Item, Reference

MOST_OWNERS = 60  # classes with a method of one name, of which it is asked whether they are one family
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
LOADED_BY_NAME = frozenset(("getattr", "importlib.import_module"))
"""What gives modules and classes by names that are only known when the code runs."""
SAYING_NOTHING = frozenset(("base", "abstract", "self", "cls", "my", "the", "default"))
"""Words of names that tell no class from another."""


def function_run(evaluation: Evaluation, call: Call, path: str, of: tuple[str, str]) -> FunctionValue | None:
    """The function ``of`` a path and qualified name, if a call of the file ``path`` may run it."""
    called = _called_once(evaluation, call, path)
    if called is None:
        return None
    functions = (called, *_overriding(evaluation, called))
    return next((each for each in functions if (each.path, plain(each.function.name)) == of), None)


def _called_once(evaluation: Evaluation, call: Call, path: str) -> FunctionValue | None:
    """What a call runs by its name: where a tree has many functions of one name, each asks that of the same calls."""
    known = evaluation.course.called
    if id(call) not in known:
        known[id(call)] = call, _function_called(evaluation, call, path)
    return known[id(call)][1]


def _function_called(evaluation: Evaluation, call: Call, path: str) -> FunctionValue | None:
    receiver, attributes = callee(evaluation, call.function, path)
    value = receiver
    for attribute in attributes:
        value = member_of(evaluation, value, attribute)
    functions = [each for each in alternatives(value) if isinstance(each, FunctionValue)]
    if functions:
        return _most_general(evaluation, functions)
    if isinstance(value, ClassValue):
        initializer = attribute_of(evaluation, value, "__init__")
        return initializer if isinstance(initializer, FunctionValue) else None
    if attributes and _is_unknown(value):
        return _of_family(evaluation, attributes[-1], _receiver_name(call.function))
    return None


def _is_unknown(value: Value) -> bool:
    """Whether a value may be an object of any class: one from outside, or of a class that is loaded by its name."""
    match value:
        case Hole():
            return True
        case Made(callee=Outside(name=name)):
            return name in LOADED_BY_NAME
        case Made(callee=callee):
            return _is_unknown(callee)
        case Choice():
            return all(map(_is_unknown, value.values))
    return False


def _of_family(evaluation: Evaluation, name: str, receiver: str) -> FunctionValue | None:
    """A method of an unknown receiver, if all methods of its name are of one class and those derived from it.

    A name that many things have must be called on something that is named like the class; of several families it is
    the one that the receiver is named like.
    """
    found = _family(evaluation, name, "")
    if found is not None and (name not in COMMON_METHODS or _is_akin(receiver, found)):
        return found
    return None if found is not None else _family(evaluation, name, receiver)


def _family(evaluation: Evaluation, name: str, receiver: str) -> FunctionValue | None:
    """The method that all others of its name override; if a receiver is told, of classes that are named like it."""
    known = evaluation.course.families
    key = (name, receiver)
    if key not in known:
        owners = evaluation.symbols.methods.get(name, [])
        modules = evaluation.symbols.modules
        functions = [FunctionValue(path, modules[path].functions[method]) for path, method in owners]
        akin = [each for each in functions if not receiver or _is_akin(receiver, each)]
        known[key] = _most_general(evaluation, akin) if len(functions) <= MOST_OWNERS else None
    return known[key]


def _most_general(evaluation: Evaluation, functions: list[FunctionValue]) -> FunctionValue | None:
    """The function that all others override; ``None`` if there is no such."""
    if len(functions) < 2:
        return functions[0] if functions else None
    owners = [_owner(evaluation, each) for each in functions]
    for function, owner in zip(functions, owners, strict=True):
        if owner is not None and all(
            each is not None and is_derived(evaluation, each, owner) for each in owners
        ):
            return function
    return None


def _overriding(evaluation: Evaluation, function: FunctionValue) -> tuple[FunctionValue, ...]:
    """The methods of derived classes that may run where a method is called."""
    key = (function.path, function.function.name)
    known = evaluation.course.overriding
    if key not in known:
        known[key] = tuple(_found_overriding(evaluation, function))
    return known[key]


def _found_overriding(evaluation: Evaluation, function: FunctionValue) -> Iterator[FunctionValue]:
    name = plain(function.function.name).rpartition(".")[2]
    base = _owner(evaluation, function)
    owners = evaluation.symbols.methods.get(name, [])
    if base is None or name == "__init__" or len(owners) > MOST_OWNERS:
        return
    for path, method in owners:
        other = FunctionValue(path, evaluation.symbols.modules[path].functions[method])
        owner = _owner(evaluation, other)
        if owner is not None and owner != base and is_derived(evaluation, owner, base):
            yield other


def _owner(evaluation: Evaluation, function: FunctionValue) -> ClassValue | None:
    """The class that a method is written in."""
    if not function.function.method:
        return None
    scope = plain(function.function.name).rpartition(".")[0]
    return class_around(evaluation.symbols.modules[function.path], scope)


def _receiver_name(function: Expression) -> str:
    """The name of what a method is called on: ``llm`` of ``self.llm.call``."""
    if isinstance(function, Item):
        function = function.of
        return str(function.key) if isinstance(function, Item) else _last(function)
    return function.name.rpartition(".")[0].rpartition(".")[2] if isinstance(function, Reference) else ""


def _last(expression: Expression) -> str:
    return expression.name.rpartition(".")[2] if isinstance(expression, Reference) else ""


def _is_akin(receiver: str, function: FunctionValue) -> bool:
    """Whether a receiver's name and that of the method's class share a word."""
    owner = plain(function.function.name).rpartition(".")[0].rpartition(".")[2]
    return bool(_words(receiver) & _words(owner))


def _words(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)} - SAYING_NOTHING
