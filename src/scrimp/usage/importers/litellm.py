"""LiteLLM's log of spend: rows of the table ``LiteLLM_SpendLogs`` as JSON, JSON lines or CSV, one a call.

Source: the model ``LiteLLM_SpendLogs`` of LiteLLM's ``schema.prisma`` (github.com/BerriAI/litellm at 029f645, 2026).
``request_id`` is the table's key. ``prompt_tokens`` include what was cached; how much that was stands in
``metadata.usage_object``, as providers report it. What the proxy answered from its own cache (``cache_hit``) and calls
that failed reached no provider's bill.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from scrimp.usage.exports import Sample
from scrimp.usage.importers.importer import Importer
from scrimp.usage.rows import PassedOver, Row, RowError, moment, money, text, whole
from scrimp.usage.streams import Layout, Record

OWN_TAGS = ("User-Agent:", "Credential:")
"""Tags that the proxy adds by itself: they tell the client, not the prompt."""


def _knows(sample: Sample) -> bool:
    return sample.mentions("request_id", "spend", "prompt_tokens", "completion_tokens")


def _rows(record: Record) -> Iterator[Row | PassedOver]:
    identity = text(record.get("request_id"))
    if not identity:
        raise RowError("request_id: is missing")
    if text(record.get("status")).lower() == "failure":
        yield PassedOver("calls that failed")
        return
    if text(record.get("cache_hit")).lower() == "true":
        yield PassedOver("answered from the proxy's own cache")
        return
    start = moment(record.get("startTime"), "startTime")
    metadata = _mapping(record.get("metadata"))
    usage = _mapping(metadata.get("usage_object"))
    details = _mapping(usage.get("prompt_tokens_details"))
    thought = _mapping(usage.get("completion_tokens_details")).get("reasoning_tokens")
    yield Row(
        identity,
        start,
        start + 1,
        text(record.get("custom_llm_provider")),
        text(record.get("model")) or text(record.get("model_group")),
        text(metadata.get("user_api_key_team_alias")) or text(record.get("team_id")),
        tags=_tags(record.get("request_tags")),
        input=whole(record.get("prompt_tokens"), "prompt_tokens"),
        cached=whole(usage.get("cache_read_input_tokens") or details.get("cached_tokens"), "cached_tokens"),
        written=whole(usage.get("cache_creation_input_tokens"), "cache_creation_input_tokens"),
        output=whole(record.get("completion_tokens"), "completion_tokens"),
        reasoning=whole(thought, "reasoning_tokens"),
        usd=money(record.get("spend"), "spend"),
    )


def _tags(value: object) -> tuple[str, ...]:
    tags = _decoded(value)
    if not isinstance(tags, list):
        return ()
    return tuple(sorted({text(tag) for tag in tags if text(tag) and not text(tag).startswith(OWN_TAGS)}))


def _mapping(value: object) -> Mapping[str, Any]:
    decoded = _decoded(value)
    return decoded if isinstance(decoded, Mapping) else {}


def _decoded(value: object) -> object:
    """A column of JSON, which a table holds as text."""
    if not isinstance(value, str) or not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise RowError(f"a column of JSON can't be read: {error}") from None


IMPORTER = Importer("litellm", "LiteLLM spend logs", _knows, Layout(("data",)), _rows)
