"""What an attacker may commit: it must cost little, raise nothing, and be said to be unread where it is."""

from __future__ import annotations

import pytest
from readers_examples import assert_written, prompts, read

WORDS = "lorem ipsum dolor "


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "system_prompt: " + "[" * 40_000),
        ("a.yaml", "system_prompt: " + "{a: " * 10_000),
        ("a.yaml", "- " * 40_000 + "x\n"),
        ("a.yaml", "? " * 300),
        ("a.yaml", "a:\n" + ": " * 300),
        ("a.yaml", "".join(" " * depth + "a:\n" for depth in range(400))),
        ("a.json", "[" * 40_000),
        ("a.json", '{"prompt":' * 40_000),
        ("a.toml", "a = " + "[" * 40_000 + "]" * 40_000),
        ("a.toml", "a" + ".a" * 11_500 + " = 'x'\n"),
        ("a.toml", "a = " + "{a = " * 10_000),
    ],
)
def test_deep_nesting_is_not_read_and_said_to_be(path: str, text: str) -> None:
    facts = read(path, text)

    assert prompts(facts) == []
    assert any(fault.incomplete for fault in facts.faults)


def test_nesting_as_people_write_it_is_read() -> None:
    depth = 40

    assert read("a.yaml", "- " * depth + "some text\n").faults == ()
    assert read("a.yaml", "[" * depth + "text" + "]" * depth).faults == ()
    assert len(read("a.json", "[" * depth + '"text"' + "]" * depth).entries) == 1


def test_an_alias_bomb_stays_as_small_as_it_is_written() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]

    assert len(read("a.yaml", "\n".join(lines)).entries) == 120


def test_yaml_longer_than_the_grammar_counts_is_not_read_and_said_to_be() -> None:
    facts = read("a.yaml", "a: b\n" * 40_000)

    assert [(fault.code, fault.incomplete) for fault in facts.faults] == [("size", True)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("prompts/a.json", '{"system_prompt": "' + WORDS * 60_000 + '"}'),
        ("prompts/a.yaml", "system_prompt: " + WORDS * 60_000),
        ("prompts/a.yaml", 'system_prompt: "' + WORDS * 60_000 + '"'),
        ("prompts/a.toml", 'system_prompt = "' + WORDS * 60_000 + '"'),
        ("prompts/a.txt", WORDS * 60_000),
        ("prompts/a.j2", "You are {{ a }} " * 10_000),
        ("prompts/a.hbs", "You are {{ a }} " * 10_000),
        ("prompts/a.txt", "You are {a} " * 10_000),
        ("prompts/a.txt", " " * 1_000_000 + "x"),
        ("prompts/a.md", "```\n" * 40_000 + "$a"),
        ("prompts/a.md", "---\n" + "a: b\n" * 10_000),
        ("CLAUDE.md", "---\n" + "a: b\n" * 10_000 + "---\nx"),
    ],
)
def test_a_large_file_is_read_whole(path: str, text: str) -> None:
    facts = read(path, text)

    assert facts.faults == ()
    for entry in facts.entries:
        assert_written(entry.expression, text)


@pytest.mark.parametrize(
    "text",
    [
        "You are {{ 9**(9**8) }} and {{ 'a' * (9**9) }}",
        "{% if a %}" * 10_000,
        "{% endif %}" * 10_000,
        "{% if a %}" + "{% elif b %}x" * 10_000 + "{% endif %}",
        "{% raw %}" * 10_000,
        "{{ " * 40_000,
        "{{ " + "(" * 40_000 + " }}",
        "{{ " + "'a' if b else " * 5_000 + "'c' }}",
        "{{ " + "('a' ~ " * 5_000 + "b" + ")" * 5_000 + " }}",
        "{# " * 40_000,
        "{{ '" + "\\" * 100_001,
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{%- if a -%}" + " " * 200_000,
        (" " * 100 + "{{- a }}") * 5_000,
    ],
)
def test_hostile_jinja_costs_nothing(text: str) -> None:
    facts = read("prompts/a.j2", text)

    for entry in facts.entries:
        assert_written(entry.expression, text)


@pytest.mark.parametrize(
    "text",
    [
        "{{#a}}" * 10_000,
        "{{/a}}" * 10_000,
        "{{!--" * 40_000,
        "{{ {" * 40_000,
        "{{{" * 40_000,
        "{{#if a}}" + "{{else if b}}x" * 10_000,
        "\\" * 40_000 + "{{",
        ("\n" + " " * 50 + "{{#a}}") * 5_000,
        "{a[" * 40_000,
        "{a:{}" * 40_000,
        "%(" * 40_000,
        "${" * 40_000,
    ],
)
def test_hostile_templates_cost_nothing(text: str) -> None:
    for path in ("prompts/a.hbs", "prompts/a.txt"):
        for entry in read(path, text).entries:
            assert_written(entry.expression, text)


@pytest.mark.parametrize("path", ["a.yaml", "a.toml", "a.json", "prompts/a.md", "prompts/a.j2", "AGENTS.md"])
@pytest.mark.parametrize("text", ["", "\0", "\ud800 lone", "\ufeffx", "\r\r\n", "---\n---\n", "---", "'"])
def test_odd_texts_raise_nothing(path: str, text: str) -> None:
    for entry in read(path, text).entries:
        assert_written(entry.expression, text)
