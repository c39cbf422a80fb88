"""What it costs to tell a model the schema of its answer."""

from __future__ import annotations

import json

import pytest

from scrimp.catalog.models import resolve
from scrimp.model.amounts import Grade
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
from scrimp.tokens.counting import count
from scrimp.tokens.formats import format_tokens


def counted(text: str) -> int:
    return count(text, "o200k_base")


LIST = Members((("items", Many(Text())),))
DOCUMENTED = """

# Response Formats

## shopping_list

{"properties":{"items":{"type":"array","items":{"type":"string"}}},"type":"object"}"""
"""The example of openai-harmony.md without its description, which is a prompt of its own."""


def of(name: str, shape: Shape, model: str = "gpt-4o", of_tool: bool = False) -> tuple[int, int, int]:
    found = format_tokens(Asked(shape, name, of_tool), resolve(model), counted)
    assert None not in (found.low, found.typical, found.high)
    return found.low or 0, found.typical or 0, found.high or 0


def test_openais_example_is_counted_as_it_is_documented() -> None:
    low, typical, high = of("shopping_list", LIST)

    assert low == pytest.approx(counted(DOCUMENTED), abs=1)  # the list's type stands before its items there
    assert low < typical < high


@pytest.mark.parametrize("model", ["gemini-2.5-pro", "claude-sonnet-4-5", "claude-opus-5"])
def test_elsewhere_the_schema_alone_is_known_to_be_sent(model: str) -> None:
    schema = {"properties": {"items": {"items": {"type": "string"}, "type": "array"}}, "type": "object"}

    assert of("shopping_list", LIST, model)[0] == counted(json.dumps(schema, separators=(",", ":")))


@pytest.mark.parametrize(
    "shape",
    [
        Text(),
        Text(40),
        Number(),
        Truth(),
        Nothing(),
        Anything(),
        Options(('"bill"', "3")),
        Either((Text(), Nothing())),
        Members(()),
    ],
)
def test_every_shape_has_a_schema(shape: Shape) -> None:
    low, typical, high = of("answer", Members((("one", shape), ("other_one", shape))))

    assert 0 < low < typical < high


def test_arguments_of_a_tool_are_told_with_the_tool() -> None:
    assert of("tool sort", LIST, of_tool=True) == (0, 0, 0)


def test_no_schema_costs_nothing_and_a_told_one_is_an_estimate() -> None:
    assert format_tokens(None, None, counted).high == 0
    assert format_tokens(Asked(LIST, "x"), None, counted).grade is Grade.HEURISTIC
