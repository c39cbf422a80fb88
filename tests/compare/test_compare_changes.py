"""Changes between two measured trees: what is listed, what it costs, and why."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import measured_trees
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measured_trees import Call, Text, alone, tree
from msgspec.structs import replace

from scrimp.compare import carry, pair, unlisted
from scrimp.model.changes import Change
from scrimp.model.measured import Measured
from scrimp.model.prompts import Confidence

SYSTEM = Text("a.py", "SYSTEM", "You answer questions about trains and the weather in Bern")  # 10 words
TASK = Text(
    "a.py", "TASK", "Sum this up for a busy reader please", (("text", 100),)
)  # 8 words and 100 tokens


def _delta(change: Change) -> Decimal | None:
    before = change.before.monthly.typical if change.before else Decimal(0)
    after = change.after.monthly.typical if change.after else Decimal(0)
    return None if before is None or after is None else after - before


def _causes(change: Change) -> dict[str, Decimal | None]:
    return {cause.cause: cause.monthly for cause in change.causes}


def _only(base: Measured, head: Measured) -> Change:
    (change,) = pair(base, head)
    return change


def test_the_same_tree_has_no_changes() -> None:
    assert pair(tree(Call("c", (SYSTEM, TASK))), tree(Call("c", (SYSTEM, TASK)))) == ()


def test_a_longer_text_costs_its_tokens_times_price_times_calls() -> None:
    longer = replace(SYSTEM, text=SYSTEM.text + " and in Geneva too")

    change = _only(tree(Call("c", (SYSTEM, TASK))), tree(Call("c", (longer, TASK))))

    assert change.kind == "changed"
    assert change.after is not None
    assert change.after.prompt.id == "a.py::SYSTEM"
    assert _causes(change) == {"text": Decimal(4)}  # 4 tokens x $1 per million x a million calls
    assert _delta(change) == 4


def test_an_added_and_a_removed_prompt_bear_their_whole_requests() -> None:
    base = tree(alone(SYSTEM, output=5, overhead=3))
    head = tree(alone(Text("b.py", "OTHER", "Nothing that was there before")))

    added, removed = sorted(pair(base, head), key=lambda change: change.kind)

    assert (added.kind, _delta(added)) == ("added", Decimal(5))
    assert (removed.kind, _delta(removed)) == ("removed", Decimal(-33))  # 10 + 3 + 5 x 4
    assert _causes(removed) == {"text": Decimal(-33)}


def test_a_new_model_changes_every_prompt_that_it_is_sent() -> None:
    base, head = (
        tree(Call("c", (SYSTEM, TASK), output=5)),
        tree(Call("c", (SYSTEM, TASK), output=5, model="large")),
    )

    changes = pair(base, head)

    assert [list(_causes(change)) for change in changes] == [["model"], ["model"]]
    # input 118 tokens and output 5, nine dollars more a million in, thirty-six out
    assert sum(_delta(change) or 0 for change in changes) == 118 * 9 + 5 * 36


def test_a_higher_cap_is_the_change_of_one_prompt_of_the_call() -> None:
    base = tree(Call("c", (SYSTEM, TASK), output=50, cap=100, overhead=7))
    head = tree(Call("c", (SYSTEM, TASK), output=200, cap=400, overhead=7))

    change = _only(base, head)

    assert _causes(change) == {"cap": Decimal(150 * 4)}
    assert _delta(change) == 600


def test_a_cap_without_effect_on_costs_is_listed() -> None:
    change = _only(tree(alone(SYSTEM, output=50)), tree(alone(SYSTEM, output=50, cap=400)))

    assert (change.kind, _delta(change)) == ("changed", Decimal(0))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (alone(SYSTEM, calls=3_000_000), {"volume": Decimal(20)}),
        (alone(SYSTEM, cached=Decimal("0.5")), {"cache": Decimal("-4.5")}),
    ],
    ids=["volume", "cache"],
)
def test_what_else_can_change(head: Call, expected: dict[str, Decimal]) -> None:
    assert _causes(_only(tree(alone(SYSTEM)), tree(head))) == expected


def test_a_second_call_that_sends_a_prompt_is_a_cause() -> None:
    change = _only(tree(Call("one", (SYSTEM,))), tree(Call("one", (SYSTEM,)), Call("two", (SYSTEM,))))

    assert _causes(change) == {"calls": Decimal(10)}


@pytest.mark.parametrize("name", ["AHEAD", "ZULU"])
def test_a_new_message_beside_a_prompt_is_no_change_of_it(name: str) -> None:
    message = replace(TASK, name=name)
    base, head = tree(Call("c", (SYSTEM,), overhead=4)), tree(Call("c", (message, SYSTEM), overhead=8))

    added = _only(base, head)

    assert (added.kind, _delta(added)) == ("added", Decimal(112))  # 108 tokens, and the marks around them


def test_a_variable_that_grew_is_told_from_the_text() -> None:
    grown = replace(TASK, text="Sum this up", variables=(("text", 160),))

    change = _only(tree(alone(TASK)), tree(alone(grown)))

    assert _causes(change) == {"text": Decimal(-5), "variables": Decimal(60)}


def test_a_new_variable_of_unknown_size_is_listed_though_nothing_known_changed() -> None:
    change = _only(tree(alone(SYSTEM)), tree(alone(replace(SYSTEM, variables=(("docs", None),)))))

    assert _causes(change) == {"variables": Decimal(0)}


def test_renaming_a_variable_of_unknown_size_changes_nothing() -> None:
    one, other = (replace(SYSTEM, variables=((name, None),)) for name in ("q", "question"))

    assert pair(tree(alone(one)), tree(alone(other))) == ()


def test_a_change_without_a_price_has_causes_without_shares() -> None:
    longer = replace(SYSTEM, text=SYSTEM.text + " today")

    change = _only(tree(alone(SYSTEM, model="house")), tree(alone(longer, model="house")))

    assert _causes(change) == {"text": None}


def test_a_text_inside_another_prompt_costs_nothing_of_its_own() -> None:
    inner, grown = (Text("a.py", "INNER", text, inlined=True) for text in ("Be brief", "Be brief and kind"))

    change = _only(tree(alone(SYSTEM), also=(inner,)), tree(alone(SYSTEM), also=(grown,)))

    assert (change.kind, _delta(change), _causes(change)) == ("changed", Decimal(0), {"text": Decimal(0)})


def test_a_prompt_of_low_confidence_is_listed_and_bears_no_rest() -> None:
    doubtful = Text("a.py", "A", "Maybe it is one", confidence=Confidence.LOW)

    change = _only(
        tree(Call("c", (doubtful, SYSTEM), output=5)), tree(Call("c", (doubtful, SYSTEM), output=9))
    )

    assert change.after is not None
    assert change.after.prompt.id == SYSTEM.id


def test_per_call_costs_hold_the_rest_of_the_busiest_request() -> None:
    base = tree(Call("a", (SYSTEM,), output=5, calls=10), Call("b", (SYSTEM,), output=9, calls=20))

    change = _only(base, tree())

    assert change.before is not None
    assert change.before.per_call.typical == Decimal("0.000046")  # 10 in and 9 out


WORDS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"]), min_size=1, max_size=12
)
TEXTS = st.builds(
    Text,
    st.sampled_from(["a.py", "b.py", "c/d.py"]),
    st.sampled_from(["ONE", "TWO", "THREE", "FOUR"]),
    WORDS.map(" ".join),
    st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from([None, 3, 50])), max_size=2).map(tuple),
    st.sampled_from([Confidence.HIGH, Confidence.LOW]),
)


@st.composite
def trees(draw: st.DrawFn) -> list[Call]:
    texts = draw(st.lists(TEXTS, max_size=6, unique_by=lambda text: text.id))
    return [
        Call(
            f"call{number}",
            tuple(draw(st.lists(st.sampled_from(texts), min_size=1, max_size=3, unique=True))),
            draw(st.integers(0, 1000)),
            draw(st.sampled_from(["small", "large"])),
            draw(st.integers(0, 300)),
            draw(st.sampled_from([0, 500])),
            draw(st.integers(0, 20)),
        )
        for number in range(draw(st.integers(1, 4)) if texts else 0)
    ]


def _spent(measured: Measured) -> Decimal:
    return sum((each.monthly.typical or Decimal(0) for each in measured.requests), Decimal(0))


@settings(max_examples=30)
@given(trees(), trees())
def test_all_changes_add_up_to_the_growth_and_all_causes_to_their_change(
    before: list[Call], after: list[Call]
) -> None:
    base, head = tree(*before), tree(*after)

    changes = pair(base, head)

    assert sum((_delta(change) or Decimal(0) for change in changes), Decimal(0)) == _spent(head) - _spent(
        base
    )
    for change in changes:
        assert sum((cause.monthly or Decimal(0) for cause in change.causes), Decimal(0)) == _delta(change)


@settings(max_examples=30)
@given(trees(), trees(), st.lists(TEXTS, max_size=3, unique_by=lambda text: text.id), st.booleans())
def test_what_no_change_tells_is_told_beside_them(
    before: list[Call], after: list[Call], lone: list[Text], is_priced: bool
) -> None:
    textless = Call("textless.py#1", (), output=7)
    unpriced = [] if is_priced else [replace(call, model="house") for call in after[:1]]
    base = tree(*before, also=tuple(replace(text, path="d.py") for text in lone))
    head = tree(*unpriced, *after[len(unpriced) :], textless)

    changes = pair(base, head)
    rest = unlisted(base, head, changes)

    listed = sum((change.growth or Decimal(0) for change in changes), Decimal(0))
    assert listed + rest.without_text + rest.not_sent + rest.unpriced == _spent(head) - _spent(base)
    assert rest.without_text == 28
    assert not rest.unpriced or not all(change.growth is not None for change in changes)


def test_a_message_of_a_call_that_becomes_sure_moves_no_money() -> None:
    unsure = Text("a.py", "A", "Say it", confidence=Confidence.LOW)
    sure = replace(unsure, text="Say it in plain words", confidence=Confidence.HIGH)
    base, head = (tree(Call("c", (each, SYSTEM), output=9, overhead=7)) for each in (unsure, sure))

    assert _causes(_only(base, head)) == {"text": Decimal(3)}
    assert _causes(_only(head, base)) == {"text": Decimal(-3)}


def test_a_call_that_goes_and_a_message_that_comes_name_nothing_else() -> None:
    base = tree(Call("a.py::f#1", (TASK,), output=3), Call("a.py::f#2", (SYSTEM, TASK), output=9, cap=9))
    head = tree(Call("a.py::f#1", (SYSTEM, TASK), output=9, cap=9))

    assert _causes(_only(base, head)) == {"calls": Decimal(-120)}  # 108 tokens in, 3 out


@settings(max_examples=30)
@given(trees(), trees(), st.decimals("0.1", 9, places=2))
def test_a_new_price_is_told_from_everything_that_changes_with_it(
    before: list[Call], after: list[Call], factor: Decimal
) -> None:
    base, at_old_prices = tree(*before), tree(*after)
    with pytest.MonkeyPatch.context() as patch:
        for prices in (measured_trees.INPUT, measured_trees.OUTPUT):
            for model, usual_price in prices.items():
                patch.setitem(prices, model, usual_price * factor)
        head = tree(*after)

    usual = {_named(change): _causes(change) for change in pair(base, at_old_prices)}
    changes = pair(base, head, at_old_prices)

    assert sum((_delta(change) or Decimal(0) for change in changes), Decimal(0)) == _spent(head) - _spent(
        base
    )
    for change in (each for each in changes if each.before and each.after):
        found = _causes(change)
        price = found.pop("price", Decimal(0))
        assert price == (_delta(change) or 0) - sum((share or 0 for share in found.values()), Decimal(0))
        expected = usual.get(_named(change), {})
        assert {name: share for name, share in found.items() if share} == {
            name: share for name, share in expected.items() if share
        }


def _named(change: Change) -> str | None:
    return change.after.prompt.id if change.after else None


@settings(max_examples=30)
@given(trees(), st.sets(st.integers(0, 6)))
def test_moving_or_renaming_any_prompts_costs_nothing(calls: list[Call], chosen: set[int]) -> None:
    # A moved text keeps what tells it from others: texts of one tree are made distinct by their id.
    distinct = {text: replace(text, text=f"{text.text} {text.id}") for call in calls for text in call.sends}
    moved = {
        text: replace(text, path=f"moved/{text.path}")
        if number % 2
        else replace(text, name=f"NEW_{text.name}")
        for number, text in enumerate(distinct.values())
        if number in chosen
    }
    base = [replace(call, sends=tuple(distinct[text] for text in call.sends)) for call in calls]
    head = [replace(call, sends=tuple(moved.get(text, text) for text in call.sends)) for call in base]

    changes = pair(tree(*base), tree(*head))

    assert {change.kind for change in changes} <= {"moved"}
    assert len(changes) == len(moved)
    assert all(_delta(change) == 0 for change in changes)


@settings(max_examples=30)
@given(trees(), trees(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    before: list[Call], after: list[Call], random: Random
) -> None:
    base, head = tree(*before), tree(*after)

    def shuffled(measured: Measured) -> Measured:
        prompts, requests = list(measured.prompts), list(measured.requests)
        random.shuffle(prompts)
        random.shuffle(requests)
        return Measured(tuple(prompts), tuple(requests))

    one, other = pair(base, head), pair(shuffled(base), shuffled(head))

    assert one == other


@settings(max_examples=30)
@given(trees(), trees())
def test_a_pairing_is_one_to_one(before: list[Call], after: list[Call]) -> None:
    base, head = tree(*before), tree(*after)

    carried = carry([each.prompt for each in base.prompts], [each.prompt for each in head.prompts])

    assert len(set(carried.values())) == len(carried)
    assert set(carried) <= {each.prompt.id for each in head.prompts}
    assert set(carried.values()) <= {each.prompt.id for each in base.prompts}
