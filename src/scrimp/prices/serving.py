"""What a request costs by its length and by the way it is served.

A long request is charged at higher prices for all of it; a batch or flex request at lower, a priority request at
higher ones. Where a price list gives no price of a way to be served, a provider's documented factor does; where there
is none either, the price is unknown.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from scrimp.prices.book import LongInput, Price, Rates

STANDARD = "standard"
"""The usual way to be served."""

USUAL = frozenset({"auto", "default", "on_demand", "standard", "standard_only", "unspecified"})
"""What calls name it, or what leaves it to the account: OpenAI's ``auto default``, Groq's ``on_demand``, Anthropic's
``standard_only``, Google's ``standard unspecified`` (their SDKs, November 2026)."""


class Factor(Struct, frozen=True):
    """A documented factor of the usual price: of a way to be served (``service``), or of a place (``region``)."""

    providers: tuple[str, ...]
    factor: Decimal
    source: str
    date: date
    service: str = ""
    region: str = ""
    models: tuple[str, ...] = ()

    def covers(self, price: Price) -> bool:
        """Whether it holds for a model."""
        return price.provider in self.providers and (not self.models or price.model.startswith(self.models))


@lru_cache(maxsize=1)
def factors() -> tuple[Factor, ...]:
    """All documented factors."""
    tables = tomllib.loads(Path(__file__).with_name("serving.toml").read_text("utf-8"))
    return tuple(
        Factor(
            providers=tuple(row["providers"]),
            factor=Decimal(row["factor"]),
            source=row["source"],
            date=row["date"],
            service=row.get("service", ""),
            region=row.get("region", ""),
            models=tuple(row.get("models", ())),
        )
        for kind in ("service", "region")
        for row in tables[kind]
    )


def regions(price: Price) -> tuple[Factor, ...]:
    """The places in which a model costs more."""
    return tuple(each for each in factors() if each.region and each.covers(price))


def service_rates(price: Price, service: str = STANDARD) -> Rates | None:
    """The prices of a way to be served, for inputs of usual length; ``None`` if nobody tells them."""
    if service == STANDARD:
        return price.rates
    if service in price.services:
        return price.services[service]
    found = next((each for each in factors() if each.service == service and each.covers(price)), None)
    return None if found is None else _times(price.rates, found.factor)


def rates_for(price: Price, tokens: int, service: str = STANDARD) -> Rates | None:
    """What a request with an input of so many tokens costs by the million.

    Lists tell the prices of long inputs for the usual way to be served; another way's bear the same proportion to
    them as its usual ones do, which is so for all such prices of OpenAI (82), Google (40) and xAI (28) in litellm
    1.109.1, and for 115 of 121 of Azure.
    """
    rates = service_rates(price, service)
    tier = next((each for each in reversed(price.long_input) if tokens > each.above), None)
    if rates is None or tier is None:
        return rates
    if service == STANDARD:
        return Rates(tier.input, tier.output, tier.cached_input, tier.cache_write)
    return _in_proportion(rates, price, tier)


def _in_proportion(rates: Rates, price: Price, tier: LongInput) -> Rates:
    def scaled(own: Decimal | None, usual: Decimal | None, long: Decimal | None) -> Decimal | None:
        return None if own is None or not usual or long is None else own / usual * long

    return Rates(
        scaled(rates.input, price.input, tier.input) or Decimal(0),
        scaled(rates.output, price.output, tier.output) or Decimal(0),
        scaled(rates.cached_input, price.cached_input, tier.cached_input),
        scaled(rates.cache_write, price.cache_write, tier.cache_write),
    )


def _times(rates: Rates, factor: Decimal) -> Rates:
    def times(price: Decimal | None) -> Decimal | None:
        return None if price is None else price * factor

    return Rates(
        rates.input * factor,
        rates.output * factor,
        times(rates.cached_input),
        times(rates.cache_write),
        times(rates.cache_write_hour),
    )
