"""What an attacker may commit as Python: it costs little, raises nothing, and what isn't read is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_examples import assert_written

from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.readers import python

TEXT = '"one two three four"'


def read(text: str) -> Facts:
    return python.read(Source("a.py", text, ""))


def staircase(header: str, levels: int) -> str:
    """Blocks within blocks, each a column further in."""
    return "".join(" " * level + header + "\n" for level in range(levels)) + " " * levels + f"x = {TEXT}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"x = {'(' * 5_000}{TEXT}{')' * 5_000}",
        f"x = {'[' * 5_000}{TEXT}{']' * 5_000}",
        f"x = {'f(' * 5_000}{TEXT}{')' * 5_000}",
        f"x = {'{1: ' * 5_000}{TEXT}{'}' * 5_000}",
        f"x = {TEXT}{'.strip()' * 20_000}",
        f"x = {TEXT}{' % a' * 20_000}",
        f"x = {TEXT}{' or a' * 20_000}",
        f"x = {TEXT + ' if a else ' * 1}{'(' * 5_000}1{')' * 5_000}",
        f"x = {'y = ' * 5_000}{TEXT}",
        f"def f(a={'(' * 5_000}{TEXT}{')' * 5_000}): pass",
        f"@{'f(' * 5_000}{TEXT}{')' * 5_000}\ndef g(): pass",
        staircase("if a:", 600),
        staircase("def f():", 5_000),
        staircase("\t if a:", 600),
    ],
    ids=str.__len__,
)
def test_deep_nesting_is_not_read_and_said_to_be(text: str) -> None:
    faults = read(text).faults

    assert any(fault.code == "depth" and fault.incomplete for fault in faults)


def test_what_stands_beside_deep_nesting_is_read() -> None:
    deep = f"x = {'(' * 5_000}{TEXT}{')' * 5_000}\n"

    facts = read(f"BEFORE = {TEXT}\n{deep}AFTER = {TEXT}\ndef f(a={TEXT}): pass\n")

    assert [site.name for site in facts.sites] == ["BEFORE", "AFTER", "a"]
    assert all(site.words == 4 for site in facts.sites)


def test_nesting_as_people_write_it_is_read() -> None:
    for text in (
        staircase("if a:", 90),
        f"x = {'(' * 50}{TEXT}{')' * 50}",
        "x = (\n" + "".join(" " * width + "1,\n" for width in range(200)) + f"{TEXT})\n",
    ):
        facts = read(text)

        assert facts.faults == ()
        assert [site.words for site in facts.sites] == [4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"x = {' + '.join([TEXT] * 20_000)}", 80_000),
        (f"x = {TEXT}{' + a' * 20_000}", 4),
        ("x = " + '"one two three four " ' * 20_000, 80_000),
        (f"x = [{TEXT}, {'not ' * 20_000}a]", 4),
        (f"x = [{TEXT}, {'-' * 20_000}1]", 4),
        (f"x = [{TEXT}, a{'.b' * 20_000}]", 4),
        (f"x = [{TEXT} {'for a in b ' * 5_000}]", 4),
        ('x = "one two three four' + r"\N{" * 1_000 + 'x"', 4),
        ('x = "one two three four' + "\\\n" * 30_000 + '"', 4),
    ],
    ids=lambda value: value if isinstance(value, int) else len(value),
)
def test_long_expressions_are_read_whole(text: str, words: int) -> None:
    facts = read(text)

    assert facts.faults == ()
    assert [site.words for site in facts.sites if site.words] == [words]
    for site in facts.sites:
        assert_written(site.expression, text)


@pytest.mark.parametrize(
    "text",
    [
        f"def f(): return {TEXT}\n" * 5_000,
        f"def f(a={TEXT}): pass\n" * 5_000,
        f"if a:\n x = {TEXT}\n" + f"elif a:\n x = {TEXT}\n" * 3_000,
        f"x = {TEXT}\n" + f"x += {TEXT}\n" * 5_000,
        f"a = {TEXT}\n" + "f(a)\n" * 5_000,
    ],
    ids=str.__len__,
)
def test_many_statements_are_read_whole(text: str) -> None:
    facts = read(text)

    assert facts.faults == ()
    assert len(facts.sites) == text.count(TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "'" * 100_001,
        '"""one two three ' * 3_001,
        'x = f"' + "{" * 10_001 + " one two three",
        'x = "one two three ' + "\\" * 100_001,
        f'x = {TEXT} "unclosed\nprint("more text is here")\n',
        "x = (" * 10_000 + TEXT,
        'f"{' * 2_000,
        f"def (:\nAFTER = {TEXT}\n",
    ],
    ids=str.__len__,
)
def test_a_syntax_error_that_touches_a_string_is_said(text: str) -> None:
    assert any(fault.code == "syntax" and fault.incomplete for fault in read(text).faults)


def test_a_syntax_error_elsewhere_loses_no_text() -> None:
    facts = read(f"BEFORE = {TEXT}\nx = )\nAFTER = {TEXT}\n")

    assert [site.name for site in facts.sites] == ["BEFORE", "AFTER"]
    assert [(fault.code, fault.incomplete) for fault in facts.faults] == [("syntax", False)]


@given(st.text())
def test_no_text_raises(text: str) -> None:
    for site in read(text).sites:
        assert_written(site.expression, text)


TOKENS = [
    *(
        "x",
        " = ",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        ".",
        "+",
        "%",
        "*",
        "@",
        "\n",
        "\n    ",
        "\n        ",
    ),
    *(
        "def f",
        "class C",
        "return ",
        "if a",
        "else",
        "for x in y",
        "lambda",
        "import a",
        "from a import b",
        "\\",
    ),
    *(
        "'one two three'",
        '"""',
        "'",
        'f"',
        "{x}",
        "{{",
        "rb'",
        ".format(",
        ".join(",
        "await ",
        "yield ",
        "é",
        "\r",
    ),
    *(
        "client.messages.create(",
        "messages=",
        "model=",
        "**",
        "'role'",
        "'content'",
        "with a as b",
        "match x",
    ),
]


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_no_jumble_of_python_raises(text: str) -> None:
    facts = read(text)

    for site in facts.sites:
        assert 0 <= site.start < site.end <= len(text)
        assert_written(site.expression, text)
