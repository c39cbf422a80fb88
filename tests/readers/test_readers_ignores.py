"""Comments that hide findings, as the readers of all host languages find them."""

from __future__ import annotations

import json

import pytest
from readers_examples import read

from scrimp.model.facts import Ignore

SAID = "scrimp: ignore[FMT002, CCH] kept for the eval until 2027-03-01"
CELL = {"cell_type": "code", "source": [f"# {SAID}\n", "P = 'x'"]}


def only(path: str, text: str) -> Ignore:
    [found] = read(path, text).ignores
    return found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", f"# {SAID}\nP = load('x')\n"),
        ("a.py", f"P = load('x')  # noqa: E501  # {SAID}\n"),
        ("a.py", f"P = load('x')  # {SAID}  # noqa: E501\n"),
        ("a.ts", f"// {SAID}\nconst p = load('x');\n"),
        ("a.jsx", f"/**\n * {SAID}\n */\nconst p = load('x');\n"),
        ("a.vue", f"<script>\n// {SAID}\nconst p = 'x'\n</script>\n"),
        ("a.vue", f"<!-- {SAID} -->\n<script>\nconst p = 'x'\n</script>\n"),
        ("a.svelte", f"<script>\nconst p = 'x'\n</script>\n<!-- {SAID} -->\n"),
        ("a.go", f'package a\n\n// {SAID}\nconst P = "x"\n'),
        ("A.java", f'class A {{\n  // {SAID}\n  static final String P = "x";\n}}\n'),
        ("A.cs", f'class A {{\n  /* {SAID} */\n  const string P = "x";\n}}\n'),
        ("a.rb", f"# {SAID}\nP = 'x'\n"),
        ("a.php", f"<?php\n# {SAID}\n$p = 'x';\n"),
        ("a.rs", f'// {SAID}\nconst P: &str = "x";\n'),
        ("a.md", f"<!-- {SAID} -->\nSort this.\n"),
        ("AGENTS.md", f"---\nglobs: x\n# {SAID}\n---\nSort this.\n"),
        ("a.prompty", f"---\nmodel: x\n# {SAID}\n---\nsystem:\nSort this.\n"),
        ("a.prompt", f"---\nmodel: x\n---\nSort this. {{{{! {SAID} }}}}\n"),
        ("a.j2", f"{{#- {SAID} -#}}\nSort {{{{ this }}}}.\n"),
        ("a.hbs", f"{{{{!-- {SAID} --}}}}\nSort {{{{this}}}}.\n"),
        ("a.yaml", f"text: |  # {SAID}\n  Sort this\n"),
        ("a.toml", f"# {SAID}\ntext = 'Sort this'\n"),
        ("a.jsonc", f'{{\n  // {SAID}\n  "text": "Sort this"\n}}\n'),
        ("a.ipynb", json.dumps({"cells": [CELL]}, indent=1)),
        ("a.poml", f"<poml>\n<!-- {SAID} -->\n<task>Sort this</task>\n</poml>\n"),
        ("a.baml", f'// {SAID}\nfunction F() -> string {{ client "x" prompt #"Sort this"# }}\n'),
        ("a.baml", f'{{// {SAID} //}}\nfunction F() -> string {{ client "x" prompt #"Sort this"# }}\n'),
        ("a.baml", f'function F() -> string {{ client "x" prompt #"Sort {{# {SAID} #}} this"# }}\n'),
    ],
)
def test_a_comment_is_read_in_every_language(path: str, text: str) -> None:
    found = only(path, text)

    assert [each.word for each in found.selectors] == ["FMT002", "CCH"]
    assert [text[each.start : each.end] for each in found.selectors] == ["FMT002", "CCH"]
    assert (found.form, found.reason, found.expires) == ("line", "kept for the eval", "2027-03-01")
    assert found.trouble == ""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", f"P = '# {SAID}'\n"),
        ("a.py", f"# write `{SAID}` above it\nP = 'x'\n"),
        ("a.ts", f"const p = `// {SAID}`;\n"),
        ("a.vue", f"<script>\nconst p = `<!-- {SAID} -->`\n</script>\n"),
        ("a.yaml", f"a: |\n  # {SAID}\n"),
        ("a.txt", f"Sort this.  # {SAID}\n"),
        ("a.md", f"```\n<!-- {SAID} -->\n```\n"),
        ("a.baml", f'function F() -> string {{ client "x" prompt #"Sort this // {SAID}"# }}\n'),
    ],
)
def test_what_is_no_comment_hides_nothing(path: str, text: str) -> None:
    assert read(path, text).ignores == ()


