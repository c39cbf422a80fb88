"""A month of the help desk's calls, invented call by call, and written down as its providers would bill it.

    python benchmarks/ledgers/helpdesk.py FOLDER [--seed N]

Nothing of scrimp is used here: what is written is what a back-test of scrimp is judged by. Every number that the
invention rests on stands in ``SERVICES`` and ``PRICES``: volumes, sizes of what fills the holes, lengths of answers,
shares read from a cache. Each call draws its sizes from log-normal distributions around them, weekends are quieter than
weekdays, and Anthropic's tokenizer is a factor away from OpenAI's. ``truth.json`` holds what all of it cost, in all and
by owner, with the means that a user could configure.

Four exports, each in the form that its source documents:

- ``openai-usage.json``: daily buckets of the organization's usage of completions, grouped by project and model
  (platform.openai.com/docs/api-reference/usage);
- ``anthropic-usage.json``: daily buckets of the messages usage report, grouped by workspace and model
  (docs.anthropic.com, Admin API, "Get Messages Usage Report");
- ``litellm-spend.jsonl``: rows of a LiteLLM proxy's ``LiteLLM_SpendLogs``, with request tags;
- ``otel-spans.json``: spans by the semantic conventions of OpenTelemetry for generative AI, as OTLP JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

START = datetime(2026, 10, 1, tzinfo=UTC)
DAYS = 31
DAYS_A_MONTH = 30.4375  # of the Gregorian calendar: 365.25 / 12


@dataclass(frozen=True)
class Service:
    """One call of the help desk: ``static`` are the fixed tokens of its prompts and framing, by OpenAI's count."""

    name: str
    owner: str
    provider: str
    model: str
    project: str
    path: str
    function: str
    calls_a_day: int
    static: int
    variables: dict[str, int]
    output: int
    output_cap: int
    hit_rate: float = 0.0


SERVICES = (
    Service("answer", "helpdesk/support", "anthropic", "claude-sonnet-4-5", "support", "support/answer.py",
            "answer", 5_200, 232, {"articles": 2400, "question": 60, "customer": 30}, 260, 600, 0.0),
    Service("triage", "helpdesk/support", "openai", "gpt-5-mini", "support", "support/triage.py",
            "triage", 6_400, 100, {"subject": 12, "body": 180}, 3, 20, 0.0),
    Service("rank", "helpdesk/search", "openai", "gpt-5-nano", "search", "search/rank.py",
            "rank", 9_100, 79, {"question": 40, "passages": 1500}, 55, 120, 0.0),
    Service("rewrite", "helpdesk/search", "google", "gemini-2.5-flash", "search", "search/rewrite.py",
            "rewrite", 650, 62, {"question": 40}, 45, 0, 0.0),
    Service("subjects", "helpdesk/growth", "openai", "gpt-4o", "growth", "marketing/src/campaign.ts",
            "campaign", 40, 80, {"audience": 25}, 70, 200, 0.0),
    Service("mail", "helpdesk/growth", "openai", "gpt-4o", "growth", "marketing/src/campaign.ts",
            "campaign", 40, 110, {"audience": 25, "products": 350}, 420, 0, 0.0),
    Service("review", "helpdesk/legal", "azure", "gpt-4o", "legal", "legal/review.prompty",
            "review", 30, 117, {"contract": 9000}, 700, 1200, 0.35),
)  # fmt: skip

PRICES = {
    # USD per million tokens: input, cached input, output. List prices, November 2026.
    "claude-sonnet-4-5": (3.00, 0.30, 15.00),
    "gpt-5-mini": (0.25, 0.025, 2.00),
    "gpt-5-nano": (0.05, 0.005, 0.40),
    "gpt-4o": (2.50, 1.25, 10.00),
    "gemini-2.5-flash": (0.30, 0.03, 2.50),
}
TOKENIZERS = {"anthropic": 1.17, "google": 1.06}
"""Tokens for each of OpenAI's, as this ledger's world has it; whoever reads the exports isn't told."""
SPREAD = 0.45
"""Standard deviation of the logarithm of sizes."""
WEEKEND = 0.55
"""Calls at the weekend, for each of a weekday's mean."""


