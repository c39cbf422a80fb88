"""Prices by name: the user's own first, then the list's, and nothing where nobody states one."""

from __future__ import annotations

import socket
from datetime import date, timedelta
from decimal import Decimal

import pytest

from scrimp.model.report import PriceStamp
from scrimp.prices.book import LongInput, Override, Price, PriceBook, Rates
from scrimp.prices.snapshot import load


@pytest.fixture
def book() -> PriceBook:
    return PriceBook(load())


def priced(book: PriceBook, name: str) -> Price:
    price = book.price(name)
    assert price is not None, name
    return price


# Input and output in USD per million tokens (2026-11).
KNOWN = {
    ("2.5", "10"): [
        "gpt-4o",
        "openai/gpt-4o",
        "openai:gpt-4o",
        "gpt-4o-2024-08-06",
        "azure/gpt-4o",
        "GPT-4o",
    ],
    ("2.75", "11"): ["azure/eu/gpt-4o-2024-08-06"],
    ("0.15", "0.6"): ["gpt-4o-mini", "litellm_proxy/gpt-4o-mini", "gpt-4o-mini-2024-07-18"],
    ("0.25", "2"): ["gpt-5-mini", "openai/gpt-5-mini", "gpt-5-mini-2025-08-07"],
    ("1.25", "10"): ["gpt-5", "gemini-2.5-pro", "models/gemini-2.5-pro", "vertex_ai/gemini-2.5-pro"],
    ("0.4", "1.6"): ["gpt-4.1-mini"],
    ("1.1", "4.4"): ["o3-mini", "o4-mini-2025-04-16"],
    ("30", "60"): ["gpt-4", "gpt-4-0613"],
    ("0.5", "1.5"): ["gpt-3.5-turbo", "gpt-35-turbo", "gpt-3.5-turbo-0125"],
    ("3", "15"): [
        "claude-sonnet-4-5",
        "anthropic/claude-sonnet-4.5",
        "anthropic:claude-sonnet-4-5-20250929",
        "claude-3-5-sonnet-20241022",
        "claude-3-5-sonnet-latest",
        "vertex_ai/claude-3-5-sonnet@20240620",
        "anthropic.claude-3-sonnet-20240229-v1:0",
    ],
    ("3.3", "16.5"): [
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "bedrock/eu.anthropic.claude-sonnet-4-6",
    ],
    ("1", "5"): ["claude-haiku-4-5", "claude-haiku-4-5-20251001"],
    ("0.3", "2.5"): ["gemini-2.5-flash", "gemini/gemini-2.5-flash", "google-gla:gemini-2.5-flash"],
    ("0.1", "0.4"): ["gemini-2.0-flash", "gemini-2.0-flash-001"],
    ("0.59", "0.79"): ["groq/llama-3.3-70b-versatile"],
    ("0.88", "0.88"): ["together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo"],
    ("1.05", "4.2"): ["eu.amazon.nova-pro-v1:0"],
    ("1.2", "6"): ["qwen3-max", "dashscope/qwen3-max"],
    ("0.02", "0"): ["text-embedding-3-small"],
    ("0.3", "1.2"): ["ft:gpt-4o-mini-2024-07-18:team::id"],
    ("0", "0"): ["ollama/llama3:8b", "openrouter/meta-llama/llama-3.3-70b-instruct:free"],
}


@pytest.mark.parametrize(
    ("name", "prices"), [(name, prices) for prices, names in KNOWN.items() for name in names]
)
def test_well_known_models_are_priced_in_every_spelling(
    book: PriceBook, name: str, prices: tuple[str, str]
) -> None:
    price = priced(book, name)
    assert (price.input, price.output) == (Decimal(prices[0]), Decimal(prices[1]))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "my-finetune",
        "azure/my-deployment",
        "ft:gpt-4:team::id",
        "groq/gpt-4o",
        "llama-3.3-70b",
        "{model}",
        "openrouter/openai/gpt-4o:free",
    ],
)
def test_what_nobody_prices_is_unknown_and_not_free(book: PriceBook, name: str) -> None:
    assert book.price(name) is None


def test_a_price_says_what_else_is_known(book: PriceBook) -> None:
    price = priced(book, "gemini/gemini-2.5-pro")
    assert price.provider == "google"
    assert price.cached_input == Decimal("0.125")
    assert price.services["batch"] == Rates(Decimal("0.625"), Decimal(5), Decimal("0.125"))
    assert price.context_window == 1_048_576
    assert price.max_output == 65_535 or price.max_output == 65_536
    assert price.cache_minimum == 2048
    assert price.long_input == (LongInput(200_000, Decimal("2.5"), Decimal(15), Decimal("0.25")),)
    assert price.source.startswith("genai-prices ")
    assert price.date == book.snapshot.date


def test_writing_to_the_cache_costs_extra_where_the_provider_says_so(book: PriceBook) -> None:
    claude = priced(book, "claude-sonnet-4-5")
    assert (claude.cache_write, claude.cache_write_hour) == (Decimal("3.75"), Decimal(6))
    assert priced(book, "gpt-4o").cache_write is None


OWN = Override(input=Decimal("1.5"), cached_input=Decimal("0.15"), output=Decimal(7))
OTHER = Override(input=Decimal(9), cached_input=None, output=Decimal(9))


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("my-finetune", "my-finetune"),
        ("my-finetune", "azure/my-finetune"),
        ("gpt-4o", "gpt-4o"),
        ("gpt-4o", "openai:gpt-4o"),
        ("openai/gpt-4o", "gpt-4o"),
        ("ft:gpt-4o:team::id", "ft:gpt-4o:team::id"),
        ("claude-sonnet-4.5", "anthropic/claude-sonnet-4-5"),
    ],
)
def test_the_users_price_comes_first_in_every_spelling(stated: str, name: str) -> None:
    price = priced(PriceBook(load(), {stated: OWN}), name)
    assert (price.input, price.cached_input, price.output) == (Decimal("1.5"), Decimal("0.15"), Decimal(7))
    assert (price.source, price.date) == ("configuration", None)


def test_the_users_price_for_a_provider_beats_the_one_for_all() -> None:
    book = PriceBook(load(), {"gpt-4o": OTHER, "azure/gpt-4o": OWN})
    assert priced(book, "azure/gpt-4o").input == OWN.input
    assert priced(book, "azure:gpt-4o").input == OWN.input
    assert priced(book, "openai/gpt-4o").input == OTHER.input


def test_the_users_price_holds_for_no_other_model() -> None:
    book = PriceBook(load(), {"gpt-4o": OWN, "azure/gpt-4o-mini": OTHER})
    assert priced(book, "gpt-4o-mini").input == Decimal("0.15")
    assert book.price("ft:gpt-4:team::id") is None


def test_the_stamp_names_the_list_in_force(book: PriceBook) -> None:
    assert book.stamp == PriceStamp("packaged", book.snapshot.date.isoformat(), book.snapshot.sha256)


@pytest.mark.parametrize(("days", "old"), [(0, False), (90, False), (91, True)])
def test_a_list_is_old_after_ninety_days(book: PriceBook, days: int, old: bool) -> None:
    assert book.is_old(book.snapshot.date + timedelta(days=days)) is old
    assert isinstance(book.snapshot.date, date)


def test_prices_need_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    load.cache_clear()
    assert PriceBook(load()).price("gpt-4o") is not None
