"""Rust's strings as Rust means them, each character with its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_examples import Form, assert_decodes, longest, said, value
from readers_examples import read

COPIED = {
    "a": "a",
    "é": "é",
    "🙂": "🙂",
    " ": " ",
    "\n": "\n",
    "#": "#",
    "日本": "日本",
    "{x}": "{x}",
    "'": "'",
}
ESCAPES = {
    r"\n": "\n",
    r"\t": "\t",
    r"\r": "\r",
    r"\0": "\0",
    r"\\": "\\",
    r"\"": '"',
    r"\'": "'",
    r"\x41": "A",
    r"\u{e9}": "é",
    r"\u{1F600}": "😀",
    "\\\na": "a",
    "\\\n  \n\t b": "b",
}
RAW = {r"\n": r"\n", '"': '"', r"\u{e9}": r"\u{e9}"}
FORMS = {
    "plain": Form("a.rs", 'const P: &str = "%s";\n', COPIED | ESCAPES),
    "raw": Form("a.rs", 'const P: &str = r##"%s"##;\n', {k: v for k, v in COPIED.items() if k != "#"} | RAW),
}


@pytest.mark.parametrize("name", FORMS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_every_span_decodes_to_its_text(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    units = data.draw(form.literals())
    source = form.source(units)
    site = longest(read(form.path, source))

    assert_decodes(site.expression, source, form.units)
    assert said(site.expression) == form.meant(units)


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ('"You are a \\"kind\\" pirate."', 'You are a "kind" pirate.'),
        ('"one two \\\n      three four"', "one two three four"),
        ('"one two \\\r\n      three four"', "one two three four"),
        ('"one two\r\nthree four"', "one two\nthree four"),
        ('r"one two \\n three"', "one two \\n three"),
        ('r#"one "two" three"#', 'one "two" three'),
        ('r##"one "# two three"##', 'one "# two three'),
        ('concat!("one two ", "three ", "four")', "one two three four"),
        ('String::from("one two three")', "one two three"),
        ('"one two three".to_string()', "one two three"),
        ('&"one two three".trim()', "one two three"),
        ('"one two three ".to_owned() + &four', "one two three {}"),
        ('Some("one two three".into())', "one two three"),
    ],
)
def test_literals(literal: str, expected: str) -> None:
    assert value("a.rs", f"fn f() {{ let p = {literal}; }}\n") == expected


@pytest.mark.parametrize(
    "literal", ['b"one two three four"', 'c"one two three four"', 'br#"one two three"#', "'a'"]
)
def test_bytes_are_no_text(literal: str) -> None:
    assert read("a.rs", f"const P: &[u8] = {literal};\n").sites == ()


def words(text: str) -> list[str]:
    """What the sites of more than two words say, in the order of the text."""
    facts = read("a.rs", text)
    assert facts.faults == ()
    found = sorted((each for each in facts.sites if each.words > 2), key=lambda each: each.start)
    return [said(each.expression) for each in found]


@pytest.mark.parametrize(
    "statement",
    [
        'println!("{}");',
        'eprintln!("{} {x}");',
        'panic!("{}");',
        'todo!("{}");',
        'unreachable!("{}: {}", x);',
        'assert!(x, "{}");',
        'assert_eq!(x, y, "{}");',
        'anyhow::bail!("{}");',
        'ensure!(x, "{}");',
        'return Err(anyhow!("{}"));',
        'tracing::info!(x, "{}");',
        'log::warn!(target: "x", "{}");',
        'write!(f, "{}")?;',
        'let x = y.expect("{}");',
        'let x = y.context("{}")?;',
        'let x = y.with_context(|| format!("{}: {x}"))?;',
        'let x = y.ok_or("{}")?;',
        'let x = y.ok_or_else(|| Error::new("{}"))?;',
        'let x = y.map_err(|e| format!("{}: {e}"))?;',
        'let x = Command::new("x").about("{}");',
        'let x = Regex::new("{}");',
    ],
)
def test_what_goes_to_people_is_no_text_for_models(statement: str) -> None:
    said = statement.replace("{}", "one two three four")

    assert words(f'fn run() {{ {said}\n ask("You are a pirate."); }}\n') == ["You are a pirate."]


@pytest.mark.parametrize(
    "item",
    [
        '#[doc = "one two three four"]\nstruct A;',
        '#[error("one two three four")]\nstruct A;',
        "/// one two three four\nstruct A;",
        '#[cfg(test)]\nmod tests { const A: &str = "one two three four"; }',
    ],
)
def test_attributes_comments_and_tests_are_not_read(item: str) -> None:
    assert words(f'{item}\nconst P: &str = "You are a pirate.";\n') == ["You are a pirate."]
