"""Notebooks: code cells as one module, at their places in the JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_examples import assert_written, fixed, read, variables

from scrimp.model.facts import Facts
from scrimp.model.pieces import source_range
from scrimp.model.source import Lines
from scrimp.readers import notebook

PROMPT = 'PROMPT = """You are a "kind" helper — 🙂.\n\n% is no magic here\nWhat is it?\n"""\n'


def code(*lines: str, outputs: Any = ()) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": list(outputs), "source": list(lines)}


def written(*cells: dict[str, Any], metadata: Any = None, **layout: Any) -> str:
    return json.dumps({"cells": list(cells), "metadata": metadata or {}, "nbformat": 4}, **layout)


def site(facts: Facts, name: str) -> Any:
    [found] = [each for each in facts.sites if each.name == name]
    return found


@pytest.mark.parametrize("layout", [{}, {"indent": 1}, {"indent": 4, "ensure_ascii": False}])
@pytest.mark.parametrize("lines", [(PROMPT,), tuple(PROMPT.splitlines(keepends=True))])
def test_a_cell_is_read_as_python_at_its_place_in_the_file(
    layout: dict[str, Any], lines: tuple[str, ...]
) -> None:
    text = written(code("x = 1\n"), code(*lines), **layout)
    facts = read("a.ipynb", text)
    found = site(facts, "PROMPT")

    assert fixed(found.expression) == 'You are a "kind" helper — 🙂.\n\n% is no magic here\nWhat is it?\n'
    assert_written(found.expression, text)
    place = source_range(found.expression, 0, len("You are"))
    assert place is not None
    assert text[slice(*place)] == "You are"
    assert text[found.start :].startswith('\\"\\"\\"You are a ')
    assert facts.lines == Lines.of(text).packed


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from([None, 1]))
def test_every_piece_stands_for_what_is_written(value: str, indent: int | None) -> None:
    text = written(code(f"PROMPT = {value!r}\n"), indent=indent, ensure_ascii=indent is None)
    found = site(read("a.ipynb", text), "PROMPT")

    assert fixed(found.expression) == value
    assert_written(found.expression, text)
    assert text[found.start : found.end] == json.dumps(repr(value), ensure_ascii=indent is None)[1:-1]


def test_names_are_known_across_cells() -> None:
    facts = read("a.ipynb", written(code("NAME = 'birds'"), code("P = f'You know all of {NAME} now'")))

    assert variables(site(facts, "P").expression) == ["NAME"]
    assert [each.name for each in facts.bindings] == ["NAME", "P"]


def test_markdown_and_outputs_are_no_code() -> None:
    said = {"output_type": "stream", "text": ["P = 'You are a kind helper of all']"]}
    markdown = {"cell_type": "markdown", "source": ["P = 'You are a kind helper of all'"]}

    assert read("a.ipynb", written(markdown, code("x = 1", outputs=[said]))).sites == ()


@pytest.mark.parametrize(
    "metadata",
    [{"kernelspec": {"language": "R"}}, {"language_info": {"name": "julia"}}],
)
def test_other_languages_are_not_read_as_python(metadata: dict[str, Any]) -> None:
    assert read("a.ipynb", written(code("P = 'You are a kind helper'"), metadata=metadata)).sites == ()


def test_the_third_format_is_read_too() -> None:
    cell = {"cell_type": "code", "input": ["P = 'You are a kind helper'"], "language": "python"}
    facts = read("a.ipynb", json.dumps({"worksheets": [{"cells": [cell]}], "nbformat": 3}))

    assert fixed(site(facts, "P").expression) == "You are a kind helper"


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%pip install x\nx = 1", "\nx = 1"),
        ("!ls (\nx = 1", "\nx = 1"),
        ("files = !ls\nx = 1", "\nx = 1"),
        ("t = %timeit -o f()\nx = 1", "\nx = 1"),
        ("?help\nobj.attr??\nx = 1", "\n\nx = 1"),
        ("%%bash\necho 'x'\nls", "\n\n"),
        ("%%time\nx = 1", "\nx = 1"),
        ("x = (5\n  % 3)", "x = (5\n  % 3)"),
        ("x = 5 \\\n  % 3", "x = 5 \\\n  % 3"),
        ('x = """\n!no\nWhy?\n"""\n!ls', 'x = """\n!no\nWhy?\n"""\n'),
        ("x = 'it?'\ny = a != b", "x = 'it?'\ny = a != b"),
        ("!echo \"it's\n'''\nx = 1", "\n'''\nx = 1"),
        ("# why?\n!ls", "# why?\n"),
    ],
)
def test_what_only_ipython_knows_is_blank(cell: str, python: str) -> None:
    module = notebook.code(written(code(cell)))

    assert len(module) == len(cell) + 1
    assert [line.rstrip() for line in module.split("\n")][:-1] == python.split("\n")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "syntax"),
        ("[1]", "syntax"),
        ('{"cells": [{"cell_type": "code", "source": ["x"]', "syntax"),
        ('{"cells": ["code"]}', "syntax"),
        ('{"metadata": ' + "[" * 200_000, "depth"),
    ],
)
def test_what_is_no_notebook_is_said_to_be_none(text: str, fault: str) -> None:
    [found] = read("a.ipynb", text).faults

    assert (found.code, found.incomplete) == (fault, True)
    assert notebook.code(text) == ""


def test_a_mistake_is_noted_at_its_place() -> None:
    text = written(code("x = 1\n"), code("def (:\n"), indent=1)
    [fault, *_] = read("a.ipynb", text).faults

    assert "def (:" in text.split("\n")[Lines.of(text).position(fault.start)[0] - 1]


def test_a_notebook_without_cells_says_nothing() -> None:
    facts = read("a.ipynb", written())

    assert (facts.sites, facts.faults) == ((), ())
