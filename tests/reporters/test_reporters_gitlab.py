"""GitLab's Code Quality."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from reporters.example_reports import finding, full_report, report, reports

from scrimp.model.report import Report
from scrimp.model.source import Place, Skipped
from scrimp.reporters import View, reporter

TEXT = {"type": "string", "minLength": 1}
LINE = {"type": "integer", "minimum": 1}
ENTRY = {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "properties": {
        "description": TEXT,
        "check_name": TEXT,
        "fingerprint": TEXT,
        "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
        "location": {
            "type": "object",
            "required": ["path", "lines"],
            "properties": {
                "path": {"type": "string"},
                "lines": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": {"begin": LINE, "end": LINE},
                },
            },
        },
    },
}
"""An entry as GitLab's documentation describes it ("Code Quality report format", read 2026-11-28)."""

VALIDATOR = Draft202012Validator({"type": "array", "items": ENTRY})


def entries(of: Report) -> Any:
    made = json.loads(reporter("gitlab").render(of, View()))
    VALIDATOR.validate(made)
    return made


def test_a_finding_is_an_entry_and_what_was_not_judged_comes_first() -> None:
    unread, one, other = entries(full_report("check"))

    assert (unread["check_name"], unread["severity"]) == ("not-judged", "major")
    assert (unread["location"]["path"], unread["location"]["lines"]["begin"]) == ("bad.py", 7)
    assert one["description"] == (
        "FMT001 leaked-indentation: leaked indentation (saves 230 tokens, $12.40 a month)"
    )
    assert (one["check_name"], one["severity"]) == ("FMT001", "minor")
    assert one["location"] == {"path": "src/app/prompts.py", "lines": {"begin": 14, "end": 14}}
    assert (other["check_name"], other["severity"]) == ("CCH001", "major")


def test_a_fingerprint_is_the_same_when_lines_move_and_never_there_twice() -> None:
    here, moved = (replace(finding(), place=Place(line, 1, line, 5)) for line in (14, 99))
    once, twice = ((here,), (moved, here))

    before, after = (entries(replace(report(command="check"), findings=one)) for one in (once, twice))

    assert before[0]["fingerprint"] == after[0]["fingerprint"]
    assert len({each["fingerprint"] for each in after}) == 2


def test_one_file_that_is_lost_twice_has_two_entries() -> None:
    lost = Skipped("a.py", "syntax", "open string", True, 3)
    made = entries(replace(report(command="check"), skipped=(lost, replace(lost, line=9))))

    assert len({each["fingerprint"] for each in made}) == 2


def test_nothing_found_is_an_empty_list() -> None:
    assert entries(report(command="check")) == []


@given(reports("check"))
@settings(max_examples=40)
def test_every_report_is_valid(of: Report) -> None:
    entries(of)
