"""Framing of messages and tools, by the counts that OpenAI's interface printed for its cookbook."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from scrimp.catalog.models import Model, resolve
from scrimp.tokens.families import count_for
from scrimp.tokens.overhead import chat_tokens, overhead, tool_tokens
from scrimp.tokens.vocabularies import DATA

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


@pytest.mark.parametrize(
    ("name", "auto", "forced"),
    [
        ("claude-opus-4-8", 290, 410),
        ("claude-opus-4-7", 675, 804),
        ("claude-opus-4-6", 497, 589),
        ("claude-opus-4-5", 496, 588),
        ("claude-opus-4-1", 313, 315),
        ("claude-opus-4-20250514", 313, 315),
        ("claude-sonnet-5", 354, 474),
        ("claude-sonnet-4-6", 497, 589),
        ("claude-sonnet-4-5", 496, 588),
        ("claude-sonnet-4", 313, 315),
        ("claude-haiku-4-5", 496, 588),
        ("claude-3-7-sonnet", 346, 313),
        ("claude-3-5-haiku", 264, 355),
        ("claude-3-5-sonnet-20240620", 294, 261),
        ("claude-3-opus", 530, 281),
        ("claude-3-sonnet", 159, 235),
        ("claude-3-haiku", 264, 340),
        ("claude-haiku-5-5", 354, 474),
    ],
)
def test_anthropics_tool_prompts_by_its_page_on_tool_use(name: str, auto: int, forced: int) -> None:
    a_tool = overhead(known(name), 0, 2) - overhead(known(name), 0, 1)
    assert overhead(known(name), 0, 1) == auto + a_tool
    assert overhead(known(name), 0, 1, forced=True) == forced + a_tool
    choice = tool_tokens([WEATHER_TOOL], known(name), forced=True) - tool_tokens([WEATHER_TOOL], known(name))
    assert choice == forced - auto


@pytest.mark.parametrize(
    ("kind", "tokens"),
    [("bash_20250124", 245), ("text_editor_20250429", 700), ("computer_20250124", 735 + 499)],
)
def test_tools_that_claude_knows_by_their_type(kind: str, tokens: int) -> None:
    tool = {"type": kind, "name": "tool"}

    assert tool_tokens([tool], known("claude-sonnet-4-5")) == 496 + tokens
    assert tool_tokens([tool], known("gpt-4o")) < 30
    assert tool_tokens([{"type": "custom_tool", "name": "tool"}], known("claude-sonnet-4-5")) < 496 + 60


@pytest.mark.parametrize(("name", "measured"), [("claude-sonnet-4-5", 549), ("claude-sonnet-4", 366)])
def test_a_bare_tool_of_claude_counts_what_ai_tokenizer_measured(name: str, measured: int) -> None:
    assert tool_tokens([{"name": "", "input_schema": {}}], known(name)) == pytest.approx(measured, abs=2)


def test_anthropics_example_of_counting_messages_within_15_percent() -> None:
    # platform.claude.com/docs/en/build-with-claude/token-counting: 14, printed alike for models of both tokenizers, so
    # that the least that is possible is compared. The system prompt is not framed as a message.
    model = known("claude-opus-4-6")
    texts = [count_for(text, model).low or 0 for text in ("You are a scientist", "Hello, Claude")]
    assert sum(texts) + overhead(model, 1) == pytest.approx(14, rel=0.15)


def test_anthropics_example_of_counting_a_tool_within_15_percent() -> None:
    # The same page: 403, which fits the tool prompt of Claude 3.7 and not those of the models it is printed for.
    location = {"type": "string", "description": "The city and state, e.g. San Francisco, CA"}
    tool = {
        "name": "get_weather",
        "description": "Get the current weather in a given location",
        "input_schema": {"type": "object", "properties": {"location": location}, "required": ["location"]},
    }
    messages = [{"role": "user", "content": "What's the weather like in San Francisco?"}]
    model = known("claude-3-7-sonnet")
    texts = (
        messages[0]["content"],
        f"get_weather:{tool['description']}",
        f"location:string:{location['description']}",
    )
    counted = [count_for(text, model) for text in texts]
    least = sum((each.low or 0) - (each.typical or 0) for each in counted)
    assert chat_tokens(messages, model) + tool_tokens([tool], model) + least == pytest.approx(403, rel=0.15)


def test_googles_example_of_counting_a_sentence() -> None:
    # ai.google.dev/gemini-api/docs/tokens: total_tokens 10, and 11 as the prompt of an answer.
    messages = [{"role": "user", "content": "The quick brown fox jumps over the lazy dog."}]
    assert chat_tokens(messages, known("gemini-2.5-flash")) in (10, 11)


def test_functions_count_the_same_wherever_an_interface_has_them() -> None:
    model = known("gpt-4o")
    bedrock = {"toolSpec": {**WEATHER_FUNCTION, "inputSchema": {"json": WEATHER_FUNCTION["parameters"]}}}
    del bedrock["toolSpec"]["parameters"]
    google = {"function_declarations": [WEATHER_FUNCTION]}
    alike = tool_tokens([WEATHER_TOOL], model)
    assert tool_tokens([bedrock], model) == tool_tokens([google], model) == alike


def test_tools_of_which_nothing_but_their_number_is_known_bear_their_framing() -> None:
    model = known("gpt-4o")
    assert overhead(model, 2, 2, [WEATHER_TOOL]) == overhead(model, 2, 1, [WEATHER_TOOL]) + 7
    assert overhead(model, 2, 1, [WEATHER_TOOL]) == overhead(model, 2) + tool_tokens([WEATHER_TOOL], model)


@pytest.mark.parametrize(
    "tool",
    [
        {},
        {"function": "f"},
        {"function": [1, {}]},
        {"name": 5, "parameters": "x"},
        {"parameters": {"properties": ["a"], "items": 1, "anyOf": {}}},
        {"parameters": {"properties": {"a": "string", "b": {"enum": "abc", "items": [1]}}}},
        {"parameters": {"anyOf": [1, {"properties": {"a": {}}}]}},
    ],
)
def test_what_is_no_schema_is_framing_and_no_failure(tool: dict[str, Any]) -> None:
    assert tool_tokens([tool], known("gpt-4o")) >= 12
    assert tool_tokens([tool], known("claude-sonnet-4-5")) >= 496


def test_every_figure_of_framing_says_where_it_is_from_and_when() -> None:
    table = json.loads((DATA / "framing.json").read_bytes())
    date.fromisoformat(table["date"])
    by_family = [row for name in ("messages", "tools", "answers") for row in table[name].values()]
    whole = [table[name] for name in ("tool_prompts", "built_in_tools", "images")]

    assert [row for row in (*by_family, *whole) if not row["source"]] == []
    assert all(
        re.search(r"20\d\d|^as |^the same|ai-tokenizer|^an embedding|cookbook", row["source"])
        for row in by_family
    )
    assert all(re.search(r"20\d\d", row["source"]) for row in whole)
