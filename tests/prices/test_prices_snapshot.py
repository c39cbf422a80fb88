"""The packaged price list: readable, dated, hashed, and what NOTICE says of it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scrimp.catalog.names import ModelName
from scrimp.model.errors import UserError
from scrimp.prices.snapshot import PACKAGED, SCHEMA, key, load

NOTICE = Path(__file__).parents[2] / "NOTICE"


def test_the_list_is_dated_hashed_and_large() -> None:
    snapshot = load()
    assert len(snapshot.rows) >= 2000
    assert date(2026, 11, 1) <= snapshot.date
    assert snapshot.sha256 == hashlib.sha256(PACKAGED.read_bytes()).hexdigest()


def test_every_row_has_prices_that_can_be_reckoned_with() -> None:
    snapshot = load()
    for name in snapshot.rows:
        row = snapshot.row(name)
        assert row is not None
        assert Decimal(row["input"]) >= 0
        assert Decimal(row["output"]) >= 0
        for above, *prices in row.get("tiers") or ():
            assert above > 0
            assert all(Decimal(price) >= 0 for price in prices if price is not None)


def test_keys_are_in_order_so_that_a_refresh_reads_as_a_list_of_changes() -> None:
    names = list(load().rows)
    assert names == sorted(names)
    assert all(name == name.lower() for name in names)


def test_what_is_free_says_so_or_runs_at_home() -> None:
    free = [name for name, row in load().rows.items() if Decimal(row[1]) == 0]
    assert [name for name in free if not (name.endswith(":free") or name.startswith("ollama/"))] == []


def test_disagreements_of_the_sources_are_listed_with_both_prices() -> None:
    snapshot = load()
    name, *prices = next(row for row in snapshot.disagreements if row[0] == "mistral/mistral-large-latest")
    row = snapshot.row(name)
    assert row is not None
    assert prices[:2] == [row["input"], row["output"]]
    assert prices[:2] != prices[2:]


def test_a_key_names_provider_zone_and_model() -> None:
    assert key(ModelName("openai", "", "gpt-4o")) == "openai/gpt-4o"
    assert key(ModelName("bedrock", "eu", "nova-pro")) == "bedrock/eu/nova-pro"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "the price list can't be read"),
        ("{", "the price list can't be read"),
        ("[]", "the price list can't be read"),
        (json.dumps({"schema": SCHEMA}), "the price list can't be read"),
        (json.dumps({"schema": "else/9"}), "this price list is 'else/9', not 'scrimp-prices/1'"),
    ],
)
def test_what_is_no_price_list_is_an_error(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "prices.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=rf"prices\.json: {message}"):
        load(path)


def test_notice_states_the_sources_and_the_hash_of_every_shipped_file() -> None:
    notice = NOTICE.read_text(encoding="utf-8")
    snapshot = load()
    assert f"sha256           {snapshot.sha256}" in notice
    assert f"date             {snapshot.date}" in notice
    assert [source.name for source in snapshot.sources if source.name not in notice] == []
    package = PACKAGED.parents[2]
    # Tables of this project's own tell the source of each row themselves.
    shipped = [PACKAGED, *package.glob("*/data/*.tiktoken.gz")]
    assert len(shipped) >= 3
    for path in shipped:
        assert path.relative_to(package).as_posix() in notice
        assert hashlib.sha256(path.read_bytes()).hexdigest() in notice
