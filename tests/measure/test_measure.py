"""Sizes of segments and costs of requests, on linked values made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.catalog.models import resolve
from scrimp.config.globs import Target
from scrimp.config.load import load
from scrimp.config.schema import Settings
from scrimp.measure import DEFAULT_CALLS, DEFAULT_MODEL, DEFAULT_OUTPUT, Measurement, Size, Sizer, followed_by
from scrimp.measure.variables import VariableSizes
from scrimp.model.amounts import Grade
from scrimp.model.measured import MeasuredRequest
from scrimp.model.prompts import Confidence, Linked, Prompt, Request, RequestPart
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Segment,
    TextSegment,
    VariableSegment,
)
from scrimp.model.source import Place
from scrimp.prices import snapshot
from scrimp.prices.book import Override, PriceBook

MODEL = "gpt-4o"
BOOK = PriceBook(snapshot.load(), {MODEL: Override(Decimal(1), None, Decimal(10))})
VARIABLES = {"known": 40}


def text(value: str) -> TextSegment:
    return TextSegment(value, "a.py", ())


def hole(name: str) -> VariableSegment:
    return VariableSegment(name, "a.py", 0, 0)


def sized(*segments: Segment, model: str = MODEL) -> Size:
    return Sizer(resolve(model), VariableSizes(VARIABLES)).size(segments)


class TestASize:
    def test_of_text_is_exact(self) -> None:
        assert sized(text("one two three")) == Size(3, 3, 3, 3, Grade.EXACT, 3, closed=True)

    def test_of_nothing_is_nothing(self) -> None:
        assert sized() == Size(0, 0, 0, 0, Grade.EXACT, 0, closed=True)

    def test_joins_neighbouring_text_before_it_counts(self) -> None:
        assert sized(text("inter"), text("national")) == sized(text("international"))
        assert sized(text("inter"), InlineSegment("a.py::B", (text("national"),))).static == 1

    def test_of_a_variable_of_known_size_is_off_by_a_token_at_most(self) -> None:
        size = sized(text("one two"), hole("known"), text(" three"))

        assert (size.static, size.low, size.typical, size.high) == (3, 43, 43, 44)
        assert size.grade is Grade.CONFIGURED

    def test_of_a_variable_of_unknown_size_has_no_upper_bound(self) -> None:
        size = sized(text("one two"), hole("unknown"))

        assert (size.static, size.low, size.typical, size.high) == (2, 2, 2, None)
        assert size.interval.open

    def test_of_a_branch_lies_between_its_alternatives(self) -> None:
        size = sized(text("one"), BranchSegment("c", ((text(" two"),), (text(" two three four"),), ())))

        assert (size.static, size.low, size.typical, size.high) == (1, 1, 4, 4)

    def test_of_a_branch_is_open_if_one_alternative_is(self) -> None:
        assert sized(BranchSegment("c", ((text("two"),), (hole("unknown"),)))).high is None

    def test_of_a_loop_may_be_nothing_or_without_end(self) -> None:
        size = sized(text("one"), LoopSegment("docs", (text(" two three"),)))

        assert (size.static, size.low, size.typical, size.high) == (1, 1, 3, None)

    def test_has_a_prefix_that_goes_on_behind_a_hole_that_never_changes(self) -> None:
        size = sized(text("one two"), hole("output_schema"), text(" three"), hole("question"), text(" four"))

        assert (size.prefix, size.closed) == (3, False)

    def test_for_a_model_without_a_published_vocabulary_is_an_interval(self) -> None:
        size = sized(text("one two three four five"), model="claude-sonnet-4-5")

        assert size.low < size.typical < (size.high or 0)
        assert size.grade is Grade.CALIBRATED

    @pytest.mark.parametrize(
        "segment",
        [hole("known"), BranchSegment("c", ((text("a"),),)), LoopSegment("docs", (text("a"),))],
        ids=["variable", "branch", "loop"],
    )
    def test_has_a_static_prefix_that_ends_at_the_first_hole(self, segment: Segment) -> None:
        size = sized(text("one two"), segment, text(" three"))

        assert (size.prefix, size.closed) == (2, False)


SIZES = st.builds(
    lambda low, more, above, prefix, closed: Size(
        low,
        low,
        low + more,
        None if above is None else low + more + above,
        Grade.EXACT,
        min(prefix, low),
        closed,
    ),
    *(st.integers(0, 1000) for _ in range(2)),
    st.none() | st.integers(0, 1000),
    st.integers(0, 1000),
    closed=st.booleans(),
)


@given(SIZES, SIZES, SIZES)
def test_sizes_add_up_in_whatever_groups(one: Size, two: Size, three: Size) -> None:
    assert followed_by(followed_by(one, two), three) == followed_by(one, followed_by(two, three))


@given(SIZES, SIZES)
def test_a_sum_is_open_where_a_part_is_and_ordered_elsewhere(one: Size, two: Size) -> None:
    both = followed_by(one, two)

    assert (both.high is None) is (one.high is None or two.high is None)
    assert both.low <= both.typical <= (both.typical if both.high is None else both.high)


def prompt(identity: str, *segments: Segment, kind: str = "message", **more: object) -> Prompt:
    path, _, name = identity.partition("::")
    place = Place(1, 1, 1, 2)
    return Prompt(
        identity, path, place, 0, 1, name, "python", "python-string", "none", "system", kind, "call",
        Confidence.HIGH, (), segments, identity, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def request(*prompts: Prompt, model: str = MODEL, cap: int = 0, tools: int = 0, holes: int = 0) -> Request:
    parts = tuple(RequestPart(each.id, each.role) for each in prompts)
    return Request(
        "call.py::ask#1", "call.py", 1, "openai", "chat.completions.create", False, "full", parts, model,
        "call" if model else "", cap, len(parts), tools, "once", holes,
    )  # fmt: skip


class Files(dict[str, bytes]):
    def read(self, path: str) -> bytes | None:
        return self.get(path)

    def paths(self) -> list[str]:
        return list(self)


def settings(yaml: str) -> Settings:
    return load(Files({"scrimp.yaml": yaml.encode()})).settings


def measured(
    of: Request, *prompts: Prompt, yaml: str = "", known_as: Mapping[str, Target] | None = None
) -> MeasuredRequest:
    linked = Linked(prompts, (of,))
    (only,) = Measurement(linked, {}, settings(yaml), BOOK, known_as or {}).measured().requests
    return only


P = prompt("a.py::P", text("one two three"))


class TestARequest:
    def test_of_which_nothing_is_configured_rests_on_assumptions(self) -> None:
        found = measured(request(P, model=""), P)

        assert (found.model, found.model_source) == (DEFAULT_MODEL, "default")
        assert (found.calls, found.calls_grade) == (DEFAULT_CALLS, Grade.ASSUMED)
        assert (found.output_tokens.typical, found.output_tokens.grade) == (DEFAULT_OUTPUT, Grade.ASSUMED)
        assert found.monthly.grade is Grade.ASSUMED

    def test_takes_the_model_of_the_call_before_that_of_the_configuration(self) -> None:
        yaml = "model: gpt-4.1"

        assert measured(request(P), P, yaml=yaml).model == MODEL
        assert (measured(request(P, model=""), P, yaml=yaml).model_source) == "config"

    def test_is_configured_by_its_prompts_or_by_its_own_name(self) -> None:
        by_prompt = "prompts: [{match: a.py, calls_per_month: 7}, {match: call.py, calls_per_month: 9}]"
        by_call = "prompts: [{match: call.py, calls_per_month: 9}]"

        assert measured(request(P), P, yaml=by_prompt).calls == 7
        assert measured(request(P), P, yaml=by_call).calls == 9

    def test_costs_its_tokens_its_framing_and_its_output(self) -> None:
        found = measured(request(P, cap=50), P)

        assert found.overhead == 3 + 4
        assert found.per_call.typical == Decimal("0.000510")  # (3 + 7) at $1 and 50 at $10 a million
        assert found.monthly.typical == Decimal("0.51")
        assert found.shares[0].typical == Decimal("0.000003")

    def test_without_output_costs_its_input_at_least(self) -> None:
        found = measured(request(P, cap=50), P)

        assert (found.per_call.low, found.per_call.high) == (Decimal("0.00001"), Decimal("0.00051"))

    @pytest.mark.parametrize(("tools", "holes"), [(2, 0), (0, 1)], ids=["tools", "messages from outside"])
    def test_with_parts_of_unknown_text_has_no_upper_bound(self, tools: int, holes: int) -> None:
        assert measured(request(P, tools=tools, holes=holes), P).input_tokens.high is None

    def test_that_names_an_unknown_model_costs_an_unknown_amount(self) -> None:
        found = measured(request(P, model="house-model"), P)

        assert (found.per_call.low, found.per_call.typical, found.per_call.high) == (None, None, None)
        assert found.monthly.grade is Grade.UNKNOWN
        assert found.shares[0].typical is None

    def test_keeps_the_settings_of_where_it_moved_from(self) -> None:
        moved = prompt("call.py::P", text("one two three"))
        yaml = "prompts: [{match: old.py, calls_per_month: 7, output_tokens: 5, owner: search}]"

        found = measured(
            request(moved), moved, yaml=yaml, known_as={moved.id: Target("old.py::P", "old.py", "P")}
        )

        assert (found.calls, found.output_tokens.typical, found.owner) == (7, 5, "search")


class TestAPrompt:
    def test_that_two_requests_send_is_paid_in_both(self) -> None:
        linked = Linked((P,), (request(P), request(P)))
        (found,) = Measurement(linked, {}, Settings(), BOOK).measured().prompts

        assert found.per_call.typical == Decimal("0.000003")
        assert found.monthly.typical == 2 * DEFAULT_CALLS * Decimal("0.000003")

    def test_that_nothing_sends_costs_its_own_tokens(self) -> None:
        (found,) = Measurement(Linked((P,), ()), {}, settings(f"model: {MODEL}"), BOOK).measured().prompts

        assert found.per_call.typical == Decimal("0.000003")

    def test_is_told_apart_by_its_text_and_the_names_of_its_holes(self) -> None:
        texts = [
            (text("one two"),),
            (text("one"), hole("a"), text(" two")),
            (text("one"), hole("b"), text(" two")),
        ]
        prompts = [prompt(f"a.py::P{number}", *each) for number, each in enumerate(texts)]
        elsewhere = prompt("b.py::Q", *texts[0])

        found = Measurement(Linked((*prompts, elsewhere), ()), {}, Settings(), BOOK).measured().prompts
        first, second, third, same = (each.text_sha256 for each in found)

        assert len({first, second, third}) == 3
        assert same == first

    def test_shows_each_variable_with_what_is_known_of_it(self) -> None:
        asked = prompt("a.py::P", text("one"), hole("known"), hole("unknown"))
        yaml = 'prompts: [{match: "**", variables: {known: 40}}]'

        (found,) = Measurement(Linked((asked,), ()), {}, settings(yaml), BOOK).measured().prompts

        assert [(each.name, each.tokens, each.grade) for each in found.variables] == [
            ("known", 40, Grade.CONFIGURED),
            ("unknown", None, Grade.UNKNOWN),
        ]
