"""OpenTelemetry's spans of generative AI as OTLP JSON: one request a file, or one a line as collectors write files.

Sources: the semantic conventions "generative client AI spans" (github.com/open-telemetry/semantic-conventions at
01d9450) with the attributes of cached and reasoned tokens of opentelemetry.io's registry, those for code ("Semantic
conventions for code", stable), and the JSON encoding of OTLP, which writes 64-bit integers as strings
(opentelemetry.io/docs/specs/otlp, read in November 2026). The older names of attributes are understood too.

Only spans of inference are calls of a model; agents, tools and embeddings are passed over. A span within another is a
part of it: a framework and the client below it both report a call. ``gen_ai.usage.input_tokens`` should include cached
tokens; where they are more than it, the exporter left them out, and they are added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scrimp.usage.exports import Sample
from scrimp.usage.importers.importer import Importer
from scrimp.usage.rows import PassedOver, Row, RowError, moment, text, whole
from scrimp.usage.streams import Layout, Record

INFERENCE = ("chat", "generate_content", "text_completion", "completion")
"""Values of ``gen_ai.operation.name`` that are calls of a model to generate."""
NANO = 10**9

INPUT = ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens")
OUTPUT = ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens")
CACHED = ("gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens")
WRITTEN = (
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
)
REASONING = ("gen_ai.usage.reasoning.output_tokens",)
MODEL = ("gen_ai.request.model", "gen_ai.response.model")
PROVIDER = ("gen_ai.provider.name", "gen_ai.system")
PATH = ("code.file.path", "code.filepath")
FUNCTION = ("code.function.name", "code.function")
PROMPT = ("gen_ai.prompt.name",)


def _knows(sample: Sample) -> bool:
    return sample.mentions("resourceSpans")


def _rows(record: Record) -> Iterator[Row | PassedOver]:
    attributes = _attributes(record.get("attributes"))
    operation = text(attributes.get("gen_ai.operation.name"))
    if not any(name.startswith("gen_ai.") for name in attributes):
        yield PassedOver("spans of something else than generative AI")
        return
    if operation and operation not in INFERENCE:
        yield PassedOver(f"spans of the operation {operation}")
        return
    if attributes.get("error.type") and not any(name in attributes for name in (*INPUT, *OUTPUT)):
        yield PassedOver("calls that failed")
        return
    trace, span = text(record.get("traceId")), text(record.get("spanId"))
    if not trace or not span:
        raise RowError("traceId or spanId: is missing")
    start = moment(
        whole(record.get("startTimeUnixNano"), "startTimeUnixNano", 10**19) // NANO, "startTimeUnixNano"
    )
    parent = text(record.get("parentSpanId"))
    held = whole(_first(attributes, INPUT), INPUT[0])
    cached, written = (
        whole(_first(attributes, CACHED), CACHED[0]),
        whole(_first(attributes, WRITTEN), WRITTEN[0]),
    )
    yield Row(
        f"{trace}/{span}",
        start,
        start + 1,
        text(_first(attributes, PROVIDER)),
        text(_first(attributes, MODEL)),
        text(_attributes(_resource(record)).get("service.name")),
        text(_first(attributes, PROMPT)),
        text(_first(attributes, PATH)),
        text(_first(attributes, FUNCTION)),
        input=held if held >= cached + written else held + cached + written,
        cached=cached,
        written=written,
        output=whole(_first(attributes, OUTPUT), OUTPUT[0]),
        reasoning=whole(_first(attributes, REASONING), REASONING[0]),
        parent=f"{trace}/{parent}" if parent.strip("0") else "",
    )


def _resource(record: Record) -> object:
    resource = record.get("resource")
    return resource.get("attributes") if isinstance(resource, Mapping) else None


def _attributes(pairs: object) -> dict[str, Any]:
    """Attributes by key, as plain values: those of other kinds than text and numbers are left out."""
    if not isinstance(pairs, list):
        return {}
    found = {}
    for pair in pairs:
        value = pair.get("value") if isinstance(pair, Mapping) else None
        if isinstance(value, Mapping) and isinstance(pair.get("key"), str):
            kind = next((kind for kind in ("stringValue", "intValue", "doubleValue") if kind in value), None)
            if kind is not None:
                found[pair["key"]] = value[kind]
    return found


def _first(attributes: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((attributes[name] for name in names if name in attributes), None)


IMPORTER = Importer(
    "otel",
    "OpenTelemetry spans (OTLP JSON)",
    _knows,
    Layout(("resourceSpans", "scopeSpans", "spans"), context="resource"),
    _rows,
)
