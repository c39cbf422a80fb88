"""What a request's framing costs on top of its texts: the marks around messages, and tools.

The rules are data, one per family, each with its source (see ``framing``). OpenAI's are exact for the models they were
published for; the others are measurements of third parties or, where there is none, OpenAI's as an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scrimp.catalog.models import Model
from scrimp.tokens.families import count_for
from scrimp.tokens.framing import ToolFraming, built_in_tool, message_framing, tool_framing, tool_prompt

NESTED = ("function", "toolSpec", "function_declarations", "functionDeclarations")
"""Where tools of OpenAI's chat interface, Bedrock and Google have their functions."""
SCHEMAS = ("parameters", "input_schema", "inputSchema", "parametersJsonSchema", "parameters_json_schema")
"""Where functions have their schemas."""


def overhead(
    model: Model | None,
    messages: int,
    tools: int = 0,
    schemas: Sequence[Mapping[str, Any]] = (),
    forced: bool = False,
) -> int:
    """The framing tokens of a request with so many messages and tools, the messages' texts left out.

    ``schemas`` are those of its tools that are known, in the form of any interface; they are counted with all text that
    is in them. ``forced`` tells that the model must use a tool (``tool_choice`` any, required, or one by its name).
    """
    framing = message_framing(model)
    tokens = framing.once + messages * (framing.per_message + framing.per_role) if messages else 0
    if tools or schemas:
        rule = tool_framing(model)
        tokens += tool_prompt(model, forced) + rule.once
        tokens += max(0, tools - len(schemas)) * (rule.per_tool + rule.per_description)
        tokens += sum(_tool(each, rule, model) for each in schemas)
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
    """The tokens of a request's tools, framing included.

    OpenAI's rule was published for flat schemas; objects within objects are counted by the same constants.
    """
    return overhead(model, 0, 0, tools, forced)


def _tool(tool: Mapping[str, Any], rule: ToolFraming, model: Model | None) -> int:
    known = built_in_tool(tool.get("type"), model)
    return sum(_function(each, rule, model) for each in _functions(tool)) if known is None else known


def _functions(tool: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The functions that a tool declares: itself, or what Bedrock and Google have inside of it."""
    for key in NESTED:
        inner = tool.get(key)
        if isinstance(inner, Mapping):
            yield inner
            return
        if isinstance(inner, list):
            yield from (each for each in inner if isinstance(each, Mapping))
            return
    yield tool


def _function(function: Mapping[str, Any], rule: ToolFraming, model: Model | None) -> int:
    text = _line(function.get("name"), _sentence(function))
    framing = rule.per_tool + (rule.per_description if "description" in function else 0)
    schema = next((function[key] for key in SCHEMAS if key in function), None)
    if isinstance(schema, Mapping) and isinstance(schema.get("json"), Mapping):
        schema = schema["json"]  # Bedrock's inputSchema
    return framing + _typical(text, model) + _properties(schema, rule, model)


def _properties(schema: object, rule: ToolFraming, model: Model | None) -> int:
    """The properties of a schema and of all schemas in it; what is no schema, as code may have it, has none."""
    if not isinstance(schema, Mapping):
        return 0
    properties = schema.get("properties")
    tokens = 0
    if isinstance(properties, Mapping) and properties:
        tokens = rule.first_property
        tokens += sum(_property(name, each, rule, model) for name, each in properties.items())
    inner = [schema.get("items")]
    for key in ("anyOf", "oneOf", "allOf"):
        alternatives = schema.get(key)
        inner += alternatives if isinstance(alternatives, list) else []
    return tokens + sum(_properties(each, rule, model) for each in inner)


def _property(name: str, described: object, rule: ToolFraming, model: Model | None) -> int:
    if not isinstance(described, Mapping):
        return rule.per_property + _typical(name, model)
    tokens = rule.per_property + (rule.per_property_description if "description" in described else 0)
    tokens += _typical(_line(name, described.get("type"), _sentence(described)), model)
    values = described.get("enum")
    if isinstance(values, list) and values:
        tokens += rule.per_enum
        tokens += sum(rule.per_enum_value + _typical(str(value), model) for value in values)
    return tokens + _properties(described, rule, model)


def _line(*parts: object) -> str:
    """Parts with colons between them, which a description that is counted apart begins with: they are one token."""
    return ":".join(str(part) for part in parts if part)


def _sentence(described: Mapping[str, Any]) -> str:
    """A description without the full stop at its end, which OpenAI was seen not to count."""
    return str(described.get("description") or "").removesuffix(".")


def _typical(text: str, model: Model | None) -> int:
    return count_for(text, model).typical or 0
