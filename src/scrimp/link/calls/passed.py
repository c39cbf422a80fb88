"""Calls of functions that are handed to another one: ``asyncio.to_thread(create, …)``, ``partial(create, …)``."""

from __future__ import annotations

from collections.abc import Container

from msgspec.structs import replace

from scrimp.link.call_index import TAKING
from scrimp.link.callees import last_name
from scrimp.link.symbols import Module
from scrimp.model.algebra import Argument, Branch, Call, Expression, Item, Parameter, Reference, Unknown
from scrimp.model.facts import CallSite

FUNCTIONS = (Reference, Item, Branch, Parameter, Unknown)
"""Expressions that may be functions, other than calls: these give texts, messages and objects."""


def handed(site: CallSite, names: Container[str]) -> list[tuple[str, CallSite]]:
    """The calls that a call makes likely by handing a function on that is one of ``names``, each with that name.

    What comes behind the function goes to it: ``retry(create, model=…)``; or the second call's arguments do:
    ``with_retry(create)(model=…)``.
    """
    found: list[tuple[str, CallSite]] = []
    arguments = site.call.arguments
    for number, argument in enumerate(arguments):
        if argument.name and argument.name not in TAKING:
            continue
        name = last_name(argument.value)
        if name and name in names:
            rest = (*arguments[number + 1 :], *(each for each in arguments[:number] if each.name))
            found.append((name, _called(site, name, argument.value, _unpacked(rest))))
    outer = site.call.function
    if isinstance(outer, Call):
        for argument in outer.arguments:
            name = last_name(argument.value)
            if name and name in names:
                found.append((name, _called(site, name, argument.value, arguments)))
    return found


def may_be_function(call: Call, module: Module) -> bool:
    """Whether what a call made by handing on calls may be a function: nothing that its own scope makes is."""
    called = call.function
    if not isinstance(called, Reference):
        return True
    bound = module.bindings.get((called.scope, called.name), ())
    return not bound or any(isinstance(each.expression, FUNCTIONS) for each in bound)


def _unpacked(arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Arguments as a thread gets them, ``args=(…)`` and ``kwargs={…}``, as those of a call."""
    names = {"args": "*", "kwargs": "**"}
    return tuple(Argument(names.get(each.name, each.name), each.value) for each in arguments)


def _called(site: CallSite, name: str, function: Expression, arguments: tuple[Argument, ...]) -> CallSite:
    return replace(site, callee=name, call=Call(function, arguments, site.call.start, site.call.end))
