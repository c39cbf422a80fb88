"""Replacing phrases: where they are looked for, what holds a rule back, and what becomes of the sentence."""

from __future__ import annotations

import pytest
from checks.cards_of import after, card_of, findings
from checks.written import Files, tokens
from hypothesis import given, settings
from hypothesis import strategies as st

WORDY = """\
kind: substitute
fix: safe
map:
  in order to: to
  in order: ""
  due to the fact that: because
  please: ""
  a very expert: an expert
  do not: don't
  under no circumstances: ""
"""

TASK = """\
kind: substitute
fix: safe
regex: true
at: sentence_start
map: {'your (task|job) is to ': '', 'you (should|must) always ': '\\1 '}
"""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Read the report in order to answer.", "Read the report to answer."),
        ("In order to answer, read the report.", "To answer, read the report."),
        ("IN ORDER TO answer, read it.", "TO answer, read it."),
        ("Read it in  order\tto answer.", "Read it to answer."),
        ("Please read the report.", "Read the report."),
        ("Name it. Please read the report.", "Name it. Read the report."),
        ("- Please read the report.\n- Name it.", "- Read the report.\n- Name it."),
        ("Read the report please.", "Read the report."),
        ("Read the report (please note the page).", "Read the report (note the page)."),
        ("Name the page, due to the fact that it matters.", "Name the page, because it matters."),
    ],
)
def test_phrases_are_replaced_as_a_person_would(before: str, expected: str) -> None:
    assert after(card_of(WORDY), before + " Keep to the text that is given.") == (
        expected + " Keep to the text that is given."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Say `in order to` as it is, and answer in two sentences.",
        'Say "in order to" as it is, and answer in two sentences.',
        "Answer in two sentences.\n\n```\nin order to\n```\n",
        "Answer in two sentences.\n\nExample: read it in order to answer.\n",
        "Answer in two sentences, see https://example.org/in order to",
        'Answer with JSON: {"why": "in order to"} and nothing more.',
        "Read the report border in order-to.",
        "Disorder tone in two sentences, and answer.",
    ],
)
def test_what_is_shown_or_part_of_a_word_is_left_alone(text: str) -> None:
    assert findings(card_of(WORDY), text) == ()


def test_a_negation_is_never_deleted_but_may_be_said_shorter() -> None:
    assert findings(card_of(WORDY), "Guess under no circumstances, and answer in two sentences.") == ()
    assert after(card_of(WORDY), "Read it and do not guess at any name.").endswith("don't guess at any name.")


def test_a_variable_is_never_part_of_a_phrase() -> None:
    text = 'PROMPT = f"""Read the report in {order} to answer the question in two sentences."""\n'
    assert findings(card_of(WORDY.replace("in order to", "in to")), text, "a.py") == ()


def test_what_a_card_does_not_protect_is_said() -> None:
    card = card_of(WORDY + "protect: []\n")
    assert findings(card, "Answer in two sentences.\n\n```\nread in order to answer\n```\n")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Your task is to rank the answers.", "Rank the answers."),
        ("Read them all. Your job is to rank the answers.", "Read them all. Rank the answers."),
        ("1. Your task is to rank the answers.", "1. Rank the answers."),
        ("## Your task is to rank the answers", "## Rank the answers"),
        ("You must always rank the answers.", "Must rank the answers."),
    ],
)
def test_patterns_use_their_groups_and_sentences_start_with_a_capital(before: str, expected: str) -> None:
    assert after(card_of(TASK), before) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Remember that your task is to rank the answers.",
        "The answers, e.g. your task is to rank them all.",
    ],
)
def test_a_phrase_that_should_begin_a_sentence_is_left_alone_elsewhere(text: str) -> None:
    assert findings(card_of(TASK), text) == ()


@pytest.mark.parametrize(
    ("at", "before", "expected"),
    [
        ("line", "Read it.\n  please think  \nAnswer.", "Read it.\nAnswer."),
        ("line", "Read it.\nplease think", "Read it."),
        ("line", "Read it, please think.\nAnswer.", "Read it, please think.\nAnswer."),
        ("prompt_start", "Please think about it.\nPlease think.", "About it.\nPlease think."),
        ("prompt_end", "Please think about it.\nNow please think", "Please think about it.\nNow"),
    ],
)
def test_where_a_phrase_is_looked_for(at: str, before: str, expected: str) -> None:
    card = card_of(f"kind: substitute\nfix: safe\nat: {at}\nmap: {{please think: ''}}\n")
    assert after(card, before) == expected


