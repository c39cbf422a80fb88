"""Go's strings as Go means them, and what binds, returns and says nothing to a model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_examples import Form, assert_decodes, longest, said, value
from readers_examples import read

from scrimp.model.algebra import File, Text
from scrimp.readers import wanted

COPIED = {"a": "a", "é": "é", "🙂": "🙂", " ": " ", "%": "%", "'": "'", "日本": "日本"}
ESCAPES = {
    r"\n": "\n",
    r"\t": "\t",
    r"\a": "\a",
    r"\v": "\v",
    r"\\": "\\",
    r"\"": '"',
    r"\u00e9": "é",
    r"\U0001F600": "😀",
    r"\x41": "A",
    r"\101": "A",
}
FORMS = {
    "interpreted": Form("a.go", 'package a\nconst P = "%s"\n', COPIED | ESCAPES | {"`": "`"}),
    "raw": Form(
        "a.go",
        "package a\nconst P = `%s`\n",
        COPIED | {"\n": "\n", "\t": "\t", r"\n": r"\n", '"': '"', "\\": "\\"},
    ),
}


@pytest.mark.parametrize("name", FORMS)
@settings(deadline=None)
@given(data=st.data())
def test_every_span_decodes_to_its_text(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    units = data.draw(form.literals())
    source = form.source(units)
    site = longest(read(form.path, source))

    assert_decodes(site.expression, source, form.units)
    assert said(site.expression) == form.meant(units)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (r'"You are a \"kind\" pirate."', 'You are a "kind" pirate.'),
        ('`one \\n two\nthree "four"`', 'one \\n two\nthree "four"'),
        ('`one two ` + "`three`" + ` four`', "one two `three` four"),
        ("`one two\r\nthree four`", "one two\nthree four"),
        ('"one two " + three + " four"', "one two {} four"),
        ('("one two " + ("three"))', "one two three"),
        ('fmt.Sprintf("one %s two %[1]q three %d%%", four, five)', "one {} two {} three {}%"),
        ('fmt.Sprintf("one %s two %d three", "four", five)', "one four two {} three"),
        ("strings.TrimSpace(` one two three `)", " one two three "),
        ('string("one two three")', "one two three"),
        ('openai.String("one two three")', "one two three"),
        ('[]byte("one two three")', "one two three"),
        (r'"caf\303\251 two three"', "café two three"),
        (r'"caf\xc3\xa9 two three"', "café two three"),
        (r'"half \xff two three"', "half \ufffd two three"),
        (r'"half \ud800 two three"', "half \ufffd two three"),
    ],
)
def test_literals(expression: str, expected: str) -> None:
    assert value("a.go", f"package a\nvar P = {expression}\n") == expected


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spans_count_characters_whatever_stands_before(mark: str) -> None:
    text = f'{mark}package a\n\n// naïve 😀\nconst P = "one two three"\n'

    found = longest(read("a.go", text))

    assert text[found.start : found.end] == '"one two three"'


@pytest.mark.parametrize(
    "statement",
    [
        'return nil, fmt.Errorf("one two three %s", four)',
        'return errors.New("one two three")',
        'log.Printf("one two three %s", four)',
        'fmt.Println("one two three")',
        'slog.Info("one two three", "four", five)',
        'logger.Warnf("one two three %d", 4)',
        'panic("one two three")',
        't.Fatalf("one two three %v", err)',
        'regexp.MustCompile("one two three")',
    ],
)
def test_what_is_said_to_people_is_no_site(statement: str) -> None:
    assert read("a.go", f"package a\nfunc f() error {{\n\t{statement}\n}}\n").sites == ()


def test_a_group_of_constants_binds_each() -> None:
    facts = read(
        "a.go",
        "package a\nconst (\n\tA = `one two three`\n\tB = A + ` four`\n\tC, D = `five six seven`, 8\n)\n",
    )

    assert [each.name for each in facts.bindings] == ["A", "B", "C", "D"]
    assert [each.name for each in facts.sites] == ["A", "B", "C"]


def test_a_struct_s_fields_are_keys_in_snake_case() -> None:
    (site,) = read(
        "a.go", 'package a\nvar x = pkg.Request{MaxTokens: 9, SystemPrompt: "one two three"}\n'
    ).sites

    assert (site.name, site.keys, site.callees) == ("system_prompt", ("system_prompt",), ("pkg.Request",))


def test_embedded_files_are_the_value_of_their_variable() -> None:
    text = 'package a\nimport _ "embed"\n\n//go:embed prompts/a.md\nvar A string\n\nvar (\n\t//go:embed "b c.txt"\n\tB []byte\n)\n'

    facts = read("a.go", text)

    assert [(each.name, each.expression) for each in facts.bindings] == [
        ("A", File(Text("prompts/a.md"))),
        ("B", File(Text("b c.txt"))),
    ]


def test_what_builders_are_given_is_added_to_them() -> None:
    text = 'package a\nfunc f() string {\n\tvar b strings.Builder\n\tb.WriteString("one two three")\n\tif x {\n\t\tb.WriteString("four five six")\n\t}\n\tfmt.Fprintf(&b, "seven %s eight", y)\n\treturn b.String()\n}\n'

    facts = read("a.go", text)

    assert [(each.name, each.operation, len(each.arms)) for each in facts.bindings] == [
        ("b", "=", 0),
        ("b", "+=", 0),
        ("b", "+=", 1),
        ("b", "+=", 0),
    ]
    assert [said(each.expression) for each in facts.sites] == [
        "one two three",
        "four five six",
        "seven {} eight",
    ]


def test_methods_belong_to_their_receiver_s_type() -> None:
    text = (
        "package a\ntype T struct{ p string }\nfunc (t *T) Get() string { return t.p + ` one two three` }\n"
    )

    facts = read("a.go", text)

    assert [(each.name, each.method) for each in facts.functions] == [("T.Get", True)]
    assert [each.name for each in facts.classes] == ["T"]


def test_a_file_that_describes_a_tool_is_wanted_though_it_names_no_model() -> None:
    text = 'var Edit = ToolInfo{Description: "Edits a file.", Parameters: map[string]any{"path": path}}'

    assert wanted("tools/edit.go", text.encode())
    assert not wanted("http/edit.go", b'var Edit = Info{Description: "Edits a file.", Path: path}')
