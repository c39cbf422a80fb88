"""Prices by the length of a request and by the way it is served."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scrimp.prices.book import Price, PriceBook, Rates
from scrimp.prices.serving import factors, rates_for, regions, service_rates
from scrimp.prices.snapshot import load

BOOK = PriceBook(load())


def price(name: str) -> Price:
    found = BOOK.price(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "tokens", "service", "input_price", "output_price"),
    [
        ("gemini-2.5-pro", 200_000, "standard", "1.25", "10"),
        ("gemini-2.5-pro", 200_001, "standard", "2.5", "15"),
        ("gemini-2.5-pro", 200_001, "batch", "1.25", "7.5"),
        ("gpt-5.6", 10, "standard", "4", "20"),
        ("gpt-5.6", 272_001, "standard", "8", "30"),
        ("gpt-5.6", 10, "batch", "2", "10"),
        ("gpt-5.6", 10, "flex", "2", "10"),
        ("gpt-5.6", 10, "priority", "8", "40"),
        ("gpt-5.6", 272_001, "priority", "16", "60"),
        ("claude-sonnet-4-5", 10, "batch", "1.5", "7.5"),
        ("claude-haiku-5-5", 100_001, "batch", "0.25", "1.25"),
    ],
)
def test_length_and_service_make_the_price(
    name: str, tokens: int, service: str, input_price: str, output_price: str
) -> None:
    rates = rates_for(price(name), tokens, service)
    assert rates is not None
    assert (rates.input, rates.output) == (Decimal(input_price), Decimal(output_price))


def test_a_long_request_writes_and_reads_at_its_own_prices() -> None:
    rates = rates_for(price("gpt-5.6"), 300_000)
    assert rates == Rates(Decimal(8), Decimal(30), Decimal("0.8"), Decimal(10))


def test_a_providers_documented_factor_holds_where_its_list_is_silent() -> None:
    model = price("claude-opus-4-1")
    assert "batch" not in model.services
    assert service_rates(model, "batch") == Rates(
        Decimal("7.5"), Decimal("37.5"), Decimal("0.75"), Decimal("9.375"), Decimal(15)
    )


def test_nobody_guesses_what_a_service_costs() -> None:
    assert service_rates(price("groq/llama-3.3-70b-versatile"), "priority") is None
    assert rates_for(price("claude-opus-5"), 10, "flex") is None


@pytest.mark.parametrize(
    ("name", "region", "factor"),
    [
        ("gpt-5.6", "eu", "1.1"),
        ("gpt-5.6", "https://eu.api.openai.com/v1", "1.1"),
        ("gpt-5.6", "https://api.openai.com/v1", "1"),
        ("gpt-5.6", "https://gateway.example/v1", "1"),
        ("gpt-5.6", "global", "1"),
        ("gpt-5.6", "", "1"),
        ("gpt-4o", "eu", "1"),
        ("claude-opus-5", "us", "1.1"),
        ("claude-opus-5", "global", "1"),
        ("claude-sonnet-4-5", "us", "1"),
        ("vertex_ai/claude-opus-5", "europe-west1", "1.1"),
        ("gemini-3.8-flash", "us-central1", "1.1"),
        ("gemini-2.5-pro", "us-central1", "1"),
        ("grok-4", "https://us-east-1.api.x.ai/v1", "1.1"),
        ("grok-4", "https://eu-west-1.api.x.ai/v1", "1"),
    ],
)
def test_a_region_multiplies_every_price(name: str, region: str, factor: str) -> None:
    usual, there = rates_for(price(name), 1000), rates_for(price(name), 1000, region=region)

    assert usual is not None
    assert there is not None
    assert (there.input, there.output) == (usual.input * Decimal(factor), usual.output * Decimal(factor))


def test_a_region_multiplies_long_and_batch_prices_too() -> None:
    long = rates_for(price("gpt-5.6"), 272_001, "batch", "eu")

    assert long is not None
    assert long.input == Decimal("4.4")


def test_places_that_cost_more_are_known() -> None:
    assert [each.factor for each in regions(price("claude-opus-5"))] == [Decimal("1.1")]
    assert regions(price("claude-sonnet-4-5")) == ()
    assert all(each.source and each.date.year == 2026 for each in factors())
