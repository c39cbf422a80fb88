"""Calls that are made once for each item of something, with a text that has the item in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from scrimp.link.calls.sending import Sending, Site
from scrimp.model.algebra import Reference, Variable
from scrimp.model.facts import Facts
from scrimp.readers.sdks import Pattern

NAME = re.compile(r"[^\W\d]\w*")
MOST_STEPS = 8  # bindings between an item and the text that it ends up in


def each_of(sending: Sending, files: Mapping[str, Facts]) -> str:
    """What a call is made for each item of, as written; ``""`` if it isn't.

    The loop may stand around the call or around one of its callers. One whose items only choose the model, or never
    reach the call, tries or compares something: it doesn't go through work to do.
    """
    for site in (sending.sink, *sending.through, *sending.callers):
        loop = site.call.each
        if loop is not None:
            names = _bound_by(frozenset(loop.names), site, files[site.path])
            if names & set(_names(site, sending.pattern)):
                return loop.over
    return ""


def _bound_by(names: frozenset[str], site: Site, facts: Facts) -> frozenset[str]:
    """Some names, and those that are given values made of them in the same function."""
    bindings = [
        (each.name, set(_references(each.expression)))
        for each in facts.bindings
        if each.scope == site.call.scope
    ]
    for _ in range(MOST_STEPS):
        more = names | {name for name, used in bindings if used & names}
        if more == names:
            break
        names = more
    return names


def _names(site: Site, pattern: Pattern) -> Iterator[str]:
    """The names in a call's arguments, those left out that only say which model answers."""
    for argument in site.call.call.arguments:
        if argument.name not in pattern.models:
            yield from _references(argument.value)


def _references(expression: object) -> Iterator[str]:
    """The first names of all that an expression refers to."""
    waiting = [expression]
    while waiting:
        match waiting.pop():
            case Reference(name=name):
                yield name.partition(".")[0]
            case Variable(name=name, of=of):
                yield from NAME.findall(name)
                waiting.append(of)
            case Struct() as node:
                waiting += (getattr(node, each) for each in node.__struct_fields__)
            case tuple() as several:
                waiting += several
