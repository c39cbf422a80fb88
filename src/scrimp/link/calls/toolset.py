"""The texts of the tools that a call names: they are billed with each of its requests."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from scrimp.link.calls.caching import breakpoints
from scrimp.link.calls.tool_forms import declared
from scrimp.link.class_texts import texts_of_class
from scrimp.link.decorators import described, is_property
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.inlined import top_units
from scrimp.link.values import (
    Choice,
    ClassValue,
    Entries,
    FunctionValue,
    Hole,
    Instance,
    Items,
    Made,
    SiteKey,
    Value,
)
from scrimp.model.prompts import CacheMarker

DESCRIPTION = "description"
ARGUMENTS = "args_schema"
"""The attribute of a class of tools that holds the class of what it takes."""
MOST_NESTED = 12  # schemas within schemas


class Toolset(Struct, frozen=True):
    """The tools of a call: how many there are, the units that describe them, and cache markers that count these.

    ``schemas`` are those that are written out (see ``tool_forms``); ``forced`` tells that the model must use one.
    """

    count: int = 0
    units: tuple[SiteKey, ...] = ()
    markers: tuple[CacheMarker, ...] = ()
    schemas: tuple[str, ...] = ()
    forced: bool = False


def toolset(value: Value, evaluator: Evaluator) -> Toolset:
    """The tools that an argument holds."""
    if not isinstance(value, Items):
        named = value.values.values() if isinstance(value, Entries) else ()
        if not named or not all(isinstance(each, Made | Hole | Instance) for each in named):
            return Toolset(0, tuple(dict.fromkeys(texts_of_tools(value, evaluator))))
        value = Items(tuple(named))  # {find: tool({…})}
    count, units, markers, schemas = 0, dict[SiteKey, None](), list[CacheMarker](), list[str]()
    for tool in value.values:
        units |= dict.fromkeys(texts_of_tools(tool, evaluator))
        marks = list(breakpoints(tool, len(units))) if isinstance(tool, Entries) else []
        markers += marks
        if not (marks and _is_breakpoint(tool)):
            count += 1
            schemas.append(declared(tool))
    return Toolset(count, tuple(units), tuple(markers), tuple(filter(None, schemas)))


def _is_breakpoint(tool: Value) -> bool:
    """Whether an item among tools is a breakpoint and nothing else: ``{"cachePoint": {…}}``."""
    return isinstance(tool, Entries) and len(tool.values) == 1


def texts_of_tools(value: Value, evaluator: Evaluator, depth: int = 0) -> Iterator[SiteKey]:
    """The units that describe tools: schemas written out, functions by their docstring, classes and objects."""
    match value:
        case Items() | Choice() if depth < MOST_NESTED:
            for each in value.values:
                yield from texts_of_tools(each, evaluator, depth + 1)
        case Entries() if depth < MOST_NESTED:
            yield from _texts_of_schema(value, evaluator, depth)
        case FunctionValue():
            yield from _texts_of_function(value, evaluator)
        case ClassValue():
            yield from _texts_of_class(value, evaluator)
        case Instance():
            yield from texts_of_tools(value.of, evaluator, depth + 1)
        case Made():
            told = next((each.value for each in value.call.arguments if each.name == DESCRIPTION), None)
            if told is not None:
                yield from top_units(evaluator.evaluate(told, value.path))


def _texts_of_function(value: FunctionValue, evaluator: Evaluator) -> Iterator[SiteKey]:
    """What a decorator is told of a function, else its docstring."""
    told = list(described(value.function))
    for each in told:
        yield from top_units(evaluator.evaluate(each.value, value.path))
    if not told and value.function.docstring >= 0 and not is_property(value.function):
        yield f"{value.path}:{value.function.docstring}"


def _texts_of_class(value: ClassValue, evaluator: Evaluator) -> Iterator[SiteKey]:
    """What a class of tools says by its attributes, with the class of what it takes; else what a schema says."""
    found = evaluator.attribute(value, DESCRIPTION)
    if found is None:
        yield from texts_of_class(value, evaluator)
        return
    yield from top_units(found)
    taken = evaluator.attribute(value, ARGUMENTS)
    if isinstance(taken, ClassValue):
        yield from texts_of_class(taken, evaluator)


def _texts_of_schema(value: Entries, evaluator: Evaluator, depth: int) -> Iterator[SiteKey]:
    for key, each in value.values.items():
        if key == DESCRIPTION:
            yield from top_units(each)
        elif isinstance(each, Entries | Items):
            yield from texts_of_tools(each, evaluator, depth + 1)
