"""What a request costs by its length, by the way it is served and by the region it is served in.

A long request is charged at higher prices for all of it; a batch or flex request at lower, a priority request at
higher ones, and so is one that is to stay in a region. Where a price list gives no price of a way to be served, a
provider's documented factor does; where there is none either, the price is unknown.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from scrimp.prices.book import LongInput, Price, Rates
from scrimp.tables import table

STANDARD = "standard"
"""The usual way to be served."""

USUAL = frozenset({"auto", "default", "on_demand", "standard", "standard_only", "unspecified"})
"""What calls name it, or what leaves it to the account: OpenAI's ``auto default``, Groq's ``on_demand``, Anthropic's
``standard_only``, Google's ``standard unspecified`` (their SDKs, November 2026)."""


ANYWHERE = frozenset(("", "global"))
"""Where requests are served that don't ask for a place, in providers' words."""


class Factor(Struct, frozen=True, forbid_unknown_fields=True):
    """A documented factor of the usual price: of a way to be served (``service``), or of a place (``region``).

    ``places`` are globs for the words that name it; ``host`` is the provider's usual one, before which addresses have
    the place.
    """

    providers: tuple[str, ...]
    factor: Decimal
    source: str
    date: date
    service: str = ""
    region: str = ""
    models: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    host: str = ""

    def covers(self, price: Price) -> bool:
        """Whether it holds for a model."""
        return price.provider in self.providers and (not self.models or price.model.startswith(self.models))

    def is_at(self, region: str) -> bool:
        """Whether a place, by its word or by an address, is one that it is for."""
        place = region.lower()
        if "://" in place:
            name = urlsplit(place).hostname or ""
            place = name.removesuffix(f".{self.host}") if name.endswith(f".{self.host}") else ""
        return place not in ANYWHERE and any(fnmatchcase(place, each) for each in self.places)


@lru_cache(maxsize=1)
def factors() -> tuple[Factor, ...]:
    """All documented factors."""
    tables = table(Path(__file__).with_name("serving.toml"))
    return msgspec.convert([*tables["service"], *tables["region"]], tuple[Factor, ...])


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


def rates_for(price: Price, tokens: int, service: str = STANDARD, region: str = "") -> Rates | None:
    """What a request with an input of so many tokens costs by the million, served in a region.

    A region that nobody is known to charge more for costs what any does.

    Lists tell the prices of long inputs for the usual way to be served; another way's bear the same proportion to
    them as its usual ones do, which is so for all such prices of OpenAI (82), Google (40) and xAI (28) in litellm
    1.109.1, and for 115 of 121 of Azure.
    """
    rates = service_rates(price, service)
    if rates is None:
        return None
    tier = next((each for each in reversed(price.long_input) if tokens > each.above), None)
    if tier is not None and service == STANDARD:
        rates = Rates(tier.input, tier.output, tier.cached_input, tier.cache_write)
    elif tier is not None:
        rates = _in_proportion(rates, price, tier)
    surcharge = next((each for each in regions(price) if each.is_at(region)), None) if region else None
    return rates if surcharge is None else _times(rates, surcharge.factor)


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
