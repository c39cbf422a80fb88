"""The data of genai-prices: reviewed by people, with the dates and hours from which prices hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from scrimp.catalog.names import ModelName, canonical_provider, parse
from scrimp.prices.book import SERVICES
from scrimp.prices.litellm import Table
from scrimp.prices.rows import TIERED, Row, service, shortened
from scrimp.prices.snapshot import key

SOURCE = {"package": "genai-prices", "version": "0.2.3", "date": "2026-11-10", "licence": "MIT"}
"""The version to read, and the day on which it was published."""

MONEY = {
    "input": "input_mtok",
    "output": "output_mtok",
    "cached_input": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
    "cache_write_hour": "cache_write_1h_mtok",
}

CONTEXTS = {
    "batch": {"processing": "batch"},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
}
"""How this source is asked for other ways to be served."""


def rows_of(litellm: Table) -> dict[str, Row]:
    """The rows of genai-prices by our keys: for its own names, and for LiteLLM's that it understands."""
    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415 - installed by this script

    rows: dict[str, Row] = {}
    for provider in get_snapshot().providers:
        ours = canonical_provider(provider.id)
        if not ours:
            continue
        for native, model in [*own_names(provider), *their_names(provider, ours, litellm)]:
            name = parse(native)
            row = row_of(model)
            if row:
                rows.setdefault(key(ModelName(ours, name.zone, name.bare)), row)
    return rows


def own_names(provider: Any) -> Iterator[tuple[str, Any]]:
    """A provider's own names of its models here: their ids, and what their matches say exactly.

    An id with a path is another interface of the same provider, so it comes after those without.
    """
    models = sorted(provider.models, key=lambda model: "/" in model.id)
    for model in models:
        yield model.id.lower().rstrip("-"), model
    for model in models:
        for clause in (model.match, *getattr(model.match, "or_", ())):
            if hasattr(clause, "equals"):
                yield clause.equals.lower(), model


def their_names(provider: Any, ours: str, litellm: Table) -> Iterator[tuple[str, Any]]:
    """LiteLLM's names of a provider's models that this source understands, with or without the provider.

    It knows a few zones by names of its own and takes every other one for the model without a zone: those are
    left.
    """
    for name, (native, _) in litellm.items():
        written = native.lower()
        if name == f"{ours}/{parse(native).bare}":
            model = provider.find_model(written) or provider.find_model(written.split("/", 1)[-1])
            if model:
                yield written, model


def row_of(model: Any) -> Row | None:
    """A model's figures in our fields, at a fixed hour; ``None`` if it isn't billed by tokens of text."""
    when = datetime.fromisoformat(f"{SOURCE['date']}T12:00:00+00:00")
    standard = model.get_prices(when)
    row = {field: base(getattr(standard, name)) for field, name in MONEY.items()}
    if model.id.endswith(":free"):
        row |= {"input": Decimal(0), "output": Decimal(0)}
    if row["output"] is None and "embed" in model.id:
        row["output"] = Decimal(0)
    if row["input"] is None or row["output"] is None:
        return None
    services = {name: service_of(model, when, name) for name in SERVICES}
    return {**row, **services, "context_window": model.context_window, "tiers": tiers_of(standard)}


def service_of(model: Any, when: datetime, name: str) -> list[Any] | None:
    """A model's prices of another way to be served; asking for one that it hasn't gives the usual prices."""
    usual = [base(getattr(model.get_prices(when), MONEY[field])) for field in TIERED]
    prices = model.get_prices(when, CONTEXTS[name])
    return service([base(getattr(prices, MONEY[field])) for field in TIERED], usual)


def tiers_of(prices: Any) -> list[list[Any]] | None:
    """The prices of long inputs: from how many tokens on, and the price of the whole request then."""
    priced = [getattr(prices, MONEY[field]) for field in TIERED]
    limits = sorted({tier.start for price in priced for tier in getattr(price, "tiers", ())})
    return [[limit, *shortened([at(price, limit) for price in priced])] for limit in limits] or None


def base(price: Any) -> Decimal | None:
    """A price without regard to the input's length."""
    money: Decimal | None = getattr(price, "base", price)
    return money


def at(price: Any, limit: int) -> Decimal | None:
    """A price for inputs longer than a limit."""
    reached = [tier.price for tier in getattr(price, "tiers", ()) if tier.start <= limit]
    return reached[-1] if reached else base(price)
