"""The page of ``check``: a line a finding, then how many there are and what can be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scrimp.model.findings import Finding, Safety, Severity
from scrimp.model.report import Report
from scrimp.model.written import counted
from scrimp.reporters.terminal import Block, blocks
from scrimp.reporters.terminal.styled import Styled
from scrimp.reporters.view import View


def page(report: Report, view: View) -> Iterator[Block]:
    """All findings; suppressed ones are counted, and listed where the view is verbose."""
    active = [finding for finding in report.findings if finding.suppressed is None]
    hidden = [finding for finding in report.findings if finding.suppressed is not None]
    yield [blocks.finding(finding) for finding in (report.findings if view.verbose else active)]
    yield blocks.unread(report.skipped, view)
    if not view.quiet:
        yield [*blocks.warnings(report), *summary(active, len(hidden)), *blocks.abstentions(report, view)]


def summary(active: Sequence[Finding], hidden: int) -> list[Styled]:
    """How many findings there are, by severity, and how many of them can be fixed."""
    said = [_found(active)]
    safeties = Counter(finding.fix.safety for finding in active if finding.fix)
    if safeties[Safety.SAFE]:
        said.append(Styled(f"[*] {safeties[Safety.SAFE]:,} can be fixed with --fix"))
    if safeties[Safety.UNSAFE]:
        said.append(Styled(f"[*] {safeties[Safety.UNSAFE]:,} can be fixed with --unsafe-fixes"))
    if hidden:
        said.append(Styled(f"{counted(hidden, 'finding')} suppressed", style="dim"))
    return said


def _of_severity(severity: Severity, number: int) -> str:
    """``2 errors``, ``3 info``."""
    return f"{number:,} info" if severity is Severity.INFO else counted(number, severity.value)


def _found(active: Sequence[Finding]) -> Styled:
    if not active:
        return Styled("No findings.", style="green")
    severities = Counter(finding.severity for finding in active)
    by = ", ".join(_of_severity(one, severities[one]) for one in reversed(Severity) if severities[one])
    return Styled(f"{counted(len(active), 'finding')}: {by}")
