"""Test reports."""

from __future__ import annotations

from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from reporters.example_reports import finding, full_report, report, reports

from scrimp.model.changes import Breach, Verdict
from scrimp.model.findings import Severity
from scrimp.model.report import Report
from scrimp.reporters import View, reporter

ATTRIBUTES = {
    "testsuites": {"name"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
    "system-out": set(),
}
"""Elements and their attributes as ``junit-10.xsd`` of Jenkins's xUnit plugin has them (read 2026-11-28)."""


def suites(of: Report) -> Element:
    root = ET.fromstring(reporter("junit").render(of, View()))
    for element in root.iter():
        assert element.attrib.keys() <= ATTRIBUTES[element.tag]
    for suite in root:
        cases = list(suite)
        assert int(suite.attrib["tests"]) == len(cases) > 0
        for counted, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[counted]) == len(suite.findall(f"testcase/{tag}"))
    return root


def outcomes(of: Report) -> dict[str, str]:
    """What each case came to, by its name: the tag below it, or ``passed``."""
    cases = suites(of).iter("testcase")
    return {
        case.attrib["name"]: next((each.tag for each in case if each.tag != "system-out"), "passed")
        for case in cases
    }


def test_a_finding_fails_if_the_run_does_because_of_it() -> None:
    of = replace(full_report("check"), fail_on=Severity.ERROR)

    assert outcomes(of) == {
        "bad.py:7": "error",
        "FMT001 leaked-indentation at 14:1": "passed",
        "CCH001 leaked-indentation at 14:1": "failure",
        "RED003 leaked-indentation at 14:1": "skipped",
    }


def test_what_passes_is_told_all_the_same() -> None:
    of = replace(report(command="check"), findings=(finding(),), fail_on=Severity.ERROR)

    assert [each.text for each in suites(of).iter("system-out")] == [
        "leaked indentation (saves 230 tokens, $12.40 a month)"
    ]


def test_a_finding_fails_no_audit_and_a_broken_budget_does() -> None:
    verdict = Verdict(
        "fail",
        (
            Breach("all", "$1", "$2", "fail", "app.py::X $2", advice="shorten it"),
            Breach("some", "$1", "$2", "warn"),
        ),
    )
    of = replace(full_report("audit"), verdict=verdict, skipped=())

    assert outcomes(of)["budget all"] == "failure"
    assert outcomes(of)["budget some"] == "passed"
    assert outcomes(of)["CCH001 leaked-indentation at 14:1"] == "passed"
    (failure,) = suites(of).iter("failure")
    assert failure.attrib["message"] == "limit $1, actual $2 (app.py::X $2); shorten it"


@pytest.mark.parametrize("command", ["audit", "check", "diff"])
def test_where_all_is_well_there_are_cases_that_pass(command: str) -> None:
    assert set(outcomes(report(command=command)).values()) == {"passed"}


@given(reports())
@settings(max_examples=60)
def test_every_report_is_well_formed_and_ascii(of: Report) -> None:
    suites(of)
    assert reporter("junit").render(of, View()).isascii()
