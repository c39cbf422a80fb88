"""Java's strings as Java means them, and what binds, returns and says nothing to a model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_examples import Form, assert_decodes, longest, said, value
from readers_examples import read

COPIED = {"a": "a", "é": "é", "🙂": "🙂", "%": "%", "'": "'", "日本": "日本", "{{x}}": "{{x}}"}
ESCAPES = {
    r"\n": "\n",
    r"\t": "\t",
    r"\b": "\b",
    r"\f": "\f",
    r"\s": " ",
    r"\\": "\\",
    r"\"": '"',
    r"\'": "'",
    r"\u00e9": "é",
    r"\uD83D\uDE00": "😀",
    r"\101": "A",
    r"\0": "\0",
}
BLOCK = (
    COPIED | ESCAPES | {'"': '"', "\n    ": "\n", "\n      b": "\n  b", "\n\n    ": "\n\n", "\\\n    ": ""}
)
FORMS = {
    "literal": Form("A.java", 'class A { static final String P = "%s"; }\n', COPIED | ESCAPES | {" ": " "}),
    "block": Form("A.java", 'class A { String p = """\n    %s.\n    """; }\n', BLOCK),
}


@pytest.mark.parametrize("name", FORMS)
@settings(deadline=None)
@given(data=st.data())
def test_every_span_decodes_to_its_text(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    units = ["a", *data.draw(form.literals())]
    source = form.source(units)
    if '""""""' in source or '"""' in source.removesuffix('"""; }\n').partition('"""')[2]:
        return  # three quotes in a row end a block
    site = longest(read(form.path, source))

    assert_decodes(site.expression, source)
    meant = form.meant(units)
    assert said(site.expression) == (meant + ".\n" if name == "block" else meant)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (r'"You are a \"kind\" pirate."', 'You are a "kind" pirate.'),
        (r'"caf\u00e9 \u0041 two three"', "café A two three"),
        (r'"half a pair \uD83D two three"', "half a pair \ufffd two three"),
        (r'"one\40two three \1234 four"', "one two three S4 four"),
        ('"one two " + three + \' \' + "four"', "one two {}{}four"),
        ('"one %s two %1$s three%n".formatted(four)', "one {} two {} three\n"),
        ('String.format("one %s two %d three", "four", five)', "one four two {} three"),
        ('"one two three".trim().strip()', "one two three"),
        ('new String("one two three")', "one two three"),
        ('(String) ("one two three")', "one two three"),
        ('Optional.of("one two three").get()', "one two three"),
        ('new StringBuilder("one two three").toString()', "one two three"),
        ('"""\n      one\n        two\n      three"""', "one\n  two\nthree"),
        ('"""\n      one\n        two\n      three\n    """', "  one\n    two\n  three\n"),
        ('"""\n      one\n\n      two three  \n      """', "one\n\ntwo three\n"),
        ('"""\n      one two \\\n      three\\s\n      four"""', "one two three \nfour"),
        ('"""\n      one \\"""two\\""" three"""', 'one """two""" three'),
        ('"""\r\n      one two\r\n      three"""', "one two\nthree"),
        ('"""\n\tone two\n\t\tthree"""', "one two\n\tthree"),
        ('"""\n      \\tone two\n      three\\n four"""', "\tone two\nthree\n four"),
        ('"""  \n      one two\n      three"""', "one two\nthree"),
    ],
)
def test_literals(expression: str, expected: str) -> None:
    assert value("A.java", f"class A {{\n  String p = {expression};\n}}\n") == expected


@pytest.mark.parametrize(
    "statement",
    [
        'throw new IllegalStateException("one two three " + four);',
        'log.info("one two three {}", four);',
        'logger.error("one two three");',
        'System.out.println("one two three");',
        'Objects.requireNonNull(x, "one two three");',
        'Assert.notNull(x, "one two three");',
        'assertThat(x, "one two three");',
        'assert x : "one two three";',
        'statement.executeQuery("select one from two");',
        'Pattern p = Pattern.compile("one two three");',
    ],
)
def test_what_is_said_to_people_is_no_site(statement: str) -> None:
    assert read("A.java", f"class A {{ void f() {{\n  {statement}\n}} }}\n").sites == ()


def test_constants_fields_and_enums_belong_to_their_class() -> None:
    text = """package a.b;
class A {
  private static final String P = "one two three";
  enum Kind { X("four five six"), Y("seven eight nine"); }
  record R(String s) { static final String Q = "ten eleven twelve"; }
  interface I { String S = "thirteen and so on"; }
}
"""
    facts = read("A.java", text)

    assert facts.package == "a.b"
    assert [(each.scope, each.name) for each in facts.bindings] == [
        ("A", "P"),
        ("A.Kind", "X"),
        ("A.Kind", "Y"),
        ("A.R", "Q"),
        ("A.I", "S"),
    ]


def test_methods_return_what_they_and_switches_yield() -> None:
    text = """class A {
  String f(int x) {
    if (x == 1) { return "one two three"; }
    return "four five six";
  }
  String g(int x) {
    return switch (x) { case 1 -> "seven eight nine"; default -> "ten eleven twelve"; };
  }
}
"""
    facts = read("A.java", text)

    assert [(each.name, len(each.returns)) for each in facts.functions] == [("A.f", 2), ("A.g", 1)]
    assert [said(each.expression) for each in facts.sites][:2] == ["one two three", "four five six"]
    assert [said(each.expression) for each in facts.sites][2:] == ["seven eight nine", "ten eleven twelve"]


def test_an_annotation_is_a_call_with_its_elements_as_arguments() -> None:
    text = """interface A {
  @SystemMessage({"one two three", "four five"})
  @UserMessage(value = "six seven eight", delimiter = ", ")
  String f(@V("nine") String x);
}
"""
    facts = read("A.java", text)

    assert [(each.callee, each.scope) for each in facts.calls] == [
        ("SystemMessage", "A.f"),
        ("UserMessage", "A.f"),
        ("V", "A.f"),
    ]
    assert [[argument.name for argument in each.call.arguments] for each in facts.calls] == [
        [""],
        ["", "delimiter"],
        [""],
    ]


def test_a_builder_is_the_call_of_what_it_builds() -> None:
    text = 'class A { Object m = Model.builder().modelName("gpt-5-mini").maxTokens(9).prompt("one two three").build(); }\n'

    facts = read("A.java", text)
    call = next(each for each in facts.calls if each.callee == "Model")

    assert [each.name for each in call.call.arguments] == ["model_name", "max_tokens", "prompt"]
    assert facts.sites[-1].name == "prompt"
