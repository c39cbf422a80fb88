"""The page of ``check``: a line a finding, then how many there are and what can be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from scrimp.model.findings import Finding, Safety, Severity
from scrimp.model.report import Report
from scrimp.model.written import counted
from scrimp.reporters.terminal import blocks
from scrimp.reporters.view import View


def page(report: Report, view: View) -> Iterator[RenderableType]:
    """All findings; suppressed ones are counted, and listed where the view is verbose."""
    active = [finding for finding in report.findings if finding.suppressed is None]
    hidden = [finding for finding in report.findings if finding.suppressed is not None]
    yield blocks.lines(blocks.finding(finding) for finding in (report.findings if view.verbose else active))
    yield blocks.lines(blocks.unread(report.skipped, view))
    if not view.quiet:
        yield blocks.lines(
            [*blocks.warnings(report), *summary(active, len(hidden)), *blocks.abstentions(report, view)]
        )


def summary(active: Sequence[Finding], hidden: int) -> list[Text]:
    """How many findings there are, by severity, and how many of them can be fixed."""
    said = [_found(active)]
    safeties = Counter(finding.fix.safety for finding in active if finding.fix)
    if safeties[Safety.SAFE]:
        said.append(Text(f"[*] {safeties[Safety.SAFE]:,} can be fixed with --fix"))
    if safeties[Safety.UNSAFE]:
        said.append(Text(f"[*] {safeties[Safety.UNSAFE]:,} can be fixed with --unsafe-fixes"))
    if hidden:
        said.append(Text(f"{counted(hidden, 'finding')} suppressed", style="dim"))
    return said


def _of_severity(severity: Severity, number: int) -> str:
    """``2 errors``, ``3 info``."""
    return f"{number:,} info" if severity is Severity.INFO else counted(number, severity.value)


def _found(active: Sequence[Finding]) -> Text:
    if not active:
        return Text("No findings.", style="green")
    severities = Counter(finding.severity for finding in active)
    by = ", ".join(_of_severity(one, severities[one]) for one in reversed(Severity) if severities[one])
    return Text(f"{counted(len(active), 'finding')}: {by}")
