"""The texts of the tools that a call names: they are billed with each of its requests."""

from __future__ import annotations

from collections.abc import Iterator

from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.inlined import top_units
from scrimp.link.values import (
    Choice,
    ClassValue,
    Entries,
    FunctionValue,
    Instance,
    Items,
    Made,
    SiteKey,
    Value,
)

DESCRIPTION = "description"
MOST_NESTED = 12  # schemas within schemas


def texts_of_tools(value: Value, evaluator: Evaluator, depth: int = 0) -> Iterator[SiteKey]:
    """The units that describe tools: schemas written out, functions by their docstring, classes and objects."""
    match value:
        case Items() | Choice() if depth < MOST_NESTED:
            for each in value.values:
                yield from texts_of_tools(each, evaluator, depth + 1)
        case Entries() if depth < MOST_NESTED:
            yield from _texts_of_schema(value, evaluator, depth)
        case FunctionValue() if value.function.docstring >= 0:
            yield f"{value.path}:{value.function.docstring}"
        case ClassValue():
            found = evaluator.attribute(value, DESCRIPTION)
            if found is not None:
                yield from top_units(found)
        case Instance():
            yield from texts_of_tools(value.of, evaluator, depth + 1)
        case Made():
            told = next((each.value for each in value.call.arguments if each.name == DESCRIPTION), None)
            if told is not None:
                yield from top_units(evaluator.evaluate(told, value.path))


def _texts_of_schema(value: Entries, evaluator: Evaluator, depth: int) -> Iterator[SiteKey]:
    for key, each in value.values.items():
        if key == DESCRIPTION:
            yield from top_units(each)
        elif isinstance(each, Entries | Items):
            yield from texts_of_tools(each, evaluator, depth + 1)
