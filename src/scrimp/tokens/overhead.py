"""What a request's framing costs on top of its texts: the marks around messages, and tools.

The rules are data, one per family, each with its source (see ``framing``). OpenAI's are exact for the models they were
published for; the others are measurements of third parties or, where there is none, OpenAI's as an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scrimp.catalog.models import Model
from scrimp.tokens.families import count_for
from scrimp.tokens.framing import ToolFraming, message_framing, tool_framing, tool_prompt


def overhead(model: Model | None, messages: int, tools: int = 0, forced: bool = False) -> int:
    """The framing tokens of a request with so many messages and tools, their texts and schemas left out.

    ``forced`` tells that the model must use a tool (``tool_choice`` any, required, or one by its name).
    """
    framing = message_framing(model)
    tokens = framing.once + messages * (framing.per_message + framing.per_role) if messages else 0
    if tools:
        rule = tool_framing(model)
        tokens += tool_prompt(model, forced) + rule.once + tools * (rule.per_tool + rule.per_description)
    return tokens


def chat_tokens(messages: Sequence[Mapping[str, str]], model: Model | None) -> int:
    """The tokens of a request's messages (``role``, ``content`` and maybe ``name``), framing included."""
    framing = message_framing(model)
    tokens = overhead(model, len(messages))
    for message in messages:
        tokens += _typical(message.get("content", ""), model)
        if framing.per_name and "name" in message:
            tokens += framing.per_name + _typical(message["name"], model)
    return tokens


def tool_tokens(tools: Sequence[Mapping[str, Any]], model: Model | None, forced: bool = False) -> int:
    """The tokens of a request's tools, framing included, in the form of OpenAI's or Anthropic's interfaces.

    OpenAI's rule was published for flat schemas; objects within objects are counted by the same constants.
    """
    if not tools:
        return 0
    rule = tool_framing(model)
    return tool_prompt(model, forced) + rule.once + sum(_tool(tool, rule, model) for tool in tools)


def _tool(tool: Mapping[str, Any], rule: ToolFraming, model: Model | None) -> int:
    function = tool.get("function", tool)
    schema = function.get("parameters") or function.get("input_schema") or {}
    said = _sentence(function)
    text = f"{function.get('name', '')}:{said}"
    framing = rule.per_tool + (rule.per_description if said else 0)
    return framing + _typical(text, model) + _properties(schema, rule, model)


def _properties(schema: Mapping[str, Any], rule: ToolFraming, model: Model | None) -> int:
    properties = schema.get("properties") or {}
    tokens = rule.first_property if properties else 0
    for name, described in properties.items():
        values = described.get("enum") or ()
        said = _sentence(described)
        tokens += rule.per_property + (rule.per_property_description if said else 0)
        tokens += _typical(f"{name}:{described.get('type', '')}:{said}", model)
        tokens += rule.per_enum if values else 0
        tokens += sum(rule.per_enum_value + _typical(str(value), model) for value in values)
        tokens += _properties(described, rule, model) + _properties(described.get("items") or {}, rule, model)
    return tokens


def _sentence(described: Mapping[str, Any]) -> str:
    """A description without the full stop at its end, which OpenAI was seen not to count."""
    return str(described.get("description") or "").removesuffix(".")


def _typical(text: str, model: Model | None) -> int:
    return count_for(text, model).typical or 0
