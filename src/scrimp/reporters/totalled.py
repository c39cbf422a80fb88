"""Sums over a tree, as a part of the JSON document."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from scrimp.model.amounts import Grade
from scrimp.model.report import Purposes, Totals
from scrimp.reporters.amounts import money, usd

Object = dict[str, Any]


def totals_object(totals: Totals) -> Object:
    """The totals of a tree."""
    grades: Iterable[Grade] = {Grade.IMPORTED, Grade.CONFIGURED, Grade.ASSUMED} | totals.by_grade.keys()
    return {
        "prompts": totals.prompts,
        "prompts_low_confidence": totals.unsure,
        "static_tokens": totals.static_tokens,
        "monthly_usd": usd(totals.monthly),
        "monthly_usd_by_grade": {
            grade.value: money(totals.by_grade.get(grade, Decimal(0))) for grade in sorted(grades)
        },
        "monthly_usd_paid_for": None if totals.paid_for is None else _paid_for(totals.paid_for),
        "monthly_usd_saveable": money(totals.saveable),
        "requests_unpriced": totals.unpriced,
        "grade": totals.monthly.grade.value,
    }


def _paid_for(purposes: Purposes) -> Object:
    return {
        "prompts": money(purposes.prompts),
        "answers": money(purposes.answers),
        "other": money(purposes.other),
    }
