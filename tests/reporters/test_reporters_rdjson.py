"""reviewdog's diagnostics; ``tests/cli/test_cli_suggestions.py`` makes the suggestions."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from msgspec.structs import replace
from reporters.example_reports import finding, full_report, report, reports

from scrimp.model.findings import Fix, Safety, Suggestion
from scrimp.model.report import Report
from scrimp.model.source import Place
from scrimp.reporters import View, reporter

POSITION = {"type": "object", "properties": {"line": {"type": "integer", "minimum": 1}}}
RANGE = {"type": "object", "required": ["start"], "properties": {"start": POSITION, "end": POSITION}}
DIAGNOSTIC = {
    "type": "object",
    "required": ["message", "location", "severity", "code"],
    "additionalProperties": False,
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": {
            "type": "object",
            "required": ["path", "range"],
            "properties": {"path": {"type": "string"}, "range": RANGE},
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "code": {"type": "object", "properties": {"value": {"type": "string"}}},
        "suggestions": {
            "type": "array",
            "items": {"type": "object", "properties": {"range": RANGE, "text": {"type": "string"}}},
        },
    },
}
"""A ``Diagnostic`` of ``reviewdog.proto``, as far as it is used."""

VALIDATOR = Draft202012Validator(DIAGNOSTIC)


def diagnostics(of: Report) -> Any:
    made = json.loads(reporter("rdjson").render(of, View()))
    assert made["source"] == {"name": "scrimp"}
    for each in made["diagnostics"]:
        VALIDATOR.validate(each)
    return made["diagnostics"]


def test_a_finding_is_a_diagnostic_of_whole_lines() -> None:
    of = replace(report(command="check"), findings=(replace(finding(), place=Place(3, 5, 9, 2)),))

    assert diagnostics(of) == [
        {
            "message": "`leaked indentation` (saves 230 tokens, $12.40 a month)",
            "location": {
                "path": "src/app/prompts.py",
                "range": {"start": {"line": 3}, "end": {"line": 9}},
            },
            "severity": "WARNING",
            "code": {"value": "FMT001"},
        }
    ]


def test_a_suggestion_says_what_the_lines_become() -> None:
    fix = Fix(Safety.SAFE, (), Suggestion("src/app/prompts.py", 3, 4, "one\ntwo"))
    (made,) = diagnostics(replace(report(command="check"), findings=(replace(finding(), fix=fix),)))

    assert made["suggestions"] == [{"range": {"start": {"line": 3}, "end": {"line": 4}}, "text": "one\ntwo"}]


def test_what_was_not_judged_is_there_and_what_is_hidden_is_not() -> None:
    made = diagnostics(full_report("check"))

    assert [each["code"]["value"] for each in made] == ["not-judged", "FMT001", "CCH001"]


@pytest.mark.parametrize(
    "message", ["@team look", "fixes #1", "![x](//e)", "<img src=//e>", "</details>", "`@team`", "a `` b @c"]
)
def test_a_message_is_text_wherever_markdown_is_shown(message: str) -> None:
    (made,) = diagnostics(
        replace(report(command="check"), findings=(finding(message=message, tokens_saved=None),))
    )

    assert_text(made["message"])


def assert_text(message: str) -> None:
    """Nothing but a code span, and words of ours beside it."""
    _, paragraph, _ = MarkdownIt("commonmark", {"html": True}).parse(message)
    for each in paragraph.children or []:
        assert each.type in {"code_inline", "text"}
        assert each.type == "code_inline" or re.fullmatch(r" \(saves [\w$,. -]+\)", each.content)


@given(reports("check"))
@settings(max_examples=40)
def test_every_report_is_valid_and_its_messages_are_text(of: Report) -> None:
    for each in diagnostics(of):
        assert_text(each["message"])
