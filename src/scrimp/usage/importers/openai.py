"""OpenAI's usage and costs of an organization: pages of its API, and the CSV that the usage dashboard exports.

Sources: the schemas ``UsageTimeBucket``, ``UsageCompletionsResult`` and ``CostsResult`` of OpenAI's OpenAPI description
(github.com/openai/openai-openapi at f85dbe2, 2026-08-21). The dashboard's CSV has one row a result, with the bucket's
``start_time`` and ``end_time`` beside the same names; buckets without a result have only these (files
``completions_usage_*.csv`` and ``cost_*.csv`` as public projects describe them, 2025-10 and 2026-09).

``input_tokens`` include cached tokens and those written to the cache. A cost's ``line_item`` is the model and what is
billed of it, as in ``gpt-4o-2024-08-06, input``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from scrimp.usage.exports import Sample
from scrimp.usage.importers.importer import Importer
from scrimp.usage.rows import MOST_CALLS, PassedOver, Row, RowError, in_dollars, moment, money, text, whole
from scrimp.usage.streams import Layout, Record

PROVIDER = "openai"
GROUPS = ("project_id", "user_id", "api_key_id", "model", "batch", "service_tier", "api_source", "line_item")
"""What results are grouped by: with the bucket it identifies one."""
COSTS, COMPLETIONS = "organization.costs.result", "organization.usage.completions.result"


def _knows(sample: Sample) -> bool:
    if sample.columns:
        return sample.mentions("start_time", "end_time", "start_time_iso")
    return sample.mentions("object", "start_time", "results")


def _rows(record: Record) -> Iterator[Row | PassedOver]:
    start, end = moment(record.get("start_time"), "start_time"), moment(record.get("end_time"), "end_time")
    if end <= start:
        raise RowError("end_time: the bucket ends before it starts")
    results = record.get("results")
    if results is None:
        results = [record]
    for result in results:
        if not isinstance(result, dict):
            raise RowError("results: holds something that is no result")
        yield _row(result, start, end)


def _row(result: Record, start: float, end: float) -> Row | PassedOver:
    kind = text(result.get("object")) or _kind(result)
    identity = json.dumps([kind, start, end, *(text(result.get(name)) for name in GROUPS)])
    project = text(result.get("project_name")) or text(result.get("project_id"))
    if kind == COSTS:
        return _cost(identity, start, end, project, result)
    if kind != COMPLETIONS:
        return PassedOver(f"{kind.removeprefix('organization.') or 'buckets'} without completions")
    return Row(
        identity,
        start,
        end,
        PROVIDER,
        text(result.get("model")),
        project,
        calls=whole(result.get("num_model_requests"), "num_model_requests", MOST_CALLS),
        input=whole(result.get("input_tokens"), "input_tokens"),
        cached=whole(result.get("input_cached_tokens"), "input_cached_tokens"),
        written=whole(result.get("input_cache_write_tokens"), "input_cache_write_tokens"),
        output=whole(result.get("output_tokens"), "output_tokens"),
    )


def _cost(identity: str, start: float, end: float, project: str, result: Record) -> Row:
    amount = result.get("amount")
    amount = amount if isinstance(amount, dict) else {}
    in_dollars(amount.get("currency") or result.get("amount_currency"))
    usd = money(amount.get("value", result.get("amount_value")), "amount", refunds=True)
    if usd is None:
        raise RowError("amount: is missing")
    model = text(result.get("line_item")).partition(",")[0]
    return Row(identity, start, end, PROVIDER, model, project, calls=None, usd=usd)


def _kind(result: Record) -> str:
    """The object that a row of a table is."""
    if result.get("amount_value"):
        return COSTS
    return COMPLETIONS if result.get("num_model_requests") and "output_tokens" in result else ""


IMPORTER = Importer(
    "openai", "OpenAI usage and costs", _knows, Layout(("data",), more="has_more"), _rows, in_buckets=True
)
