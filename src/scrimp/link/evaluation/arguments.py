"""The values that a call gives to the parameters of a function of the tree."""

from __future__ import annotations

from scrimp.link.evaluation.choices import choice
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.evaluation.signatures import Signature
from scrimp.link.values import Entries, Environment, FunctionValue, Items, Value
from scrimp.model.algebra import Call


def bound_arguments(
    evaluation: Evaluation, value: FunctionValue, call: Call, path: str, given: Environment
) -> dict[tuple[str, str, str], Value]:
    """The values that a call gives to a function's parameters; those not given keep their default."""
    signature = evaluation.course.signatures.of(value.function)
    names, qualified = signature.names, value.function.name
    bound: dict[tuple[str, str, str], Value] = {}
    positional = [each for each in call.arguments if not each.name]
    for name, argument in zip(names, positional, strict=False):
        bound[value.path, qualified, name] = evaluation.evaluate(argument.value, path, given)
    for argument in call.arguments:
        if argument.name in names:
            bound[value.path, qualified, argument.name] = evaluation.evaluate(argument.value, path, given)
        elif argument.name == "**":
            spread = evaluation.evaluate(argument.value, path, given)
            if isinstance(spread, Entries):
                for name in names:
                    if name in spread.values:
                        bound[value.path, qualified, name] = spread.values[name]
    free = [name for name in names[len(positional) :] if (value.path, qualified, name) not in bound]
    if signature.rest:
        bound |= _bound_rest(evaluation, value, call, path, given, signature)
    if free:
        bound |= _bound_options(evaluation, value, call, path, given, free[0])
    if not signature.defaults or any(each.name in ("*", "**") for each in call.arguments):
        return bound  # stars may bring what has a default
    return _with_defaults(evaluation, value, signature, bound)


def _with_defaults(
    evaluation: Evaluation,
    value: FunctionValue,
    signature: Signature,
    bound: dict[tuple[str, str, str], Value],
) -> dict[tuple[str, str, str], Value]:
    """What is given to a function's parameters, those first that have a default, which is what the others get."""
    found: dict[tuple[str, str, str], Value] = {}
    for name, default in signature.defaults:
        key = (value.path, value.function.name, name)
        found[key] = bound[key] if key in bound else evaluation.evaluate(default, value.path)
    return found | bound


def _bound_rest(
    evaluation: Evaluation,
    value: FunctionValue,
    call: Call,
    path: str,
    given: Environment,
    signature: Signature,
) -> dict[tuple[str, str, str], Value]:
    """What ``*args`` and ``**kwargs`` of a function get: the arguments that no other parameter takes."""
    bound: dict[tuple[str, str, str], Value] = {}
    for parameter in signature.rest:
        name = parameter.lstrip("*")
        key = (value.path, value.function.name, name)
        if parameter.startswith("**"):
            more = [each for each in call.arguments if each.name not in ("", "*", "**", *signature.names)]
            known = Entries({each.name: evaluation.evaluate(each.value, path, given) for each in more})
            spread = [
                evaluation.evaluate(each.value, path, given) for each in call.arguments if each.name == "**"
            ]
            bound[key] = choice([known, *spread]) if spread else known
        else:
            more = [each for each in call.arguments if not each.name][len(signature.names) :]
            bound[key] = Items(tuple(evaluation.evaluate(each.value, path, given) for each in more))
    return bound


def _bound_options(
    evaluation: Evaluation, value: FunctionValue, call: Call, path: str, given: Environment, free: str
) -> dict[tuple[str, str, str], Value]:
    """The object that keywords make which no parameter has the name of: the next ``free`` one's, as in JavaScript."""
    function = value.function
    known = {"", "*", "**", *(each.name.lstrip("*") for each in function.parameters)}
    options = [each for each in call.arguments if each.name not in known]
    if not options or any(each.name.startswith("**") for each in function.parameters):
        return {}
    entries = Entries({each.name: evaluation.evaluate(each.value, path, given) for each in options})
    return {(value.path, function.name, free): entries}
