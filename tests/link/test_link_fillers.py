"""What fills the holes of prompts: the calls whose values stand there at run time, and what they are given."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest
from linked_trees import linked

from scrimp.model.fillers import Filler
from scrimp.model.segments import VariableSegment, walk

PYTHON = """
import datetime as clock
import json
import uuid
from json import dumps

import openai
import pandas
import requests

from helpers import shown

INDENT = 4
TEMPLATE = "You answer questions about the rows of {rows} and of {other}."
"""
HELPERS = """
import json

def shown(rows):
    return json.dumps(rows, indent=2)
"""


def python_tree(body: str) -> dict[str, str]:
    """A function whose ``prompt`` is sent, beside a module of helpers."""
    code = indent(dedent(body), "    ")
    sent = '    openai.OpenAI().responses.create(model="gpt-5", input=prompt)\n'
    return {
        "app.py": f"{PYTHON}\ndef ask(rows, record, frame, url, words: str):\n{code}\n{sent}",
        "helpers.py": HELPERS,
    }


def filled(files: dict[str, str]) -> dict[str, list[str]]:
    """The fillers of each hole of the prompts of a tree, by the hole's name."""
    holes: dict[str, list[str]] = {}
    for prompt in linked(files).prompts:
        for segment in walk(prompt.segments):
            if isinstance(segment, VariableSegment):
                holes.setdefault(segment.name, []).extend(map(shown, segment.fillers))
    return holes


def shown(filler: Filler) -> str:
    """A filler as its function with the arguments that are known, and what it is made of."""
    known = (
        f"{each.name}={each.value!r}" if each.name else repr(each.value)
        for each in filler.arguments
        if each.is_known
    )
    inner = f" of {' or '.join(map(shown, filler.of))}" if filler.of else ""
    data = f" in {filler.data}" if filler.data else ""
    return f"{filler.function}({', '.join(known)}){data}{inner}"


@pytest.mark.parametrize(
    ("body", "fillers"),
    [
        ('prompt = f"You answer from these rows: {json.dumps(rows, indent=2)}"', ["json.dumps(indent=2)"]),
        ('prompt = f"You answer from these rows: {dumps(rows, indent=INDENT)}"', ["json.dumps(indent=4)"]),
        ('data = dumps(rows)\nprompt = f"You answer from these rows: {data}"', ["json.dumps()"]),
        (
            'data = dumps(rows, indent=2)\nsame = data\nprompt = f"You answer from these rows: {same}"',
            ["json.dumps(indent=2)"],
        ),
        (
            'data = f"{dumps(rows, indent=2)}"\nprompt = "You answer from these rows: " + data',
            ["json.dumps(indent=2)"],
        ),
        ('prompt = f"You answer from these rows: {str(dumps(rows))}"', ["json.dumps()"]),
        ('prompt = "You answer from these rows: " + json.dumps(rows)', ["json.dumps()"]),
        ('prompt = "You answer from these rows: %s" % json.dumps(rows)', ["json.dumps()"]),
        ('prompt = "You answer from these rows: {}".format(json.dumps(rows))', ["json.dumps()"]),
        ('prompt = "You answer from these rows: {x}".format(x=json.dumps(rows))', ["json.dumps()"]),
        ('prompt = "You answer from these rows: ROWS".replace("ROWS", dumps(rows))', ["json.dumps()"]),
        (
            'prompt = "You answer from these rows:\\n" + "\\n".join(dumps(row, indent=1) for row in rows)',
            ["json.dumps(indent=1)"],
        ),
        (
            'data = dumps(rows, indent=2) if rows else record.text()\n'
            'prompt = f"You answer from these rows: {data}"',
            ["json.dumps(indent=2)", ".text()"],
        ),
        (
            'if rows:\n    data = dumps(rows, indent=2)\nelse:\n    data = dumps(record)\n'
            'prompt = f"You answer from these rows: {data}"',
            ["json.dumps(indent=2)", "json.dumps()"],
        ),
        (
            'prompt = f"You answer from this record: {record.model_dump_json(indent=2)}"',
            [".model_dump_json(indent=2)"],
        ),
        ('prompt = f"You answer from these rows: {shown(rows)}"', ["json.dumps(indent=2)"]),
        (
            'prompt = f"You answer from these rows: {dumps(rows, indent=2).strip()}"',
            ["json.dumps.strip() of json.dumps(indent=2)"],
        ),
        ('prompt = f"You answer from these rows: {dumps(rows)[:900]}"', ["json.dumps.*()"]),
        (
            "prompt = f\"You answer from these rows: {dumps(frame.to_dict('records'), indent=2)}\"",
            ["json.dumps(indent=2) of .to_dict('records')"],
        ),
        (
            "found = frame.to_dict(orient='records')\nprompt = f'You answer from these rows: {dumps(found)}'",
            ["json.dumps() of .to_dict(orient='records')"],
        ),
        (
            "found = [{'name': row.name, 'age': row.age} for row in rows]\n"
            "prompt = f'You answer from these rows: {dumps(found)}'",
            ["json.dumps() in rows"],
        ),
        (
            "prompt = f'You answer what happens on {clock.datetime.now():%Y-%m-%d} at noon'",
            ["format('%Y-%m-%d') of datetime.datetime.now()"],
        ),
        ("prompt = f'You answer what happens on {clock.date.today()!s} at noon'", ["str() of datetime.date.today()"]),
        ("prompt = f'You answer questions about the case {uuid.uuid4().hex} only'", ["uuid.uuid4.hex()"]),
        (
            "page = requests.get(url).text\nprompt = f'You answer from this page: {page}'",
            ["requests.get.text()"],
        ),
        ("prompt = f'You answer from these rows: {json.dumps(str(rows))}'", ["json.dumps()"]),
        ("prompt = f'You answer from these words: {json.dumps(words)}'", ["json.dumps() in text"]),
        ("prompt = f'You answer from this page: {url}'", []),
        ("prompt = f'You answer from this page: {url.lower}'", []),
    ],
)  # fmt: skip
def test_a_hole_keeps_the_calls_that_fill_it(body: str, fillers: list[str]) -> None:
    holes = [found for found in filled(python_tree(body)).values() if found]
    assert holes == ([fillers] if fillers else [])


