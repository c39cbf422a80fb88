"""What tokens cost: US dollars a call and a month, with what caching saves."""

from __future__ import annotations

from decimal import Decimal

from scrimp.model.amounts import UNKNOWN_MONEY, Grade, Interval
from scrimp.prices.book import Price

MILLION = Decimal(1_000_000)


def scaled(amount: Interval[Decimal], calls: int, grade: Grade) -> Interval[Decimal]:
    """A cost per call, times calls a month."""
    return Interval(
        None if amount.low is None else amount.low * calls,
        None if amount.typical is None else amount.typical * calls,
        None if amount.high is None else amount.high * calls,
        Grade.worst(amount.grade, grade),
    )


def saved_by_cache(price: Price | None, prefix: int, hit_rate: Decimal | None) -> Decimal:
    """What caching saves of a call's input, in USD: the hit share of its static prefix at the cached price."""
    if price is None or not hit_rate or price.cached_input is None or prefix < (price.cache_minimum or 0):
        return Decimal(0)
    return prefix * hit_rate * (price.input - price.cached_input) / MILLION


def paid_share(price: Price | None, tokens: Interval[int], saved: Decimal) -> Decimal:
    """The share of the full input price that is paid on average once caching is taken off."""
    full = Decimal(0) if price is None else (tokens.typical or 0) * price.input / MILLION
    return (full - saved) / full if full else Decimal(1)


def call_cost(
    tokens: Interval[int], output: Interval[int], price: Price | None, saved: Decimal
) -> Interval[Decimal]:
    """What a call costs: input, less what caching saves of it, and output."""
    if price is None:
        return UNKNOWN_MONEY

    def total(input_tokens: int | None, output_tokens: int | None) -> Decimal | None:
        if input_tokens is None or output_tokens is None:
            return None
        return (input_tokens * price.input + output_tokens * price.output) / MILLION - saved

    return Interval(
        total(tokens.low, output.low),
        total(tokens.typical, output.typical),
        total(tokens.high, output.high),
        Grade.worst(tokens.grade, output.grade),
    )


def guessed_cost(tokens: int, rate: Decimal | None, calls: int) -> Decimal:
    """What tokens that are guessed cost a month, at a rate in USD per million tokens; below 0 if they save."""
    return Decimal(0) if rate is None else tokens * rate * calls / MILLION


def input_cost(tokens: Interval[int], price: Price | None, share: Decimal) -> Interval[Decimal]:
    """What input tokens cost, in USD, if ``share`` of the full price is paid."""
    if price is None:
        return UNKNOWN_MONEY

    def cost(number: int | None) -> Decimal | None:
        return None if number is None else number * price.input * share / MILLION

    return Interval(cost(tokens.low), cost(tokens.typical), cost(tokens.high), tokens.grade)
