"""The price lock: what it holds, that it is read first, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from scrimp.model.errors import UserError
from scrimp.prices.book import Override, PriceBook
from scrimp.prices.lock import Entry, Lock, read_lock, resolve
from scrimp.prices.refresh import newer, steps
from scrimp.prices.snapshot import SCHEMA, Snapshot, load, render

TODAY = date(2026, 11, 24)
NAMES = ("gpt-5-mini", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "openai/gpt-4o-2024-08-06", "my-own")


def text(*names: str) -> str:
    return render(resolve(names or NAMES, [load()], TODAY).document)


def listed(day: str = "2026-11-20", **prices: tuple[str | None, ...]) -> Snapshot:
    """A list of OpenAI's models: input, output and cached input of each."""
    fields = ["source", "input", "output", "cached_input"]
    document = {
        "schema": SCHEMA,
        "date": day,
        "sources": [{"package": "ours", "version": "1", "date": day}],
        "fields": fields,
        "models": {f"openai/{name.replace('_', '-')}": [0, *row] for name, row in prices.items()},
        "disagreements": [],
    }
    return newer(json.dumps(document).encode(), "new.json", TODAY)


def test_a_lock_holds_the_models_in_use_under_their_names_in_full() -> None:
    lock = resolve(NAMES, [load()], TODAY)
    assert list(lock.document["models"]) == [
        "bedrock/us/claude-sonnet-4-5-20250929",
        "openai/gpt-4o-2024-08-06",
        "openai/gpt-5-mini",
    ]
    assert lock.unpriced == ("my-own",)


def test_a_lock_is_the_same_text_whatever_the_order() -> None:
    assert text(*NAMES) == text(*reversed(NAMES), *NAMES)


def test_a_locked_price_is_the_listed_one_with_its_source_and_date() -> None:
    book, bare = PriceBook(load(), lock=read_lock(text().encode())), PriceBook(load())
    for name in NAMES[:3]:
        one, other = book.price(name), bare.price(name)
        assert one is not None
        assert other is not None
        assert (one.rates, one.source, one.date) == (other.rates, other.source, other.date)
        assert (one.services, one.long_input, one.cache_minimum) == (
            other.services, other.long_input, other.cache_minimum
        )  # fmt: skip


def test_the_lock_goes_before_the_packaged_list_and_after_the_configuration() -> None:
    older = resolve(
        ["gpt-5-mini", "gpt-4o"], [listed(gpt_5_mini=("7", "8", None), gpt_4o=("9", "9", None))], TODAY
    )
    lock = read_lock(render(older.document).encode())
    book = PriceBook(load(), {"gpt-4o": Override(Decimal(1), None, Decimal(2))}, lock)
    prices = {name: book.price(name) for name in ("gpt-5-mini", "gpt-4o", "gpt-5")}
    assert [price and price.input for price in prices.values()] == [Decimal(7), Decimal(1), Decimal("1.25")]
    assert (book.stamp.source, book.stamp.date, book.stamp.sha256) == ("lock", "2026-11-20", lock.sha256)
    assert book.is_old(date(2027, 2, 19))


def test_locking_again_takes_the_newest_price_of_each_model() -> None:
    lock = read_lock(
        render(resolve(["gpt-5-mini"], [listed(gpt_5_mini=("7", "8", None))], TODAY).document).encode()
    )
    again = resolve(["gpt-5-mini", "gpt-4o"], [lock, load()], TODAY)
    assert {name: entry.source.name for name, entry in again.entries.items()} == {
        "openai/gpt-5-mini": "ours 1",
        "openai/gpt-4o": load().sources[0].name,
    }
    assert again.document["date"] == load().sources[0].date.isoformat()  # as old as its oldest price


def test_an_empty_lock_can_be_read() -> None:
    assert read_lock(text("my-own").encode()).rows == {}


