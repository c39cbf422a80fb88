"""Anthropic's usage and cost reports of an organization, as pages of its Admin API.

Sources: platform.claude.com, Admin API, "Get Messages Usage Report" and "Get Cost Report", as read in November 2026,
and Anthropic's cookbook ``observability/usage_cost_api.ipynb`` (github.com/anthropics/anthropic-cookbook at a029bcc).

The usage report counts tokens and no calls. Its input is in three parts that don't overlap: ``uncached_input_tokens``,
``cache_read_input_tokens`` and ``cache_creation``, which has one number for each lifetime. Amounts of the cost report
are decimal strings in cents. Costs of the priority tier are in neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from scrimp.usage.exports import Sample
from scrimp.usage.importers.importer import Importer
from scrimp.usage.rows import PassedOver, Row, RowError, in_dollars, moment, money, text, whole
from scrimp.usage.streams import Layout, Record

PROVIDER = "anthropic"
CENTS = 100
GROUPS = (
    "workspace_id",
    "api_key_id",
    "account_id",
    "service_account_id",
    "model",
    "service_tier",
    "context_window",
    "inference_geo",
    "speed",
    "description",
    "cost_type",
    "token_type",
)
"""What results are grouped by: with the bucket it identifies one."""


def _knows(sample: Sample) -> bool:
    return not sample.columns and sample.mentions("starting_at", "ending_at", "results")


def _rows(record: Record) -> Iterator[Row | PassedOver]:
    start = moment(record.get("starting_at"), "starting_at")
    end = moment(record.get("ending_at"), "ending_at")
    if end <= start:
        raise RowError("ending_at: the bucket ends before it starts")
    for result in record.get("results") or ():
        if not isinstance(result, dict):
            raise RowError("results: holds something that is no result")
        kind = "cost" if "amount" in result else "usage"
        groups = [text(result.get(name)) for name in GROUPS]
        identity = json.dumps([kind, start, end, *groups])
        yield _cost(identity, start, end, result) if kind == "cost" else _usage(identity, start, end, result)


def _usage(identity: str, start: float, end: float, result: Record) -> Row:
    cached = whole(result.get("cache_read_input_tokens"), "cache_read_input_tokens")
    creation = result.get("cache_creation")
    parts = creation.items() if isinstance(creation, Mapping) else ()
    written = sum(whole(value, f"cache_creation.{name}") for name, value in parts)
    return Row(
        identity,
        start,
        end,
        PROVIDER,
        text(result.get("model")),
        text(result.get("workspace_id")),
        calls=None,
        input=whole(result.get("uncached_input_tokens"), "uncached_input_tokens") + cached + written,
        cached=cached,
        written=written,
        output=whole(result.get("output_tokens"), "output_tokens"),
    )


def _cost(identity: str, start: float, end: float, result: Record) -> Row:
    in_dollars(result.get("currency"))
    cents = money(result.get("amount"), "amount", refunds=True)
    if cents is None:
        raise RowError("amount: is missing")
    model, project = text(result.get("model")), text(result.get("workspace_id"))
    return Row(identity, start, end, PROVIDER, model, project, calls=None, usd=cents / CENTS)


IMPORTER = Importer(
    "anthropic",
    "Anthropic usage and cost reports",
    _knows,
    Layout(("data",), more="has_more"),
    _rows,
    in_buckets=True,
)
