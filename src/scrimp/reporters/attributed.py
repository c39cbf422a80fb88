"""Who bears the cost, as a part of the JSON document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scrimp.model.amounts import Grade
from scrimp.model.attribution import Attribution, AttributionRow, Figure
from scrimp.reporters.amounts import money, number, usd

Object = dict[str, Any]
VOLUMES = (Grade.IMPORTED, Grade.CONFIGURED, Grade.ASSUMED)


def attributed(attribution: Attribution) -> Object:
    """The rows and their total."""
    return {
        "by": attribution.by,
        "compared": attribution.compared,
        "rows": [_row(row) for row in attribution.rows],
        "total": _row(attribution.total),
    }


def _row(row: AttributionRow) -> Object:
    return {
        "name": row.name or None,
        "requests": row.requests,
        "requests_unpriced": row.unpriced,
        "calls_per_month": row.calls,
        "monthly_usd": usd(row.monthly),
        "grade": row.monthly.grade.value,
        "monthly_usd_by_grade": {
            grade.value: money(row.by_grade.get(grade, Decimal(0))) for grade in VOLUMES
        },
        "share_percent": number(row.share),
        "input_tokens_per_month": row.input_tokens,
        "output_tokens_per_month": row.output_tokens,
        "per_call_usd": {
            **_figure(row.per_call),
            "value": money(row.per_call.value),
            "low": money(row.per_call.low),
        },
        "tokens_per_call": _figure(row.tokens_per_call),
        "output_per_input": _figure(row.output_per_input),
        "monthly_usd_saveable": money(row.saveable),
        "saveable_percent": _figure(row.saveable_share),
    }


def _figure(figure: Figure) -> Object:
    return {
        "value": number(figure.value),
        "grade": figure.grade.value,
        "more": figure.more,
        "low": number(figure.low),
        "from_median": number(figure.from_median),
    }
