"""Counts, limits and ratios of a prompt's text."""

from __future__ import annotations

import pytest
from checks.cards_of import after, card_of, findings

EXAMPLES = "kind: count\noptions: {max: {default: 2, help: h}}\nof: '^Case [0-9]+:'\nprotect: []\n"


def test_what_is_there_too_often_is_told_where_it_gets_too_much() -> None:
    text = "Answer in two sentences.\nCase 1: a\nCase 2: b\nCase 3: c\nCase 4: d\n"
    (finding,) = findings(card_of(EXAMPLES), text)
    assert (finding.place.line, finding.message) == (4, "4 of these are in the prompt, 2 may be")
    assert (finding.tokens_saved, finding.fix) == (None, None)


def test_as_many_as_may_be_are_fine_and_users_say_how_many() -> None:
    text = "Answer in two sentences.\nCase 1: a\nCase 2: b\nCase 3: c\n"
    assert findings(card_of(EXAMPLES).configured({"max": 3}), text) == ()


@pytest.mark.parametrize(
    ("measure", "most"), [("lines", 3), ("words", 8), ("characters", 43), ("variables", 1)]
)
def test_a_limit_is_kept_up_to_it(measure: str, most: int) -> None:
    text = "Answer in two sentences.\nName {{x}}.\nBe brief.."
    limit = f"kind: limit\nmeasure: {measure}\nmax: "
    (finding,) = findings(card_of(f"{limit}{most - 1}"), text, "prompts/a.j2")
    assert finding.message == f"{most} {measure}: 1 more than the {most - 1} that may be there"
    assert findings(card_of(f"{limit}{most}"), text, "prompts/a.j2") == ()


@pytest.mark.parametrize(
    ("path", "meant"), [("AGENTS.md", True), ("sub/AGENTS.md", True), ("prompts/other.md", False)]
)
def test_a_limit_may_be_for_some_files_only(path: str, meant: bool) -> None:
    card = card_of(
        "kind: limit\nmeasure: lines\nmax: 1\nfiles: [AGENTS.md]\nloaded: [session, call, conditional]\n"
    )
    assert bool(findings(card, "Answer in two sentences.\nName the page.\n", path)) is meant


SHOUTED = """\
kind: ratio
fix: unsafe
measure: caps_words/words
above: 0.9
min_words: 4
containing: ['\\b(the|a|to|of)\\b']
replace: sentence_case
"""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "Read it. NEVER WRITE TO THE CUSTOMERS DIRECTLY. Answer.",
            "Read it. Never write to the customers directly. Answer.",
        ),
        ("Read it. NEVER WRITE. Answer in two sentences.", None),
        ("Read it. USE HTTP JSON SQL CSV. Answer in two sentences.", None),
        ("Read it. NEVER write TO the customers directly. Answer.", None),
        ("Read it. NEVER SHOW `x` TO THE CUSTOMERS. Answer in two sentences.", None),
    ],
)
def test_shouted_sentences_are_said(before: str, expected: str | None) -> None:
    card = card_of(SHOUTED)
    assert after(card, before) == (expected or before)
