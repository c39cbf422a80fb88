"""``--format rdjson``: reviewdog's diagnostic format (``reviewdog.proto`` of reviewdog 0.21, read 2026-11-28).

Places and suggestions are whole lines, since its columns count bytes; a suggestion is what a reviewer can accept with
one click. reviewdog posts messages as Markdown, so text of the repository stands in a code span there.
"""

from __future__ import annotations

from scrimp.model.findings import Finding, Severity, Suggestion
from scrimp.model.report import Report
from scrimp.reporters.json import Object, encoded
from scrimp.reporters.remarks import Remark, savings, told, unread
from scrimp.reporters.review.markup import code
from scrimp.reporters.view import View

MOST = 400
"""Characters of a message."""

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, view: View) -> str:
    """One result with a diagnostic for each finding that nothing hides, and each file that was not judged."""
    lost = [_diagnostic(each.seen_from(view.within), code(each.message, MOST)) for each in unread(report)]
    found = [
        _of_finding(finding, remark.seen_from(view.within))
        for finding, remark in told(report.findings)
        if finding.suppressed is None
    ]
    return encoded({"source": {"name": "scrimp"}, "diagnostics": [*lost, *found]}, indent=1) + "\n"


def _of_finding(finding: Finding, remark: Remark) -> Object:
    saved = savings(finding)
    said = code(finding.message, MOST) or code(remark.title)
    made = _diagnostic(remark, f"{said} (saves {saved})" if saved else said)
    suggestion = finding.fix.suggestion if finding.fix else None
    return made if suggestion is None else {**made, "suggestions": [_suggestion(suggestion)]}


def _diagnostic(remark: Remark, message: str) -> Object:
    place = remark.place
    assert place is not None
    return {
        "message": message,
        "location": {"path": remark.path, "range": _range(place.line, place.end_line)},
        "severity": _SEVERITIES[remark.severity],
        "code": {"value": remark.code},
    }


def _suggestion(suggestion: Suggestion) -> Object:
    return {"range": _range(suggestion.line, suggestion.end_line), "text": suggestion.text}


def _range(first: int, last: int) -> Object:
    return {"start": {"line": first}, "end": {"line": last}}