@dataclass
class Call:
    """One call that was made."""

    service: Service
    at: datetime
    input: int
    cached: int
    output: int

    @property
    def money(self) -> float:
        """USD at list price."""
        full, cached, output = PRICES[self.service.model]
        return ((self.input - self.cached) * full + self.cached * cached + self.output * output) / 1e6


def around(mean: float, dice: random.Random) -> float:
    """A size with this mean, log-normal."""
    return dice.lognormvariate(math.log(mean) - SPREAD**2 / 2, SPREAD)


def calls(service: Service, dice: random.Random) -> list[Call]:
    """All calls of a month."""
    made = []
    factor = TOKENIZERS.get(service.provider, 1.0)
    for day in range(DAYS):
        date = START + timedelta(days=day)
        mean = service.calls_a_day * (WEEKEND if date.weekday() >= 5 else 1.0)
        for _ in range(max(0, round(dice.gauss(mean, math.sqrt(mean) * 2)))):
            size = service.static + sum(around(mean, dice) for mean in service.variables.values())
            size = round(size * factor)
            output = max(1, round(around(service.output, dice)))
            output = min(output, service.output_cap) if service.output_cap else output
            cached = size if dice.random() < service.hit_rate else 0
            made.append(Call(service, date + timedelta(seconds=dice.randrange(86_400)), size, cached, output))
    return made


def sums(made: list[Call]) -> dict[str, int]:
    """What buckets of usage add up."""
    return {
        "calls": len(made),
        "input": sum(each.input for each in made),
        "cached": sum(each.cached for each in made),
        "output": sum(each.output for each in made),
    }


def by_day(made: list[Call]) -> list[tuple[datetime, dict[tuple[str, str], list[Call]]]]:
    """Calls of each day by project and model."""
    days: dict[datetime, dict[tuple[str, str], list[Call]]] = defaultdict(lambda: defaultdict(list))
    for each in made:
        day = each.at.replace(hour=0, minute=0, second=0)
        days[day][each.service.project, each.service.model].append(each)
    return sorted(days.items())


def openai_usage(made: list[Call]) -> dict[str, Any]:
    """A page of the organization's usage."""
    buckets = []
    for day, groups in by_day(made):
        results = []
        for (project, model), group in sorted(groups.items()):
            total = sums(group)
            results.append(
                {
                    "object": "organization.usage.completions.result",
                    "input_tokens": total["input"],
                    "output_tokens": total["output"],
                    "input_cached_tokens": total["cached"],
                    "input_audio_tokens": 0,
                    "output_audio_tokens": 0,
                    "num_model_requests": total["calls"],
                    "project_id": f"proj_{project}",
                    "user_id": None,
                    "api_key_id": None,
                    "model": model,
                    "batch": False,
                    "service_tier": None,
                }
            )
        start = int(day.timestamp())
        buckets.append(
            {"object": "bucket", "start_time": start, "end_time": start + 86_400, "results": results}
        )
    return {"object": "page", "data": buckets, "has_more": False, "next_page": None}


def anthropic_usage(made: list[Call]) -> dict[str, Any]:
    """A page of the messages usage report."""
    buckets = []
    for day, groups in by_day(made):
        results = []
        for (project, model), group in sorted(groups.items()):
            total = sums(group)
            results.append(
                {
                    "uncached_input_tokens": total["input"] - total["cached"],
                    "cache_creation": {"ephemeral_1h_input_tokens": 0, "ephemeral_5m_input_tokens": 0},
                    "cache_read_input_tokens": total["cached"],
                    "output_tokens": total["output"],
                    "server_tool_use": {"web_search_requests": 0},
                    "api_key_id": None,
                    "workspace_id": f"wrkspc_{project}",
                    "model": f"{model}-20250929",
                    "service_tier": "standard",
                    "context_window": "0-200k",
                }
            )
        ends = day + timedelta(days=1)
        buckets.append({"starting_at": stamp(day), "ending_at": stamp(ends), "results": results})
    return {"data": buckets, "has_more": False, "next_page": None}


