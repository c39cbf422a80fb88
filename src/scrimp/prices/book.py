"""The price of a model's name, however it is written: the user's own prices first, then lists of prices.

A name is looked up with its provider: the one that it tells, else the model's maker. Nothing falls back from
one provider to another, whose prices differ; what isn't found is ``None``, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from scrimp.catalog.models import resolve
from scrimp.catalog.names import FINE_TUNED, ModelName, parse
from scrimp.model.report import PriceStamp
from scrimp.prices.snapshot import Snapshot, key

OLD_AFTER = timedelta(days=90)
"""A price list older than this is no base for a budget: providers change prices several times a year."""

SERVICES = ("batch", "flex", "priority")
"""Other ways to be served than at once and at the usual price."""


class Rates(Struct, frozen=True):
    """What tokens cost, in USD per million; ``None`` is unknown, 0 is free.

    ``cache_write`` is for an entry of the provider's usual lifetime, ``cache_write_hour`` for one that lives an hour.
    """

    input: Decimal
    output: Decimal
    cached_input: Decimal | None = None
    cache_write: Decimal | None = None
    cache_write_hour: Decimal | None = None


class Override(Struct, frozen=True):
    """A price that the user states, in USD per million tokens; all but input and output may be unknown."""

    input: Decimal
    cached_input: Decimal | None
    output: Decimal
    cache_write: Decimal | None = None
    batch: Rates | None = None


class LongInput(Struct, frozen=True):
    """The prices, in USD per million tokens, of all of a request with an input above so many tokens."""

    above: int
    input: Decimal
    output: Decimal
    cached_input: Decimal | None
    cache_write: Decimal | None = None


class Price(Struct, frozen=True):
    """What a model costs, in USD per million tokens; ``None`` is unknown, 0 is free.

    ``source`` is the package and version that the price is from, with its date; or ``configuration``, without
    one. ``cache_write_hour`` is for an entry that lives an hour. ``context_window``, ``max_output`` and
    ``cache_minimum`` (the shortest prefix that is cached) are in tokens. ``long_input`` is in rising order.
    ``services`` are the prices of ``SERVICES``, as far as they are known. ``key`` is the row's name in its list.
    """

    model: str
    provider: str
    input: Decimal
    cached_input: Decimal | None
    output: Decimal
    source: str
    date: date | None
    cache_write: Decimal | None = None
    cache_write_hour: Decimal | None = None
    context_window: int | None = None
    max_output: int | None = None
    cache_minimum: int | None = None
    long_input: tuple[LongInput, ...] = ()
    services: Mapping[str, Rates] = field(default_factory=dict)
    key: str = ""

    @property
    def rates(self) -> Rates:
        """The usual prices."""
        return Rates(self.input, self.output, self.cached_input, self.cache_write, self.cache_write_hour)


class PriceBook(Struct, frozen=True):
    """The prices in force: a list, what the user states above it by the names that the user writes, and a lock.

    ``lock`` is a project's own list of the models that it uses; it goes before ``snapshot``.
    """

    snapshot: Snapshot
    overrides: Mapping[str, Override] = field(default_factory=dict)
    lock: Snapshot | None = None
    _told: dict[str, Price | None] = field(default_factory=dict)
    """The prices that were asked for, by the names as they were written."""

    @property
    def stamp(self) -> PriceStamp:
        """Which list is in force, for the report."""
        name, ours = ("lock", self.lock) if self.lock else ("packaged", self.snapshot)
        return PriceStamp(name, ours.date.isoformat(), ours.sha256)

    def is_old(self, today: date) -> bool:
        """Whether the list is too old to judge by; the user's own prices have no date and don't age."""
        return today - (self.lock or self.snapshot).date > OLD_AFTER

    def price(self, model_name: str) -> Price | None:
        """The price of a model, by its name in any spelling; ``None`` if nobody states one."""
        if model_name not in self._told:
            self._told[model_name] = self._price(model_name)
        return self._told[model_name]

    def _price(self, model_name: str) -> Price | None:
        name = parse(model_name)
        override = self._override(model_name, name)
        if override:
            return Price(
                model=name.bare,
                provider=_provider(model_name, name),
                input=override.input,
                cached_input=override.cached_input,
                output=override.output,
                source="configuration",
                date=None,
                cache_write=override.cache_write,
                services={} if override.batch is None else {"batch": override.batch},
            )
        return self._listed(model_name, name)

    def _override(self, written: str, name: ModelName) -> Override | None:
        """The user's own price: by the name as written, else by the same model in another spelling.

        A price without a provider holds for all of them, unless there is one for this provider.
        """
        if written in self.overrides:
            return self.overrides[written]
        stated = {parse(key): price for key, price in self.overrides.items()}
        providers = (_provider(written, name), "")
        found = (stated.get(ModelName(provider, name.zone, name.bare)) for provider in providers)
        return next(filter(None, found), None)

    def _listed(self, written: str, name: ModelName) -> Price | None:
        """The row of the nearest spelling; a name that the lock knows as asked for is found there first."""
        provider = _provider(written, name)
        lists = tuple(filter(None, (self.lock, self.snapshot)))
        for candidate in _candidates(provider, name):
            for each in lists:
                row = each.row(candidate)
                if row:
                    return _price(name.bare, provider, candidate, row, each)
        return None


def found_in(snapshot: Snapshot, model_name: str) -> str | None:
    """The key of the row in which one list tells a model's price."""
    name = parse(model_name)
    return next(
        (each for each in _candidates(_provider(model_name, name), name) if each in snapshot.rows), None
    )


def asked(model_name: str) -> str:
    """The key under which a lock keeps the price of a name: the name in full, wherever a list has it from."""
    name = parse(model_name)
    return key(ModelName(_provider(model_name, name), name.zone, name.bare))


def _candidates(provider: str, name: ModelName) -> Iterator[str]:
    """The keys under which a list may have a name, the nearest first; none where nobody knows who bills."""
    for zone in _zones(name.zone) if provider else ():
        for bare in (name.bare, name.undated, f"{name.undated}-latest"):
            yield key(ModelName(provider, zone, bare))


def _provider(written: str, name: ModelName) -> str:
    """Who bills: whom the name tells, else the model's maker; ``""`` if neither is known."""
    model = resolve(written)
    return name.provider or (model.provider if model else "")


def _zones(zone: str) -> tuple[str, ...]:
    """Where to look for a zone's price, in order; lists say ``regional`` for any region without its own.

    A fine-tuned model has its own price or none.
    """
    if zone == FINE_TUNED:
        return (FINE_TUNED,)
    if zone in ("", "global"):
        return (zone, "", "regional")
    return (zone, "regional", "")


def _price(model: str, provider: str, name: str, row: Mapping[str, Any], snapshot: Snapshot) -> Price:
    money = {name: _money(row.get(name)) for name in ("cached_input", "cache_write", "cache_write_hour")}
    source = snapshot.sources[row["source"]]
    return Price(
        model=model,
        provider=provider,
        input=Decimal(row["input"]),
        output=Decimal(row["output"]),
        source=source.name,
        date=source.date,
        context_window=row.get("context_window"),
        max_output=row.get("max_output"),
        cache_minimum=row.get("cache_minimum"),
        long_input=tuple(
            LongInput(above, *map(_money, [*prices, None, None][:4]))  # type: ignore[arg-type]
            for above, *prices in row.get("tiers") or ()
        ),
        services={name: Rates(*map(_money, row[name])) for name in SERVICES if row.get(name)},  # type: ignore[arg-type]
        key=name,
        **money,
    )


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
