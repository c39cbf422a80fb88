"""The index finds what comparing each text with each would find."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.checks.shingles import Likeness, Shingles, likenesses, share, shingles, words

HALF = Fraction(1, 2)
SETS = st.frozensets(st.integers(0, 14), max_size=10)
"""Of so few numbers that many sets are alike."""


def compared(texts: Sequence[Shingles], least: Fraction) -> list[Likeness | None]:
    """Each text with each of the earlier ones that are like none before them."""
    kept: list[int] = []
    found: list[Likeness | None] = []
    for number, text in enumerate(texts):
        near = [Likeness(each, share(texts[each], text)) for each in kept if text]
        best = max(near, key=lambda each: (each.share, -each.earlier), default=None)
        found.append(best if best is not None and best.share >= least else None)
        if text and found[-1] is None:
            kept.append(number)
    return found


@given(st.lists(SETS, max_size=30), st.fractions(Fraction(1, 10), 1, max_denominator=20))
def test_the_index_finds_what_comparing_all_texts_finds(texts: list[Shingles], least: Fraction) -> None:
    assert list(likenesses(texts, least)) == compared(texts, least)


@given(st.lists(st.text("abc  .", max_size=40), max_size=12))
def test_it_does_so_with_shingles_of_texts(texts: list[str]) -> None:
    made = [shingles(words(text), 2) for text in texts]

    assert list(likenesses(made, HALF)) == compared(made, HALF)


@given(st.lists(st.text("xyz", min_size=1, max_size=3), min_size=1, max_size=30), st.data())
def test_one_changed_word_breaks_at_most_the_shingles_around_it(
    sequence: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(sequence) - 1))
    changed = [*sequence[:at], "other", *sequence[at + 1 :]]

    assert len(shingles(sequence) - shingles(changed)) <= 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Answer in French.", ["answer", "in", "french", "."]),
        ("don't  stop\n- at all", ["don", "'", "t", "stop", "-", "at", "all"]),
        ("请用中文", ["请", "用", "中", "文"]),
        ("", []),
    ],
)
def test_words_are_those_of_any_script(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_copy_is_like_the_first_of_its_kind_and_not_like_another_copy() -> None:
    text = shingles(words("Translate what follows into French and keep its formatting."))

    found = list(likenesses([text, text, text], HALF))

    assert found == [None, Likeness(0, Fraction(1)), Likeness(0, Fraction(1))]


def test_texts_without_words_are_like_nothing() -> None:
    assert list(likenesses([frozenset(), frozenset()], HALF)) == [None, None]
