"""Texts that marks part into messages, also inside loops and branches."""

from __future__ import annotations

import pytest
from readers_examples import assert_written, filled, fixed, read, whole

from scrimp.model.algebra import Branch, Expression, Loop, Text
from scrimp.readers.messages import MARKS, sniff_marks, split_messages
from scrimp.readers.templates import scan


def split(value: str, marks: str, language: str = "jinja") -> list[tuple[str, Expression]]:
    text = whole(value)
    messages = split_messages(text, scan(language, text), marks, "user")
    for message in messages:
        assert_written(message.expression, value)
    return [(message.role, message.expression) for message in messages]


@pytest.mark.parametrize(
    ("marks", "value", "expected"),
    [
        ("lines", "system:\nBe kind.\n\n# User:\nHello", [("system", "Be kind.\n\n"), ("user", "Hello")]),
        ("lines", "Say this: system:\nBe kind.", [("user", "Say this: system:\nBe kind.")]),
        ("calls", '{{ _.role("system") }}A{{ _.role("assistant") }}B', [("system", "A"), ("assistant", "B")]),
        (
            "blocks",
            '{% chat role="system" %}\nA\n{% endchat %}\n\n{% chat role="user" %}B{% endchat %}',
            [("system", "A\n"), ("user", "B")],
        ),
        (
            "tags",
            '<message role="system">A</message> <message role="assistant">B</message>',
            [("system", "A"), ("assistant", "B")],
        ),
        ("", "system:\nA", [("user", "system:\nA")]),
    ],
)
def test_marks_part_a_text(marks: str, value: str, expected: list[tuple[str, str]]) -> None:
    assert [(role, fixed(expression)) for role, expression in split(value, marks)] == expected


def test_a_conversation_in_a_loop_keeps_the_loop_around_each_part() -> None:
    value = "system:\nBe kind.\n{% for t in turns %}\nuser:\n{{t.q}}\nassistant:\n{{t.a}}{% endfor %}\nuser:\n{{q}}"

    system, asked, answered, last = split(value, "lines")

    assert (system[0], fixed(system[1]).strip()) == ("system", "Be kind.")
    assert [asked[0], answered[0], last[0]] == ["user", "assistant", "user"]
    assert isinstance(asked[1], Loop)
    assert asked[1].over == "turns"
    assert filled(asked[1], {"turns": "ab", "t.q": "Why?"}) == "Why?\nWhy?\n"
    assert filled(last[1], {"q": "Why?"}) == "Why?"


def test_a_message_in_a_branch_is_there_if_the_branch_is() -> None:
    value = "system:\nA\n{% if b %}\nuser:\nB\n{% else %}C{% endif %}"

    (_, first), (role, second) = split(value, "lines")

    assert role == "user"
    assert isinstance(second, Branch)
    assert (filled(second, {"b": True}), filled(second, {"b": False})) == ("B\n", "")
    assert filled(first, {"b": False}).endswith("C")


def test_a_file_that_begins_with_a_mark_is_parted() -> None:
    facts = read(
        "flows/joke.jinja2", "{# joke #}system:\nYou tell jokes.\n\nuser:\nOne about {{topic}}, please.\n"
    )
    parted = read("flows/joke.jinja2", "system:\nYou tell jokes.\n\nuser:\nOne about {{topic}}, please.\n")

    assert [entry.key for entry in facts.entries] == [""]
    assert [(entry.key, entry.role, entry.certainty) for entry in parted.entries] == [
        ("messages[0]", "system", "key"),
        ("messages[1]", "user", "key"),
    ]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("\n# system:\na\nuser:\nb", "lines"),
        ("System:\nLinux, any version", ""),
        ('{{role "system"}}a', "calls"),
        ("a {{role 'user'}}", ""),
    ],
)
def test_a_text_says_by_which_marks_it_is_parted(text: str, marks: str) -> None:
    assert sniff_marks(text) == marks


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize(
    "value",
    ["system:\n" * 5_000, '{{role "user"}}' * 5_000, '<message role="x">' * 5_000, "{% chat " * 5_000],
)
def test_many_marks_cost_little(marks: str, value: str) -> None:
    assert split(value, marks, "mustache" if "role" in value else "jinja") is not None


def test_text_of_no_place_stays() -> None:
    text = Text("made")

    assert [message.expression for message in split_messages(text, text, "lines", "user")] == [text]
