"""Framing of messages and tools, by the counts that OpenAI's interface printed for its cookbook."""

from __future__ import annotations

from typing import Any

import pytest

from scrimp.catalog.models import Model, resolve
from scrimp.tokens.families import count_for
from scrimp.tokens.overhead import chat_tokens, overhead, tool_tokens

JARGON = [
    {
        "role": "system",
        "content": "You are a helpful, pattern-following assistant that translates corporate jargon into "
        "plain English.",
    },
    {"role": "system", "name": "example_user", "content": "New synergies will help drive top-line growth."},
    {
        "role": "system",
        "name": "example_assistant",
        "content": "Things working well together will increase revenue.",
    },
    {
        "role": "system",
        "name": "example_user",
        "content": "Let's circle back when we have more bandwidth to touch base on opportunities for "
        "increased leverage.",
    },
    {
        "role": "system",
        "name": "example_assistant",
        "content": "Let's talk later when we're less busy about how to do better.",
    },
    {
        "role": "user",
        "content": "This late pivot means we don't have time to boil the ocean for the client deliverable.",
    },
]

WEATHER = [
    {
        "role": "system",
        "content": "You are a helpful assistant that can answer to questions about the weather.",
    },
    {"role": "user", "content": "What's the weather like in San Francisco?"},
]

WEATHER_FUNCTION: dict[str, Any] = {
    "name": "get_current_weather",
    "description": "Get the current weather in a given location",
    "parameters": {
        "type": "object",
        "properties": {
            "location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"},
            "unit": {
                "type": "string",
                "description": "The unit of temperature to return",
                "enum": ["celsius", "fahrenheit"],
            },
        },
        "required": ["location"],
    },
}
WEATHER_TOOL = {"type": "function", "function": WEATHER_FUNCTION}


def known(name: str) -> Model:
    model = resolve(name)
    assert model is not None
    return model


@pytest.mark.parametrize(
    ("name", "tokens"),
    [("gpt-3.5-turbo", 129), ("gpt-4-0613", 129), ("gpt-4", 129), ("gpt-4o", 124), ("gpt-4o-mini", 124)],
)
def test_the_cookbooks_messages_count_what_the_interface_counted(name: str, tokens: int) -> None:
    assert chat_tokens(JARGON, known(name)) == tokens


@pytest.mark.parametrize(
    ("name", "tokens"), [("gpt-3.5-turbo", 105), ("gpt-4", 105), ("gpt-4o", 101), ("gpt-4o-mini", 101)]
)
def test_the_cookbooks_tool_counts_what_the_interface_counted(name: str, tokens: int) -> None:
    model = known(name)
    assert chat_tokens(WEATHER, model) + tool_tokens([WEATHER_TOOL], model) == tokens


@pytest.mark.parametrize("name", ["gpt-4o", "gpt-4", "claude-sonnet-4-5", "gemini-2.5-pro"])
def test_messages_are_their_texts_and_the_overhead(name: str) -> None:
    model = known(name)
    texts = sum(count_for(message["content"], model).typical or 0 for message in WEATHER)
    assert chat_tokens(WEATHER, model) == overhead(model, messages=2) + texts


@pytest.mark.parametrize(
    ("name", "messages", "tools", "tokens"),
    [
        ("gpt-4o", 1, 0, 7),
        ("gpt-4o", 2, 0, 11),
        ("gpt-4o", 2, 3, 11 + 12 + 3 * 7),
        ("gpt-4o", 0, 0, 0),
        ("claude-sonnet-4-5", 1, 0, 8),
        ("claude-sonnet-4-5", 0, 1, 496 + 58),
        ("us.anthropic.claude-opus-4-7", 0, 1, 675 + 58),
        ("claude-opus-4-20250514", 0, 1, 313 + 58),
        ("gemini-2.5-pro", 5, 2, 0),
        ("text-embedding-3-small", 1, 0, 0),
    ],
)
def test_overhead_counts_framing_only(name: str, messages: int, tools: int, tokens: int) -> None:
    assert overhead(known(name), messages, tools) == tokens


def test_an_unknown_model_is_framed_as_openai_does() -> None:
    assert overhead(None, 2, 1) == overhead(known("gpt-4o"), 2, 1)
    assert tool_tokens([], None) == 0


def test_tools_count_the_same_in_every_interfaces_form() -> None:
    model = known("gpt-4o")
    flat = {"type": "function", **WEATHER_FUNCTION}
    anthropic = {
        "name": WEATHER_FUNCTION["name"],
        "description": WEATHER_FUNCTION["description"],
        "input_schema": WEATHER_FUNCTION["parameters"],
    }
    assert tool_tokens([WEATHER_TOOL], model) == tool_tokens([flat], model) == tool_tokens([anthropic], model)


def test_a_full_stop_at_the_end_of_a_description_is_free() -> None:
    model = known("gpt-4o")
    stopped = {**WEATHER_FUNCTION, "description": f"{WEATHER_FUNCTION['description']}."}
    assert tool_tokens([stopped], model) == tool_tokens([WEATHER_FUNCTION], model)


def test_properties_of_nested_objects_are_counted() -> None:
    model = known("gpt-4o")
    inner = {"type": "object", "properties": {"city": {"type": "string", "description": "Where"}}}
    for outer in (inner, {"type": "array", "items": inner}):
        nested = {"name": "f", "parameters": {"type": "object", "properties": {"place": outer}}}
        shallow = {
            "name": "f",
            "parameters": {"type": "object", "properties": {"place": {"type": outer["type"]}}},
        }
        assert tool_tokens([nested], model) > tool_tokens([shallow], model)
