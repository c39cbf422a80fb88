"""Comments that speak to scrimp, in every host language."""

from __future__ import annotations

import json

import pytest
from readers_examples import read

from scrimp.model.source import Lines
from scrimp.readers import markers, wanted

SAID = "scrimp: prompt name=triage model=gpt-5-mini calls=20000 role=system"
OPTIONS = (("name", "triage"), ("model", "gpt-5-mini"), ("calls", "20000"), ("role", "system"))
CELL = {"cell_type": "code", "source": [f"# {SAID}\n", "P = 'x'"]}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", f"# {SAID}\nP = load('x')\n"),
        ("a.py", f"P = load('x')  # noqa: E501  # {SAID}\n"),
        ("a.ts", f"// {SAID}\nconst p = load('x');\n"),
        ("a.js", f"/* {SAID} */\nconst p = load('x');\n"),
        ("a.jsx", f"/**\n * {SAID}\n */\nconst p = load('x');\n"),
        ("a.vue", f"<script>\n// {SAID}\nconst p = 'x'\n</script>\n"),
        ("a.go", f'package a\n\n// {SAID}\nconst P = "x"\n'),
        ("A.java", f'class A {{\n  // {SAID}\n  static final String P = "x";\n}}\n'),
        ("A.cs", f'class A {{\n  /* {SAID} */\n  const string P = "x";\n}}\n'),
        ("a.rb", f"# {SAID}\nP = 'x'\n"),
        ("a.php", f"<?php\n# {SAID}\n$p = 'x';\n"),
        ("a.rs", f'// {SAID}\nconst P: &str = "x";\n'),
        ("a.md", f"<!-- {SAID} -->\nSort this.\n"),
        ("AGENTS.md", f"<!-- {SAID} -->\nSort this.\n"),
        ("prompts/a.md", f"---\nmodel: x\n# {SAID}\n---\nSort this.\n"),
        ("a.j2", f"{{# {SAID} #}}\nSort {{{{ this }}}}.\n"),
        ("a.j2", f"{{#- {SAID} -#}}\nSort {{{{ this }}}}.\n"),
        ("a.hbs", f"{{{{!-- {SAID} --}}}}\nSort {{{{this}}}}.\n"),
        ("a.hbs", f"{{{{! {SAID} }}}}\nSort {{{{this}}}}.\n"),
        ("a.txt", f"<!-- {SAID} -->\nSort this.\n"),
        ("a.yaml", f"# {SAID}\ntext: Sort this\n"),
        ("a.yaml", f"text: Sort this  # {SAID}\n"),
        ("a.yaml", f"a: |\n  Sort this\n# {SAID}\nb: this\n"),
        ("a.toml", f"# {SAID}\ntext = 'Sort this'\n"),
        ("a.jsonc", f'{{\n  // {SAID}\n  "text": "Sort this"\n}}\n'),
        ("a.json", f'{{\n  /* {SAID} */\n  "text": "Sort this"\n}}\n'),
        ("a.ipynb", json.dumps({"cells": [CELL]}, indent=1)),
    ],
)
def test_a_marker_is_read_in_every_language(path: str, text: str) -> None:
    facts = read(path, text)
    [marker] = facts.markers

    assert wanted(path, text.encode())
    assert (marker.kind, marker.options) == ("prompt", OPTIONS)
    assert "scrimp:" in text[marker.start : marker.end]
    assert marker.until >= marker.end
    assert [fault for fault in facts.faults if fault.code == "marker"] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", f"P = '# {SAID}'\n"),
        ("a.py", f'"""\n# {SAID}\n"""\n'),
        ("a.py", f"# write `{SAID}` above it\nP = 'x'\n"),
        ("a.ts", f"const p = `// {SAID}`;\n"),
        ("a.yaml", f"a: |\n  # {SAID}\nb: '# {SAID}'\n"),
        ("a.toml", f"a = '''\n# {SAID}\n'''\n"),
        ("a.json", f'{{"a": "// {SAID}"}}'),
        ("a.md", f"```\n<!-- {SAID} -->\n```\nand `<!-- {SAID} -->`\n"),
        ("a.md", f"# {SAID}\n"),
    ],
)
def test_what_is_no_comment_is_no_marker(path: str, text: str) -> None:
    assert read(path, text).markers == ()


@pytest.mark.parametrize(
    ("comment", "kind", "options"),
    [
        ("scrimp: not-a-prompt", "not-a-prompt", ()),
        ("scrimp: not-a-prompt -- this is a mail", "not-a-prompt", ()),
        ("scrimp: prompt", "prompt", ()),
        ("scrimp:prompt name=x -- name=y is older", "prompt", (("name", "x"),)),
        (
            'scrimp: prompt name="two words" model=a/b:c',
            "prompt",
            (("name", "two words"), ("model", "a/b:c")),
        ),
        ("scrimp: prompt calls=20k", "prompt", (("calls", "20k"),)),
    ],
)
def test_how_a_marker_is_written(comment: str, kind: str, options: tuple[tuple[str, str], ...]) -> None:
    facts = read("a.py", f"# {comment}\nP = 'x'\n")

    assert [(each.kind, each.options) for each in facts.markers] == [(kind, options)]
    assert facts.faults == ()


@pytest.mark.parametrize(
    ("comment", "column", "reason"),
    [
        ("scrimp: prompt modle=x", 18, "unknown option 'modle': did you mean 'model'?"),
        ("scrimp: prompt colour=x", 18, "unknown option 'colour': there are name, model, calls, role"),
        ("scrimp: prompt triage", 18, "'triage' is no option: options are written name=value"),
        ("scrimp: prompt calls=many", 18, "calls=many is no number of calls a month, such as 20000 or 20k"),
        ("scrimp: prompt name=x role=king", 25, "role=king is no role, such as system or user"),
        ('scrimp: prompt name=""', 18, "name has no value"),
        ("scrimp: promt name=x", 11, "unknown marker 'promt': did you mean 'prompt'?"),
        ("scrimp: not-prompt", 11, "unknown marker 'not-prompt': did you mean 'not-a-prompt'?"),
        ("scrimp: not-a-prompt mail", 24, "not-a-prompt takes no options: write '-- mail' to begin a reason"),
    ],
)
def test_what_a_marker_says_wrong_is_said_where_it_stands(comment: str, column: int, reason: str) -> None:
    facts = read("a.py", f"x = 1\n# {comment}\nP = 'x'\n")
    [fault] = facts.faults

    assert (fault.code, fault.reason, fault.incomplete) == ("marker", reason, False)
    assert Lines(facts.lines).position(fault.start) == (2, column)


def test_comments_for_others_are_left_alone() -> None:
    facts = read("a.py", "# scrimp: ignore CCH001\nP = 'x'\n")

    assert (facts.markers, facts.faults) == ((), ())


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("20000", 20_000),
        ("20_000", 20_000),
        ("1,250,000", 1_250_000),
        ("20k", 20_000),
        ("3M", 3_000_000),
        ("", None),
        ("2.5", None),
        ("-1", None),
        ("1" * 40, None),
    ],
)
def test_calls_are_written_as_people_do(written: str, number: int | None) -> None:
    assert markers.calls(written) == number


def test_what_a_marker_speaks_of_ends_with_the_next_blank_line() -> None:
    text = "# scrimp: prompt\n\nP = f(\n  'x',\n)\n\nQ = 'y'\n"
    [marker] = read("a.py", text).markers

    assert text[marker.end : marker.until] == "\n\nP = f(\n  'x',\n)"
