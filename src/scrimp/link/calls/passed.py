"""Calls of functions that are handed to another one: ``asyncio.to_thread(create, …)``, ``partial(create, …)``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from scrimp.link.calls.callees import last_name
from scrimp.link.symbols import Module
from scrimp.model.algebra import Argument, Branch, Call, Expression, Item, Parameter, Reference, Unknown
from scrimp.model.facts import CallSite

FUNCTIONS = (Reference, Item, Branch, Parameter, Unknown)
"""Expressions that may be functions, other than calls: these give texts, messages and objects."""


def handed(site: CallSite) -> Iterator[tuple[str, CallSite]]:
    """The calls that a call makes likely by handing a function on, each with the function's last name.

    What comes behind the function goes to it: ``retry(create, model=…)``; or the second call's arguments do:
    ``with_retry(create)(model=…)``.
    """
    yield from _first(site, site.call.arguments)
    outer = site.call.function
    if isinstance(outer, Call):
        for argument in outer.arguments:
            yield from _as_callee(site, argument.value, site.call.arguments)


def may_be_function(call: Call, module: Module) -> bool:
    """Whether what a call made by handing on calls may be a function: nothing that its own scope makes is."""
    called = call.function
    if not isinstance(called, Reference):
        return True
    bound = module.bindings.get((called.scope, called.name), ())
    return not bound or any(isinstance(each.expression, FUNCTIONS) for each in bound)


def _first(site: CallSite, arguments: tuple[Argument, ...]) -> Iterator[tuple[str, CallSite]]:
    for number, argument in enumerate(arguments):
        if argument.name and argument.name not in ("fn", "func", "function", "target"):
            continue
        rest = (*arguments[number + 1 :], *(each for each in arguments[:number] if each.name))
        yield from _as_callee(site, argument.value, _unpacked(rest))


def _unpacked(arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Arguments as a thread gets them, ``args=(…)`` and ``kwargs={…}``, as those of a call."""
    names = {"args": "*", "kwargs": "**"}
    return tuple(Argument(names.get(each.name, each.name), each.value) for each in arguments)


def _as_callee(
    site: CallSite, function: Expression, arguments: tuple[Argument, ...]
) -> Iterator[tuple[str, CallSite]]:
    if isinstance(function, Reference | Item):
        name = last_name(function)
        if name:
            call = Call(function, arguments, site.call.start, site.call.end)
            yield name, replace(site, callee=name, call=call)
