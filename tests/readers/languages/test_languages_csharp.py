"""C#'s strings as C# means them, and what binds, returns and says nothing to a model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_examples import Form, assert_decodes, longest, said, value
from readers_examples import read

COPIED = {"a": "a", "é": "é", "🙂": "🙂", "%": "%", "'": "'", "日本": "日本", " ": " "}
ESCAPES = {
    r"\n": "\n",
    r"\t": "\t",
    r"\a": "\a",
    r"\0": "\0",
    r"\\": "\\",
    r"\"": '"',
    r"\'": "'",
    r"\u00e9": "é",
    r"\U0001F600": "😀",
    r"\uD83D\uDE00": "😀",
    r"\x0041": "A",
}
VERBATIM = COPIED | {"\n": "\n", '""': '"', r"\n": r"\n", "\\ ": "\\ "}
RAW = COPIED | {"\n    ": "\n", "\n      ": "\n  ", "\n\n    ": "\n\n", r"\n": r"\n", '"a': '"a', "{ ": "{ "}
HOLES: dict[str, str | None] = {"{x}": None, "{a.B(1)}": None, "{d:yyyy}": None, "{n,5}": None}
BRACES = {"{{ ": "{ ", "}}": "}"}
FORMS = {
    "regular": Form("A.cs", 'class A { const string P = "%s"; }\n', COPIED | ESCAPES | {"{": "{"}),
    "verbatim": Form("A.cs", 'class A { string P = @"%s"; }\n', VERBATIM | {"{": "{"}),
    "raw": Form("A.cs", 'class A { string P = """\n    %s.\n    """; }\n', RAW),
    "interpolated": Form("A.cs", 'class A { string P = $"%s"; }\n', COPIED | ESCAPES | HOLES | BRACES),
    "interpolated verbatim": Form("A.cs", 'class A { string P = $@"%s"; }\n', VERBATIM | HOLES | BRACES),
    "verbatim interpolated": Form("A.cs", 'class A { string P = @$"%s"; }\n', VERBATIM | HOLES | BRACES),
    "interpolated raw": Form(
        "A.cs",
        'class A { string P = $$"""\n    %s.\n    """; }\n',
        RAW | {"{{x}}": None, "{{a.B(1)}}": None},
    ),
}


@pytest.mark.parametrize("name", FORMS)
@settings(deadline=None)
@given(data=st.data())
def test_every_span_decodes_to_its_text(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    units = data.draw(form.literals())
    source = form.source(units)
    inside = source.removesuffix('"""; }\n').partition('"""')[2]
    if "raw" in name and ('"""' in inside or "{{{" in inside):
        return  # those end a raw literal, or need more marks before it
    site = longest(read(form.path, source))

    assert_decodes(site.expression, source)
    meant = form.meant(units) + "." * ("raw" in name)
    assert said(site.expression) == meant


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('$"one {{{two}}} three {{{{four}}}} five"', "one {{}} three {{four}} five"),
        ('@$"one ""two"" three ""{four}"""', 'one "two" three "{}"'),
        ('$@"one two three ""{four}"" {{{five}}}"', 'one two three "{}" {{}}'),
        ('$"one two {x.Get($"{{{y}}}", \'"\')} {{{three}}} four"', "one two {} {{}} four"),
        (r'"You are a \"kind\" pirate."', 'You are a "kind" pirate.'),
        (r'"one\x9two three \xe9 four"', "one\ttwo three é four"),
        (r'"half a pair \uD83D two three"', "half a pair \ufffd two three"),
        ('@"one ""two"" \\three\nfour"', 'one "two" \\three\nfour'),
        ('$"one {two} {{three}} {four:N2} five"', "one {} {three} {} five"),
        ('$"one {(a ? "two" : "six")} {$"three {b}"} four"', "one {} three {} four"),
        ('$@"one {two} ""three"" \\ four"', 'one {} "three" \\ four'),
        ('"""one "two" three"""', 'one "two" three'),
        ('""""one """two""" three""""', 'one """two""" three'),
        ('"""\n      one\n        two\n\n      three\n      """', "one\n  two\n\nthree"),
        ('$"""\n      one {two}\n        three four\n      """', "one {}\n  three four"),
        ('$$"""\n      one {two} {{three}}\n      four five\n      """', "one {two} {}\nfour five"),
        ('"""\r\n    one two\r\n    three\r\n    """', "one two\nthree"),
        ('"one two "u8 + "three"u8', "one two three"),
        ('"one two " + three + " four"', "one two {} four"),
        ('string.Format("one {0} two {1:N} three {0}", four, five)', "one {0} two {1:N} three {0}"),
        ('"one two three".Trim().ToString()', "one two three"),
        ('string.Concat("one two ", three, " four")', "one two {} four"),
        ('new StringBuilder("one two three").ToString()', "one two three"),
        ('(string)("one two three")', "one two three"),
        ('"one two three"!', "one two three"),
    ],
)
def test_literals(expression: str, expected: str) -> None:
    assert value("A.cs", f"class A {{\n  string P = {expression};\n}}\n") == expected


@pytest.mark.parametrize(
    "statement",
    [
        'throw new InvalidOperationException($"one two three {four}");',
        'x = y ?? throw new ArgumentException("one two three");',
        'Console.WriteLine("one two three");',
        'logger.LogInformation("one two three {Four}", four);',
        '_logger.LogError(ex, "one two three");',
        'Debug.Assert(x, "one two three");',
        'Assert.AreEqual(x, y, "one two three");',
    ],
)
def test_what_is_said_to_people_is_no_site(statement: str) -> None:
    assert read("A.cs", f"class A {{ void F() {{\n  {statement}\n}} }}\n").sites == ()


def test_constants_and_properties_belong_to_their_class() -> None:
    text = """namespace A.B;
class C {
  private const string P = "one two three";
  public string Q { get; set; } = "four five six";
  public string R => "seven eight nine";
  public string S { get { return "ten eleven twelve"; } }
  static string T() => "thirteen and so on";
}
"""
    facts = read("C.cs", text)

    assert facts.package == "A.B"
    assert [(each.scope, each.name) for each in facts.bindings] == [("C", "P"), ("C", "Q"), ("C", "R")]
    assert [(each.name, len(each.returns)) for each in facts.functions] == [("C.S", 1), ("C.T", 1)]


def test_what_an_initializer_sets_are_keyword_arguments() -> None:
    text = 'var a = new Agent("x") { Name = "Maps", SystemPrompt = "one two three", Limits = new() { MaxTokens = 9 } };\n'

    facts = read("a.cs", text)
    call = next(each for each in facts.calls if each.callee == "Agent")

    assert [each.name for each in call.call.arguments] == ["", "name", "system_prompt", "limits"]
    assert longest(facts).keys == ("system_prompt",)


def test_an_attribute_is_a_call() -> None:
    text = """class A {
  [KernelFunction("x"), Description("one two three")]
  public string F([Description("four five six")] string x) { return x; }
}
"""
    facts = read("A.cs", text)

    assert [(each.callee, each.scope) for each in facts.calls] == [
        ("KernelFunction", "A.F"),
        ("Description", "A.F"),
        ("Description", "A.F"),
    ]


def test_a_switch_expression_is_one_of_its_arms() -> None:
    text = 'class A { string F(int x) => x switch { 1 => "one two three", _ => "four five six" }; }\n'

    facts = read("A.cs", text)

    assert [said(each.expression) for each in facts.sites] == ["one two three", "four five six"]
    assert [len(each.returns) for each in facts.functions] == [1]
