"""Rules of words: what their sentences look like afterwards, and what isn't theirs to change."""

from __future__ import annotations

import pytest
from checks.written import Files, facts

from scrimp.checks import shipped_cards
from scrimp.config.cards import card_named
from scrimp.fix import rewrite, verifier
from scrimp.model.findings import Safety
from scrimp.model.source import Source

CARDS = shipped_cards()


def fixed(rule: str, text: str, path: str = "prompts/a.txt") -> str:
    """The text once a rule's fixes are made; the same text if it finds nothing."""
    findings = Files({path: text}).checked(card_named(CARDS, rule)).findings
    source = Source(path, text, "")
    outcome = rewrite(findings, frozenset(Safety), lambda _path: source, verifier(facts))
    assert outcome.refused == ()
    return outcome.rewrites[0].text if outcome.rewrites else text


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (
            "WRD001",
            "- Your task is to rank the answers from best to worst.",
            "- Rank the answers from best to worst.",
        ),
        (
            "WRD001",
            "1. Your main goal is to rank the answers from best to worst.",
            "1. Rank the answers from best to worst.",
        ),
        (
            "WRD001",
            "**Your job is to rank the answers from best to worst.**",
            "**Rank the answers from best to worst.**",
        ),
        ("WRD001", "Your goal is to {goal}, in two sentences at most.", None),
        (
            "WRD001",
            "Your task is to only rank the answers, nothing else.",
            "Only rank the answers, nothing else.",
        ),
        ("WRD001", "Only one thing matters: your task is to rank the answers.", None),
        ("WRD001", "Your goal is to never name a customer in an answer.", None),
        ("WRD001", "Your job is to be polite to whoever calls the desk.", None),
        ("WRD002", "Rank the answers and make sure to name the best.", "Rank the answers and name the best."),
        (
            "WRD002",
            "You should be sure to name the best of the answers.",
            "You should name the best of the answers.",
        ),
        ("WRD002", "Make sure that you name the best of the answers.", "Name the best of the answers."),
        ("WRD002", "Make sure to never name a customer in an answer.", None),
        ("WRD002", "Make sure you have read all of the answers first.", None),
        (
            "WRD003",
            "PLEASE RANK the answers below from best to worst.",
            "RANK the answers below from best to worst.",
        ),
        (
            "WRD003",
            "Could you please rank the answers, from best to worst?",
            "Could you rank the answers, from best to worst?",
        ),
        ("WRD003", "Do whatever may please the people who call the desk.", None),
        ("WRD003", "Kindly and patiently answer whoever calls the desk.", None),
        (
            "WRD004",
            "In order to rank the answers, read them all twice.",
            "To rank the answers, read them all twice.",
        ),
        (
            "WRD004",
            "IN ORDER TO rank the answers, read them all twice.",
            "TO rank the answers, read them all twice.",
        ),
        (
            "WRD004",
            "Read them in\torder to rank the answers, and be quick.",
            "Read them to rank the answers, and be quick.",
        ),
        ("WRD004", "Keep the answers in order to the end of the document.", None),
        (
            "WRD004",
            "Do you have the ability to rank answers? Say so first.",
            "Can you rank answers? Say so first.",
        ),
        ("WRD004", "The pre-in order to-post word isn't any such phrase.", None),
        (
            "WRD005",
            "Rank the answers, and make sure that all are named.",
            "Rank the answers, and ensure all are named.",
        ),
        (
            "WRD006",
            "Note that the answers are old, and rank them so.",
            "The answers are old, and rank them so.",
        ),
        ("WRD007", "It is important to not name a customer in an answer.", None),
        (
            "WRD008",
            "I want you to act as a clerk who answers questions.",
            "Act as a clerk who answers questions.",
        ),
        (
            "WRD010",
            "Rank them. DO NOT MENTION ANY CUSTOMERS IN THE SUMMARY. Be brief.",
            "Rank them. Do not mention any customers in the summary. Be brief.",
        ),
        (
            "WRD011",
            "You should name the best of the answers, and why.",
            "Name the best of the answers, and why.",
        ),
        ("WRD011", "You should be able to name the best of the answers.", None),
        (
            "WRD012",
            "Try to name the best of the answers, and say why.",
            "Name the best of the answers, and say why.",
        ),
        ("WRD014", "Rank the answers. You will be penalized if you:\n- guess", None),
        (
            "WRD020",
            "You are an elite translator of old and new poems.",
            "You are a translator of old and new poems.",
        ),
        (
            "WRD020",
            "You are a world-class expert in old and new poems.",
            "You are an expert in old and new poems.",
        ),
        ("WRD021", "You are a helpful assistant.\nRank the answers below.", "Rank the answers below."),
        (
            "WRD030",
            "The answers are not ranked. DO NOT rank them, either.",
            "The answers aren't ranked. DO NOT rank them, either.",
        ),
    ],
)
def test_what_becomes_of_a_sentence(rule: str, before: str, after: str | None) -> None:
    assert fixed(rule, before + "\n") == (before if after is None else after) + "\n"


