"""Literals as JavaScript means them, each character with its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_examples import assert_written, fixed, read, variables

from scrimp.model.facts import Facts, Site


def site(text: str, path: str = "a.ts") -> Site:
    """The longest site of a file."""
    facts = read(path, text)
    assert facts.faults == ()
    for each in facts.sites:
        assert_written(each.expression, text)
    return max(facts.sites, key=lambda each: each.words)


def value(literal: str) -> str:
    return fixed(site(f"const PROMPT = {literal};").expression)


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        (r'"You are a \"kind\" pirate."', 'You are a "kind" pirate.'),
        (r"'It\'s a\ttab\nand a line'", "It's a\ttab\nand a line"),
        (r'"caf\u00e9 \x41nd \u{1F600} too"', "café And 😀 too"),
        (r'"a pair \uD83D\uDE00 of units"', "a pair 😀 of units"),
        (r'"half a pair \uD83D is replaced"', "half a pair \ufffd is replaced"),
        ('"one line \\\ngoes on here now"', "one line goes on here now"),
        ('"one line \\\r\ngoes on here now"', "one line goes on here now"),
        (r'"octal \101 and nul \0 here too"', "octal A and nul \0 here too"),
        (r'"any other \q stands for itself"', "any other q stands for itself"),
        (r"`a \`quoted\` word and \${not} a hole`", "a `quoted` word and ${not} a hole"),
        ("`two\r\nlines\rand three of them`", "two\nlines\nand three of them"),
        ("`two\\\nlines made one of them`", "twolines made one of them"),
        ("String.raw`a \\n stays as it is`", "a \\n stays as it is"),
    ],
)
def test_escapes(literal: str, expected: str) -> None:
    assert value(literal) == expected


def test_substitutions_are_variables_with_what_fills_them() -> None:
    found = site("const PROMPT = `Answer ${question.trim()} in ${ language } now, ${`please ${name}`}.`;")

    assert fixed(found.expression) == "Answer  in  now, please ."
    assert variables(found.expression) == ["question.trim()", "language", "`please ${name}`"]
    assert found.words == 4


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spans_count_characters_whatever_stands_before(mark: str) -> None:
    text = f'{mark}// naïve 😀\nconst PROMPT = "You are a pirate.";'

    found = site(text)

    assert text[found.start : found.end] == '"You are a pirate."'


@given(st.text(alphabet=st.characters(exclude_characters="`\\$\r\0", exclude_categories=["Cs"])))
def test_a_template_without_specials_is_its_text(text: str) -> None:
    facts = read("a.ts", f"const PROMPT = `one two three {text}`;")

    assert [fixed(each.expression) for each in facts.sites] == [f"one two three {text}"]


@given(st.text(max_size=60))
def test_no_text_raises_and_all_spans_are_true(text: str) -> None:
    for path in ("a.ts", "a.tsx", "a.js", "a.vue"):
        for source in (
            text,
            f"const PROMPT = `one two three {text}`;",
            f'<script>x = "one two {text}"</script>',
        ):
            facts: Facts = read(path, source)
            for each in facts.sites:
                assert_written(each.expression, source)
                assert 0 <= each.start < each.end <= len(source)