@pytest.mark.parametrize(
    ("find", "replace", "message"),
    [
        (
            '"0.25"',
            '"-0.25"',
            r"scrimp-prices.lock.json:\d+:1: openai/gpt-5-mini: the price of input is negative",
        ),
        ('"0.25"', '"NaN"', r"scrimp-prices.lock.json:\d+:1: .*is no number: 'NaN'"),
        ('"0.25"', '"2500000"', r"scrimp-prices.lock.json:\d+:1: .*is absurd: 2500000 USD per million"),
        ('"0.25"', "0.25", r"is no number: 0.25"),
        ('"0.25"', '"0.26"', r"scrimp-prices.lock.json:1:1: the prices are not those that were locked"),
        ('"openai/gpt-5-mini":[', '"openai/gpt-5-mini":[7', r"its source isn't listed"),
        (
            '"openai/gpt-5-mini":[',
            '"x":5,"openai/gpt-5-mini":[',
            r":\d+:1: x: this is no row of a price list",
        ),
        (
            '"openai/gpt-5-mini":[',
            '"x":[0,"1","1",null,null,null,7],"y":[',
            r"x: this is no row of a price list",
        ),
        ('"models":{', '"models":[],"m":{', r":1:1: this is no price list"),
        ("400000", '"many"', r"context_window is no number of tokens: 'many'"),
        ("scrimp-prices/1", "scrimp-prices/9", r"this price list is 'scrimp-prices/9'"),
        ('"models":{', '"models":{{', r"can't be read"),
    ],
)
def test_a_lock_that_was_damaged_is_refused_with_its_line(find: str, replace: str, message: str) -> None:
    damaged = text("gpt-5-mini").replace(find, replace, 1)
    with pytest.raises(UserError, match=message):
        read_lock(damaged.encode())


def entries(snapshot: Snapshot, *names: str) -> dict[str, Entry]:
    return dict(resolve(names, [snapshot], TODAY).entries)


def test_steps_are_the_prices_that_change_of_models_that_both_know() -> None:
    before = entries(listed(a=("1", "2", "0.5"), b=("1", "1", None)), "openai/a", "openai/b")
    after = Lock(entries(listed(a=("1", "3", None), c=("1", "1", None)), "openai/a", "openai/c"))
    found = [(step.model, step.figure, step.before, step.after) for step in steps(before, after)]
    assert found == [
        ("openai/a", "output", Decimal(2), Decimal(3)),
        ("openai/a", "cached_input", Decimal("0.5"), None),
    ]


@pytest.mark.parametrize(
    ("before", "after", "suspicious"),
    [
        ("1", "10", False),
        ("1", "10.01", True),
        ("1", "0.1", False),
        ("1", "0.09", True),
        ("1", "0", True),
        ("0", "5", False),
        ("1", None, False),
    ],
)
def test_free_and_tenfold_changes_are_suspicious(before: str, after: str | None, suspicious: bool) -> None:
    old = entries(listed(a=("1", "1", before)), "openai/a")
    new = Lock(entries(listed(a=("1", "1", after)), "openai/a"))
    assert [step.suspicious for step in steps(old, new)] == [suspicious]


def table(**more: Any) -> bytes:
    entry = {
        "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-7, "output_cost_per_token": 2e-6,
        "input_cost_per_token_batches": 1.5e-7, "output_cost_per_token_batches": 1e-6,
        "cache_read_input_token_cost": 3e-8, "max_input_tokens": 1000, "prompt_cache_min_tokens": 1024.0,
    } | more  # fmt: skip
    return json.dumps({"sample_spec": {"mode": "one of"}, "gpt-5-mini": entry}).encode()


def test_litellms_table_is_taken_as_of_today() -> None:
    found = newer(table(), "prices.json", TODAY)
    price = PriceBook(found).price("gpt-5-mini")
    assert price is not None
    assert (price.input, price.output, price.cached_input) == (Decimal("0.3"), Decimal(2), Decimal("0.03"))
    assert price.services["batch"].input == Decimal("0.15")
    assert price.cache_minimum == 1024
    assert price.source.startswith("litellm sha256:")
    assert price.date == TODAY


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "this is no JSON"),
        (b"<html>", "this is no JSON"),
        (b"[" * 100_000, "this is no JSON"),
        (b"[]", "this is no price list"),
        (b"{}", "this price list is empty"),
        (b'{"a": 1}', "neither a price list of scrimp nor LiteLLM's table"),
        (b'{"schema": "scrimp/1"}', "this price list is 'scrimp/1'"),
        (table(input_cost_per_token=-1e-6), r"new:\d+:1: openai/gpt-5-mini: the price of input is negative"),
        (table(input_cost_per_token=1), r"the price of input is absurd: 1000000"),
        (table(input_cost_per_token="free"), "neither a price list"),
    ],
)
def test_what_is_no_list_to_believe_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(UserError, match=message):
        newer(content, "new", TODAY)


def test_a_list_of_the_future_is_refused() -> None:
    with pytest.raises(UserError, match="of 2027-01-01, which is yet to come"):
        listed("2027-01-01", a=("1", "1", None))
