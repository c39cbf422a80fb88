"""The table of what framing costs (``data/framing.json``), with sources: messages, tools, answers' schemas, images."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct

from scrimp.catalog.models import Model
from scrimp.tokens.vocabularies import DATA

Row = TypeVar("Row")


class MessageFraming(Struct, frozen=True):
    """Tokens of framing: once a request, for each message, its role, and a ``name`` on top of its text."""

    once: int
    per_message: int
    per_role: int = 0
    per_name: int = 0
    source: str = ""


class ToolFraming(Struct, frozen=True):
    """Tokens of framing of tools: once a request that has any, and for each tool and part of its schema.

    ``first_property`` comes on top for each object that has any.
    """

    once: int = 0
    per_tool: int = 0
    per_description: int = 0
    first_property: int = 0
    per_property: int = 0
    per_property_description: int = 0
    per_enum: int = 0
    per_enum_value: int = 0
    source: str = ""


def message_framing(model: Model | None) -> MessageFraming:
    """How a model's messages are framed; one that isn't known is taken to be framed as OpenAI's are."""
    table = _messages()
    return table.get(model.family if model else "") or table[""]


def tool_framing(model: Model | None) -> ToolFraming:
    """How a model's tools are framed; likewise."""
    table = _tools()
    return table.get(model.family if model else "") or table[""]


def tool_prompt(model: Model | None, forced: bool) -> int:
    """Tokens of the system prompt that the provider adds to a request with tools, ``forced`` to use one or not."""
    prompts = longest(_table()["tool_prompts"], model)
    return prompts[forced] if prompts else 0


def built_in_tool(kind: object, model: Model | None) -> int | None:
    """Tokens of a tool that a model knows by its type (``bash_20250124``); ``None`` for any other."""
    if not isinstance(kind, str) or model is None or not model.family.startswith("claude"):
        return None
    name = kind.rpartition("_")[0]
    tokens = _table()["built_in_tools"].get(name) if name != "source" else None
    return tokens if isinstance(tokens, int) else None


def answer_framing(model: Model | None) -> str:
    """The text in which a model is sent the ``{schema}`` of its answer, and the ``{name}`` of that; likewise."""
    table = _table()["answers"]
    text: str = (table.get(model.family if model else "") or table[""])["text"]
    return text


def image_row(model: Model | None) -> Mapping[str, Any] | None:
    """The row of ``images`` for a model; ``None`` if nothing is known of how it counts them."""
    row: Mapping[str, Any] | None = longest(_table()["images"], model)
    return row


def longest(rows: Mapping[str, Any], model: Model | None) -> Any:
    """The row with the longest name that the model's begins with, as words."""
    name = f"{model.name}-" if model else ""
    found = [prefix for prefix in rows if name.startswith((f"{prefix}-", f"{prefix}."))]
    return rows[max(found, key=len)] if found else None


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((DATA / "framing.json").read_bytes())
    return table


@lru_cache(maxsize=1)
def _messages() -> Mapping[str, MessageFraming]:
    return {family: MessageFraming(**row) for family, row in _table()["messages"].items()}


@lru_cache(maxsize=1)
def _tools() -> Mapping[str, ToolFraming]:
    return {family: ToolFraming(**row) for family, row in _table()["tools"].items()}
