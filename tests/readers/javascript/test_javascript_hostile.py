"""What an attacker may commit as JavaScript: it costs little, raises nothing, and what isn't read is said."""

from __future__ import annotations

import pytest
from readers_examples import assert_written, read

TEXT = '"one two three four"'


@pytest.mark.parametrize(
    "text",
    [
        f"x = {'(' * 5_000}{TEXT}{')' * 5_000}",
        f"x = {'[' * 5_000}{TEXT}{']' * 5_000}",
        f"x = {'f(' * 5_000}{TEXT}{')' * 5_000}",
        "x = " + "{a:\n" * 3_000 + TEXT + "}" * 3_000,
        f"x = {TEXT}{'.trim()' * 5_000}",
        f"x = {TEXT}{' || a' * 5_000}",
        f"function f(a = {'[' * 5_000}{TEXT}{']' * 5_000}) {{}}",
        f"x = {'`${' * 500}{TEXT}{'}`' * 500}",
    ],
)
def test_deep_nesting_is_read_or_said_not_to_be(text: str) -> None:
    facts = read("a.ts", text)

    assert any(site.words for site in facts.sites) or any(fault.incomplete for fault in facts.faults)


def test_what_stands_beside_deep_nesting_is_read() -> None:
    deep = f"x = {'[' * 5_000}{TEXT}{']' * 5_000};\n"

    facts = read("a.ts", f"const BEFORE = {TEXT};\n{deep}const AFTER = {TEXT};\n")

    assert {"BEFORE", "AFTER"} <= {site.name for site in facts.sites}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"x = {' + '.join([TEXT] * 5_000)}", 20_000),
        (f"x = {TEXT}{' + a' * 5_000}", 4),
        (f"x = [{TEXT}, {'!' * 5_000}a]", 4),
        (f"x = [{TEXT}, a{'.b' * 5_000}]", 4),
        (f"{'() => ' * 1_000}{TEXT}", 4),
        ("f(() => {\n" * 500 + f"x = {TEXT}" + "})" * 500, 4),
    ],
)
def test_long_expressions_are_read_whole(text: str, words: int) -> None:
    facts = read("a.js", text)

    assert facts.faults == ()
    assert [site.words for site in facts.sites if site.words] == [words]
    assert_written(facts.sites[0].expression, text)


@pytest.mark.parametrize(
    "text",
    [
        f"function f() {{ return {TEXT} }}\n" * 2_000,
        f"f((a) => {{ const b = {TEXT}; }});\n" * 2_000,
        f"x = {TEXT};\n" + f"x += {TEXT};\n" * 2_000,
        f"if (a) x = {TEXT};\n" + f"else if (a) x = {TEXT};\n" * 300,
    ],
)
def test_many_statements_are_read_whole(text: str) -> None:
    facts = read("a.js", text)

    assert facts.faults == ()
    assert len(facts.sites) == text.count(TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "`" * 10_001,
        'x = "one two three ' + "\\" * 10_001,
        f"x = {TEXT} `unclosed ${{",
        "x = (" * 2_000 + TEXT,
        "`${" * 1_000,
    ],
)
def test_a_syntax_error_that_touches_a_string_is_said(text: str) -> None:
    assert any(fault.incomplete for fault in read("a.ts", text).faults)


def test_a_syntax_error_elsewhere_loses_no_text() -> None:
    facts = read("a.ts", f"const BEFORE = {TEXT};\nx = );\nconst AFTER = {TEXT};\n")

    assert [site.name for site in facts.sites] == ["BEFORE", "AFTER"]
    assert not any(fault.incomplete for fault in facts.faults)
