"""How calls ask to be answered, what is undecided of it, and what they are made for each item of."""

from __future__ import annotations

import pytest
from linked_trees import explicit, linked

from scrimp.model.prompts import CACHE, MESSAGES, OUTPUT, Request


def request_of(code: str) -> Request:
    """The only request of a module in which ``client`` is OpenAI's, ``claude`` Anthropic's, and ``TEXT`` a prompt."""
    head = """
import anthropic
import openai

client, claude = openai.OpenAI(), anthropic.Anthropic()
TEXT = "Tell in a few words what the letter is about."
MESSAGES = [{"role": "user", "content": TEXT}]
"""
    (request,) = explicit(linked({"ask.py": head + code}))
    return request


class TestUndecided:
    @pytest.mark.parametrize(
        "code",
        [
            'client.chat.completions.create(model="gpt-4o", messages=MESSAGES)',
            'client.chat.completions.create(model="gpt-4o", messages=MESSAGES, max_tokens=200)',
            'client.chat.completions.create(**{"model": "gpt-4o", "messages": MESSAGES})',
            'options = {"model": "gpt-4o"}\noptions["messages"] = MESSAGES\n'
            "client.chat.completions.create(**options)",
            'claude.messages.create(model="claude-x", system=TEXT, messages=MESSAGES, max_tokens=9)',
        ],
    )
    def test_is_nothing_where_all_arguments_are_known(self, code: str) -> None:
        assert request_of(code).undecided == frozenset()

    @pytest.mark.parametrize(
        "code",
        [
            "def run(**options):\n    client.chat.completions.create(messages=MESSAGES, **options)",
            "def run(options):\n    client.chat.completions.create(messages=MESSAGES, **options)",
            'def run(options):\n    client.chat.completions.create(**{"messages": MESSAGES, **options})',
            "def run(more):\n    options = {}\n    options.update(more)\n"
            "    client.chat.completions.create(messages=MESSAGES, **options)",
        ],
    )
    def test_is_what_unknown_options_may_set(self, code: str) -> None:
        assert request_of(code).undecided == {OUTPUT, CACHE}

    def test_is_a_cap_of_unknown_size(self) -> None:
        found = request_of(
            "def run(most):\n    client.chat.completions.create(messages=MESSAGES, max_tokens=most)"
        )

        assert (found.output_cap, found.undecided) == (0, frozenset((OUTPUT,)))

    def test_is_no_argument_that_is_a_list(self) -> None:
        found = request_of('client.responses.create(model="gpt-4o", input=MESSAGES)')

        assert found.undecided == frozenset()

    @pytest.mark.parametrize(
        "messages",
        [
            "history",
            "[*history, *MESSAGES]",
            "[{**options, 'content': TEXT}]",
            "[{'role': 'user', 'content': [block]}]",
        ],
    )
    def test_is_what_messages_from_outside_are_and_whether_they_bear_a_cache_marker(
        self, messages: str
    ) -> None:
        found = request_of(
            "def run(history, block, options):\n"
            f'    claude.messages.create(model="claude-x", system=TEXT, messages={messages}, max_tokens=9)'
        )

        assert found.undecided == {CACHE, MESSAGES}

    def test_is_no_cache_marker_on_a_text_from_outside(self) -> None:
        found = request_of(
            "def run(question):\n"
            '    claude.messages.create(model="claude-x", system=TEXT, max_tokens=9,\n'
            '        messages=[{"role": "user", "content": question}])'
        )

        assert found.undecided == frozenset()

    def test_is_what_an_object_with_options_may_set(self) -> None:
        code = """
from google import genai

def run(config):
    genai.Client().models.generate_content(model="gemini-3-flash", contents=TEXT, config=config)
"""
        assert request_of(code).undecided == {OUTPUT, CACHE}

    def test_is_nothing_where_the_object_is_written_out(self) -> None:
        code = """
from google import genai
from google.genai import types

config = types.GenerateContentConfig(temperature=0)
genai.Client().models.generate_content(model="gemini-3-flash", contents=TEXT, config=config)
"""
        assert request_of(code).undecided == frozenset()


class TestChoices:
    @pytest.mark.parametrize(
        ("call", "expected"),
        [
            ("chat.completions.create(messages=MESSAGES)", 0),
            ("chat.completions.create(messages=MESSAGES, n=1)", 1),
            ("chat.completions.create(messages=MESSAGES, n=3)", 3),
            ('completions.create(model="davinci-002", prompt=TEXT, n=2, best_of=5)', 5),
        ],
    )
    def test_are_the_answers_that_a_call_asks_for(self, call: str, expected: int) -> None:
        assert request_of(f"client.{call}").choices == expected


class TestDetails:
    @pytest.mark.parametrize(
        "block",
        [
            '{"type": "image_url", "image_url": {"url": address, "detail": "high"}}',
            '{"type": "input_image", "image_url": address, "detail": "high"}',
        ],
    )
    def test_are_of_images(self, block: str) -> None:
        code = f"""
def run(address):
    client.responses.create(input=[{{"role": "user", "content": [{{"type": "text", "text": TEXT}}, {block}]}}])
"""
        assert request_of(code).details == {"high"}


class TestEach:
    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("for each in letters:\n    client.responses.create(input=TEXT + each)", "letters"),
            (
                "for each in letters:\n    text = TEXT + each.body\n    client.responses.create(input=text)",
                "letters",
            ),
            ("answers = [client.responses.create(input=f'{TEXT} {each}') for each in letters]", "letters"),
            ("for each in letters:\n    client.responses.create(input=TEXT)", ""),
            ("for each in models:\n    client.responses.create(input=TEXT, model=each)", ""),
            ("for attempt in range(3):\n    client.responses.create(input=f'{TEXT} {attempt}')", ""),
            ("for chunk in client.responses.create(input=TEXT + letter, stream=True):\n    print(chunk)", ""),
        ],
    )
    def test_is_what_a_text_is_sent_for_every_item_of(self, code: str, expected: str) -> None:
        assert request_of(code).each == expected

    def test_is_a_loop_around_the_function_that_is_given_the_text(self) -> None:
        code = """
def ask(text):
    return client.responses.create(input=text)

def run(letters):
    for letter in letters:
        ask(TEXT + letter)
"""
        assert request_of(code).each == "letters"
