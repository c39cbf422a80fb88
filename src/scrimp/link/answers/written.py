"""JSON Schemas that are written out as dictionaries, as shapes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from scrimp.link.answers.limits import limited
from scrimp.link.values import Entries, Items, Number, Value, literal
from scrimp.model import answers
from scrimp.model.answers import Anything, Either, Many, Members, Nothing, Options, Shape, Text, Truth

MOST_NESTED = 12  # schemas within schemas
MOST_READ = 2_000
"""Schemas that are read of one, each as often as it is referred to: a few that nest would be without end."""
AROUND = (
    "json_schema",
    "jsonSchema",
    "schema",
    "format",
    "function",
    "parameters",
    "input_schema",
    "inputSchema",
)
"""Keys under which providers take a schema, from the outside in."""
TYPES: Mapping[str, Shape] = {
    "string": Text(),
    "number": answers.Number(),
    "integer": answers.Number(),
    "boolean": Truth(),
    "null": Nothing(),
}
LENGTHS = {"date-time": 32, "date": 10, "time": 21, "uuid": 36}
"""Characters of texts in a known format: RFC 3339 and RFC 9562."""


def inner(value: Entries) -> Value | None:
    """What a response format or a tool is written around, ``None`` if it is around nothing."""
    return next((value.values[key] for key in AROUND if key in value.values), None)


def schema_in(value: Value | None) -> Entries | None:
    """The schema that a response format or a tool holds, however deep it lies; ``None`` if there is none."""
    for _ in range(MOST_NESTED):
        if not isinstance(value, Entries):
            return None
        if _is_schema(value):
            return value
        value = inner(value)
    return None


def name_in(value: Value | None) -> str:
    """The name that is given to a schema or tool, ``""`` if none is."""
    for _ in range(MOST_NESTED):
        if not isinstance(value, Entries):
            return ""
        name = literal(value.values["name"]) if "name" in value.values else None
        if name:
            return name
        value = inner(value)
    return ""


def shape_of(schema: Entries) -> Shape:
    """The shape that a schema describes."""
    return _Reading(schema).shape(schema, 0)


Anything_ = Number(None)


def _is_schema(value: Entries) -> bool:
    kind = _text(value, "type").lower()
    return bool(value.values.keys() & {"properties", "anyOf", "oneOf", "enum", "$ref", "items"}) or kind in {
        *TYPES,
        "object",
        "array",
    }


class _Reading:
    """One schema, with the definitions that its references name."""

    def __init__(self, root: Entries) -> None:
        self._definitions = {
            f"#/{key}/{name}": each
            for key in ("$defs", "definitions")
            if isinstance(under := root.values.get(key), Entries)
            for name, each in under.values.items()
        }

        self._read = 0

    def shape(self, value: Value, depth: int) -> Shape:
        """The shape of a schema within the root."""
        self._read += 1
        if not isinstance(value, Entries) or depth > MOST_NESTED or self._read > MOST_READ:
            return Anything()
        reference = _text(value, "$ref")
        if reference:
            return self.shape(self._definitions.get(reference, Anything_), depth + 1)
        for key in ("anyOf", "oneOf"):
            found = value.values.get(key)
            if isinstance(found, Items):
                return Either(tuple(self.shape(each, depth + 1) for each in found.values))
        fixed = value.values.get("enum") or value.values.get("const")
        if fixed is not None:
            values = [_json(each) for each in (fixed.values if isinstance(fixed, Items) else (fixed,))]
            return Options(tuple(each for each in values if each is not None))
        return limited(self._typed(value, depth), _numbers(value))

    def _typed(self, value: Entries, depth: int) -> Shape:
        kinds = value.values.get("type")
        if isinstance(kinds, Items):
            names = [literal(each) or "" for each in kinds.values]
            return Either(tuple(self._kind(value, name.lower(), depth) for name in names))
        kind = _text(value, "type").lower()
        return self._kind(value, kind or ("object" if "properties" in value.values else ""), depth)

    def _kind(self, value: Entries, kind: str, depth: int) -> Shape:
        if kind == "array":
            return Many(self.shape(value.values.get("items", Anything_), depth + 1))
        if kind == "object":
            properties = value.values.get("properties")
            if not isinstance(properties, Entries) or not properties.values:
                return Anything()
            return Members(
                tuple((name, self.shape(each, depth + 1)) for name, each in properties.values.items())
            )
        if kind == "string" and _text(value, "format") in LENGTHS:
            return Text(LENGTHS[_text(value, "format")])
        return TYPES.get(kind, Anything())


def _text(value: Entries, key: str) -> str:
    return (literal(value.values[key]) or "") if key in value.values else ""


def _numbers(value: Entries) -> dict[str, object]:
    return {key: each.value for key, each in value.values.items() if isinstance(each, Number)}


def _json(value: Value) -> str | None:
    """A literal as JSON writes it."""
    if isinstance(value, Number):
        return json.dumps(value.value)
    text = literal(value)
    return None if text is None else json.dumps(text, ensure_ascii=False)
