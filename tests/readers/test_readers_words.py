"""What counts as a word, in every script, and that limits in words hold in every language of code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked_repository import linked

from scrimp.readers.words import count_words, may_be_text, quotes_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("You are a   careful\nlibrarian.", 5),
        ("- **a** | (b) — 3", 3),
        ("Vous êtes un assistant", 4),
        ("你是一个有帮助的助手。", 5),
        ("あなたは親切なアシスタントです", 8),
        ("당신은 도움이 되는 비서입니다", 4),
        ("请用 JSON 回答，不要解释", 5),
        ("คุณเป็นผู้ช่วยที่เป็นมิตร", 5),
    ],
)
def test_words_of_scripts_with_and_without_blanks(text: str, words: int) -> None:
    assert count_words(text) == words


UNSPACED = "\u3040\u30ff\u3400\u4dbf\u4e00\u9fff\uf900\ufaff\U00020000\U0003134f"
SPELT = "\u0e00\u0eff\u1000\u109f\u1780\u17ff"


@pytest.mark.parametrize(("characters", "of_a_word"), [(UNSPACED, 2), (SPELT, 5)])
def test_the_first_and_the_last_characters_of_scripts_without_blanks_count(
    characters: str, of_a_word: int
) -> None:
    for character in characters:
        assert count_words(f"a — 🙂 b {character * of_a_word * 3}") == 5


@given(st.text(), st.text())
def test_more_text_has_no_fewer_words(first: str, second: str) -> None:
    assert count_words(f"{first} {second}") >= max(count_words(first), count_words(second))


@given(st.text(st.characters(codec="ascii")))
def test_words_in_ascii_are_counted_alike_beside_others(text: str) -> None:
    assert count_words(f"{text} é") == count_words(text) + 1


@given(st.text("ab \n你คé。", min_size=3).filter(lambda text: count_words(text) >= 3))
def test_what_has_three_words_may_be_text(text: str) -> None:
    assert may_be_text(f"'{text}'".encode())


@pytest.mark.parametrize(
    ("raw", "quoted"),
    [
        ("x = 'one two three four'", True),
        ("x = '你是一个有帮助的助手'", True),
        ("x = 'คุณเป็นผู้ช่วยที่เป็นมิตร'", True),
        ("x = '你是'", False),
        ("x = 'ok'", False),
    ],
)
def test_code_that_quotes_text(raw: str, quoted: bool) -> None:
    assert quotes_text(raw.encode()) is quoted


CALLS = {
    "a.py": (
        "from openai import OpenAI\n\nSYSTEM = '你是一个有帮助的助手。'\n\nOpenAI().responses.create(instructions=SYSTEM, input=ask())\n"
    ),
    "a.ts": (
        'import OpenAI from "openai";\nconst SYSTEM = "你是一个有帮助的助手。";\n'
        "await new OpenAI().responses.create({ instructions: SYSTEM, input: ask() });\n"
    ),
    "a.go": ('package a\n\nconst SystemPrompt = "你是一个有帮助的助手。"\n'),
}


@pytest.mark.parametrize("path", CALLS)
def test_a_prompt_without_blanks_is_a_prompt(path: str) -> None:
    [prompt] = linked({path: CALLS[path]}).prompts

    assert prompt.text == "你是一个有帮助的助手。"


def test_a_label_without_blanks_is_none() -> None:
    assert linked({"a.py": "import openai\n\nPROMPT_LABEL = '提示词'\nPROMPT = '助手'\n"}).prompts == ()
