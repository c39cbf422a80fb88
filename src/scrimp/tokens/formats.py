"""What it costs to tell a model the schema of its answer: it is a part of the input, in the provider's own words.

What is known of an answer is its shape, of which the schema is made here as SDKs make it of classes. How much they say
besides differs: that all members are required and no others allowed (strict formats ask for it), and pydantic's titles.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from msgspec import Struct

from scrimp.catalog.models import Model
from scrimp.model.amounts import Grade, Interval
from scrimp.model.answers import (
    Anything,
    Asked,
    Either,
    Many,
    Members,
    Nothing,
    Number,
    Options,
    Shape,
    Text,
    Truth,
)
from scrimp.tokens.framing import answer_framing

Count: TypeAlias = Callable[[str], int]
"""Tokens of a text."""

NOTHING_ASKED: Interval[int] = Interval(0, 0, 0, Grade.EXACT)


def format_tokens(asked: Asked | None, model: Model | None, count: Count) -> Interval[int]:
    """The tokens of what tells a model the answer that it is to give; descriptions are prompts of their own.

    Typical is a strict schema, at least one that only tells types, at most one with titles. Arguments of a tool are
    told with the tool (see ``overhead``).
    """
    if asked is None or asked.of_tool:
        return NOTHING_ASKED
    frame = answer_framing(model)

    def tokens(style: _Style) -> int:
        schema = json.dumps(style.schema(asked.shape), separators=(",", ":"), ensure_ascii=False)
        return count(frame.replace("{name}", asked.name).replace("{schema}", schema))

    return Interval(tokens(_BARE), tokens(_STRICT), tokens(_TITLED), Grade.HEURISTIC)


class _Style(Struct, frozen=True):
    """How much a schema says: ``strict`` that no member may be missing or added, ``titled`` their names again."""

    strict: bool = False
    titled: bool = False

    def schema(self, shape: Shape) -> dict[str, Any]:
        """The JSON Schema of a shape, its keys in the order in which pydantic writes them."""
        match shape:
            case Text(most=most):
                return ({} if most is None else {"maxLength": most}) | {"type": "string"}
            case Number():
                return {"type": "number"}
            case Truth():
                return {"type": "boolean"}
            case Nothing():
                return {"type": "null"}
            case Options(values=values):
                return {"enum": [json.loads(value) for value in values], "type": "string"}
            case Many(of=of):
                return {"items": self.schema(of), "type": "array"}
            case Members(members=members):
                return self._object(members)
            case Either(alternatives=alternatives):
                return {"anyOf": [self.schema(each) for each in alternatives]}
            case Anything():
                return {}

    def _object(self, members: tuple[tuple[str, Shape], ...]) -> dict[str, Any]:
        properties = {name: self._member(name, each) for name, each in members}
        if not self.strict:
            return {"properties": properties, "type": "object"}
        required = [name for name, _ in members]
        return {
            "additionalProperties": False,
            "properties": properties,
            "required": required,
            "type": "object",
        }

    def _member(self, name: str, shape: Shape) -> dict[str, Any]:
        return self.schema(shape) | ({"title": name.replace("_", " ").title()} if self.titled else {})


_BARE, _STRICT, _TITLED = _Style(), _Style(strict=True), _Style(strict=True, titled=True)
