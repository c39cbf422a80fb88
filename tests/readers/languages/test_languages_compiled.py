"""What an attacker may commit as Go, Java or C#: it costs little, raises nothing, and what isn't read is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_examples import assert_written, read

TEXT = '"one two three four"'
FILES = {
    "a.go": "package a\nvar x = %s\n",
    "A.java": "class A { Object x = %s; }\n",
    "A.cs": "class A { object x = %s; }\n",
}
everywhere = pytest.mark.parametrize("path", FILES)


@everywhere
@pytest.mark.parametrize(
    "expression",
    [
        f"{'(' * 3_000}{TEXT}{')' * 3_000}",
        f"{'f(' * 3_000}{TEXT}{')' * 3_000}",
        f"f({TEXT}){'.g()' * 3_000}",
        f"{'!' * 3_000}{TEXT}",
    ],
)
def test_deep_nesting_is_read_or_said_not_to_be(path: str, expression: str) -> None:
    facts = read(path, FILES[path] % expression)

    assert any(site.words for site in facts.sites) or any(fault.incomplete for fault in facts.faults)


@everywhere
def test_long_sums_are_read_whole(path: str) -> None:
    text = FILES[path] % " + ".join([TEXT] * 3_000)

    (site,) = read(path, text).sites

    assert site.words == 12_000
    assert_written(site.expression, text)


@everywhere
def test_huge_literals_are_read_whole(path: str) -> None:
    facts = read(path, FILES[path] % f'"{"word " * 50_000}"')

    assert [site.words for site in facts.sites] == [50_000]


@everywhere
@pytest.mark.parametrize(
    "expression", [TEXT[:-1], '"one two three \\', '"' * 9_999, "`one", '$@"one {', '"""one']
)
def test_a_syntax_error_that_touches_a_string_is_said(path: str, expression: str) -> None:
    facts = read(path, FILES[path] % expression)

    assert any(fault.incomplete for fault in facts.faults) or facts.sites


@everywhere
@settings(deadline=None, max_examples=50)
@given(text=st.text(max_size=60))
def test_no_text_raises_and_all_spans_are_true(path: str, text: str) -> None:
    for expression in (
        text,
        f'"one two three {text}"',
        f'"""\none two {text}"""',
        f'$"one two {text}"',
        f"`one {text}`",
    ):
        source = FILES[path].replace("%s", expression)
        for site in read(path, source).sites:
            assert_written(site.expression, source)
