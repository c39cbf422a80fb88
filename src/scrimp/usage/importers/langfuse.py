"""Langfuse's observations: exports of its tables and to blob storage, and pages of its API, as JSON, JSON lines or CSV.

Sources: ``ObservationsView`` and ``ObservationV2`` of Langfuse's API definition and the exports' stream of observations
(github.com/langfuse/langfuse at 6275144, 2026-08-22: ``fern/apis/server/definition/commons.yml``,
``worker/src/features/database-read-stream``), and langfuse.com/docs, "Blob storage export field reference" (2026).
Exports from the page and the API write names in camel case, those to blob storage with underscores.

The keys of ``usageDetails`` don't overlap, apart from ``total``: cached input isn't counted under ``input`` too. Only
observations of the type ``GENERATION`` are calls of a model; one within another is a part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from scrimp.usage.exports import Sample
from scrimp.usage.importers.importer import Importer
from scrimp.usage.rows import PassedOver, Row, RowError, moment, money, text, whole
from scrimp.usage.streams import Layout, Record

CALL_TYPES = ("GENERATION",)


def _knows(sample: Sample) -> bool:
    return sample.mentions("traceId", "startTime", "usageDetails") or sample.mentions(
        "trace_id", "start_time", "usage_details"
    )


def _rows(record: Record) -> Iterator[Row | PassedOver]:
    kind = text(record.get("type")).upper()
    if kind not in CALL_TYPES:
        yield PassedOver(f"observations of the type {kind or '(none)'}")
        return
    identity = text(record.get("id"))
    if not identity:
        raise RowError("id: is missing")
    start = moment(_either(record, "startTime", "start_time"), "startTime")
    usage = _numbers(_either(record, "usageDetails", "usage_details"))
    costs = _mapping(_either(record, "costDetails", "cost_details"))
    parts = {name: whole(value, f"usageDetails.{name}") for name, value in usage.items()}
    inputs = {name: value for name, value in parts.items() if _is_input(name)}
    outputs = {name: value for name, value in parts.items() if _is_output(name)}
    usd = costs.get("total", _either(record, "totalCost", "total_cost", "calculatedTotalCost"))
    yield Row(
        identity,
        start,
        start + 1,
        model=text(_either(record, "providedModelName", "provided_model_name", "model")),
        project=text(record.get("environment")),
        prompt=text(_either(record, "promptName", "prompt_name")),
        tags=tuple(filter(None, (text(record.get("name")),))),
        input=sum(inputs.values()),
        cached=sum(value for name, value in inputs.items() if "cache" in name and not _is_written(name)),
        written=sum(value for name, value in inputs.items() if _is_written(name)),
        output=sum(outputs.values()),
        reasoning=sum(value for name, value in outputs.items() if "reasoning" in name),
        usd=money(usd, "costDetails.total"),
        parent=text(_either(record, "parentObservationId", "parent_observation_id")),
    )


def _is_input(name: str) -> bool:
    return "input" in name.lower() or name.lower().startswith(("cache", "prompt"))


def _is_output(name: str) -> bool:
    return not _is_input(name) and any(word in name.lower() for word in ("output", "completion", "reasoning"))


def _is_written(name: str) -> bool:
    return "cache" in name.lower() and any(word in name.lower() for word in ("creation", "write"))


def _either(record: Record, *names: str) -> object:
    return next((record[name] for name in names if record.get(name) not in (None, "")), None)


def _numbers(value: object) -> Mapping[str, object]:
    return {name: number for name, number in _mapping(value).items() if name != "total"}


def _mapping(value: object) -> Mapping[str, object]:
    """An object, which a table holds as text."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise RowError(f"a column of JSON can't be read: {error}") from None
    return value if isinstance(value, Mapping) else {}


IMPORTER = Importer("langfuse", "Langfuse observations", _knows, Layout(("data",)), _rows)