@pytest.mark.parametrize(
    ("guard", "kept", "changed"),
    [
        ("modal", "You may be able to answer it from the text.", "You are able to answer it from the text."),
        ("gerund", "You are able to reading the text as given.", "You are able to read the text as given."),
        ("only", "The only thing you are able to do is read.", "The thing you are able to do is read."),
    ],
)
def test_guards_hold_a_rule_back(guard: str, kept: str, changed: str) -> None:
    text = f"kind: substitute\nfix: safe\nguards: [{guard}]\nmap: {{be able to: manage, are able to: can}}\n"
    assert findings(card_of(text), kept) == ()
    assert findings(card_of(text), changed)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("You are an extremely kind clerk.", "You are a kind clerk."),
        ("You are a highly able clerk.", "You are an able clerk."),
        ("You are an extremely honest clerk.", "You are an honest clerk."),
        ("You are a highly useful clerk.", "You are a useful clerk."),
        ("An extremely large text is given.", "A large text is given."),
    ],
)
def test_articles_fit_the_word_that_follows(before: str, expected: str) -> None:
    card = card_of("kind: substitute\nfix: safe\nmap: {extremely: '', highly: ''}\n")
    assert after(card, before) == expected


class TestRegex:
    SEPARATORS = "kind: regex\nfix: safe\npattern: '^([=-])\\1{9,}$'\nreplace: '\\1\\1\\1'\nflags: m\n"

    def test_a_pattern_is_replaced_by_what_its_groups_say(self) -> None:
        text = "Read it.\n" + "=" * 90 + "\nAnswer in two sentences.\n"
        assert after(card_of(self.SEPARATORS), text) == "Read it.\n===\nAnswer in two sentences.\n"

    def test_a_replacement_that_saves_nothing_is_no_finding(self) -> None:
        card = card_of("kind: regex\nfix: safe\npattern: utilize\nreplace: use\n")
        assert tokens(" utilize") == tokens(" use")
        assert findings(card, "Answer in two sentences that utilize the text.") == ()

    def test_a_pattern_alone_says_what_it_found(self) -> None:
        card = card_of("kind: regex\npattern: 'TODO'\nmessage: a note to people\n")
        (finding,) = findings(card, "Answer in two sentences. TODO: say which ones.")
        assert (finding.message, finding.tokens_saved, finding.fix) == ("a note to people", None, None)

    def test_a_finding_needs_as_many_tokens_as_its_card_asks_for(self) -> None:
        text = "Read it.\n" + "=" * 90 + "\nAnswer in two sentences.\n"
        (finding,) = findings(card_of(self.SEPARATORS), text)
        least = finding.tokens_saved or 0
        assert findings(card_of(self.SEPARATORS + f"min_saving: {least}\n"), text)
        assert findings(card_of(self.SEPARATORS + f"min_saving: {least + 1}\n"), text) == ()


LINES = st.lists(
    st.sampled_from(
        [
            "Please read it in order to answer.",
            "",
            "  in order to",
            "=" * 30,
            "naïve 日本語",
            "please",
            "}/x",
            "\tx  ",
        ]
    ),
    min_size=1,
    max_size=8,
)


@given(LINES, st.sampled_from(["\n", " ", "\n\n"]))
@settings(max_examples=80, deadline=None)
def test_what_a_finding_claims_is_what_counting_the_fixed_text_shows(lines: list[str], between: str) -> None:
    text = "Answer in two sentences.\n" + between.join(lines)
    for finding in findings(card_of(WORDY), text):
        assert finding.fix is not None
        done = text
        for edit in reversed(finding.fix.edits):
            done = done[: edit.start] + edit.text + done[edit.end :]
        assert finding.tokens_saved == tokens(text) - tokens(done)


def test_the_saving_is_scaled_to_the_model_that_the_prompt_goes_to() -> None:
    text = 'import anthropic\nASK = "Read the report in order to answer, in order to help, and in order to be brief."\n'
    call = 'anthropic.Anthropic().messages.create(model="claude-sonnet-5", max_tokens=9, messages=[{"role": "user", "content": ASK}])\n'
    saved = [one.tokens_saved for one in Files({"a.py": text + call}).checked(card_of(WORDY)).findings]
    assert len(saved) == 3
    assert all(one and one >= 2 for one in saved)
