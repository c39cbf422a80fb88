"""``--format text``: what a person reads in a terminal, within 80 columns where tables can help it.

The pages are composed in ``terminal``, each imported only when it is rendered: those with tables need rich.
"""

from __future__ import annotations

from collections.abc import Iterable

from scrimp.model.report import Report
from scrimp.reporters.terminal import Block, printed
from scrimp.reporters.view import View


def render(report: Report, view: View) -> str:
    """The page of the report's command, with escape sequences only where the view allows colour."""
    return printed(_page(report, view), view)


def _page(report: Report, view: View) -> Iterable[Block]:
    if report.command == "check":
        from scrimp.reporters.terminal import check  # noqa: PLC0415 - only what is rendered

        return check.page(report, view)
    if report.command == "diff":
        from scrimp.reporters.terminal import diff  # noqa: PLC0415 - likewise

        return diff.page(report, view)
    from scrimp.reporters.terminal import audit  # noqa: PLC0415 - likewise

    return audit.page(report, view)
