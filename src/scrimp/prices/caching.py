"""What a provider's prompt cache does to the price of a call: rules as data, and arithmetic on them.

A provider keeps the beginning of a request, in the order tools, system, messages, and reads it again for a fraction of
the price if a later request begins alike. So a request's *prefix* is what it sends up to the first hole that changes,
and its *cacheable* part is what of it the provider's minimum and steps leave. Nothing here assumes that anything is
read: how much is, is told, or is a scenario that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from scrimp.prices.book import Price, Rates
from scrimp.tables import table

MILLION = Decimal(1_000_000)

IF_CACHED_RATE = Decimal("0.9")
"""The scenario of "if cached": nine of ten calls find the prefix in the cache, the tenth writes it.

An assumption of ours, not a measurement: it is what ten calls within one lifetime come to.
"""

ORDER = ("tools", "system", "messages")


class CacheRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How a provider caches the beginnings of prompts; see ``caching.toml`` for what each field means.

    ``minimum`` and ``step`` are in tokens; a ``minimum`` of ``None`` isn't stated.
    """

    providers: tuple[str, ...]
    starts: str
    writes: str
    lifetimes: tuple[str, ...]
    falls_back: bool
    source: str
    date: date
    models: tuple[str, ...] = ()
    minimum: int | None = None
    step: int = 1
    breakpoints: int = 0
    lookback: int = 0
    best_effort: bool = False
    storage: str = ""
    order: tuple[str, ...] = ORDER
    explicit: bool = False

    def covers(self, provider: str, model: str) -> bool:
        """Whether it is the rule of a model."""
        return provider in self.providers and (not self.models or model.startswith(self.models))


class Traffic(Struct, frozen=True):
    """Tokens of a call's input, on average, that are ``read`` from the cache and ``written`` to it.

    ``for_an_hour`` tells that what is written is to live an hour, which costs more.
    """

    read: Decimal = Decimal(0)
    written: Decimal = Decimal(0)
    for_an_hour: bool = False


class Breakpoint(Struct, frozen=True):
    """Where a request asks to be cached: after so many ``tokens`` of it. ``lifetime`` is as written, or ``""``."""

    tokens: int
    lifetime: str = ""


@lru_cache(maxsize=1)
def rules() -> tuple[CacheRule, ...]:
    """All rules, first match first."""
    rows = table(Path(__file__).with_name("caching.toml"))["rule"]
    return msgspec.convert(rows, tuple[CacheRule, ...])


def rule_of(price: Price | None) -> CacheRule | None:
    """The rule of a priced model; ``None`` if nobody tells that its provider caches."""
    return None if price is None else _rule(price.provider, price.model)


EXPLICIT = "explicit"
"""The mode by which a request has nothing cached but what it marks."""


def of_marked(rule: CacheRule | None) -> CacheRule | None:
    """What a rule becomes for a request that has nothing cached but what it marks, where that can be asked for."""
    if rule is None or not rule.explicit:
        return rule
    return structs.replace(rule, starts="marked", writes="marked")


@lru_cache(maxsize=1024)
def _rule(provider: str, model: str) -> CacheRule | None:
    return next((rule for rule in rules() if rule.covers(provider, model)), None)


def minimum_of(price: Price | None, rule: CacheRule | None) -> int | None:
    """The shortest prefix that is cached, in tokens: the model's own, else the rule's."""
    if price is not None and price.cache_minimum is not None:
        return price.cache_minimum
    return rule.minimum if rule else None


def cacheable(prefix: int, minimum: int | None, step: int = 1) -> int:
    """What of a prefix can be read from a cache: nothing below the minimum, and beyond it whole steps."""
    least = minimum or 0
    if prefix < least:
        return 0
    return least + (prefix - least) // step * step


def as_configured(
    rule: CacheRule | None,
    tokens: int,
    cached: int,
    hit_rate: Decimal | None,
    breakpoints: Sequence[Breakpoint] = (),
    minimum: int | None = None,
) -> Traffic:
    """What is read and written by a request of ``tokens`` input tokens, ``cached`` of which can be.

    ``hit_rate`` is the share of the cacheable tokens that is read, as somebody states it; without it nothing is read.
    What isn't read is written where that is charged: all of the input if the provider does so by itself, else what
    stands before the request's last breakpoint; a stated hit rate tells that the cacheable part is written, too.
    """
    read = (hit_rate or Decimal(0)) * cached
    if rule is None or rule.writes == "free":
        return Traffic(read)
    least = minimum or 0
    last = max(breakpoints, key=lambda each: each.tokens, default=None)
    candidates = [
        last.tokens if last else 0,
        cached if hit_rate else 0,
        tokens if rule.writes == "all" else 0,
    ]
    reached = max(candidates)
    written = Decimal(0) if reached < least else max(Decimal(0), reached - read)
    return Traffic(read, written, last is not None and last.lifetime == "1h")


def as_used(tokens: int, hit_rate: Decimal, write_rate: Decimal | None) -> Traffic:
    """What is read and written, by shares of all input tokens that a provider reported."""
    return Traffic(hit_rate * tokens, (write_rate or Decimal(0)) * tokens)


def if_cached(rule: CacheRule | None, cached: int, hit_rate: Decimal = IF_CACHED_RATE) -> Traffic:
    """A scenario: a share ``hit_rate`` of the calls reads the cacheable prefix, the others write it.

    Where the provider would write more than that by itself, the scenario is that a breakpoint ends the prefix.
    """
    if rule is None:
        return Traffic()
    charged = rule.writes != "free"
    return Traffic(hit_rate * cached, (1 - hit_rate) * cached if charged else Decimal(0))


def saved(traffic: Traffic, rates: Rates) -> Decimal:
    """What caching saves of a call's input, in USD: less than nothing where writing costs more than reading saves.

    Reading at a price that nobody tells saves nothing; writing at one costs nothing on top.
    """
    write = rates.cache_write_hour if traffic.for_an_hour else None
    write = rates.cache_write if write is None else write
    less = Decimal(0) if rates.cached_input is None else traffic.read * (rates.input - rates.cached_input)
    more = Decimal(0) if write is None else traffic.written * (write - rates.input)
    return (less - more) / MILLION


def break_even(rates: Rates, write: Decimal | None) -> int | None:
    """The number of calls within one lifetime from which on caching a prefix is cheaper than not caching it.

    The first call writes at ``write`` (``None``: at the usual price), the others read. ``None`` if it never is.
    """
    if rates.cached_input is None or rates.cached_input >= rates.input:
        return None
    first = rates.input if write is None else write
    calls = (first - rates.cached_input) / (rates.input - rates.cached_input)
    return int(calls) + 1
