"""Bounds of texts with holes, branches and loops, for whatever text: what must hold of all of them."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from scrimp.catalog.models import resolve
from scrimp.config.schema import VariableEntry
from scrimp.measure.sizes import Size, Sizer
from scrimp.measure.variables import VariableSize, VariableSizes
from scrimp.model.amounts import Grade
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    Segment,
    TextSegment,
    VariableSegment,
)

SIZES = VariableSizes(
    {"told": 40, "many": VariableEntry(tokens=90, items=3), "counted": VariableEntry(items=2)},
    {"imported": 25},
    "usage",
    {"shown": VariableSize(0, 11, None, Grade.HEURISTIC, "example")},
)
MODELS = ("gpt-4o", "claude-sonnet-5")
WORDS = st.text("abcde", min_size=1, max_size=6)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(
    lambda words: TextSegment(" ".join(["", *words]), "a.py", ())
)
HOLES = st.sampled_from(["told", "imported", "shown", "unknown"]).map(
    lambda name: VariableSegment(name, "a.py", 0, 0)
)


def text(value: str) -> TextSegment:
    return TextSegment(value, "a.py", ())


def hole(name: str) -> VariableSegment:
    return VariableSegment(name, "a.py", 0, 0)


def _nested(inner: st.SearchStrategy[Segment]) -> st.SearchStrategy[Segment]:
    bodies = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(BranchSegment, st.just("c"), st.lists(bodies, min_size=1, max_size=3).map(tuple)),
        st.builds(
            LoopSegment,
            st.sampled_from(["for x in many", "counted", "for x in told", "nothing"]),
            bodies,
            st.none() | st.integers(0, 4),
        ),
        st.builds(InlineSegment, st.just("b.py::B"), bodies),
    )


SEGMENTS = st.lists(st.recursive(TEXTS | HOLES, _nested, max_leaves=8), max_size=5).map(tuple)


def sized(segments: tuple[Segment, ...], model: str = "gpt-4o") -> Size:
    return Sizer(resolve(model), SIZES).size(segments)


def runs(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """Segments without inlined prompts, as they are sent."""
    for segment in segments:
        if isinstance(segment, InlineSegment):
            yield from runs(segment.body)
        else:
            yield segment


@given(SEGMENTS, st.sampled_from(MODELS))
def test_bounds_are_in_order(segments: tuple[Segment, ...], model: str) -> None:
    size = sized(segments, model)

    assert 0 <= size.low <= size.typical
    assert size.high is None or size.typical <= size.high
    assert 0 <= size.guessed <= size.typical
    assert size.prefix <= size.static <= size.typical


@given(SEGMENTS, st.sampled_from(MODELS), st.integers(0, 5))
def test_more_text_never_lowers_a_bound(segments: tuple[Segment, ...], model: str, place: int) -> None:
    longer = (*segments[:place], text(" fgh ijk"), *segments[place:])
    before, after = sized(segments, model), sized(longer, model)

    assert after.static > before.static
    assert after.low >= before.low
    assert after.typical > before.typical
    assert (after.high is None) is (before.high is None)
    assert after.high is None or before.high is None or after.high >= before.high


@given(SEGMENTS)
def test_a_join_is_the_sum_of_its_parts_but_for_a_token_a_break(segments: tuple[Segment, ...]) -> None:
    parts = [sized((each,)) for each in runs(segments)]
    whole = sized(segments)

    assert abs(whole.typical - sum(part.typical for part in parts)) <= max(len(parts) - 1, 0)
    assert abs(whole.low - sum(part.low for part in parts)) <= max(len(parts) - 1, 0)


@given(st.lists(SEGMENTS, min_size=1, max_size=4))
def test_exclusive_alternatives_never_add_up(alternatives: list[tuple[Segment, ...]]) -> None:
    size = sized((BranchSegment("c", tuple(alternatives)),))
    each = [sized(alternative) for alternative in alternatives]

    assert size.low == min(one.low for one in each)
    assert size.typical == max(one.typical for one in each)
    assert size.high == (
        None if any(one.high is None for one in each) else max(one.high or 0 for one in each)
    )


class TestALoop:
    def test_over_a_list_that_is_written_down_repeats_its_body(self) -> None:
        size = sized((LoopSegment("for x in xs", (text(" one two"), hole("told")), 3),))

        assert (size.static, size.low, size.typical) == (6, 126, 126)
        assert size.high == 3 * (2 + 41) + 2

    def test_of_which_the_items_are_configured_repeats_its_body(self) -> None:
        size = sized((LoopSegment("for x in counted", (text(" one two"),)),))

        assert (size.static, size.low, size.typical, size.high) == (0, 4, 4, 5)
        assert size.grade is Grade.CONFIGURED

    def test_of_which_all_items_are_configured_adds_its_frame_for_each(self) -> None:
        size = sized((LoopSegment("for x in many", (text(" one two"), hole("x"))),))

        assert (size.low, size.typical, size.high) == (96, 96, 6 + 2 + 91)

    def test_over_something_of_known_size_but_unknown_number_has_its_frame_once_and_no_bound(self) -> None:
        size = sized((LoopSegment("for x in told", (text(" one two"), hole("x"))),))

        assert (size.low, size.typical, size.high) == (40, 42, None)


class TestAHoleWithADefault:
    def test_is_as_large_as_its_default_if_nothing_tells(self) -> None:
        size = sized((BranchSegment("unknown", ((hole("unknown"),), (text(" one two three"),))),))

        assert (size.static, size.low, size.typical, size.high) == (0, 0, 3, None)

    def test_is_as_large_as_is_told(self) -> None:
        size = sized((BranchSegment("told", ((hole("told"),), (text(" one" * 60),))),))

        assert (size.low, size.typical, size.high) == (40, 40, 41)


def test_what_rests_on_examples_is_told_apart() -> None:
    size = sized((text("one two"), hole("shown"), hole("told")))

    assert (size.low, size.typical, size.high, size.guessed) == (42, 53, None, 11)
    assert size.grade is Grade.HEURISTIC
