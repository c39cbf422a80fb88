"""What a prompt says again: which units count, what is the same, and which of them stays."""

from __future__ import annotations

import pytest
from checks.cards_of import after, card_of, findings

EXACT = "kind: repetition\nfix: unsafe\nmin_words: 4\n"
TWICE = "Name the page of each number. Answer in two sentences. Name the page of each number."


def test_what_is_said_again_in_the_same_words_goes() -> None:
    card = card_of(EXACT)
    (finding,) = findings(card, TWICE)
    assert finding.message == "this was already said on line 1"
    assert after(card, TWICE) == "Name the page of each number. Answer in two sentences."


def test_what_each_field_of_a_schema_says_is_said_of_that_field() -> None:
    said = "The number of the page, counted from one."
    fields = [f'    {name}: int = Field(description="{said}")\n' for name in ("first", "last")]
    schema = (
        "import openai\nfrom pydantic import BaseModel, Field\n\nclass Pages(BaseModel):\n"
        + "".join(fields)
        + "\nagent = Agent(output_type=Pages)\n"
    )
    assert findings(card_of(EXACT), schema, "app.py") == ()
    twice = schema.replace(said, f"{said} {said}", 1)
    (finding,) = findings(card_of(EXACT), twice, "app.py")
    assert after(card_of(EXACT), twice, "app.py") == schema
    assert finding.prompt == "app.py::Pages"


def test_the_last_may_be_the_one_that_stays() -> None:
    card = card_of(EXACT + "keep: last\n")
    text = "Name the page of each number.\nAnswer in two sentences.\nName the page of each number.\n"
    (finding,) = findings(card, text)
    assert (finding.place.line, finding.message) == (1, "this is said again on line 3")
    assert after(card, text) == "Answer in two sentences.\nName the page of each number.\n"


@pytest.mark.parametrize(("least", "hits"), [(2, 2), (3, 2), (4, 0)])
def test_how_often_it_may_be_said_is_up_to_the_card(least: int, hits: int) -> None:
    text = "Name the page of each number.\n" * 3 + "Answer in two sentences.\n"
    assert len(findings(card_of(f"{EXACT}min: {least}\n"), text)) == hits


def test_paragraphs_go_with_what_parts_them_from_the_others() -> None:
    rules = "Keep every name as it is.\nKeep every number as it is."
    text = f"Answer in two sentences.\n\n{rules}\n\nBe brief.\n\n{rules}\n\nThank you.\n"
    card = card_of(EXACT + "unit: paragraph\n")
    assert after(card, text) == f"Answer in two sentences.\n\n{rules}\n\nBe brief.\n\nThank you.\n"
    ending = f"{rules}\n\nBe brief.\n\n{rules}"
    assert after(card, ending) == f"{rules}\n\nBe brief."


@pytest.mark.parametrize(
    ("similarity", "again", "message"),
    [
        ("exact", "Name the page of every number that you give.", None),
        ("{shingle: {k: 2, j: 0.4}}", "Name the page of every number that you give.", "nearly the same was already said on line 1"),
        ("{shingle: {k: 2, j: 0.9}}", "Name the page of every number that you give.", None),
        ("{shingle: {k: 2, j: 0.4}}", "Name the page of each number that you give.", None),
    ],
)  # fmt: skip
def test_what_is_nearly_the_same_is_another_rules_than_what_is_the_same(
    similarity: str, again: str, message: str | None
) -> None:
    card = card_of(f"{EXACT}similarity: {similarity}\n")
    found = findings(card, f"Name the page of each number that you give. Answer in two sentences. {again}")
    assert [each.message for each in found] == ([message] if message else [])


@pytest.mark.parametrize(
    ("card", "text"),
    [
        (EXACT + "containing: ['\\bnever\\b']\n", TWICE),
        (EXACT + "unless: ['\\bpage\\b']\n", TWICE),
        (EXACT.replace("4", "9"), TWICE),
        (EXACT, "Name the page of {{ each }} number. Answer in two sentences. Name the page of {{ each }} number."),
        (EXACT, "Name the page of each number:\n1. in two sentences\nName the page of each number:\n2. in one"),
        (EXACT, "{% if a %}Name the page of each number.{% else %}Name the page of each number.{% endif %} Answer it."),
        (EXACT, 'Name the page of each number. Answer in two sentences. "Name the page of each number."'),
    ],
)  # fmt: skip
def test_what_does_not_count(card: str, text: str) -> None:
    assert findings(card_of(card), text, "prompts/a.j2") == ()


def test_what_always_goes_along_with_it_makes_an_alternative_a_repetition() -> None:
    text = "Name the page of each number. {% if a %}Name the page of each number.{% endif %} Answer in two sentences."
    assert len(findings(card_of(EXACT), text, "prompts/a.j2")) == 1
    assert findings(card_of(EXACT + "keep: last\n"), text, "prompts/a.j2") == ()


def test_ways_to_say_one_thing_are_patterns() -> None:
    card = card_of(
        "kind: repetition\nfix: unsafe\nof:\n  brief: ['\\bbe (brief|short)\\b']\n  length: ['\\btwo sentences\\b']\n"
    )
    text = "Be brief. Name the page. Answer in two sentences."
    (finding,) = findings(card, text)
    assert finding.place.column == text.index("Answer") + 1
