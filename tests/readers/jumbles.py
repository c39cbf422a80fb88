"""Texts that no one wrote, for all readers: jumbles of what the languages and formats are made of, and what must hold."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Struct
from readers_examples import assert_written, read

from scrimp.model.facts import Entry, Facts, Site
from scrimp.readers import SUFFIXES

PATHS = (
    *(f"prompts/a{suffix}" for suffix in SUFFIXES),
    *("AGENTS.md", ".cursor/rules/a.mdc", "SKILL.md", "package.json", "tsconfig.json", ".cursorrules"),
)
"""A file of each suffix, and those that are known by their names."""

PARTS = (
    *(
        "You are a helpful assistant. ",
        "system_prompt",
        "prompt",
        "content",
        "messages",
        "role",
        "description",
        "x",
    ),
    *(
        "\n",
        "\r\n",
        "\r",
        "\t",
        "    ",
        " ",
        "\0",
        "\ufeff",
        "\u2028",
        "é",
        "😀",
        "\ud800",
        "\\u00e9",
        "\\ud83d",
        "\\",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "</",
        "/>",
        "'",
        '"',
        '"""',
        "'''",
        "`",
        "#",
        "//",
        "/*",
        "*/",
        "--",
        "<!--",
    ),
    *(
        "=",
        ":",
        ",",
        ";",
        ".",
        "+",
        "-",
        "|",
        ">",
        "&a ",
        "*a",
        "!t ",
        "?",
        "@",
        "$",
        "%",
        "~",
        "---\n",
        "```",
        "<<~A\n",
        "A\n",
    ),
    *(
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{{#if x}}",
        "{{/if}}",
        "${",
        "#{",
        "%s",
        "%(x)s",
        "{x}",
        "{{{",
        "{% include 'a' %}",
    ),
    *(
        "f'",
        'f"{',
        'r#"',
        '$"',
        '@"',
        "\\N{DASH}",
        "\\x",
        "0",
        "1e9",
        "null",
        "True",
        "import openai\n",
        "<?php ",
        "func ",
    ),
    *(
        "def f(a, b=1):\n",
        "class A:\n",
        "return ",
        "if x:\n",
        "else",
        "for x in y",
        "while ",
        "lambda: ",
        "=>",
        "async ",
        "await ",
    ),
    *(
        "<poml>",
        "<role>",
        "<script>",
        "template<",
        "function F(a: string) -> string {",
        "const ",
        "let ",
        "case ",
        "scrimp: ",
    ),
)

TEXTS = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=3)), max_size=40).map("".join)


def assert_sound(path: str, text: str) -> Facts:
    """Read a text: nothing is raised, each place lies in it, each piece is written there; and so again."""
    facts = read(path, text)
    _within(facts, len(text))
    for held in (*facts.sites, *facts.entries):
        assert isinstance(held, Site | Entry)
        assert_written(held.expression, text)
    try:
        raw = msgspec.msgpack.encode(facts)
    except (UnicodeEncodeError, OverflowError):
        return facts
    assert msgspec.msgpack.decode(raw, type=Facts) == facts == read(path, text)
    return facts


def _within(value: Any, length: int) -> None:
    """Every start and end in a value lies in a text of a length."""
    if isinstance(value, Struct):
        start, end = getattr(value, "start", 0), getattr(value, "end", length)
        if isinstance(start, int) and isinstance(end, int):
            assert 0 <= start <= max(end, start) <= length, value
        for name in value.__struct_fields__:
            _within(getattr(value, name), length)
    elif isinstance(value, tuple):
        for each in value:
            _within(each, length)
