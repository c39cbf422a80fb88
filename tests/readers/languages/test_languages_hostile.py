"""What an attacker may commit in these languages: it costs little, raises nothing, and what isn't read is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_examples import assert_decodes
from readers_examples import read

WORDS = "one two three four"
FILES = {
    "a.rb": "x = %s\n",
    "a.php": "<?php\n$x = %s;\n",
    "a.rs": "fn f() { let x = %s; }\n",
}
"""A file of each language that binds an expression."""


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(
    "expression",
    [
        f'{"(" * 2_000}"{WORDS}"{")" * 2_000}',
        f'{"[" * 2_000}"{WORDS}"{"]" * 2_000}',
        f'{"f(" * 2_000}"{WORDS}"{")" * 2_000}',
        f'"{WORDS}"{".trim()" * 2_000}',
        f'"{WORDS}"{" || a" * 2_000}',
        f'{"!" * 2_000}"{WORDS}"',
    ],
)
def test_deep_nesting_is_read_or_said_not_to_be(path: str, expression: str) -> None:
    facts = read(path, FILES[path] % expression)

    assert any(site.words for site in facts.sites) or any(fault.incomplete for fault in facts.faults)


@pytest.mark.parametrize("path", FILES)
def test_what_stands_beside_deep_nesting_is_read(path: str) -> None:
    deep = FILES[path] % f'{"[" * 2_000}"{WORDS}"{"]" * 2_000}'
    beside = FILES[path] % f'"{WORDS} five"'

    facts = read(path, beside + deep.removeprefix("<?php\n") + beside.removeprefix("<?php\n"))

    assert [site.words for site in facts.sites].count(5) == 2


@pytest.mark.parametrize(
    ("path", "expression"),
    [
        ("a.rb", " + ".join([f'"{WORDS}"'] * 2_000)),
        ("a.php", " . ".join([f'"{WORDS}"'] * 2_000)),
        ("a.rs", "String::new() + " + " + ".join([f'"{WORDS}"'] * 2_000)),
        ("a.rb", f'"{WORDS * 20_000}"'),
        ("a.php", f"'{WORDS * 20_000}'"),
        ("a.rs", f'r#"{WORDS * 20_000}"#'),
        ("a.rb", "<<~TEXT\n" + f"  {WORDS} #{{a}} \\n\n" * 2_000 + "TEXT"),
        ("a.php", "<<<TEXT\n" + f"  {WORDS} {{$a}} \\n\n" * 2_000 + "  TEXT"),
        ("a.rs", 'format!("' + f"{WORDS} {{a}} \\n" * 2_000 + '")'),
    ],
)
def test_long_expressions_are_read_whole(path: str, expression: str) -> None:
    text = FILES[path] % expression

    facts = read(path, text)

    assert facts.faults == ()
    assert sum(site.words for site in facts.sites) >= 8_000
    for site in facts.sites:
        assert_decodes(site.expression, text)


@pytest.mark.parametrize("path", FILES)
def test_many_statements_are_read_whole(path: str) -> None:
    text = FILES[path] % f'"{WORDS}"'

    facts = read(path, text + text.removeprefix("<?php\n") * 999)

    assert facts.faults == ()
    assert len(facts.sites) == 1_000


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.rb", f'x = "{WORDS}\n'),
        ("a.rb", f'x = "{WORDS} #{{"\n'),
        ("a.php", f'<?php\n$x = "{WORDS}\n'),
        ("a.php", f"<?php\n$x = <<<TEXT\n  {WORDS}\n"),
        ("a.rs", f'const X: &str = "{WORDS};\n'),
        ("a.rs", f'const X: &str = r#"{WORDS}";\n'),
    ],
)
def test_a_string_without_an_end_is_said(path: str, text: str) -> None:
    assert any(fault.incomplete for fault in read(path, text).faults)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.rb", f'A = "{WORDS}"\nf(])\nB = "{WORDS}"\n'),
        ("a.php", f'<?php\nconst A = "{WORDS}";\n$x = );\nconst B = "{WORDS}";\n'),
        ("a.rs", f'const A: &str = "{WORDS}";\nfn ) {{}}\nconst B: &str = "{WORDS}";\n'),
    ],
)
def test_a_syntax_error_elsewhere_loses_no_text(path: str, text: str) -> None:
    facts = read(path, text)

    assert [site.name for site in facts.sites] == ["A", "B"]
    assert facts.faults
    assert not any(fault.incomplete for fault in facts.faults)


@pytest.mark.parametrize("path", FILES)
@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_raises_and_all_spans_are_true(path: str, text: str) -> None:
    for source in (
        text,
        FILES[path] % f'"one two three {text}"',
        FILES[path] % f"<<~TEXT\none two three {text}\nTEXT",
        FILES[path] % f"<<<TEXT\none two three {text}\nTEXT",
        FILES[path] % f'r#"one two three {text}"#',
    ):
        for site in read(path, source).sites:
            assert_decodes(site.expression, source)
            assert 0 <= site.start < site.end <= len(source)


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("text", ["", "\0", "\ud800 lone", "\ufeffx", "\r\r\n", "'", '"', "{", "}" * 2_000])
def test_odd_texts_raise_nothing(path: str, text: str) -> None:
    for site in read(path, text).sites:
        assert_decodes(site.expression, text)
