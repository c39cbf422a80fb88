"""What ``scrimp prices`` shows, as text and as JSON objects."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from scrimp.model.written import UNKNOWN, exact
from scrimp.prices.caching import CacheRule, break_even, minimum_of, rule_of
from scrimp.prices.serving import Factor, factors, regions, service_rates
from scrimp.reporters.safe import safe

if TYPE_CHECKING:
    from scrimp.pipeline.pricing import Locked
    from scrimp.prices.book import LongInput, Price, PriceBook, Rates

WIDTH = 80
SCHEMA = "scrimp-prices/1"
FIGURES = ("input", "cached_input", "cache_write", "cache_write_hour", "output")
WRITES = {
    "free": "writing costs nothing on top",
    "marked": "what is written at a breakpoint costs the write price",
    "all": "the provider sets a breakpoint at the end of each request: whole inputs cost the write price",
}
Object: TypeAlias = dict[str, Any]


def prices(book: PriceBook, models: Iterable[str]) -> tuple[str, Object]:
    """All that is known of what some models cost."""
    found = {name: book.price(name) for name in models}
    lines = [_stamp(book)]
    for name, price in found.items():
        lines += [f"{safe(name)}: unknown"] if price is None else _lines(safe(name), price, book)
    return "\n".join(lines), {
        "schema": SCHEMA,
        "prices": {"source": book.stamp.source, "date": book.stamp.date, "sha256": book.stamp.sha256},
        "models": {name: None if price is None else _row(price) for name, price in found.items()},
    }


def differences(book: PriceBook, models: Iterable[str]) -> tuple[str, Object]:
    """Where the two sources of the packaged list disagree: all of it, or what concerns some models."""
    keys = {price.key for price in map(book.price, models) if price}
    first, second = (source.name for source in book.snapshot.sources[:2])
    rows = [row for row in book.snapshot.disagreements if not keys or row[0] in keys]
    lines = [_stamp(book), f"USD per million tokens: input and output by {first} (used), then by {second}"]
    lines += [f"  {name}  ${one} ${out}  ${other} ${other_out}" for name, one, out, other, other_out in rows]
    lines.append(f"{len(rows)} of {len(book.snapshot.rows)} models")
    return "\n".join(lines), {
        "schema": SCHEMA,
        "sources": [first, second],
        "differences": [
            {"key": name, "input": one, "output": out, "second_input": other, "second_output": other_out}
            for name, one, out, other, other_out in rows
        ],
    }


def locked(found: Locked) -> Iterator[str]:
    """What a lock changes: prices first, then models that come and go."""
    for step in found.steps:
        warning = "  (more than tenfold, or free)" if step.suspicious else ""
        yield f"  {safe(step.model)}: {_words(step.figure)} {_usd(step.before)} -> {_usd(step.after)}{warning}"
    yield from (f"  + {safe(name)}" for name in found.added)
    yield from (f"  - {safe(name)}, which isn't used" for name in found.dropped)
    yield from (f"  no price is known for {safe(name)}" for name in found.lock.unpriced)
    if not found.steps:
        yield "no price changes"


def _stamp(book: PriceBook) -> str:
    stamp = book.stamp
    models = len((book.lock or book.snapshot).rows)
    return (
        f"prices: {stamp.source}, {stamp.date}, {models} models, sha256 {stamp.sha256[:12]}\n"
        "prices that vary by hour are those of noon UTC"
    )


def _lines(name: str, price: Price, book: PriceBook) -> list[str]:
    since = f" ({price.date})" if price.date else ""
    lines = [f"{name}: {price.model} of {price.provider or 'any provider'}, from {price.source}{since}"]
    for figure in FIGURES:
        amount = getattr(price, figure)
        if amount is not None:
            lines.append(f"  {_words(figure):<16} {_usd(amount)} per million tokens")
    lines += [f"  above {tier.above:,} input tokens: {_rates(tier)}" for tier in price.long_input]
    for service in ("batch", "flex", "priority"):
        rates = service_rates(price, service)
        if rates is not None:
            told = "" if service in price.services else _told(price, service)
            lines.append(f"  {service:<16} {_rates(rates)}{told}")
    for each in regions(price):
        text = f"{each.region}: all prices times {each.factor} ({_source(each)})"
        lines += textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent=" " * 19)
    if price.context_window:
        most = f", answers of up to {price.max_output:,}" if price.max_output else ""
        lines.append(f"  context window   {price.context_window:,} tokens{most}")
    lines += _caching(price, rule_of(price))
    lines += [
        f"  {book.snapshot.sources[1].name} says: input ${other}, output ${out}"
        for key, _, _, other, out in book.snapshot.disagreements
        if key == price.key
    ]
    return lines


def _caching(price: Price, rule: CacheRule | None) -> Iterator[str]:
    """The rule of a model's cache in words."""
    if rule is None or price.cached_input is None:
        yield "  caching          not known"
        return
    least = minimum_of(price, rule)
    from_on = "no minimum stated" if least is None else f"from {least:,} tokens"
    steps = f" in steps of {rule.step}" if rule.step > 1 else ""
    begins = "automatic" if rule.starts == "automatic" else "only what a request marks"
    kept = f"kept {' or '.join(rule.lifetimes)} after the last use"
    said = [f"{begins}, {from_on}{steps}, {kept}, in the order {', '.join(rule.order)}", WRITES[rule.writes]]
    limits = [f"{rule.breakpoints} breakpoints"] if rule.breakpoints else []
    limits += [f"looks back {rule.lookback} blocks"] if rule.lookback else []
    limits += [] if rule.falls_back else ["a shorter prefix is only read where an entry ends"]
    limits += ["best effort"] if rule.best_effort else []
    limits += [rule.storage] if rule.storage else []
    write = price.cache_write if rule.writes != "free" else None
    calls = break_even(price.rates, write)
    if calls is not None:
        hour = break_even(price.rates, price.cache_write_hour) if price.cache_write_hour else None
        more = f" ({hour} if it is kept for an hour)" if hour else ""
        limits.append(f"pays from call {calls} within a lifetime on{more}")
    text = "; ".join([*said, *limits])
    yield from textwrap.wrap(text, WIDTH, initial_indent="  caching          ", subsequent_indent=" " * 19)
    yield from textwrap.wrap(
        _source(rule), WIDTH, initial_indent=" " * 19, subsequent_indent=" " * 19, break_long_words=False
    )


