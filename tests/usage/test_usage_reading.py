"""Rows of any order, number and condition: each counts once, and none is lost silently."""

import gzip
import json
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from usage_exports import (
    ROWS,
    anthropic_page,
    cells_of,
    focus_row,
    langfuse_row,
    lines,
    litellm_row,
    openai_page,
    openai_result,
    otlp,
    pages,
    span,
    table,
    written,
)

from scrimp.model.errors import UserError
from scrimp.usage.ledger import Cell, total

EXPORTS = {
    "openai": json.dumps(openai_page(openai_result(), openai_result(model="gpt-5"))),
    "anthropic": json.dumps(anthropic_page()),
    "litellm": lines(*(litellm_row(number) for number in range(5))),
    "langfuse": json.dumps([langfuse_row(number) for number in range(5)]),
    "otel": json.dumps(otlp(*(span(number) for number in range(1, 6)))),
    "focus": table(focus_row(), focus_row(SkuMeter="gpt-5 Outp")),
}
BROKEN = {
    "openai": json.dumps(openai_page(openai_result(), openai_result(model="gpt-5", input_tokens=-1))),
    "anthropic": json.dumps(anthropic_page(output_tokens="many")),
    "litellm": lines(litellm_row(), litellm_row(1, prompt_tokens=1.5)),
    "langfuse": json.dumps([langfuse_row(), langfuse_row(1, startTime="yesterday")]),
    "otel": json.dumps(otlp(span(1), span(2, said={"gen_ai.usage.output_tokens": 10**16}))),
    "focus": table(focus_row(), focus_row(EffectiveCost="a lot")),
}


def calls(cells: list[Cell]) -> int | None:
    return total(cell.sums for cell in cells).calls


@pytest.mark.parametrize("source", EXPORTS)
class TestEverySource:
    def test_the_same_file_twice_counts_once(self, source: str, tmp_path: Path) -> None:
        one = written(tmp_path, EXPORTS[source], "one")
        cells, _ = cells_of(one)
        assert cells
        if source in ("litellm", "langfuse", "otel"):
            again, reading = cells_of(one, written(tmp_path, EXPORTS[source], "two"))
            assert (again, reading.repeated) == (cells, 5)

    def test_a_row_that_makes_no_sense_is_told_with_its_place(self, source: str, tmp_path: Path) -> None:
        _, reading = cells_of(written(tmp_path, BROKEN[source], "broken"))
        assert reading.faulty == 1
        assert "broken" in reading.faults[0]

    def test_a_file_that_ends_too_soon_is_told(self, source: str, tmp_path: Path) -> None:
        whole = EXPORTS[source]
        _, reading = cells_of(written(tmp_path, whole[: len(whole) - 30], "cut"))
        assert reading.faulty == 1

    @settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(order=st.permutations(range(7)), again=st.lists(st.integers(0, 6), max_size=5))
    def test_rows_in_another_order_and_more_than_once_count_once(
        self, source: str, tmp_path: Path, order: list[int], again: list[int]
    ) -> None:
        rows, export = ROWS[source]
        plain, _ = cells_of(written(tmp_path, export(rows), "plain"))
        mixed, reading = cells_of(
            written(tmp_path, export([rows[number] for number in (*order, *again)]), "mixed")
        )

        assert mixed == plain
        assert reading.repeated == len(again)
        assert reading.faulty == 0

    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(kept=st.floats(0.1, 0.999))
    def test_wherever_a_file_ends_no_row_is_made_up(self, source: str, tmp_path: Path, kept: float) -> None:
        rows, export = ROWS[source]
        text = export(rows)
        whole, _ = cells_of(written(tmp_path, text, "whole"))
        end = int(len(text) * kept)
        if source in ("litellm", "focus") and "\n" in text[end - 1 : end + 1]:
            return  # a table that ends with a row is whole, for all that can be seen
        try:
            cells, reading = cells_of(written(tmp_path, text[:end], "cut"), source=source)
        except UserError:
            return
        assert reading.faulty or source == "focus"
        assert {cell.key for cell in cells} <= {cell.key for cell in whole}

    def test_it_can_be_named(self, source: str, tmp_path: Path) -> None:
        path = written(tmp_path, EXPORTS[source], "one")
        assert cells_of(path, source=source)[0] == cells_of(path)[0]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_order_and_repetition_change_nothing(tmp_path: Path, dice: Random, numbers: list[int]) -> None:
    rows = [litellm_row(number, spend=number / 7, prompt_tokens=100 + number) for number in numbers]
    once = [
        litellm_row(number, spend=number / 7, prompt_tokens=100 + number) for number in sorted(set(numbers))
    ]
    dice.shuffle(rows)
    mixed, reading = cells_of(written(tmp_path, lines(*rows), "mixed"))
    plain, _ = cells_of(written(tmp_path, lines(*once), "plain"))
    assert mixed == plain
    assert calls(mixed) == len(set(numbers))
    assert reading.repeated == len(numbers) - len(set(numbers))


