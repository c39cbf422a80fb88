"""What caching saves, by the rules of each provider and by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.prices.book import Price, PriceBook, Rates
from scrimp.prices.caching import (
    Breakpoint,
    CacheRule,
    Traffic,
    as_configured,
    as_used,
    break_even,
    cacheable,
    if_cached,
    minimum_of,
    rule_of,
    rules,
    saved,
)
from scrimp.prices.snapshot import load

BOOK = PriceBook(load())
CLAUDE = Rates(Decimal(3), Decimal(15), Decimal("0.3"), Decimal("3.75"), Decimal(6))
FREE_WRITES = Rates(Decimal(2), Decimal(8), Decimal("0.5"))


def price(name: str) -> Price:
    found = BOOK.price(name)
    assert found is not None
    return found


def rule(name: str) -> CacheRule:
    found = rule_of(price(name))
    assert found is not None
    return found


def test_every_rule_has_its_source_and_date() -> None:
    assert [each for each in rules() if not each.source.startswith("https://")] == []
    assert all(date(2026, 1, 1) <= each.date <= date(2026, 12, 31) for each in rules())
    assert {each.starts for each in rules()} == {"automatic", "marked"}
    assert {each.writes for each in rules()} == {"free", "marked", "all"}


@pytest.mark.parametrize(
    ("name", "minimum"),
    [
        ("claude-opus-5", 512),
        ("claude-sonnet-5-5", 512),
        ("claude-opus-4-8", 1024),
        ("claude-opus-4-1", 1024),
        ("claude-opus-4-7", 2048),
        ("claude-3-5-haiku-latest", 2048),
        ("claude-opus-4-6", 4096),
        ("claude-haiku-4-5", 4096),
        ("gpt-4o", 1024),
        ("gpt-6-sol", 1024),
        ("azure/gpt-4o", 1024),
        ("gemini/gemini-2.5-pro", 2048),
        ("gemini/gemini-3.1-pro-preview", 4096),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", 1024),
        ("amazon.nova-pro-v1:0", 1000),
    ],
)
def test_the_shortest_prefix_that_is_cached(name: str, minimum: int) -> None:
    assert minimum_of(price(name), rule(name)) == minimum


@pytest.mark.parametrize(
    ("name", "starts", "writes"),
    [
        ("claude-sonnet-5", "marked", "marked"),
        ("gpt-4o", "automatic", "free"),
        ("gpt-5.5", "automatic", "free"),
        ("gpt-5.6-luna", "automatic", "all"),
        ("gpt-6.1-sol", "automatic", "all"),
        ("gemini-2.5-flash", "automatic", "free"),
        ("deepseek/deepseek-v4-pro", "automatic", "free"),
        ("mistral/mistral-large-latest", "marked", "free"),
    ],
)
def test_who_begins_and_what_writing_costs(name: str, starts: str, writes: str) -> None:
    assert (rule(name).starts, rule(name).writes) == (starts, writes)


def test_what_no_provider_tells_to_cache_has_no_rule() -> None:
    assert rule_of(price("text-embedding-3-small")) is not None  # OpenAI's rule, and no cached price
    assert rule_of(price("groq/llama-3.3-70b-versatile")) is None
    assert rule_of(None) is None


@pytest.mark.parametrize(
    ("prefix", "minimum", "step", "expected"),
    [
        (1023, 1024, 128, 0),
        (1024, 1024, 128, 1024),
        (1151, 1024, 128, 1024),
        (1152, 1024, 128, 1152),
        (2000, 1024, 128, 1920),
        (2000, 1024, 1, 2000),
        (5, None, 1, 5),
    ],
)
def test_steps_beyond_a_minimum(prefix: int, minimum: int | None, step: int, expected: int) -> None:
    assert cacheable(prefix, minimum, step) == expected


@given(st.integers(0, 10**6), st.integers(0, 5000), st.integers(1, 512))
def test_never_more_than_the_prefix_and_never_less_than_a_step_below_it(
    prefix: int, minimum: int, step: int
) -> None:
    found = cacheable(prefix, minimum, step)
    assert found == 0 if prefix < minimum else prefix - step < found <= prefix


def test_nothing_is_read_unless_somebody_says_so() -> None:
    assert as_configured(rule("gpt-4o"), 3000, 2000, None) == Traffic()
    assert as_configured(rule("claude-sonnet-5"), 3000, 2000, None) == Traffic()


def test_a_breakpoint_is_paid_for_even_if_nothing_is_read() -> None:
    marked = as_configured(rule("claude-sonnet-5"), 3000, 2000, None, [Breakpoint(2000, "1h")], minimum=1024)
    assert marked == Traffic(Decimal(0), Decimal(2000), for_an_hour=True)
    assert saved(marked, CLAUDE) == Decimal("-0.006")  # 2,000 tokens at 6 instead of 3
    short = as_configured(rule("claude-sonnet-5"), 1000, 0, None, [Breakpoint(1000)], minimum=1024)
    assert short == Traffic()


def test_misses_write_what_hits_read() -> None:
    traffic = as_configured(
        rule("claude-sonnet-5"), 3000, 2000, Decimal("0.8"), [Breakpoint(2000)], minimum=1024
    )
    assert traffic == Traffic(Decimal(1600), Decimal(400))
    assert saved(traffic, CLAUDE) == (1600 * Decimal("2.7") - 400 * Decimal("0.75")) / 1_000_000


def test_a_breakpoint_after_a_changing_text_writes_that_too() -> None:
    traffic = as_configured(rule("claude-sonnet-5"), 3000, 2000, None, [Breakpoint(3000)], minimum=1024)
    assert traffic.written == 3000


def test_a_provider_that_sets_breakpoints_by_itself_writes_whole_requests() -> None:
    newest = rule("gpt-6-sol")
    assert as_configured(newest, 3000, 2000, None, minimum=1024) == Traffic(Decimal(0), Decimal(3000))
    assert as_configured(newest, 1000, 0, None, minimum=1024) == Traffic()
    assert as_configured(newest, 3000, 2000, Decimal("0.5"), minimum=1024) == Traffic(
        Decimal(1000), Decimal(2000)
    )


def test_what_a_provider_reported_is_of_all_input() -> None:
    assert as_used(1000, Decimal("0.6"), Decimal("0.1")) == Traffic(Decimal(600), Decimal(100))
    assert as_used(1000, Decimal("0.6"), None) == Traffic(Decimal(600))


def test_the_scenario_reads_nine_of_ten() -> None:
    assert if_cached(rule("claude-sonnet-5"), 1000) == Traffic(Decimal(900), Decimal(100))
    assert if_cached(rule("gpt-4o"), 1024) == Traffic(Decimal("921.6"))
    assert if_cached(None, 1000) == Traffic()


def test_an_unknown_cached_price_saves_nothing() -> None:
    assert saved(Traffic(Decimal(1000)), Rates(Decimal(3), Decimal(15))) == 0


@pytest.mark.parametrize(
    ("rates", "write", "calls"),
    [
        (CLAUDE, CLAUDE.cache_write, 2),  # 1.25 + 0.1 < 2
        (CLAUDE, CLAUDE.cache_write_hour, 3),  # 2 + 0.1 > 2, 2 + 0.2 < 3
        (FREE_WRITES, None, 2),
        (Rates(Decimal(3), Decimal(15)), None, None),
        (Rates(Decimal(3), Decimal(15), Decimal(3)), None, None),
    ],
)
def test_from_how_many_calls_on_caching_pays(rates: Rates, write: Decimal | None, calls: int | None) -> None:
    assert break_even(rates, write) == calls


@given(st.decimals(1, 10, places=2), st.decimals("0.01", "0.99", places=2), st.decimals("1", "3", places=2))
def test_breaking_even_is_the_first_number_of_calls_that_is_cheaper(
    usual: Decimal, read: Decimal, write: Decimal
) -> None:
    rates = Rates(usual, usual, usual * read)
    calls = break_even(rates, usual * write)
    assert calls is not None

    def cost(number: int) -> Decimal:
        return usual * write + (number - 1) * usual * read

    assert cost(calls) < calls * usual
    assert calls == 1 or cost(calls - 1) >= (calls - 1) * usual
