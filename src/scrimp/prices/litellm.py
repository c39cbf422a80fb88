"""LiteLLM's price table: one JSON object of many models, with batch prices and cache minima, kept almost daily.

It lies in LiteLLM's wheel and in its repository (MIT licence); ``scripts/refresh_prices.py`` reads the first, and
``scrimp prices --refresh`` either.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Any, TypeAlias

from scrimp.catalog.names import ModelName, canonical_provider, parse
from scrimp.prices.book import SERVICES
from scrimp.prices.rows import TIERED, Row, service, shortened
from scrimp.prices.snapshot import key

Table: TypeAlias = dict[str, tuple[str, Row]]
"""Rows by our keys, each with the name that the table itself uses."""

MODES = frozenset({"chat", "responses", "completion", "embedding"})
# Models on one's own machine: 0 is what calling them costs, not a price that is missing.
LOCAL = frozenset({"ollama", "vllm"})
MONEY = {
    "input": "input_cost_per_token",
    "output": "output_cost_per_token",
    "cached_input": "cache_read_input_token_cost",
    "cache_write": "cache_creation_input_token_cost",
    "cache_write_hour": "cache_creation_input_token_cost_above_1hr",
}
DIGITS = Context(prec=10)
SUFFIXES = {"batch": "batches", "flex": "flex", "priority": "priority"}


def parsed(content: bytes) -> Mapping[str, Any]:
    """The table's entries by name. Raises ``ValueError`` if the bytes are no JSON."""
    entries: Mapping[str, Any] = json.loads(content, parse_float=Decimal)
    return entries


def table_of(entries: Mapping[str, Any]) -> Table:
    """The rows of a table: what is billed by tokens of text, by providers that the catalogue knows."""
    table: Table = {}
    for native, listed in sorted(entries.items()):
        # Some providers' prices are only there as steps by the input's length, the first of which is the
        # usual price.
        entry = {**listed, **(listed.get("tiered_pricing") or [{}])[0]}
        if entry.get("mode") not in MODES or "input_cost_per_token" not in entry:
            continue
        name = name_of(native, entry["litellm_provider"])
        row = row_of(entry)
        # There, 0 mostly stands for a price that nobody entered.
        if name and row["output"] is not None and (row["input"] or is_known_free(native, name)):
            table.setdefault(key(name), (native, row))
    return table


def name_of(native: str, provider: str) -> ModelName | None:
    """An entry's name, with the entry's provider where the name tells none; ``None`` if it is unknown."""
    name = parse(native)
    known = name.provider or canonical_provider(provider.split("-", maxsplit=1)[0])
    return ModelName(known, name.zone, name.bare) if known else None


def row_of(entry: Row) -> Row:
    """An entry's figures in our fields; prices there are per token."""
    money = {field: entry.get(name) for field, name in MONEY.items()}
    if entry["mode"] == "embedding":
        money["output"] = 0
    elif not money["output"] and money["input"]:
        money["output"] = None
    return {
        **{field: per_million(price) for field, price in money.items()},
        # A write that costs nothing on top is listed there as 0; it costs what reading costs.
        "cache_write": per_million(money["cache_write"]) or None,
        **{name: service_of(entry, name) for name in SERVICES},
        "context_window": entry.get("max_input_tokens"),
        "max_output": entry.get("max_output_tokens"),
        "cache_minimum": whole(entry.get("prompt_cache_min_tokens")),
        "tiers": tiers_of(entry) or None,
    }


def tiers_of(entry: Row) -> list[list[Any]]:
    """The prices of long inputs, written there either as steps or as fields of their own."""
    names = [MONEY[field] for field in TIERED]
    steps = [
        (int(step["range"][0]), [step.get(name) for name in names])
        for step in entry.get("tiered_pricing", ())
    ]
    fields = [
        (limit * 1000, [entry.get(f"{name}_above_{limit}k_tokens") for name in names])
        for limit in (100, 128, 200, 272)
    ]
    return [
        [above, *shortened([per_million(price) for price in prices])]
        for above, prices in [*steps, *fields]
        if above > 0 and None not in prices[:2]
    ]


def service_of(entry: Row, name: str) -> list[Any] | None:
    """An entry's prices of another way to be served, each per million tokens."""
    prices = [per_million(entry.get(f"{MONEY[field]}_{SUFFIXES[name]}")) for field in TIERED]
    return service(prices, [per_million(entry.get(MONEY[field])) for field in TIERED])


def is_known_free(native: str, name: ModelName) -> bool:
    """Whether 0 is the price of an entry, rather than one that is missing."""
    return native.endswith(":free") or (name.provider in LOCAL and not native.endswith("cloud"))


def whole(number: Decimal | int | None) -> int | None:
    """A number of tokens; the table writes some with a decimal point."""
    return None if number is None else int(number)


def per_million(price: Decimal | int | None) -> Decimal | None:
    """A price for a token as one for a million tokens, without the noise of a table that was made of floats."""
    return None if price is None else DIGITS.plus(Decimal(price) * 1_000_000)
