"""``--format csv``: one table for spreadsheets and finance tools, after RFC 4180.

``audit`` gives the rows of its attribution, in columns of the FinOps Open Cost and Usage Specification's style: custom
columns have the prefix ``x_`` and names in Pascal case without abbreviations (FOCUS, "Column handling", 2026-02), and
what is unknown is empty. No column of FOCUS itself is used, as its costs are billed ones: each row says that it is a
projection. ``check`` gives findings and ``diff`` changes, by the names of the JSON document.

Spreadsheets take a cell for a formula that begins with ``= + - @`` (OWASP, "CSV Injection"; also in their full width):
text that does so gets an apostrophe in front. Numbers are ours and may begin with a minus.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from scrimp.model.amounts import Grade
from scrimp.model.attribution import AttributionRow
from scrimp.model.changes import Change
from scrimp.model.findings import Finding
from scrimp.model.report import Report
from scrimp.reporters.amounts import money, number
from scrimp.reporters.safe import safe
from scrimp.reporters.view import View

Line: TypeAlias = Mapping[str, str | int | Decimal | None]
"""A row by its columns: text is untrusted, numbers are not, ``None`` is an empty cell."""

NOT_A_BILL = "projection at list prices, not a bill"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_EMPTY_NAMES = {"owner": "(nobody)"}


def render(report: Report, view: View) -> str:  # noqa: ARG001 - programs have no view
    """The table of the report's command, with a line of column names; they are there even if no row is."""
    columns, lines = _TABLES[report.command]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(line[column]) for column in columns] for line in lines(report))
    return written.getvalue()


def _cell(value: str | int | Decimal | None) -> str:
    match value:
        case None:
            return ""
        case str():
            text = safe(value)
            return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
        case _:
            return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _money(amount: Decimal | None) -> Decimal | None:
    """Money as it is written in JSON, but as a number."""
    text = money(amount)
    return None if text is None else Decimal(text)


def _number(value: Decimal | None) -> Decimal | None:
    """A ratio or percentage as it is written in JSON, but as a number."""
    text = number(value)
    return None if text is None else Decimal(text)


# --- audit ----------------------------------------------------------------------------------------------


def _attribution(report: Report) -> Iterable[Line]:
    found = report.attribution
    if found is None:
        return
    unnamed = _EMPTY_NAMES.get(found.by, "(unknown)")
    for row in found.rows:
        yield {
            "x_GroupedBy": found.by,
            "x_GroupName": row.name or unnamed,
            **_costs(row),
            "x_RequestCount": row.requests,
            "x_UnpricedRequestCount": row.unpriced,
            "x_MonthlyCallCount": row.calls,
            "x_MonthlyInputTokenCount": row.input_tokens,
            "x_MonthlyOutputTokenCount": row.output_tokens,
            **_comparisons(row),
            "x_PricesSource": report.prices.source,
            "x_PricesDate": report.prices.date,
            "x_Basis": NOT_A_BILL,
        }


def _costs(row: AttributionRow) -> Line:
    by_grade = {grade: _money(row.by_grade.get(grade, Decimal(0))) for grade in Grade}
    return {
        "x_ProjectedMonthlyCost": _money(row.monthly.typical),
        "x_ProjectedMonthlyCostLow": _money(row.monthly.low),
        "x_ProjectedMonthlyCostHigh": _money(row.monthly.high),
        "x_Currency": "USD",
        "x_CostGrade": row.monthly.grade.value,
        "x_CostSharePercent": _number(row.share),
        "x_CostOnImportedVolumes": by_grade[Grade.IMPORTED],
        "x_CostOnConfiguredVolumes": by_grade[Grade.CONFIGURED],
        "x_CostOnAssumptions": by_grade[Grade.ASSUMED],
    }


def _comparisons(row: AttributionRow) -> Line:
    return {
        "x_CostPerCall": _money(row.per_call.value),
        "x_CostPerCallFromMedianPercent": _number(row.per_call.from_median),
        "x_TokensPerCall": _number(row.tokens_per_call.value),
        "x_TokensPerCallGrade": row.tokens_per_call.grade.value,
        "x_TokensPerCallFromMedianPercent": _number(row.tokens_per_call.from_median),
        "x_OutputTokensPerInputToken": _number(row.output_per_input.value),
        "x_OutputTokensPerInputTokenGrade": row.output_per_input.grade.value,
        "x_OutputTokensPerInputTokenFromMedianPercent": _number(row.output_per_input.from_median),
        "x_ProjectedMonthlySaving": _money(row.saveable),
        "x_SavingSharePercent": _number(row.saveable_share.value),
        "x_SavingShareFromMedianPoints": _number(row.saveable_share.from_median),
    }


# --- check and diff -------------------------------------------------------------------------------------


def _findings(report: Report) -> Iterable[Line]:
    return map(_finding, report.findings)


def _finding(finding: Finding) -> Line:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "prompt": finding.prompt,
        "tokens_saved": finding.tokens_saved,
        "monthly_usd_saved": _money(finding.monthly_saved),
        "suppressed": "" if finding.suppressed is None else finding.suppressed.by,
        "fingerprint": finding.fingerprint,
    }


def _changes(report: Report) -> Iterable[Line]:
    return map(_change, report.changes)


def _change(change: Change) -> Line:
    before, after = change.before, change.after
    old, new = (Decimal(0) if side is None else side.monthly.typical for side in (before, after))
    return {
        "kind": change.kind,
        "prompt": after.prompt.id if after else "",
        "base_prompt": before.prompt.id if before else "",
        "owner": after.owner if after else before.owner if before else "",
        "static_tokens_before": before.static if before else 0,
        "static_tokens_after": after.static if after else 0,
        "monthly_usd_before": _money(old),
        "monthly_usd_after": _money(new),
        "monthly_usd_delta": None if old is None or new is None else _money(new - old),
        "causes": " ".join(cause.cause for cause in change.causes),
    }


_AUDIT = (
    "x_GroupedBy x_GroupName x_ProjectedMonthlyCost x_ProjectedMonthlyCostLow x_ProjectedMonthlyCostHigh x_Currency"
    " x_CostGrade x_CostSharePercent x_CostOnImportedVolumes x_CostOnConfiguredVolumes x_CostOnAssumptions"
    " x_RequestCount x_UnpricedRequestCount x_MonthlyCallCount x_MonthlyInputTokenCount x_MonthlyOutputTokenCount"
    " x_CostPerCall x_CostPerCallFromMedianPercent x_TokensPerCall x_TokensPerCallGrade"
    " x_TokensPerCallFromMedianPercent x_OutputTokensPerInputToken x_OutputTokensPerInputTokenGrade"
    " x_OutputTokensPerInputTokenFromMedianPercent x_ProjectedMonthlySaving x_SavingSharePercent"
    " x_SavingShareFromMedianPoints x_PricesSource x_PricesDate x_Basis"
)
_CHECK = (
    "rule name severity path line column message prompt tokens_saved monthly_usd_saved suppressed fingerprint"
)
_DIFF = (
    "kind prompt base_prompt owner static_tokens_before static_tokens_after monthly_usd_before monthly_usd_after"
    " monthly_usd_delta causes"
)
_TABLES: Mapping[str, tuple[Sequence[str], Callable[[Report], Iterable[Line]]]] = {
    "audit": (_AUDIT.split(), _attribution),
    "check": (_CHECK.split(), _findings),
    "diff": (_DIFF.split(), _changes),
}
"""The columns of each command, in their order, and what makes its lines."""
