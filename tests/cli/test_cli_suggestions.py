"""Suggestions: once a reviewer has accepted one, the file is as ``--fix`` would have left it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from command_line import PRICED, Project
from hypothesis import given, settings
from hypothesis import strategies as st

from scrimp.fix import Rewrite
from scrimp.model.findings import Suggestion
from scrimp.model.source import Source
from scrimp.pipeline.suggesting import of_lines

LEAKY = '''\
from openai import OpenAI

def summarise(text):
    prompt = f"""
        Summarise the “text” below in three sentences. ⚠️
        Keep the names and the numbers as they are.

        {text}
        """
    return OpenAI().responses.create(model="gpt-4o", input=prompt)
'''


def accepted(text: str, suggestion: Suggestion) -> str:
    """A text with its lines replaced as a code host does it: the line end behind the last one stays."""
    *lines, last = text.split("\n")
    whole = [f"{line}\n" for line in lines] + ([last] if last else [])
    end = whole[suggestion.end_line - 1].removeprefix(whole[suggestion.end_line - 1].rstrip("\r\n"))
    return "".join([*whole[: suggestion.line - 1], suggestion.text + end, *whole[suggestion.end_line :]])


def suggestions(project: Project, *arguments: str) -> list[Any]:
    outcome = project.scrimp("check", *arguments, "--format", "rdjson")
    assert outcome.code in (0, 1), outcome.err
    return [each.get("suggestions") for each in json.loads(outcome.out)["diagnostics"]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_accepting_one_is_what_fix_does(project: Project, end: str) -> None:
    project.write("scrimp.yaml", PRICED).write("app.py", LEAKY.replace("\n", end).encode())

    ((made,),) = suggestions(project, "app.py")
    first, last = made["range"]["start"]["line"], made["range"]["end"]["line"]
    taken = accepted(LEAKY.replace("\n", end), Suggestion("app.py", first, last, made["text"]))
    project.scrimp("check", "--fix", "app.py")

    assert taken == project.text("app.py")
    assert taken != LEAKY.replace("\n", end)


def test_standard_input_gets_some_too(project: Project) -> None:
    outcome = project.scrimp(
        "check", "-", "--stdin-filename", "app.py", "--format", "rdjson", stdin=LEAKY.encode()
    )

    ((made,),) = (each["suggestions"] for each in json.loads(outcome.out)["diagnostics"])
    first, last = made["range"]["start"]["line"], made["range"]["end"]["line"]
    fixed = project.scrimp("check", "-", "--stdin-filename", "app.py", "--fix", stdin=LEAKY.encode()).out
    assert accepted(LEAKY, Suggestion("app.py", first, last, made["text"])) == fixed


def test_a_finding_that_is_hidden_or_has_no_fix_gets_none(project: Project) -> None:
    project.write("scrimp.yaml", PRICED + "per_path: {'app.py': {ignore: [FMT001], reason: kept}}\n")
    project.write("app.py", LEAKY)

    assert suggestions(project) == []


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "\n"]), max_size=5).map("".join)


@given(LINES.filter(bool), LINES.filter(bool))
@settings(max_examples=200)
def test_any_changeof_lines_can_be_suggested(before: str, after: str) -> None:
    made = of_lines(Rewrite(Source("a.md", before, ""), after))

    assert accepted(before, made).replace("\r\n", "\n") == after.replace("\r\n", "\n")