@pytest.mark.parametrize(
    ("written", "reason", "expires"),
    [
        ("ignore[ALL]", "", ""),
        ("ignore[ALL] measured in March", "measured in March", ""),
        ("ignore[ALL] -- measured in March", "measured in March", ""),
        ("ignore[ALL]: measured (until 2027-03-01)", "measured", "2027-03-01"),
        ("ignore[ALL] until 2027-03-01, then it goes", "then it goes", "2027-03-01"),
        ("ignore[ALL] until we migrate", "until we migrate", ""),
    ],
)
def test_reasons_and_days_are_written_as_people_do(written: str, reason: str, expires: str) -> None:
    found = only("a.py", f"# scrimp: {written}\nP = 'x'\n")

    assert (found.reason, found.expires, found.trouble) == (reason, expires, "")


@pytest.mark.parametrize(
    ("written", "trouble"),
    [
        ("ignore", "which rules? Write ignore[CCH001], or ignore[ALL] for all"),
        ("ignore-file because", "which rules? Write ignore-file[CCH001], or ignore-file[ALL] for all"),
        ("ignore[ ] because", "the brackets hold no rule: write ignore[CCH001], or ignore[ALL] for all"),
        ("ignore[FMT002 because", "the bracket around the rules is not closed"),
        ("ignore[FMT002] until 2027-02-30", "2027-02-30 is no day: write it as until 2027-03-01"),
        ("ignore[FMT002] until 1.3.2027", "1.3.2027 is no day: write it as until 2027-03-01"),
    ],
)
def test_what_is_written_wrong_is_said(written: str, trouble: str) -> None:
    assert only("a.py", f"# scrimp: {written}\nP = 'x'\n").trouble == trouble


def test_a_misspelt_form_is_said_as_every_marker_is() -> None:
    [fault] = read("a.py", "# scrimp: ignroe[FMT002]\nP = 'x'\n").faults

    assert fault.reason == "unknown marker 'ignroe': did you mean 'ignore'?"


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        ("a.py", "# scrimp: ignore[X] r\nP = 'x'\n", "P = 'x'\n"),
        ("a.py", "P = 'x'  # scrimp: ignore[X] r\n", "P = 'x'\n"),
        ("a.py", "P = 'x'  # noqa  # scrimp: ignore[X] r\n", "P = 'x'  # noqa\n"),
        ("a.py", "P = 'x'  # scrimp: ignore[X] r  # noqa\n", "P = 'x'  # noqa\n"),
        ("a.ts", "const p = 'x'; /* scrimp: ignore[X] r */\n", "const p = 'x';\n"),
        ("a.j2", "Sort  {# scrimp: ignore[X] #}\n{# this #}\n", "Sort  \n{# this #}\n"),
        ("a.j2", "Sort\n{# scrimp: ignore[X] #}\nthis\n", "Sort\n\nthis\n"),
        ("a.hbs", "Sort\n  {{! scrimp: ignore[X] }}\nthis\n", "Sort\nthis\n"),
    ],
)
def test_a_comment_goes_and_leaves_nothing_behind(path: str, text: str, left: str) -> None:
    removal = only(path, text).removal

    assert text[: removal.start] + text[removal.end :] == left


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("# scrimp: ignore[X]\nP = 'x'\n", "P"),
        ("# scrimp: ignore[X]\n# more of it\n  P = 'x'\n", "P"),
        ("# scrimp: ignore[X]\n\nP = 'x'\n", None),
        ("# scrimp: ignore[X]", None),
        ("Q = 1  # scrimp: ignore[X]\nP = 'x'\n", None),
    ],
)
def test_a_comment_of_its_own_line_speaks_of_the_line_below(text: str, below: str | None) -> None:
    found = only("a.py", text).below

    assert (found and text[found.start : found.end]) == below
