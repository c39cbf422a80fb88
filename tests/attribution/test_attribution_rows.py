"""Who bears what, with figures computed by hand: the small model costs a dollar for a million words in, four out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured_trees import Call, Text, alone, tree
from msgspec.structs import replace

from scrimp.attribution import attribute
from scrimp.model.amounts import Grade, Interval
from scrimp.model.attribution import Attribution, AttributionRow
from scrimp.model.measured import Measured
from scrimp.model.savings import Saved
from scrimp.pipeline.totals import totals

SEARCH = Text("src/search/a.py", "SYSTEM", "one two three four five six seven eight nine ten", owner="search")
MAIL = Text("src/mail/deep/b.py", "MAIL", "one two three four five six", owner="mail")
STRAY = Text("src/c.py", "STRAY", "one two three four")


def attributed(
    measured: Measured, by: str = "owner", saved: Sequence[Saved] = (), depth: int = 1
) -> Attribution:
    return attribute(measured, saved, totals(measured, saved), by, depth)


def rows(found: Attribution) -> dict[str, AttributionRow]:
    return {row.name: row for row in found.rows}


def costs(found: Attribution) -> dict[str, str | None]:
    return {
        row.name: None if row.monthly.typical is None else str(row.monthly.typical.normalize())
        for row in found.rows
    }


def saving(prompt: Text, amount: str | None, request: str = "") -> Saved:
    return Saved(prompt.id, request, None if amount is None else Decimal(amount))


def test_each_owner_bears_its_requests_and_nobody_has_a_row() -> None:
    found = attributed(tree(alone(SEARCH), alone(MAIL), alone(STRAY)))

    assert costs(found) == {"search": "1E+1", "mail": "6", "": "4"}
    assert [row.share for row in found.rows] == [Decimal(50), Decimal(30), Decimal(20)]
    assert found.total.monthly.typical == Decimal(20)


def test_a_request_of_several_owners_is_split_by_input_and_so_are_overhead_and_output() -> None:
    call = Call("src/search/a.py#c", (SEARCH, MAIL), overhead=4, output=3)  # 10 + 6 + 4 + 12 = 32

    found = attributed(tree(call))

    assert costs(found) == {"search": "2E+1", "mail": "12"}
    assert [(row.requests, row.calls) for row in found.rows] == [(1, 1_000_000)] * 2
    search = rows(found)["search"]
    assert (search.input_tokens, search.output_tokens) == (12_500_000, 1_875_000)  # 10/16 of 20 and of 3
    assert search.tokens_per_call.value == Decimal("12.5")
    assert search.output_per_input.value == Decimal("0.15")
    assert search.per_call.value == Decimal("0.00002")


def test_without_a_price_the_split_is_by_tokens_and_the_cost_unknown() -> None:
    found = attributed(tree(Call("a.py#c", (SEARCH, MAIL), model="house"), alone(MAIL)))

    assert costs(found) == {"mail": "6", "search": None}
    search, mail = rows(found)["search"], rows(found)["mail"]
    assert (search.share, search.unpriced, search.input_tokens) == (None, 1, 10_000_000)
    assert (search.per_call.value, search.monthly.grade) == (None, Grade.UNKNOWN)
    assert (mail.monthly.high, mail.per_call.value) == (
        None,
        Decimal("0.000006"),
    )  # of the calls with a price


def test_what_is_sent_and_has_no_words_is_split_evenly() -> None:
    empty = (replace(SEARCH, text=""), replace(MAIL, text=""))

    assert costs(attributed(tree(Call("a.py#c", empty, output=1)))) == {"mail": "2", "search": "2"}


def test_a_request_without_known_prompts_is_a_row_of_its_own_file() -> None:
    call = Call("src/chat.py#send", (), output=5)

    assert costs(attributed(tree(call))) == {"": "2E+1"}
    assert costs(attributed(tree(call), "file")) == {"src/chat.py": "2E+1"}


def test_by_model_and_provider_requests_stay_whole() -> None:
    measured = tree(Call("a.py#c", (SEARCH, MAIL)), alone(MAIL, model="large"))

    assert costs(attributed(measured, "model")) == {"large": "6E+1", "small": "16"}
    assert costs(attributed(measured, "provider")) == {"openai": "76"}


@pytest.mark.parametrize(
    ("depth", "folders"),
    [
        (1, {"src/search/": "1E+1", "src/mail/": "6", "src/": "4"}),
        (2, {"src/search/": "1E+1", "src/mail/deep/": "6", "src/": "4"}),
    ],
)
def test_folders_are_those_below_what_all_share(depth: int, folders: dict[str, str]) -> None:
    measured = tree(alone(SEARCH), alone(MAIL), alone(STRAY))

    assert costs(attributed(measured, "folder", depth=depth)) == folders


def test_the_root_is_a_folder_too() -> None:
    found = attributed(tree(alone(replace(STRAY, path="c.py")), alone(SEARCH)), "folder")

    assert set(costs(found)) == {"./", "src/"}


def test_savings_stand_where_the_cost_does() -> None:
    call = Call("a.py#c", (SEARCH, MAIL))
    findings = [
        saving(MAIL, "3"),
        saving(SEARCH, "1"),
        saving(SEARCH, None),
        saving(MAIL, "2", "a.py#c"),
    ]

    by_owner, by_model = (attributed(tree(call), by, findings) for by in ("owner", "model"))

    assert {row.name: row.saveable for row in by_owner.rows} == {"search": 1, "mail": 5}
    assert {row.name: row.saveable_share.value for row in by_owner.rows} == {
        "search": 10,
        "mail": Decimal(500) / 6,
    }
    assert by_model.rows[0].saveable == 6
    assert by_owner.total.saveable == 6


def test_a_saving_on_what_nothing_sends_belongs_to_its_owner() -> None:
    found = attributed(tree(alone(SEARCH), also=(MAIL,)), "owner", [saving(MAIL, "3")])

    assert rows(found)["mail"].saveable == 3


def test_savings_that_nobody_knows_are_unknown() -> None:
    found = attributed(tree(alone(SEARCH)), "owner", [saving(SEARCH, None)])

    assert (found.rows[0].saveable, found.rows[0].saveable_share.value) == (None, None)


def test_rows_are_compared_with_the_median_of_the_named_ones() -> None:
    third = replace(MAIL, path="src/third.py", owner="third", text="one two three four five six seven eight")
    measured = tree(alone(SEARCH), alone(MAIL), alone(third), alone(STRAY))

    found = attributed(measured, saved=[saving(SEARCH, "1")])

    assert found.compared == 3
    assert {row.name: row.tokens_per_call.from_median for row in found.rows} == {
        "search": 25, "third": 0, "mail": -25, "": -50,
    }  # fmt: skip
    assert rows(found)["search"].saveable_share.from_median == 10
    assert rows(found)["search"].per_call.from_median == 25


def test_a_single_row_has_no_peers() -> None:
    assert attributed(tree(alone(SEARCH))).rows[0].per_call.from_median is None


def test_costs_are_told_apart_by_what_they_rest_on() -> None:
    measured = tree(alone(SEARCH))
    guessed = replace(measured.requests[0], calls_grade=Grade.ASSUMED)

    found = attributed(replace(measured, requests=(guessed,)))

    assert dict(found.rows[0].by_grade) == {Grade.ASSUMED: 10}


def test_nothing_is_attributed_where_there_is_nothing() -> None:
    for by in ("owner", "folder"):
        assert attributed(tree(), by).rows == ()
        assert attributed(tree(), by).total.monthly.typical == 0


_texts = st.builds(
    lambda number, words, owner, folder: Text(
        f"{folder}{number}.py", f"P{number}", "word " * words, owner=owner
    ),
    number=st.integers(0, 30),
    words=st.integers(0, 50),
    owner=st.sampled_from(["", "a", "b", "c"]),
    folder=st.sampled_from(["", "x/", "x/y/", "z/"]),
)
_calls = st.builds(
    lambda number, sends, calls, model, output: Call(
        f"call.py#{number}", tuple(sends), calls=calls, model=model, output=output
    ),
    number=st.integers(0, 1000),
    sends=st.lists(_texts, max_size=4, unique_by=lambda text: text.id),
    calls=st.integers(0, 10_000_000),
    model=st.sampled_from(["small", "large", "house"]),
    output=st.integers(0, 300),
)


@given(
    st.lists(_calls, max_size=8, unique_by=lambda call: call.id),
    st.sampled_from(["owner", "model", "provider", "folder", "file"]),
)
def test_rows_add_up_to_the_totals(calls: list[Call], by: str) -> None:
    known: dict[str, Text] = {}
    calls = [
        replace(call, sends=tuple(known.setdefault(text.id, text) for text in call.sends)) for call in calls
    ]
    measured = tree(*calls)
    whole = totals(measured)

    found = attributed(measured, by)

    amounts = [row.monthly.typical for row in found.rows if row.monthly.typical is not None]
    if whole.monthly.typical is None:
        assert amounts == []
        return
    assert sum(amounts, Decimal(0)) == found.total.monthly.typical
    assert abs(sum(amounts, Decimal(0)) - whole.monthly.typical) <= Decimal("0.005")
    assert all(amount >= 0 for amount in amounts)
    for row in found.rows:
        low, typical, high = row.monthly.low, row.monthly.typical, row.monthly.high
        if typical is not None:
            assert low is not None
            assert low <= typical
            assert high is None or typical <= high
            assert sum(row.by_grade.values(), Decimal(0)) == typical


def test_figures_have_the_bound_that_they_cant_be_below() -> None:
    measured = tree(alone(SEARCH), alone(MAIL))
    (first, second) = measured.requests
    shorter = replace(
        first,
        input_tokens=Interval(4, 10, None, Grade.EXACT),
        monthly=Interval(Decimal(4), Decimal(10), None, Grade.CONFIGURED),
    )

    found = rows(attributed(replace(measured, requests=(shorter, second))))

    search, mail = found["search"], found["mail"]
    assert (search.tokens_per_call.low, search.tokens_per_call.value) == (Decimal(4), Decimal(10))
    assert (search.per_call.low, search.per_call.value) == (Decimal("0.000004"), Decimal("0.00001"))
    assert (search.monthly.low, search.monthly.typical, search.monthly.high) == (
        Decimal(4),
        Decimal(10),
        None,
    )
    assert (mail.tokens_per_call.low, mail.per_call.low) == (mail.tokens_per_call.value, mail.per_call.value)
