"""``--format text``: what a person reads in a terminal, within 80 columns where tables can help it.

The pages are composed in ``terminal``, which needs rich and is imported only when something is rendered.
"""

from __future__ import annotations

from scrimp.model.report import Report
from scrimp.reporters.view import View


def render(report: Report, view: View) -> str:
    """The page of the report's command, with escape sequences only where the view allows colour."""
    from scrimp.reporters.terminal import audit, check, diff, printed  # noqa: PLC0415 - rich takes its time

    pages = {"check": check.page, "diff": diff.page}
    return printed(pages.get(report.command, audit.page)(report, view), view)
