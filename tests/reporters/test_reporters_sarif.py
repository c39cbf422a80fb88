"""SARIF, as code scanning reads it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from reporters.example_reports import finding, full_report, report, reports

from scrimp.model.findings import Rule, Severity, Suppression
from scrimp.model.report import Report
from scrimp.model.source import Place
from scrimp.reporters import View, reporter, sarif

RULE = Rule(
    "FMT001", "leaked-indentation", Severity.WARNING, "Indentation is sent.", "Each call pays for it."
)


def run(of: Report, view: View | None = None) -> Any:
    log = json.loads(reporter("sarif").render(of, view or View()))
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return only


def checked(*findings: Any, **more: Any) -> Report:
    return replace(report(command="check"), findings=findings, **more)


def test_a_finding_is_a_result_at_its_place() -> None:
    made = run(checked(finding(), rules=(RULE,)))

    (result,) = made["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("FMT001", 0, "warning")
    assert result["message"]["text"] == "leaked indentation (saves 230 tokens, $12.40 a month)"
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "src/app/prompts.py", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 14, "startColumn": 1, "endLine": 14, "endColumn": 5},
    }
    assert made["columnKind"] == "unicodeCodePoints"
    assert made["originalUriBaseIds"].keys() == {"SRCROOT"}


def test_its_rule_is_told_in_words() -> None:
    (rule,) = run(checked(finding(), rules=(RULE,)))["tool"]["driver"]["rules"]

    assert (rule["id"], rule["name"]) == ("FMT001", "LeakedIndentation")
    assert rule["shortDescription"]["text"] == "Indentation is sent."
    assert rule["fullDescription"]["text"] == "Each call pays for it."
    assert "scrimp explain FMT001" in rule["help"]["text"]


def test_a_rule_that_is_not_among_those_that_ran_is_there_by_its_name() -> None:
    made = run(checked(finding("AAA001"), finding(), rules=(RULE,)))

    assert [rule["id"] for rule in made["tool"]["driver"]["rules"]] == ["AAA001", "FMT001"]
    assert [result["ruleIndex"] for result in made["results"]] == [0, 1]


def test_a_fix_replaces_what_it_replaces() -> None:
    (result,) = run(checked(finding()))["results"]

    (fix,) = result["fixes"]
    assert fix["artifactChanges"] == [
        {
            "artifactLocation": {"uri": "src/app/prompts.py", "uriBaseId": "SRCROOT"},
            "replacements": [
                {
                    "deletedRegion": {"startLine": 14, "startColumn": 1, "endLine": 14, "endColumn": 5},
                    "insertedContent": {"text": ""},
                }
            ],
        }
    ]
    assert fix["description"]["text"] == "The safe fix of FMT001."


def test_what_is_hidden_is_left_out_unless_all_is_asked_for() -> None:
    by_comment = finding(suppressed=Suppression("comment", "kept"))
    by_baseline = finding("RED003", suppressed=Suppression("baseline", ""))
    of = checked(by_comment, by_baseline, finding("CCH001"))

    (only,) = run(of)["results"]
    first, second, third = run(of, View(verbose=True))["results"]

    assert (only["ruleId"], "suppressions" in only) == ("CCH001", False)
    assert first["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "kept"}]
    assert second["suppressions"] == [{"kind": "external", "status": "accepted"}]
    assert third["suppressions"] == []


def test_a_fingerprint_is_the_same_when_lines_move_and_never_there_twice() -> None:
    here, moved = (replace(finding(), place=Place(line, 1, line, 5)) for line in (14, 99))

    def fingerprints(*findings: Any) -> list[str]:
        results = run(checked(*findings))["results"]
        return [each["partialFingerprints"]["primaryLocationLineHash"] for each in results]

    assert fingerprints(here) == fingerprints(moved)
    assert len(set(fingerprints(here, moved))) == 2


def test_what_was_not_judged_is_a_notification_of_a_run_that_failed() -> None:
    (invocation,) = run(full_report("check"))["invocations"]

    assert invocation["executionSuccessful"] is False
    budget, unread = invocation["toolExecutionNotifications"]
    assert (budget["descriptor"]["id"], budget["level"]) == ("budget", "error")
    assert unread["message"]["text"] == "not judged: syntax: unterminated string"
    assert unread["locations"][0]["physicalLocation"]["region"]["startLine"] == 7


def test_no_more_results_than_a_run_may_hold_those_that_save_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 2)
    worth = [finding(f"FMT00{number}", monthly_saved=Decimal(number)) for number in (3, 1, 2)]

    made = run(checked(*worth))

    assert [each["ruleId"] for each in made["results"]] == ["FMT003", "FMT002"]
    (note,) = made["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("1 finding more")


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/c#d?.py", "a%20b/c%23d%3F.py"),
        ("c:x.py", "c%3Ax.py"),
        ("é.py", "%C3%A9.py"),
        ("caf\udce9.py", "caf%E9.py"),
        ("\ud83d.py", "%5Cud83d.py"),
        ("\n::error::.py", "%0A%3A%3Aerror%3A%3A.py"),
    ],
)
def test_a_path_is_a_relative_reference_to_the_bytes_of_its_name(path: str, uri: str) -> None:
    (result,) = run(checked(finding(path=path)))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_message_makes_no_link() -> None:
    (result,) = run(checked(finding(message="see [here](https://e.example) for [1]", tokens_saved=None)))[
        "results"
    ]

    assert result["message"]["text"].startswith(r"see \[here\](https://e.example) for \[1\]")


@given(reports("check"))
@settings(max_examples=40)
def test_every_report_is_ascii(of: Report) -> None:
    run(of)
    assert reporter("sarif").render(of, View(verbose=True)).isascii()