def test_of_two_rows_of_one_identity_the_fuller_counts(tmp_path: Path) -> None:
    early, late = litellm_row(completion_tokens=3), litellm_row(completion_tokens=30)
    for rows in ((early, late), (late, early)):
        cells, _ = cells_of(written(tmp_path, lines(*rows)))
        assert [cell.sums.output for cell in cells] == [30]


def test_money_is_added_up_exactly(tmp_path: Path) -> None:
    rows = [litellm_row(number, spend=0.1) for number in range(30)]
    cells, _ = cells_of(written(tmp_path, lines(*rows)))
    assert [cell.sums.usd for cell in cells] == [Decimal(3)]


def test_a_line_that_is_no_json_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    text = lines(litellm_row()) + "{oops\n" + lines(litellm_row(1))
    cells, reading = cells_of(written(tmp_path, text, "spend.jsonl"))
    assert calls(cells) == 2
    assert reading.faults[0].startswith(f"{tmp_path}/spend.jsonl:2: not JSON")


def test_another_currency_is_refused_with_its_place(tmp_path: Path) -> None:
    path = written(
        tmp_path, table(focus_row(), focus_row(BillingCurrency="EUR", SkuMeter="gpt-5")), "bill.csv"
    )
    with pytest.raises(UserError, match=r"bill\.csv:3: amounts are in 'EUR'"):
        cells_of(path)


def test_tags_of_single_calls_can_be_left_out(tmp_path: Path) -> None:
    rows = [litellm_row(number, request_tags=[f"job-{number}"]) for number in range(5)]
    path = written(tmp_path, lines(*rows))
    assert len(cells_of(path)[0]) == 5
    assert len(cells_of(path, tags=False)[0]) == 1


@pytest.mark.parametrize(
    "page", [openai_page(openai_result()), anthropic_page()], ids=["openai", "anthropic"]
)
def test_a_last_page_that_tells_of_more_is_told(page: dict[str, Any], tmp_path: Path) -> None:
    _, finished = cells_of(written(tmp_path, pages(page), "one.json"))
    _, alone = cells_of(written(tmp_path, pages(page, more=True), "one.json"))
    _, listed = cells_of(written(tmp_path, json.dumps([page, page | {"has_more": True}]), "list.json"))

    assert finished.faults == []
    assert alone.faults == [
        f"{tmp_path}/one.json: its last page tells that there are more: export these, too"
    ]
    assert len(listed.faults) == 1


def test_a_page_that_another_file_goes_on_after_is_complete(tmp_path: Path) -> None:
    first = written(tmp_path, pages(openai_page(openai_result()), more=True), "one.json")
    packed = tmp_path / "one.json.gz"
    packed.write_bytes(gzip.compress(first.read_bytes()))
    second = written(tmp_path, pages(openai_page(openai_result(), day=1)), "two.json")
    third = written(tmp_path, pages(openai_page(openai_result(), day=2)), "three.json")

    for one in (first, packed):
        assert cells_of(one, second)[1].faults == []
        assert len(cells_of(one, third)[1].faults) == 1
