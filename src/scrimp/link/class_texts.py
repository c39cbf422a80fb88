"""What classes say of themselves to models: docstrings, and the descriptions of fields and of what these hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrimp.link.evaluation import Evaluator
from scrimp.link.values import ClassValue, Made, SiteKey
from scrimp.model.algebra import Reference

MOST_CLASSES = 200  # that one class is made up of
SCHEMA_OF = frozenset(("model_json_schema", "schema", "model_validate_json", "json_schema"))
"""Methods of a class whose value is its schema."""
NAME = re.compile(r"[A-Za-z_][\w.]*")


def described_by(made: Made, evaluator: Evaluator) -> ClassValue | None:
    """The class whose schema a call gives: ``Answer.model_json_schema()``."""
    function = made.call.function
    if not isinstance(function, Reference) or function.name.rpartition(".")[2] not in SCHEMA_OF:
        return None
    name = function.name.rpartition(".")[0]
    found = evaluator.lookup(name, function.scope, function.start, made.path, made.given) if name else None
    return found if isinstance(found, ClassValue) else None


def held(value: ClassValue, evaluator: Evaluator) -> Iterator[ClassValue]:
    """The classes of the tree that the types of a class's fields name."""
    definition = value.definition
    named = {name for one in definition.fields for name in NAME.findall(one.annotation)}
    for name in sorted(named):
        found = evaluator.lookup(name, definition.name, definition.start, value.path)
        if isinstance(found, ClassValue):
            yield found


def own_texts(value: ClassValue, evaluator: Evaluator) -> Iterator[SiteKey]:
    """The units of a class's docstring and of what describes its fields."""
    if value.definition.docstring >= 0:
        yield _unit(value, value.definition.docstring, evaluator)
    yield from field_texts(value, evaluator)


def field_texts(value: ClassValue, evaluator: Evaluator) -> Iterator[SiteKey]:
    """The units that describe the fields of a class."""
    for number in evaluator.symbols.modules[value.path].descriptions(value.definition.name):
        yield _unit(value, number, evaluator)


def texts_of_class(value: ClassValue, evaluator: Evaluator) -> Iterator[SiteKey]:
    """The units that describe a class: of those it is derived from only the fields, of those it holds all."""
    seen = {(value.path, value.definition.name)}
    waiting = [(value, True)]
    while waiting and len(seen) < MOST_CLASSES:
        current, is_whole = waiting.pop()
        yield from own_texts(current, evaluator) if is_whole else field_texts(current, evaluator)
        inner = [(each, True) for each in held(current, evaluator)]
        for each, is_inner in (*inner, *((base, False) for base in evaluator.bases(current))):
            key = (each.path, each.definition.name)
            if key not in seen:
                seen.add(key)
                waiting.append((each, is_inner))


def _unit(value: ClassValue, site: int, evaluator: Evaluator) -> SiteKey:
    key = f"{value.path}:{site}"
    return evaluator.aliases.get(key, key)
