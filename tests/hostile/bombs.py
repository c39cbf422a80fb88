"""Files that are made to stop a linter, written here in code: each is small, or small for what it asks of a parser."""

from __future__ import annotations

from typing import NamedTuple

DEEP = 1_500
"""Levels: a what people never write, and more than a stack holds."""

ROLE = "You are a careful assistant. "


class Bomb(NamedTuple):
    """A file, and the codes of what is skipped in it; ``"*"`` where it may also be read, or read in part."""

    path: str
    content: str | bytes
    codes: frozenset[str]


def bomb(path: str, content: str | bytes, *codes: str) -> Bomb:
    return Bomb(path, content, frozenset(codes))


BLOCKS = {
    "js": ("function f() {", "}"),
    "ts": ("function f(): string {", "}"),
    "tsx": ("<a>", "</a>"),
    "go": ("func() {", "}()"),
    "java": ("class A {", "}"),
    "cs": ("class A {", "}"),
    "rb": ("def f\n", "\nend"),
    "php": ("if ($a) {", "}"),
    "rs": ("mod a {", "}"),
    "vue": ("<template><a>", "</a></template>"),
    "svelte": ("{#if a}", "{/if}"),
}
CODE = ("py", *BLOCKS)
START = {"php": "<?php\n", "go": "package a\n", "vue": "<script>", "svelte": "<script>"}


def _deep() -> list[Bomb]:
    """What nests without an end, in each format."""
    found = [
        bomb("deep/a.yaml", "system_prompt: " + "[" * DEEP + "]" * DEEP, "depth"),
        bomb("deep/b.yaml", "- " * DEEP + "system_prompt: x\n", "depth"),
        bomb("deep/c.yml", "".join(" " * level + "prompt:\n" for level in range(500)), "depth"),
        bomb("deep/a.json", '{"system_prompt":' * DEEP, "depth"),
        bomb("deep/b.json", "[" * DEEP + '{"prompt": ""}' + "]" * DEEP, "depth"),
        bomb("deep/a.toml", "system_prompt = " + "[" * DEEP + "]" * DEEP, "depth"),
        bomb("deep/a.ipynb", '{"cells": ' + "[" * DEEP, "*"),
        bomb("deep/indented.py", "".join(" " * level + "if a:\n" for level in range(1_000)), "*"),
        bomb("prompts/deep.j2", ROLE + "{% if a %}" * DEEP, "*"),
        bomb("prompts/deep.hbs", ROLE + "{{#a}}" * DEEP, "*"),
        bomb("prompts/deep.md", ROLE + "> " * DEEP + "- " * DEEP, "*"),
        bomb("prompts/deep.prompty", "---\na: " + "[" * DEEP + "\n---\n" + ROLE, "*"),
        bomb("deep/a.baml", "function A() -> string {\n" * DEEP, "*"),
        bomb("deep/a.poml", "<poml>" + "<p>" * DEEP, "*"),
    ]
    for suffix in CODE:
        start = START.get(suffix, "")
        found.append(bomb(f"deep/brackets.{suffix}", f"{start}x = " + "(" * DEEP + ")" * DEEP, "*"))
        found.append(bomb(f"deep/sum.{suffix}", f'{start}x = "{ROLE}"' + ' + "a b c d"' * DEEP, "*"))
        opening, closing = BLOCKS.get(suffix, ("", ""))
        found.append(bomb(f"deep/blocks.{suffix}", start + opening * 500 + closing * 500, "*"))
    return found


