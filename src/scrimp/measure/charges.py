"""What the tokens of requests cost, by their length, the way they are served and what their provider caches."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from scrimp.model.amounts import UNKNOWN_MONEY, Grade, Interval
from scrimp.model.caching import Caching
from scrimp.prices.book import Price, Rates
from scrimp.prices.caching import (
    MILLION,
    Breakpoint,
    CacheRule,
    Traffic,
    as_configured,
    as_used,
    break_even,
    cacheable,
    if_cached,
    minimum_of,
    of_marked,
    rule_of,
    saved,
)
from scrimp.prices.serving import STANDARD, rates_for


class Hits(Struct, frozen=True):
    """How much is read from the cache; ``None`` where nothing is told.

    ``stated`` is the share of cacheable input that somebody states; ``read`` and ``written`` are the shares of all
    input that a provider reported.
    """

    stated: Decimal | None = None
    read: Decimal | None = None
    written: Decimal | None = None


def cost(rates: Rates, tokens: int, answer: int, traffic: Traffic) -> Decimal:
    """What tokens of input and of an answer cost in US dollars, with what is read from and written to the cache."""
    return (tokens * rates.input + answer * rates.output) / MILLION - saved(traffic, rates)


def at_list(price: Price, calls: int | None, tokens: int, answer: int, traffic: Traffic) -> Decimal:
    """What calls that were made cost together at list prices, served as usual, in US dollars.

    They are taken to be of one length, their mean; for the price of long inputs, where nobody tells how many they were,
    to be of usual length.
    """
    rates = rates_for(price, tokens // calls if calls else 0)
    return cost(price.rates if rates is None else rates, tokens, answer, traffic)


class Charge(Struct, frozen=True, dict=True):
    """Prices one request: ``tokens`` of input, the first ``prefix`` of which don't change.

    ``price`` is ``None`` if nobody tells what the model costs. ``region`` is where it is to be served, in the word of
    the call or the configuration. ``only_marked`` tells that the request has nothing cached but what it marks.
    """

    price: Price | None
    tokens: Interval[int]
    prefix: int
    service: str = STANDARD
    hits: Hits = Hits()
    breakpoints: Sequence[Breakpoint] = ()
    region: str = ""
    only_marked: bool = False

    @cached_property
    def usual(self) -> tuple[Decimal, Decimal] | None:
        """The prices of input and output that it is charged by if it isn't long, in USD per million tokens."""
        rates = self._rates(0)
        return None if rates is None else (rates.input, rates.output)

    def call(self, output: Interval[int]) -> Interval[Decimal]:
        """What a call costs, with an answer of so many tokens."""

        def total(tokens: int | None, answer: int | None) -> Decimal | None:
            rates = self._rates(tokens)
            if rates is None or tokens is None or answer is None:
                return None
            return cost(rates, tokens, answer, self._traffic(tokens))

        if self.usual is None:
            return UNKNOWN_MONEY
        return Interval(
            total(self.tokens.low, output.low),
            total(self.tokens.typical, output.typical),
            total(self.tokens.high, output.high),
            Grade.worst(self.tokens.grade, output.grade),
        )

    def share(self, part: Interval[int]) -> Interval[Decimal]:
        """What a part of the input costs in a call, caching spread evenly over all of it."""

        def paid(tokens: int | None, whole: int | None) -> Decimal | None:
            # A part of known size in a request that is open above is charged as in a typical one.
            length = self.tokens.typical if whole is None else whole
            rates = self._rates(length)
            return (
                None
                if tokens is None or rates is None
                else tokens * rates.input * self._paid(length) / MILLION
            )

        if self.usual is None:
            return UNKNOWN_MONEY
        return Interval(
            paid(part.low, self.tokens.low),
            paid(part.typical, self.tokens.typical),
            paid(part.high, self.tokens.high),
            part.grade,
        )

    @property
    def plain(self) -> Interval[Decimal]:
        """What the input costs without caching."""

        def full(tokens: int | None) -> Decimal | None:
            rates = self._rates(tokens)
            return None if rates is None or tokens is None else tokens * rates.input / MILLION

        if self.usual is None:
            return UNKNOWN_MONEY
        tokens = self.tokens
        return Interval(full(tokens.low), full(tokens.typical), full(tokens.high), tokens.grade)

    @property
    def input_rate(self) -> Decimal | None:
        """What a typical token of input costs once caching is taken off, in USD per million."""
        rates = self._rates(self.tokens.typical)
        return None if rates is None else rates.input * self._paid(self.tokens.typical)

    @property
    def output_rate(self) -> Decimal | None:
        """What a token of output typically costs, in USD per million."""
        rates = self._rates(self.tokens.typical)
        return None if rates is None else rates.output

    def answer(self, tokens: int | None) -> Decimal | None:
        """What an answer of so many tokens costs in US dollars, to a typical input."""
        rate = self.output_rate
        return None if tokens is None or rate is None else tokens * rate / MILLION

    def caching(self, per_call: Decimal | None, calls: int) -> Caching:
        """What could be cached of the request that typically costs ``per_call``, and what it would cost then."""
        rates, traffic = self._rates(self.tokens.typical), self._traffic(self.tokens.typical or 0)
        cached = None
        if rates is not None and per_call is not None:
            cached = per_call + saved(traffic, rates) - saved(self._scenario, rates)
        rule = self._rule
        write = rates.cache_write if rates and rule and rule.writes != "free" else None
        return Caching(
            self.prefix,
            minimum_of(self.price, rule),
            self._cacheable,
            cached,
            None if cached is None else cached * calls,
            traffic.read,
            traffic.written,
            break_even(rates, write) if rates and self._cacheable else None,
        )

    def part_caching(self, part: Interval[int], start: int, prefix: int, calls: int) -> Caching:
        """The same of a part of the input whose first ``prefix`` tokens don't change, after ``start`` others.

        A part that stands behind a hole that changes has none of the request's prefix.
        """
        rates = self._rates(self.tokens.typical)
        mine = max(0, min(prefix, self._cacheable - start))
        cost = None
        if rates is not None and part.typical is not None:
            share = Decimal(mine) / self._cacheable if self._cacheable else Decimal(0)
            cost = part.typical * rates.input / MILLION - share * saved(self._scenario, rates)
        minimum = minimum_of(self.price, self._rule)
        return Caching(prefix, minimum, mine, cost, None if cost is None else cost * calls)

    @cached_property
    def _rule(self) -> CacheRule | None:
        rule = rule_of(self.price)
        return of_marked(rule) if self.only_marked else rule

    @cached_property
    def _cacheable(self) -> int:
        rule = self._rule
        if rule is None or self.price is None:
            return 0
        return cacheable(self.prefix, minimum_of(self.price, rule), rule.step)

    @cached_property
    def _scenario(self) -> Traffic:
        return if_cached(self._rule, self._cacheable)

    def _rates(self, tokens: int | None) -> Rates | None:
        """The prices for an input of so many tokens."""
        if self.price is None or tokens is None:
            return None
        if tokens not in self._known_rates:
            self._known_rates[tokens] = rates_for(self.price, tokens, self.service, self.region)
        return self._known_rates[tokens]

    @cached_property
    def _known_rates(self) -> dict[int, Rates | None]:
        return {}

    def _traffic(self, tokens: int) -> Traffic:
        """What is read from the cache and written to it if so many tokens are sent."""
        if self.hits.read is not None and self.hits.stated is None:
            return as_used(tokens, self.hits.read, self.hits.written)
        rule = self._rule
        # A price that the user states for a model of which nobody tells how it is cached: the user tells that it is.
        prefix = self._cacheable if rule else self.prefix
        minimum = minimum_of(self.price, rule)
        return as_configured(
            rule, tokens, min(prefix, tokens), self.hits.stated, self._reached(tokens), minimum
        )

    def _reached(self, tokens: int) -> tuple[Breakpoint, ...]:
        return tuple(Breakpoint(min(each.tokens, tokens), each.lifetime) for each in self.breakpoints)

    def _paid(self, tokens: int | None) -> Decimal:
        """The share of the full input price that is paid on average: one for all parts of an input."""
        rates = self._rates(tokens)
        if rates is None or tokens is None:
            return Decimal(1)
        if tokens not in self._known_paid:
            full = tokens * rates.input / MILLION
            paid = (full - saved(self._traffic(tokens), rates)) / full if full else Decimal(1)
            self._known_paid[tokens] = paid
        return self._known_paid[tokens]

    @cached_property
    def _known_paid(self) -> dict[int, Decimal]:
        return {}
