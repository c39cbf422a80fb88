"""Tokens of answers by their shape: a word is a token here, and so is each mark."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.measure.shapes import ITEMS, LONGEST_NUMBER, NUMBER, OPEN_TEXT, Length, length
from scrimp.model.answers import (
    Anything,
    Either,
    Many,
    Members,
    Nothing,
    Number,
    Options,
    Shape,
    Text,
    Truth,
)
from scrimp.tokens.counting import count as tokens


def count(text: str) -> int:
    return tokens(text, "o200k_base")


@pytest.mark.parametrize(
    ("shape", "expected", "most"),
    [
        (Truth(), 1, 1),
        (Nothing(), 1, 1),
        (Number(), NUMBER, LONGEST_NUMBER),
        (Number(digits=2), 2, 2),
        (Text(), OPEN_TEXT + 2, None),
        (Text(most=40), 10 + 2, 40 + 2),
        (Anything(), OPEN_TEXT, None),
        (Either((Truth(), Number(digits=2))), 2, 2),
        (Either((Text(), Nothing())), OPEN_TEXT + 2, None),
        (Many(Truth(), most=2), 2 * 2 + 2, 2 * 2 + 2),
        (Many(Truth()), ITEMS * 2 + 2, None),
        (Many(Truth(), least=9, most=10), 9 * 2 + 2, 10 * 2 + 2),
        (Many(Text(), most=2), 2 * (OPEN_TEXT + 3) + 2, None),
    ],
)
def test_the_length_of_a_shape(shape: Shape, expected: int, most: int | None) -> None:
    assert length(shape, count) == Length(expected, most)


def test_options_are_as_long_as_their_words() -> None:
    shape = Options(('"a"', '"one"', '"one two three four"'))

    assert length(shape, count) == Length(count('"one"'), count('"one two three four"'))


def _valued(draw: st.DrawFn, depth: int = 0) -> tuple[Shape, Any]:
    """A bounded shape with a value that has it, at its longest."""
    kinds = ["text", "number", "truth", "options"] + (["many", "members"] if depth < 2 else [])
    match draw(st.sampled_from(kinds)):
        case "text":
            value = draw(st.text("abcdefgh ,.", max_size=30))
            return Text(most=len(value)), value
        case "number":
            whole = draw(st.integers(0, 10**9))
            return Number(digits=len(str(whole))), whole
        case "truth":
            return Truth(), draw(st.booleans())
        case "options":
            words = draw(st.lists(st.text("abcdefgh ", min_size=1, max_size=12), min_size=1, max_size=4))
            return Options(tuple(json.dumps(word) for word in words)), draw(st.sampled_from(words))
        case "many":
            shape, value = _valued(draw, depth + 1)
            number = draw(st.integers(0, 4))
            return Many(shape, most=number), [value] * number
    members = {
        name: _valued(draw, depth + 1) for name in draw(st.sets(st.text("abcde_", min_size=1, max_size=8)))
    }
    shapes = tuple((name, shape) for name, (shape, _) in members.items())
    return Members(shapes), {name: value for name, (_, value) in members.items()}


VALUED = st.composite(_valued)()


@given(VALUED)
def test_no_answer_of_a_bounded_shape_is_longer_than_its_bound(valued: tuple[Shape, Any]) -> None:
    shape, value = valued
    found = length(shape, count)

    assert found.most is not None
    assert count(json.dumps(value)) <= found.most
    assert found.expected <= found.most