def _growing() -> list[Bomb]:
    """What is small as it is written and large once it is worked out."""
    aliases = ["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    merges = ["b0: &b0 {p: x}", *(f"b{n}: &b{n}\n  <<: [*b{n - 1}, *b{n - 1}]" for n in range(1, 60))]
    return [
        bomb("grow/aliases.yaml", "\n".join(aliases), "*"),
        bomb("grow/merges.yaml", "\n".join(merges), "*"),
        bomb("grow/dotted.toml", "prompt" + ".a" * 11_500 + " = 'x'\n", "depth"),
        bomb("grow/tables.toml", "[[a]]\n" * 2_000, "*"),
        bomb(
            "prompts/fold.j2",
            ROLE + "{{ 9**(9**8) }}{{ 'a' * (9**9) }}{% for a in range(9**9) %}x{% endfor %}",
            "*",
        ),
        bomb(
            "prompts/macros.j2", "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}" + ROLE + "{{ m() }}", "*"
        ),
        bomb("grow/fold.py", f'PROMPT = "{ROLE}" * 9 ** 9\nN = 9 ** 9 ** 9\nS = "%999999999s" % "a"\n', "*"),
        bomb("grow/format.py", 'PROMPT = "' + ROLE + '{:999999999} {0:>{1}}".format("a", 9 ** 9)\n', "*"),
    ]


def _long() -> list[Bomb]:
    """What is much of one thing."""
    return [
        bomb("long/blanks.py", 'PROMPT = "' + ROLE + " " * 200_000 + '"\n', "*"),
        bomb("prompts/blanks.txt", ROLE + " " * 1_000_000 + "x", "*"),
        bomb("prompts/lines.md", ROLE + "\n" * 50_000 + "x", "*"),
        bomb("prompts/letters.txt", ROLE + "a" * 100_000, "*"),
        bomb("long/list.py", 'x = ["' + '", "'.join("abc" for _ in range(40_000)) + '"]\n', "*"),
        bomb("long/number.py", "x = " + "9" * 200_000 + "\n", "*"),
        bomb("long/number.json", '{"system_prompt": ' + "9" * 200_000 + "}", "*"),
        bomb("long/lines.yaml", "prompt: b\n" * 40_000, "size"),
        bomb("long/bytes.py", b"# " + b"x" * (5 * 2**20), "size"),
        bomb("long/escapes.json", '{"system_prompt": "' + "\\u0061" * 50_000 + '"}', "*"),
        bomb("prompts/fences.md", ROLE + "```\n" * 20_000, "*"),
    ]


def _odd() -> list[Bomb]:
    """Bytes that are no text, or another one than they seem."""
    return [
        bomb("odd/broken.py", b"PROMPT = '" + ROLE.encode() + b"\xff\xfe\x80'\n", "encoding"),
        bomb("prompts/broken.md", ROLE.encode() + b"\xed\xa0\x80", "encoding"),
        bomb("odd/cut.yaml", b"system_prompt: \xe2\x82", "encoding"),
        bomb("prompts/wide.md", b"\xff\xfe" + ROLE.encode("utf-16-le") + b"a", "encoding"),
        bomb("odd/rot13.py", "# coding: rot13\nCEBZCG = 'Lbh ner'  # a prompt for openai\n", "encoding"),
        bomb("odd/utf7.py", b"# coding: utf-7\nPROMPT = '+AGE-'  # a prompt for openai\n", "encoding"),
        bomb("odd/nothing.py", "# coding: no-such-thing\nPROMPT = 'a'  # a prompt for openai\n", "encoding"),
        bomb("prompts/picture.md", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
        bomb("prompts/bidi.md", ROLE + "\u202egnitset\u2066 \u200b\x1b[2J\x1b]0;x\x07", "*"),
        bomb("prompts/controls.txt", ROLE + "".join(map(chr, range(1, 32))) + "\x7f\x85\u2028", "*"),
        bomb("odd/lone.json", '{"system_prompt": "' + ROLE + '\\ud800 \\udfff"}', "*"),
        bomb(
            "odd/commands.py",
            'PROMPT = "' + ROLE + "::error::x \\r\\n##[error]x ::stop-commands::t" + '"\n',
            "*",
        ),
    ]


BOMBS = (*_deep(), *_growing(), *_long(), *_odd())

HANGING = {
    "hang/escapes.py": 'import openai\nPROMPT = "' + "\\N{" * 40_000,
    "hang/braces.py": "import openai\nx = " + "{" * 40_000,
    "hang/brackets.js": "import OpenAI from 'openai';\nx = " + "(" * 40_000,
}
"""What takes a parser minutes: its time grows with the square of the length."""
