"""``--format junit``: a test report, after the schema that Jenkins's xUnit plugin publishes (``junit-10.xsd``).

Each finding and each broken budget is a test case: it fails if the run does because of it, is skipped if something
hides it, and else has what is to be said as its output. What could not be judged is an error. There is always a case,
as some servers take a report without any for a broken one. Text that XML can't hold was made safe before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from scrimp.model.findings import Finding, Severity
from scrimp.model.report import Report
from scrimp.reporters.remarks import Remark, broken, told, unread
from scrimp.reporters.safe import safe
from scrimp.reporters.view import View

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class _Case(Struct, frozen=True):
    """A test case: ``outcome`` is ``failure error skipped`` or ``passed``, ``type`` what kind of it."""

    name: str
    outcome: str = "passed"
    type: str = ""
    message: str = ""


def render(report: Report, view: View) -> str:  # noqa: ARG001 - programs have no view
    """The XML document, in ASCII, so that it is the same in every encoding."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415  only this format needs it

    suites = ET.Element("testsuites", name=f"scrimp {report.command}")
    for name, cases in _suites(report):
        suite = ET.SubElement(suites, "testsuite", {"name": safe(name), **_counts(cases)})
        for case in cases:
            _append(ET.SubElement(suite, "testcase", name=safe(case.name), classname=safe(name)), case)
    ET.indent(suites)
    written: bytes = ET.tostring(suites, encoding="us-ascii")
    return f"{_DECLARATION}{written.decode('ascii')}\n"


def _suites(report: Report) -> Iterator[tuple[str, list[_Case]]]:
    if report.command != "check":
        yield "budgets", [_of_budget(each) for each in broken(report)] or [_Case("no budget is broken")]
    lost = [_of_unread(each) for each in unread(report)]
    yield "files", [*lost, *([] if lost else [_Case("everything in scope was judged")])]
    yield from _by_file(report) if report.findings else [("findings", [_Case("nothing was found")])]


def _by_file(report: Report) -> Iterator[tuple[str, list[_Case]]]:
    ordered = sorted(told(report.findings), key=lambda each: each[1].path)
    for path, members in groupby(ordered, key=lambda each: each[1].path):
        yield path, [_of_finding(finding, remark, report) for finding, remark in members]


def _of_budget(remark: Remark) -> _Case:
    outcome = "failure" if remark.severity is Severity.ERROR else "passed"
    return _Case(remark.title, outcome, remark.code, remark.message)


def _of_unread(remark: Remark) -> _Case:
    line = remark.place.line if remark.place else 1
    return _Case(f"{remark.path}:{line}", "error", remark.code, remark.message)


def _of_finding(finding: Finding, remark: Remark, report: Report) -> _Case:
    line, column = finding.place.line, finding.place.column
    hidden = finding.suppressed
    if hidden is not None:
        reason = f"hidden by {hidden.by}{f': {hidden.reason}' if hidden.reason else ''}"
        return _Case(f"{remark.title} at {line}:{column}", "skipped", "", reason)
    fails = report.fail_on is not None and finding.severity.rank >= report.fail_on.rank
    outcome = "failure" if fails else "passed"
    return _Case(f"{remark.title} at {line}:{column}", outcome, finding.severity, remark.message)


def _append(element: Element, case: _Case) -> None:
    from xml.etree import ElementTree as ET  # noqa: PLC0415

    if case.outcome == "passed":
        if case.message:
            ET.SubElement(element, "system-out").text = safe(case.message)
        return
    made = ET.SubElement(element, case.outcome, message=safe(case.message))
    if case.type:
        made.set("type", case.type)


def _counts(cases: Iterable[_Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
    }