@pytest.mark.parametrize(
    "shown",
    [
        "`Please rank the answers`",
        '"Please rank the answers"',
        "> Please rank the answers",
        "| Please rank | the answers |\n|-|-|\n| Please | rank |",
        "```\nPlease rank the answers\n```",
        '{"say": "Please rank the answers"}',
        "Example: Please rank the answers",
        "User turn 2:\n  Great, please go ahead.",
        "<example>\nPlease rank the answers\n</example>",
        "https://example.org/?q=please rank",
    ],
)
def test_what_a_prompt_shows_stays(shown: str) -> None:
    text = f"Rank the answers below as you are told to.\n\n{shown}\n"
    assert fixed("WRD003", text) == text


def test_what_a_tool_or_the_model_has_answered_is_no_instruction() -> None:
    code = (
        "import openai\nclient = openai.OpenAI()\n"
        'client.chat.completions.create(model="gpt-5", messages=[\n'
        '    {"role": "user", "content": "Please rank the answers from best to worst."},\n'
        '    {"role": "assistant", "content": "Please give me the answers that I am to rank."},\n'
        "])\n"
    )
    assert fixed("WRD003", code, "a.py") == code.replace("Please rank", "Rank")


def test_a_list_of_examples_is_shown() -> None:
    code = 'PROMPT_EXAMPLES = ["Please rank the answers from best to worst, briefly."]\n'
    assert fixed("WRD003", code, "a.py") == code


def test_a_phrase_alone_is_no_part_of_an_instruction() -> None:
    code = 'PROMPT = "in order to"\n'
    assert fixed("WRD004", code, "prompts/a.py") == code


def test_a_phrase_that_two_literals_share_is_replaced_in_both() -> None:
    code = 'PROMPT = (\n    "Read all of the answers in "\n    "order to rank them from best to worst."\n)\n'
    assert fixed("WRD004", code, "a.py") == code.replace('in "', 'to"').replace('"order to', '"')


class TestThinking:
    CALL = (
        "import openai\n"
        'PROMPT = "Plan a route for the orders below.{} Be brief and name each of the stops."\n'
        'openai.OpenAI().chat.completions.create(model="{}", messages=[{{"role": "user", "content": PROMPT}}])\n'
    )

    @pytest.mark.parametrize(
        "sentence", ["Think step by step.", "Let's think through this step-by-step.", "Take a deep breath."]
    )
    def test_asking_is_found_where_the_model_thinks(self, sentence: str) -> None:
        code = self.CALL.format(f" {sentence}", "o3-mini")
        assert fixed("WRD015", code, "a.py") == self.CALL.format("", "o3-mini")

    @pytest.mark.parametrize(
        "sentence", ["Explain your plan step by step.", "Think step by step:", "Don't think step by step."]
    )
    def test_steps_of_the_answer_are_something_else(self, sentence: str) -> None:
        code = self.CALL.format(f" {sentence}", "o3-mini")
        assert fixed("WRD015", code, "a.py") == code


@pytest.mark.parametrize("rule", ["WRD001", "WRD008"])
def test_a_sentence_without_end_takes_no_time(rule: str) -> None:
    text = "Answer.\n" + "Your task is to be there, and I want you to " * 5_000 + "\n"
    assert fixed(rule, text) == text
