"""``--format gitlab``: findings, and files that were not judged, as a report of GitLab's Code Quality.

GitLab shows of two entries with one fingerprint only the first, and compares the lists of both branches by these.
Broken budgets are not in it, as an entry needs a file: the job's exit code tells of them.
(https://docs.gitlab.com/ci/testing/code_quality/, read 2026-11-28)
"""

from __future__ import annotations

from scrimp.model.findings import Severity
from scrimp.model.report import Report
from scrimp.reporters.json import Object, encoded
from scrimp.reporters.remarks import Remark, found, unread
from scrimp.reporters.safe import safe
from scrimp.reporters.view import View

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, view: View) -> str:
    """One array with an object for each remark."""
    remarks = (each.seen_from(view.within) for each in (*unread(report), *found(report)))
    return encoded(list(map(_entry, remarks)), indent=1) + "\n"


def _entry(remark: Remark) -> Object:
    place = remark.place
    assert place is not None
    return {
        "description": safe(f"{remark.title}: {remark.message}"),
        "check_name": remark.code,
        "fingerprint": remark.fingerprint,
        "severity": _SEVERITIES[remark.severity],
        "location": {
            "path": remark.path,
            "lines": {"begin": place.line, "end": place.end_line},
        },
    }
