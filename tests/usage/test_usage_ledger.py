"""What is imported adds up over imports, and never twice."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from usage_exports import DAY, SECONDS, cells_of, lines, litellm_row, openai_page, openai_result, written

from scrimp.model.errors import UserError
from scrimp.usage import ledger
from scrimp.usage.ledger import Cell, Key, Sums, merge, total


def cell(calls: int, *, day: int = 0, hours: tuple[int, int] = (0, 24), model: str = "m", project: str = "p", tag: str = "", stream: str = "s") -> Cell:  # fmt: skip
    start = DAY + day * SECONDS
    key = Key(
        date(2026, 10, 1) + timedelta(day),
        stream,
        "openai",
        model,
        project,
        "",
        "",
        "",
        (tag,) if tag else (),
    )
    sums = Sums(calls, calls * 100, 0, 0, calls * 10, 0, Decimal(calls) / 100)
    return Cell(key, start + hours[0] * 3600, start + hours[1] * 3600, sums)


def calls(cells: Iterable[Cell]) -> int | None:
    return total(each.sums for each in cells).calls


class TestMerging:
    def test_the_same_import_again_changes_nothing(self) -> None:
        batch = (cell(3, tag="a"), cell(4, tag="b"), cell(5, day=1))
        once = merge((), batch, in_buckets=False)
        again = merge(once.cells, batch, in_buckets=False)
        assert again.cells == once.cells
        assert again.repeated.calls == 12

    def test_overlapping_days_count_once(self) -> None:
        october = [cell(5, day=day) for day in range(10)]
        later = [cell(5, day=day) for day in range(6, 15)]
        assert calls(merge(october, later, in_buckets=True).cells) == 15 * 5

    def test_of_one_day_the_fuller_import_counts(self) -> None:
        until_noon, all_day = cell(5, hours=(0, 12)), cell(11)
        for one, other in ((until_noon, all_day), (all_day, until_noon)):
            assert merge((one,), (other,), in_buckets=True).cells == (all_day,)

    def test_parts_of_a_day_that_do_not_meet_are_added(self) -> None:
        merged = merge((cell(5, hours=(0, 12)),), (cell(6, hours=(12, 24)),), in_buckets=False)
        assert calls(merged.cells) == 11
        assert len(merged.cells) == 1

    def test_a_sum_of_several_days_counts_against_these_days(self) -> None:
        month, days = cell(310, hours=(0, 24 * 31)), [cell(10, day=day) for day in range(31)]
        assert calls(merge((month,), days, in_buckets=True).cells) == 310
        assert calls(merge(days, (month,), in_buckets=True).cells) == 310
        merged = merge((month,), days[:5], in_buckets=True)
        assert (calls(merged.cells), merged.repeated.calls) == (310, 50)
        assert calls(merge((month,), (cell(10, day=31),), in_buckets=True).cells) == 320

    def test_other_projects_models_and_systems_stand_beside_each_other(self) -> None:
        batch = (cell(2, project="q"), cell(3, model="n"), cell(4, stream="s:eu"))
        assert calls(merge((cell(1),), batch, in_buckets=False).cells) == 10

    def test_one_way_of_adding_up_counts(self) -> None:
        by_project = (cell(5, project="a"), cell(6, project="b"))
        not_by_project = (cell(11, project=""),)
        for one, other in ((by_project, not_by_project), (not_by_project, by_project)):
            merged = merge(one, other, in_buckets=True)
            assert merged.cells == by_project
            assert merged.repeated.calls == 11

    def test_logs_may_have_calls_with_and_without_a_project(self) -> None:
        assert calls(merge((), (cell(5), cell(6, project="")), in_buckets=False).cells) == 11


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("ab")), min_size=1),
    st.randoms(use_true_random=False),
)
def test_days_imported_in_any_order_and_often_are_the_same(days: list[tuple[int, str]], dice: Random) -> None:
    batches = [(cell(7 + day, day=day, project=project),) for day, project in days]

    def imported() -> tuple[Cell, ...]:
        cells: tuple[Cell, ...] = ()
        for batch in batches:
            cells = tuple(merge(cells, batch, in_buckets=True).cells)
        return cells

    once = imported()
    dice.shuffle(batches)
    assert imported() == once
    assert calls(once) == sum(7 + day for day, _ in set(days))


def test_exports_of_pages_grouped_differently_count_once(tmp_path: Path) -> None:
    by_model = openai_page(openai_result(project_id=None), openai_result(project_id=None, model="gpt-5"))
    in_all = openai_page(
        openai_result(project_id=None, model=None, num_model_requests=10, input_tokens=10_000)
    )
    cells: tuple[Cell, ...] = ()
    for name, page in (("a", by_model), ("b", in_all)):
        batch, _ = cells_of(written(tmp_path, json.dumps(page), name))
        cells = tuple(merge(cells, batch, in_buckets=True).cells)
    assert calls(cells) == 10


class TestAsAFile:
    def test_it_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        rows = [litellm_row(number, spend=number / 3, request_tags=["a,b", 'say "x"']) for number in range(4)]
        cells, _ = cells_of(written(tmp_path, lines(*rows)))
        text = ledger.written(cells)
        assert list(ledger.read("x.csv", text.encode())) == cells
        assert ledger.written(reversed(cells)) == text

    @pytest.mark.parametrize(
        ("line", "place"),
        [
            ("2026-10-01,s,,,,,,,,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,-1,0,0,0,0,0,", "x.csv:2:1: calls: '-1' is negative"),
            ("someday,s,,,,,,,,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,1,0,0,0,0,0,", "x.csv:2:1: "),
            ("2026-10-01,s", "x.csv:2:1: "),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_told_with_its_place(self, line: str, place: str) -> None:
        text = ",".join(ledger.COLUMNS) + "\n" + line + "\n"
        with pytest.raises(UserError) as caught:
            ledger.read("x.csv", text.encode())
        assert caught.value.message.startswith(place)

    def test_another_table_is_refused(self) -> None:
        with pytest.raises(UserError, match="no ledger"):
            ledger.read("x.csv", b"a,b\n1,2\n")