def _row(price: Price) -> Object:
    rule = rule_of(price)
    services = {name: service_rates(price, name) for name in ("batch", "flex", "priority")}
    batch = services["batch"]
    return {
        "model": price.model,
        "provider": price.provider,
        "source": price.source,
        "date": str(price.date) if price.date else None,
        **{name: _figure(getattr(price, name)) for name in FIGURES},
        "batch_input": _figure(batch.input) if batch else None,
        "batch_output": _figure(batch.output) if batch else None,
        "services": {name: _figures(rates) for name, rates in services.items() if rates},
        "long_input": [{"above": tier.above, **_figures(tier)} for tier in price.long_input],
        "regions": [
            {"region": each.region, "factor": str(each.factor), "source": each.source, "date": str(each.date)}
            for each in regions(price)
        ],
        "context_window": price.context_window,
        "max_output": price.max_output,
        "caching": None if rule is None or price.cached_input is None else _rule(price, rule),
    }


def _rule(price: Price, rule: CacheRule) -> Object:
    return {
        "starts": rule.starts,
        "writes": rule.writes,
        "minimum": minimum_of(price, rule),
        "step": rule.step,
        "lifetimes": list(rule.lifetimes),
        "breakpoints": rule.breakpoints,
        "order": list(rule.order),
        "falls_back": rule.falls_back,
        "best_effort": rule.best_effort,
        "break_even_calls": break_even(price.rates, price.cache_write if rule.writes != "free" else None),
        "source": rule.source,
        "date": str(rule.date),
    }


def _told(price: Price, service: str) -> str:
    """Who tells a factor, where the list doesn't tell the price."""
    return next(
        (f" ({_source(each)})" for each in factors() if each.service == service and each.covers(price)), ""
    )


def _rates(rates: Rates | LongInput) -> str:
    parts = [f"input {_usd(rates.input)}", f"output {_usd(rates.output)}"]
    if rates.cached_input is not None:
        parts.append(f"cached {_usd(rates.cached_input)}")
    if rates.cache_write is not None:
        parts.append(f"write {_usd(rates.cache_write)}")
    return ", ".join(parts)


def _figures(rates: Rates | LongInput) -> Object:
    return {
        name: _figure(getattr(rates, name)) for name in ("input", "output", "cached_input", "cache_write")
    }


def _source(each: CacheRule | Factor) -> str:
    return f"{each.source}, {each.date}"


def _words(figure: str) -> str:
    return figure.replace("_", " ")


def _usd(amount: Decimal | None) -> str:
    return UNKNOWN if amount is None else f"${exact(amount)}"


def _figure(amount: Decimal | None) -> str | None:
    return None if amount is None else exact(amount)
