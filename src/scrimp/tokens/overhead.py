"""What a request's framing costs on top of its texts: the marks around messages, and tools.

The rules are data, one per family, each with its source. OpenAI's are exact for the models they were
published for; the others are measurements of third parties or, where there is none, OpenAI's as an
assumption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scrimp.catalog.models import Model
from scrimp.tokens.families import count_for


@dataclass(frozen=True, slots=True)
class MessageFraming:
    """Tokens of framing: once a request, for each message, its role, and a ``name`` on top of its text."""

    once: int
    per_message: int
    per_role: int = 0
    per_name: int = 0


@dataclass(frozen=True, slots=True)
class ToolFraming:
    """Tokens of framing of tools: once a request that has any, and for each tool and part of its schema."""

    once: int
    per_tool: int
    properties: int
    per_property: int
    per_enum: int
    per_enum_value: int


# openai/openai-cookbook, examples/How_to_count_tokens_with_tiktoken.ipynb at c81359c: 3 a message, 1 more for
# a name, 3 once, checked there against the API for gpt-3.5-turbo, gpt-4, gpt-4o and gpt-4o-mini. Later
# families are assumed to do the same: for GPT-5 the API was seen to count 1 less. The name of every role is
# one token.
_OPENAI = MessageFraming(once=3, per_message=3, per_role=1, per_name=1)
MESSAGES: Mapping[str, MessageFraming] = {
    # ai-tokenizer 1.0.6 (2026), measured against count_tokens: 6 once, 2 a message.
    "claude-to-4.6": MessageFraming(once=6, per_message=2),
    "claude-from-4.7": MessageFraming(once=6, per_message=2),
    # ai-tokenizer 1.0.6 and the example of ai.google.dev/gemini-api/docs/tokens: a sentence of 10 tokens
    # counts 10.
    "gemini": MessageFraming(once=0, per_message=0),
    # An embedding's input has no messages.
    "embedding-3": MessageFraming(once=0, per_message=0),
}
"""The framing of messages by family; every other family is taken to frame them as OpenAI does."""

# The same notebook: constants of gpt-4o and of the models before it, for schemas without nesting.
_OPENAI_TOOLS = ToolFraming(once=12, per_tool=7, properties=3, per_property=3, per_enum=-3, per_enum_value=3)
_GPT_4_TOOLS = ToolFraming(once=12, per_tool=10, properties=3, per_property=3, per_enum=-3, per_enum_value=3)
TOOLS: Mapping[str, ToolFraming] = {
    "gpt-4": _GPT_4_TOOLS,
    "gemini": ToolFraming(0, 0, 0, 0, 0, 0),
}
"""The framing of tools by family, Claude's apart; every other family is taken to do as GPT-4o does."""

CLAUDE_TOOL_PROMPT: Mapping[str, int] = {
    "claude-opus-4-8": 290,
    "claude-opus-4-7": 675,
    "claude-opus-4-6": 497,
    "claude-opus-4-5": 496,
    "claude-opus-4": 313,
    "claude-sonnet-5": 354,
    "claude-sonnet-4-6": 497,
    "claude-sonnet-4-5": 496,
    "claude-sonnet-4": 313,
    "claude-haiku-4-5": 496,
    "claude-3-5-haiku": 264,
    "claude-3-opus": 530,
    "claude-3-haiku": 264,
    "claude-3-sonnet": 159,
    "claude-3": 346,
    "claude": 354,
}
"""Tokens of the system prompt that Anthropic adds to a request with tools whose choice is the model's.

By the longest prefix; from platform.claude.com/docs/en/agents-and-tools/tool-use/overview (2026; Claude 3:
2025). For newer models than Sonnet 5 no figure was found, theirs is Sonnet 5's.
"""


def overhead(model: Model | None, messages: int, tools: int = 0) -> int:
    """The framing tokens of a request with so many messages and tools, their texts and schemas left out."""
    framing = _messages(model)
    tokens = framing.once + messages * (framing.per_message + framing.per_role) if messages else 0
    if tools:
        rule = _tools(model)
        tokens += rule.once + tools * rule.per_tool
    return tokens


def chat_tokens(messages: Sequence[Mapping[str, str]], model: Model | None) -> int:
    """The tokens of a request's messages (``role``, ``content`` and maybe ``name``), framing included."""
    framing = _messages(model)
    tokens = overhead(model, len(messages))
    for message in messages:
        tokens += _typical(message.get("content", ""), model)
        if framing.per_name and "name" in message:
            tokens += framing.per_name + _typical(message["name"], model)
    return tokens


def tool_tokens(tools: Sequence[Mapping[str, Any]], model: Model | None) -> int:
    """The tokens of a request's tools, framing included, in the form of OpenAI's or Anthropic's interfaces.

    OpenAI's rule was published for flat schemas; objects within objects are counted by the same constants.
    """
    if not tools:
        return 0
    rule = _tools(model)
    return rule.once + sum(_tool(tool, rule, model) for tool in tools)


def _tool(tool: Mapping[str, Any], rule: ToolFraming, model: Model | None) -> int:
    function = tool.get("function", tool)
    schema = function.get("parameters") or function.get("input_schema") or {}
    text = f"{function.get('name', '')}:{_sentence(function)}"
    return rule.per_tool + _typical(text, model) + _properties(schema, rule, model)


def _properties(schema: Mapping[str, Any], rule: ToolFraming, model: Model | None) -> int:
    properties = schema.get("properties") or {}
    tokens = rule.properties if properties else 0
    for name, described in properties.items():
        values = described.get("enum") or ()
        text = f"{name}:{described.get('type', '')}:{_sentence(described)}"
        tokens += rule.per_property + _typical(text, model)
        tokens += rule.per_enum if values else 0
        tokens += sum(rule.per_enum_value + _typical(str(value), model) for value in values)
        tokens += _properties(described, rule, model) + _properties(described.get("items") or {}, rule, model)
    return tokens


def _sentence(described: Mapping[str, Any]) -> str:
    """A description without the full stop at its end, which OpenAI was seen not to count."""
    return str(described.get("description") or "").removesuffix(".")


def _typical(text: str, model: Model | None) -> int:
    return count_for(text, model).typical or 0


def _messages(model: Model | None) -> MessageFraming:
    return MESSAGES.get(model.family, _OPENAI) if model else _OPENAI


def _tools(model: Model | None) -> ToolFraming:
    if model and model.name.startswith("claude"):
        prompt = max((prefix for prefix in CLAUDE_TOOL_PROMPT if model.name.startswith(prefix)), key=len)
        # ai-tokenizer 1.0.6, measured: 53 a tool and 5 for its description, 12 a property and 5 for its
        # description, 1 more for the first, 9 for an enumeration.
        return ToolFraming(CLAUDE_TOOL_PROMPT[prompt], 58, 1, 17, 9, 0)
    return TOOLS.get(model.family, _OPENAI_TOOLS) if model else _OPENAI_TOOLS
