"""Texts compared line by line, and word by word where lines are long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scrimp.reporters.differing import differing

PARAGRAPH = (
    "Answer the customer in the language of the question, in three sentences at most, and name the page of the"
    " manual where the answer stands so that it can be looked up by whoever doubts it."
)


def compared(before: str, after: str) -> list[str]:
    return list(differing(before, after))


def test_the_same_text_has_no_lines() -> None:
    assert compared("You are kind.\n", "You are kind.\n") == []


def test_lines_that_are_gone_and_new_stand_among_those_around() -> None:
    before = "one\ntwo\nthree\nfour\nfive\nsix\nseven"

    assert compared(before, before.replace("four", "FOUR")) == [
        *("@", " two", " three", "-four", "+FOUR", " five", " six", "@")
    ]


def test_of_a_long_line_the_words_are_shown_that_changed() -> None:
    after = PARAGRAPH.replace("three sentences", "two short sentences")

    assert compared(PARAGRAPH, after) == [
        "!Answer the customer in the language of the question, in [-three -]{+two short +}sentences at most, and "
        "name the page of … "
    ]


def test_long_lines_that_have_little_in_common_are_gone_and_new() -> None:
    other = "Never " + " ".join(f"word{number}" for number in range(30))

    assert compared(PARAGRAPH, other) == [f"-{PARAGRAPH}", f"+{other}"]


def test_a_text_that_is_new_has_no_lines_before() -> None:
    assert compared("", "one\ntwo") == ["+one", "+two"]
    assert compared("one\ntwo", "") == ["-one", "-two"]


def test_texts_that_differ_everywhere_take_no_time_by_the_square() -> None:
    before, after = ("\n".join(f"{name}{number}" for number in range(50_000)) for name in "ab")

    assert len(compared(before, after)) == 100_000


LINES = st.lists(
    st.sampled_from(["a", "b", "c", "", PARAGRAPH, PARAGRAPH.upper(), f"{PARAGRAPH} x"]), max_size=12
)


@given(LINES, LINES)
def test_what_is_shown_stood_there_and_what_changed_is_shown(before: list[str], after: list[str]) -> None:
    lines = compared("\n".join(before), "\n".join(after))

    assert bool(lines) == ("\n".join(before) != "\n".join(after))
    assert {line[0] for line in lines} <= set("-+!@ ")
    assert all(line[1:] in before for line in lines if line[0] in "- ")
    assert all(line[1:] in after for line in lines if line[0] in "+ ")
    gained = sum(line[0] == "+" for line in lines) - sum(line[0] == "-" for line in lines)
    assert gained == (len(after) if any(after) or len(after) > 1 else 0) - (
        len(before) if any(before) or len(before) > 1 else 0
    )