def litellm_rows(made: list[Call]) -> list[dict[str, Any]]:
    """Rows of the proxy's log of spend."""
    return [
        {
            "request_id": f"chatcmpl-{index:08d}",
            "call_type": "acompletion",
            "api_key": "88dc28d0f030c55ed4ab77ed8faf098196cb1c05",
            "spend": round(call.money, 9),
            "total_tokens": call.input + call.output,
            "prompt_tokens": call.input,
            "completion_tokens": call.output,
            "startTime": stamp(call.at),
            "endTime": stamp(call.at + timedelta(seconds=4)),
            "model": call.service.model,
            "custom_llm_provider": call.service.provider,
            "cache_hit": "False",
            "request_tags": [call.service.path],
            "team_id": call.service.project,
            "metadata": {
                "usage_object": {
                    "prompt_tokens": call.input,
                    "completion_tokens": call.output,
                    "prompt_tokens_details": {"cached_tokens": call.cached},
                }
            },
        }
        for index, call in enumerate(made)
    ]


def otel_spans(made: list[Call]) -> dict[str, Any]:
    """Spans of clients of models."""

    def attribute(key: str, value: str | int) -> dict[str, Any]:
        # OTLP JSON writes 64-bit integers as strings.
        kind = {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}
        return {"key": key, "value": kind}

    spans = []
    for index, call in enumerate(made):
        start = int(call.at.timestamp() * 1e9)
        spans.append(
            {
                "traceId": f"{index:032x}",
                "spanId": f"{index:016x}",
                "name": f"generate_content {call.service.model}",
                "kind": 3,
                "startTimeUnixNano": str(start),
                "endTimeUnixNano": str(start + 1_200_000_000),
                "attributes": [
                    attribute("gen_ai.operation.name", "generate_content"),
                    attribute("gen_ai.provider.name", "gcp.gemini"),
                    attribute("gen_ai.request.model", call.service.model),
                    attribute("gen_ai.response.model", call.service.model),
                    attribute("gen_ai.usage.input_tokens", call.input),
                    attribute("gen_ai.usage.output_tokens", call.output),
                    attribute("code.file.path", f"/srv/helpdesk/{call.service.path}"),
                    attribute("code.function.name", f"search.rewrite.{call.service.function}"),
                ],
                "status": {},
            }
        )
    resource = {"attributes": [attribute("service.name", "search")]}
    scope = {"name": "opentelemetry.instrumentation.google_generativeai"}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [{"scope": scope, "spans": spans}]}]}


def stamp(moment: datetime) -> str:
    """As the exports write times."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def truth(made: list[Call]) -> dict[str, Any]:
    """What it cost, scaled from the days of the ledger to an average month, and the means behind it."""
    scale = DAYS_A_MONTH / DAYS
    owners: dict[str, float] = defaultdict(float)
    services: dict[str, dict[str, Any]] = {}
    for service in SERVICES:
        own = [call for call in made if call.service is service]
        total = sums(own)
        money = sum(call.money for call in own)
        owners[service.owner] += money * scale
        services[service.name] = {
            "path": service.path,
            "function": service.function,
            "calls_per_month": round(total["calls"] * scale),
            "variables_as_billed": {
                name: round(mean * TOKENIZERS.get(service.provider, 1.0))
                for name, mean in service.variables.items()
            },
            "input_tokens": total["input"] / total["calls"],
            "output_tokens": total["output"] / total["calls"],
            "hit_rate": total["cached"] / total["input"],
            "monthly_usd": money * scale,
        }
    return {"monthly_usd": sum(owners.values()), "owners": owners, "services": services}


def main() -> None:
    """Write the exports and the truth."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    dice = random.Random(given.seed)
    made = [call for service in SERVICES for call in calls(service, dice)]
    of = {
        name: [call for call in made if call.service.provider == name]
        for name in ("openai", "anthropic", "azure", "google")
    }
    given.folder.mkdir(parents=True, exist_ok=True)
    written = {
        "openai-usage.json": json.dumps(openai_usage(of["openai"])),
        "anthropic-usage.json": json.dumps(anthropic_usage(of["anthropic"])),
        "litellm-spend.jsonl": "".join(json.dumps(row) + "\n" for row in litellm_rows(of["azure"])),
        "otel-spans.json": json.dumps(otel_spans(of["google"])),
        "truth.json": json.dumps(truth(made), indent=1),
    }
    for name, text in written.items():
        (given.folder / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} calls, ${truth(made)['monthly_usd']:.2f} a month, in {given.folder}")


if __name__ == "__main__":
    main()