def test_holes_of_a_template_of_elsewhere_are_filled_by_their_names() -> None:
    body = """
    prompt = TEMPLATE.format(rows=json.dumps(rows, indent=2), other=record.text())
    """
    assert filled(python_tree(body)) == {"rows": ["json.dumps(indent=2)"], "other": [".text()"]}


def test_a_template_that_several_calls_fill_keeps_them_all() -> None:
    body = """
    prompt = TEMPLATE.format(rows=json.dumps(rows), other=1) + TEMPLATE.format(rows=json.dumps(rows, indent=2), other=2)
    """
    assert filled(python_tree(body))["rows"] == ["json.dumps()", "json.dumps(indent=2)"]


def test_a_filler_knows_where_its_call_and_its_arguments_stand() -> None:
    files = python_tree('prompt = f"You answer from these rows: {json.dumps(rows, indent=2)} and no others"')
    (prompt,) = (
        each for each in linked(files).prompts if each.path == "app.py" and "answer from" in each.text
    )
    (filler,) = (
        each for part in walk(prompt.segments) if isinstance(part, VariableSegment) for each in part.fillers
    )
    text = files[filler.path]
    told = filler.argument("indent")
    assert text[filler.start : filler.end] == "json.dumps(rows, indent=2)"
    assert told is not None
    assert text[told.start : told.end] == "indent=2"


def test_what_fills_a_hole_does_not_make_it_another_one() -> None:
    one, other = (
        VariableSegment("rows", "app.py", 3, 9, (Filler("json.dumps", (), "app.py", start, 9),))
        for start in (1, 2)
    )
    assert one == other


TYPESCRIPT = """
import OpenAI from "openai";

const client = new OpenAI();

export async function ask(rows: Row[]) {
%s
  await client.responses.create({ model: "gpt-5", input: prompt });
}
"""


@pytest.mark.parametrize(
    ("body", "fillers"),
    [
        (
            "const prompt = `You answer from these rows: ${JSON.stringify(rows, null, 2)}`;",
            ["JSON.stringify(None, 2)"],
        ),
        (
            'const data = JSON.stringify(rows, null, "  ");\n'
            "const prompt = `You answer from these rows: ${data}`;",
            ["JSON.stringify(None, '  ')"],
        ),
        ('const prompt = "You answer from these rows: " + JSON.stringify(rows);', ["JSON.stringify()"]),
        ("const prompt = `It is ${new Date().toISOString()} and you answer`;", ["Date.toISOString() of Date()"]),
        ("const prompt = `You answer questions of case ${crypto.randomUUID()}`;", ["crypto.randomUUID()"]),
    ],
)  # fmt: skip
def test_a_hole_of_javascript_keeps_the_calls_that_fill_it(body: str, fillers: list[str]) -> None:
    holes = [found for found in filled({"app.ts": TYPESCRIPT % body}).values() if found]
    assert holes == [fillers]


@pytest.mark.parametrize(
    ("expression", "fillers"),
    [
        ("rows | tojson(indent=2)", ["tojson(indent=2)"]),
        ("rows | tojson(2) | safe", ["safe() of tojson(2)"]),
        ("rows | truncate(40, true, end='…')", ["truncate(40, True, end='…')"]),
        ("(rows | tojson) if rows", []),
        ("rows", []),
    ],
)
def test_a_hole_of_a_template_keeps_its_filters(expression: str, fillers: list[str]) -> None:
    template = "You answer questions about the rows that follow and nothing else.\n{{ %s }}\n"
    ((found),) = filled({"prompts/rows.jinja2": template % expression}).values()
    assert found == fillers


def test_a_module_of_the_tree_does_not_stand_for_one_of_python_by_the_same_name() -> None:
    body = 'prompt = f"You answer from these rows: {json.dumps(rows, indent=2)}"'
    files = {f"app/{path}": text for path, text in python_tree(body).items()}
    readers = {
        "app/__init__.py": "",
        "app/readers/__init__.py": "",
        "app/readers/json.py": "def dumps(rows):\n    return rows\n",
    }
    assert filled({**files, **readers})["json.dumps(rows, indent=2)"] == ["json.dumps(indent=2)"]


def test_a_module_beside_a_script_goes_before_one_of_python() -> None:
    body = 'prompt = f"You answer from these rows: {json.dumps(rows, indent=2)}"'
    own = {
        "json.py": "def dumps(rows, indent):\n    return shown(rows)\n\ndef shown(rows):\n    return fetch(rows)\n"
    }
    assert filled({**python_tree(body), **own})["json.dumps(rows, indent=2)"] == ["fetch()"]
