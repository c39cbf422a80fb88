"""What could be saved: a table of findings, those that save most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal, TypeAlias

from scrimp.model.written import dollars
from scrimp.reporters.review.document import Document, Finding
from scrimp.reporters.review.figures import counted
from scrimp.reporters.review.fitting import Section
from scrimp.reporters.review.markup import code, header, row
from scrimp.reporters.review.totals import usd

Severity: TypeAlias = Literal["error", "warning", "info"]
_SEVERITIES: Sequence[Severity] = ("error", "warning", "info")


def active(documents: Iterable[Document]) -> list[Finding]:
    """Findings that nothing hides, each once however many documents have it, errors and the dearest first."""
    found = {
        (each.rule, each.path, each.line, each.fingerprint): each
        for document in documents
        for each in document.findings
        if each.suppressed is None
    }
    return sorted(found.values(), key=_weight)


def _weight(finding: Finding) -> tuple[int, Decimal, int, str, int]:
    saved, tokens = usd(finding.monthly_usd_saved) or Decimal(0), finding.tokens_saved or 0
    return _SEVERITIES.index(finding.severity), -saved, -tokens, finding.path, finding.line


def summary(found: Sequence[Finding]) -> str:
    """``3 findings: 1 error, 2 warnings``."""
    counts = Counter(each.severity for each in found)
    parts = [
        f"{counts[each]:,} info" if each == "info" else counted(counts[each], each)
        for each in _SEVERITIES
        if counts[each]
    ]
    return f"{counted(len(found), 'finding')}: {', '.join(parts)}" if found else "no findings"


def sections(found: Sequence[Finding], title: str, most: int | None) -> Iterator[Section]:
    """The table under a title; nothing where nothing was found."""
    if found:
        head = f"**{title}**\n\n{header(('Rule', 'Where', 'What', 'Saves'))}"
        yield Section(head, [_cells(each) for each in found], most=most, left="finding")


def _cells(finding: Finding) -> str:
    where = code(f"{finding.path}:{finding.line}")
    return row(
        (f"{finding.severity} {code(finding.rule)}", where, code(finding.message, 200), _saved(finding))
    )


def _saved(finding: Finding) -> str:
    monthly = usd(finding.monthly_usd_saved)
    parts = [
        counted(finding.tokens_saved, "token") if finding.tokens_saved else "",
        f"{dollars(monthly)} a month" if monthly else "",
        "fixable" if finding.fix else "",
        "overlaps another" if finding.overlaps else "",
    ]
    return ", ".join(part for part in parts if part)
