"""How long answers are by what prompts say of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.measure.limits import CHOICE, NUMBER, limit
from scrimp.measure.tasks import DEFAULT_OUTPUT, task


@pytest.mark.parametrize(
    ("sentence", "tokens"),
    [
        ("Answer in one word.", 2),
        ("Reply with exactly one word: positive, negative or neutral.", 2),
        ("Please answer with a single sentence.", 20),
        ("Answer the question in at most three sentences.", 60),
        ("Your response should be 2-3 sentences long.", 60),
        ("- Use three sentences maximum and keep the answer concise.", 60),
        ("Summarise the following text in 100 words.", 134),
        ("Keep your answer under 50 words.", 67),
        ("Be concise - no more than 1,000 words.", 1340),
        ("IMPORTANT: Your answer must not exceed 30 words.", 41),
        ("Limit the response to 200 characters.", 50),
        ("Based on the context above, write a concise description (15 words or less) of the input.", 21),
        ("Provide 5 bullet points.", 100),
        ("Provide a summary of no more than two paragraphs.", 200),
        ('Respond with "yes" or "no".', CHOICE),
        ("Answer 'YES' or 'NO' only.", CHOICE),
        ("Return only the final score.", NUMBER),
        ("Respond only with a number between 1 and 10.", NUMBER),
    ],
)
def test_a_sentence_that_asks_for_a_length_tells_it(sentence: str, tokens: int) -> None:
    found = limit([f"You are a careful assistant.\n{sentence}\nThank you."])

    assert found is not None
    assert (found.tokens, found.sentence) == (tokens, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not answer in one word.",
        "Never reply with a single sentence.",
        "Your answer should not be limited to 50 words.",
        "Write at least 500 words.",
        "Each item should be described in one sentence.",
        "If you don't know, answer in one word.",
        "Give a title of at most 5 words.",
        "Return a JSON object with a summary of 50 words.",
        "Answer yes or no, then explain why.",
        "The text above has three sentences.",
        "You are an assistant that writes one-word answers.",
        "Users write three sentences at most.",
        "Write code line by line.",
        "Be brief.",
    ],
)
def test_a_sentence_about_something_else_tells_nothing(sentence: str) -> None:
    assert limit([sentence]) is None


@pytest.mark.parametrize(
    "text",
    [
        'The user may say: "Answer in at most three words."',
        "```\nAnswer in one word.\n```",
        "<example>\nAnswer in one word.\n</example>",
    ],
)
def test_what_is_quoted_tells_nothing(text: str) -> None:
    assert limit([text]) is None


def test_of_several_lengths_the_longest_counts() -> None:
    found = limit(["Answer in one word.", "Write two sentences."])

    assert found is not None
    assert found.tokens == 40


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Classify the sentiment of this review.", "classify"),
        ("You are a helpful bot. Your task is to decide whether the mail is spam.", "classify"),
        ("You are a translator.\nTranslate the text into French.", "translate"),
        ("Please summarize the article below.", "summarise"),
        ("Write a Python function that sorts a list.", "code"),
        ("Extract all dates from the text.", "extract"),
        ("Classify the mail.\nReturn a YAML list of labels.", "extract"),
        ("Determine whether each claim holds.\nThe output must be a YAML object.", "extract"),
        ("Label the changes.\nYour answer should be a list of objects.", "extract"),
        ("Classify the mail.\nRespond in JSON with the key `label`.", "classify"),
        ("Classify the mail by this list of labels: a, b.", "classify"),
        ("Label the sentiment of the text.", "classify"),
        ("Text: it was fine\nLabel:", "classify"),
        ("Answer the question by the context.", "answer"),
    ],
)
def test_a_task_is_known_by_what_the_model_is_told_to_do(text: str, name: str) -> None:
    found = task([text])

    assert found is not None
    assert found.name == name


def test_no_task_is_read_from_what_is_only_mentioned() -> None:
    assert task(["You are an assistant. Users ask you to translate or to summarise things."]) is None


@pytest.mark.parametrize("field", ["label: str", "- label: |", "route = 3", "label:"])
def test_a_field_that_is_called_as_a_task_sets_none(field: str) -> None:
    assert task([f"Suggest what to improve.\nEach suggestion has these fields:\n{field}"]) is None


def test_a_task_that_transforms_its_input_is_as_long_as_that_lets_expect() -> None:
    summary, translation = task(["Summarize the text."]), task(["Translate the text."])

    assert summary is not None
    assert translation is not None
    assert (summary.expected(1000), translation.expected(1000)) == (200, 1100)
    assert summary.expected(0) == DEFAULT_OUTPUT


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    found = limit([text])

    assert found is None or found.tokens > 0


def test_what_is_longer_than_any_sentence_is_not_read() -> None:
    assert limit([f"Answer in one word{' in' * 40_000}."]) is None
    assert limit([f"Answer in one word.{' ' * 90_000}x"]) is not None
