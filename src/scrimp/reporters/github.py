"""``--format github``: annotations of a pull request, as commands to the runner of a GitHub job.

A step may make ten annotations of each severity (GitHub's documentation of problem matchers, in ``actions/toolkit``,
read 2026-11-23): those worth most come first, and the rest is counted in one more. Text is made safe first, so that
what a command carries is one line, and then escaped as ``ActionCommand`` of ``actions/runner`` undoes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrimp.model.findings import Severity
from scrimp.model.report import Report
from scrimp.model.written import counted
from scrimp.reporters.remarks import Remark, broken, found, grown, milder, unread
from scrimp.reporters.safe import safe
from scrimp.reporters.view import View

MOST = 10
"""Annotations of one severity that a step may make."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, view: View) -> str:
    """A line an annotation, errors first."""
    remarks = [*broken(report), *unread(report), *milder(report), *grown(report), *found(report)]
    remarks.sort(key=lambda each: each.weight, reverse=True)
    return "".join(f"{line}\n" for line in _lines([each.seen_from(view.within) for each in remarks]))


def _lines(remarks: Sequence[Remark]) -> Iterator[str]:
    by_severity = {one: [each for each in remarks if each.severity is one] for one in reversed(Severity)}
    if all(len(each) <= MOST for each in by_severity.values()):
        yield from (_annotation(each) for members in by_severity.values() for each in members)
        return
    places = dict.fromkeys(Severity, MOST) | {Severity.INFO: MOST - 1}  # one is for what is left out
    for severity, members in by_severity.items():
        yield from map(_annotation, members[: places[severity]])
    left = {one: len(members) - places[one] for one, members in by_severity.items()}
    said = ", ".join(counted(number, _COMMANDS[one]) for one, number in left.items() if number > 0)
    more = f"{said} more than GitHub shows of a step: --format text or sarif has them all"
    yield f"::notice title=scrimp::{_data(more)}"


def _annotation(remark: Remark) -> str:
    properties = {"title": remark.title}
    if remark.path:
        properties = {"file": remark.path, **_lines_of(remark), **properties}
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[remark.severity]} {said}::{_data(remark.message)}"


def _lines_of(remark: Remark) -> dict[str, str]:
    """The place; columns only within a line, as GitHub takes them nowhere else."""
    place = remark.place
    if place is None:
        return {}
    lines = {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line != place.end_line:
        return lines
    return {**lines, "col": str(place.column), "endColumn": str(place.end_column)}


def _data(text: str) -> str:
    return safe(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
