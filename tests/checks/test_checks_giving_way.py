"""Rules that give way to others: of what two of them find, one speaks."""

from __future__ import annotations

from checks.written import Files

from scrimp.checks import shipped_cards
from scrimp.config.cards import card_named

CARDS = shipped_cards()
TIMED = """\
from datetime import datetime

def ask(handbook):
    now = datetime.now().isoformat()
    prompt = f"It is {now}. Answer from the handbook below.%s"
    return prompt
"""
LEAKED = '''\
def ask():
    prompt = """Review the change that is given below.%(one)s
    Name each problem once, and say where it is.
%(blank)s
    Say nothing of what is right.%(two)s
%(blank)s
    Be brief.%(three)s
%(blank)s
    Answer in English."""
    return prompt
'''


def rules(text: str, *names: str) -> list[str]:
    """The rules of some that find something, each as often as it does."""
    return [
        each.rule
        for each in Files({"ask.py": text}).checked(*(card_named(CARDS, name) for name in names)).findings
    ]


def leaked(blanks: str) -> str:
    """A prompt with leaked indentation, also of empty lines, and some blanks at the ends of three others."""
    return LEAKED % {"blank": " " * 4, "one": blanks, "two": blanks, "three": blanks}


def test_of_the_time_in_a_prompt_the_rule_about_times_speaks() -> None:
    text = TIMED % (" Name the section that you rely on, and its number." * 120)

    assert rules(text, "CCH001") == ["CCH001"]
    assert rules(text, "CCH001", "CCH002") == ["CCH002"]


def test_blanks_that_go_with_the_indentation_of_the_code_are_told_with_it() -> None:
    assert rules(leaked(""), "FMT002") == ["FMT002"]
    assert rules(leaked(""), "FMT001", "FMT002") == ["FMT001"]


def test_blanks_that_are_worth_telling_of_without_these_are_told_of() -> None:
    assert sorted(rules(leaked(" \t "), "FMT001", "FMT002")) == ["FMT001", "FMT002"]
