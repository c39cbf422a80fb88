"""Exports in the forms that their sources document, as text, and rows read from them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from scrimp.usage.exports import sample
from scrimp.usage.importers import recognise
from scrimp.usage.ledger import Cell
from scrimp.usage.reading import Choices, Reading, batches
from scrimp.usage.rows import PassedOver, Row
from scrimp.usage.streams import records

DAY = 1_790_812_800  # 2026-10-01, 00:00 UTC
SECONDS = 86_400


def openai_result(**said: Any) -> dict[str, Any]:
    return {
        "object": "organization.usage.completions.result",
        "input_tokens": 5000,
        "input_cached_tokens": 1800,
        "input_cache_write_tokens": 200,
        "output_tokens": 1000,
        "num_model_requests": 5,
        "project_id": "proj_abc",
        "user_id": None,
        "api_key_id": None,
        "model": "gpt-4o-mini-2024-07-18",
        "batch": False,
        "service_tier": None,
    } | said


def openai_page(*results: dict[str, Any], day: int = 0) -> dict[str, Any]:
    start = DAY + day * SECONDS
    bucket = {"object": "bucket", "start_time": start, "end_time": start + SECONDS, "results": list(results)}
    return {"object": "page", "data": [bucket], "has_more": False, "next_page": None}


def pages(*buckets: dict[str, Any], more: bool = False) -> str:
    """Buckets of several pages as one, which may tell that others follow."""
    data = [bucket for page in buckets for bucket in page["data"]]
    following = "page_2" if more else None
    return json.dumps({"object": "page", "data": data, "has_more": more, "next_page": following})


def anthropic_page(**said: Any) -> dict[str, Any]:
    result = {
        "uncached_input_tokens": 1500,
        "cache_creation": {"ephemeral_1h_input_tokens": 1000, "ephemeral_5m_input_tokens": 500},
        "cache_read_input_tokens": 200,
        "output_tokens": 500,
        "server_tool_use": {"web_search_requests": 10},
        "api_key_id": "apikey_1",
        "workspace_id": "wrkspc_1",
        "model": "claude-sonnet-4-5-20250929",
        "service_tier": "standard",
        "context_window": "0-200k",
    } | said
    return {
        "data": [
            {
                "starting_at": "2026-10-01T00:00:00Z",
                "ending_at": "2026-10-02T00:00:00Z",
                "results": [result],
            }
        ],
        "has_more": False,
        "next_page": None,
    }


def litellm_row(number: int = 0, **said: Any) -> dict[str, Any]:
    return {
        "request_id": f"chatcmpl-{number}",
        "call_type": "acompletion",
        "api_key": "88dc28d0f030c55ed4ab77ed8faf098196cb1c05",
        "spend": 0.001,
        "total_tokens": 130,
        "prompt_tokens": 100,
        "completion_tokens": 30,
        "startTime": "2026-10-01T10:00:00.000Z",
        "endTime": "2026-10-01T10:00:02.000Z",
        "model": "gpt-4o",
        "custom_llm_provider": "azure",
        "metadata": {
            "user_api_key_team_alias": "legal",
            "usage_object": {
                "prompt_tokens": 100,
                "prompt_tokens_details": {"cached_tokens": 40},
                "completion_tokens_details": {"reasoning_tokens": 10},
            },
        },
        "cache_hit": "False",
        "request_tags": ["User-Agent: openai", "app.py"],
        "team_id": "8f2c",
        "status": "success",
    } | said


def langfuse_row(number: int = 0, **said: Any) -> dict[str, Any]:
    return {
        "id": f"obs-{number}",
        "traceId": "trace-1",
        "type": "GENERATION",
        "name": "answer",
        "startTime": "2026-10-01T10:00:00.000Z",
        "endTime": "2026-10-01T10:00:02.000Z",
        "model": "gpt-4o",
        "usageDetails": {"input": 60, "input_cached_tokens": 40, "output": 20, "output_reasoning_tokens": 10, "total": 130},
        "costDetails": {"input": 0.0004, "output": 0.0006, "total": 0.001},
        "environment": "production",
        "parentObservationId": None,
        "promptName": "ANSWER",
        "promptVersion": 3,
    } | said  # fmt: skip


def span(number: int = 0, *, parent: str = "", said: Mapping[str, Any] | None = None) -> dict[str, Any]:
    attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.usage.input_tokens": 100,
        "gen_ai.usage.output_tokens": 30,
        "code.file.path": "/srv/app/app.py",
        "code.function.name": "app.answer",
    } | dict(said or {})
    return {
        "traceId": "5b8efff798038103d269b633813fc60c",
        "spanId": f"{number:016x}",
        "parentSpanId": parent,
        "name": "chat gpt-4o",
        "kind": 3,
        "startTimeUnixNano": str((DAY + 3600) * 10**9),
        "endTimeUnixNano": str((DAY + 3602) * 10**9),
        "attributes": [
            {
                "key": key,
                "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value},
            }
            for key, value in attributes.items()
            if value is not None
        ],
        "status": {},
    }


def otlp(*spans: dict[str, Any], service: str = "helpdesk") -> dict[str, Any]:
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]}
    scope = {"name": "opentelemetry.instrumentation.openai_v2"}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [{"scope": scope, "spans": list(spans)}]}]}


def focus_row(**said: Any) -> dict[str, Any]:
    return {
        "BilledCost": "1.50",
        "EffectiveCost": "1.25",
        "BillingCurrency": "USD",
        "ChargeCategory": "Usage",
        "ChargePeriodStart": "2026-10-01T00:00:00Z",
        "ChargePeriodEnd": "2026-10-02T00:00:00Z",
        "ConsumedQuantity": "500",
        "ConsumedUnit": "1K Tokens",
        "ProviderName": "Microsoft",
        "ServiceName": "Azure OpenAI",
        "SkuMeter": "gpt-4o 0806 Inp glbl Tokens",
        "SubAccountName": "search",
        "Tags": '{"team": "search"}',
    } | said


def table(*rows: dict[str, Any]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {key: json.dumps(each) if isinstance(each, dict | list) else each for key, each in row.items()}
        )
    return out.getvalue()


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def written(folder: Path, text: str, name: str = "export.json") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rows_of(path: Path) -> list[Row | PassedOver]:
    """What the importer that knows an export makes of it."""
    known = sample(path)
    importer = recognise(known)
    assert importer is not None
    return [
        row
        for found in records(path, known.shape, importer.layout)
        if found.record is not None
        for row in importer.rows(found.record)
    ]


def cells_of(*paths: Path, **chosen: Any) -> tuple[list[Cell], Reading]:
    reading = Reading()
    return [cell for batch in batches(paths, Choices(**chosen), reading) for cell in batch.cells], reading


Rows = list[dict[str, Any]]
ROWS: dict[str, tuple[Rows, Callable[[Rows], str]]] = {
    "openai": (
        [openai_page(openai_result(model=f"gpt-{number}"), day=number % 3) for number in range(7)],
        lambda rows: pages(*rows),
    ),
    "anthropic": (
        [anthropic_page(model=f"claude-{number}", workspace_id=f"w{number % 2}") for number in range(7)],
        lambda rows: pages(*rows),
    ),
    "litellm": ([litellm_row(number) for number in range(7)], lambda rows: lines(*rows)),
    "langfuse": ([langfuse_row(number) for number in range(7)], json.dumps),
    "otel": ([span(number) for number in range(1, 8)], lambda rows: json.dumps(otlp(*rows))),
    "focus": (
        [focus_row(SubAccountName=f"team {number}") for number in range(7)],
        lambda rows: table(*rows),
    ),
}
"""Rows of each source, and what makes an export of them."""
