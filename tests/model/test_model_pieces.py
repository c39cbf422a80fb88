from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scrimp.model.algebra import EMPTY, Text
from scrimp.model.pieces import Writer, concat, slice_text, source_range, verbatim

SOURCE = "0123456789abcdefghij"


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text made of copies of SOURCE, of units, and of characters from nowhere."""
    writer = Writer()
    position = 0
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(position, len(SOURCE)))
        position = draw(st.integers(start, len(SOURCE)))
        match draw(st.sampled_from(["copy", "unit", "made"])):
            case "copy":
                writer.copy(SOURCE, start, position)
            case "unit":
                writer.unit(draw(st.text("xyz", max_size=3)), start, position)
            case _:
                writer.made(draw(st.text("xyz", max_size=3)))
    return writer.text()


@given(texts(), st.integers(0, 30), st.integers(0, 30))
def test_slice_has_the_value_of_the_slice_and_pieces_that_are_true(text: Text, start: int, end: int) -> None:
    cut = slice_text(text, start, end)

    assert cut.value == text.value[start:end]
    for first, last, written, written_end in cut.pieces:
        assert 0 <= first < last <= len(cut.value)
        if last - first == written_end - written:
            assert cut.value[first:last] == SOURCE[written:written_end]


@given(texts(), st.integers(0, 30))
def test_a_text_cut_between_pieces_and_joined_again_is_the_same(text: Text, where: int) -> None:
    inside_unit = any(
        start < where < end and end - start != last - first for start, end, first, last in text.pieces
    )
    joined = concat([slice_text(text, 0, where), slice_text(text, where, len(text.value))])

    assert joined.value == text.value
    if not inside_unit:
        assert joined.pieces == text.pieces


@given(texts(), st.integers(0, 30), st.integers(0, 30))
def test_source_range_holds_every_character_written_in_the_stretch(text: Text, start: int, end: int) -> None:
    places = [
        place
        for first, last, written, written_end in text.pieces
        for index in range(max(first, start), min(last, end))
        for place in (
            [written + index - first]
            if last - first == written_end - written
            else range(written, written_end)
        )
    ]

    found = source_range(text, start, end)

    assert found == ((min(places), max(places) + 1) if places else None)


def test_neighbouring_copies_become_one_piece() -> None:
    writer = Writer()
    writer.copy(SOURCE, 2, 4)
    writer.copy(SOURCE, 4, 6)
    writer.copy(SOURCE, 8, 9)

    assert writer.text() == Text("23458", ((0, 4, 2, 6), (4, 5, 8, 9)))


def test_a_unit_as_long_as_its_range_claims_no_place() -> None:
    writer = Writer()
    writer.unit(" ", 3, 4)

    assert writer.text() == Text(" ")


def test_nothing_is_the_empty_text() -> None:
    assert verbatim(SOURCE, 3, 3) == EMPTY
    assert concat([]) == EMPTY
    assert slice_text(verbatim(SOURCE, 0, 5), 4, 2) == EMPTY
