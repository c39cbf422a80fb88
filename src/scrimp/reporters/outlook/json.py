"""A forecast as one JSON document of the schema ``scrimp-forecast/1``, which ships with the reporters."""

from __future__ import annotations

from scrimp import __version__
from scrimp.model.outlook import LimitAhead, Outlook, Range
from scrimp.reporters.amounts import money
from scrimp.reporters.json import Object, text_of
from scrimp.reporters.view import View

SCHEMA = "scrimp-forecast/1"


def render(outlook: Outlook, view: View) -> str:  # noqa: ARG001 - programs have no view
    """The forecast as text."""
    return text_of(document(outlook))


def document(outlook: Outlook) -> Object:
    """The forecast as the object that the schema describes; money is a string or ``None``."""
    stamp, so_far = outlook.prices, outlook.so_far
    return {
        "schema": SCHEMA,
        "tool": {"name": "scrimp", "version": __version__},
        "command": "forecast",
        "owner": outlook.owner or None,
        "basis": outlook.basis,
        "source": outlook.source,
        "grade": outlook.grade.value,
        "coverage": str(outlook.coverage),
        "seasonal": outlook.seasonal,
        "prices": None
        if stamp is None
        else {"source": stamp.source, "date": stamp.date, "sha256": stamp.sha256},
        "past": [{"month": each.month, "usd": money(each.usd)} for each in outlook.past],
        "so_far": None if so_far is None else {"usd": money(so_far[0]), "until": so_far[1].isoformat()},
        "ahead": [
            {"month": each.month, "started": each.started, "usd": _range(each.usd)} for each in outlook.ahead
        ],
        "total_usd": _range(outlook.total),
        "budgets": [_limit(each, outlook) for each in outlook.limits],
        "skipped": [
            {"path": each.path, "code": each.code, "reason": each.reason, "incomplete": each.incomplete}
            for each in outlook.skipped
        ],
        "notes": list(outlook.notes),
    }


def _range(usd: Range) -> Object:
    return {"low": money(usd.low), "typical": money(usd.typical), "high": money(usd.high)}


def _limit(limit: LimitAhead, outlook: Outlook) -> Object:
    return {
        "budget": limit.budget,
        "max_monthly_usd": money(limit.limit),
        "broken": limit.broken,
        "month": limit.month,
        "chances": [
            {"month": month.month, "chance": str(chance)}
            for month, chance in zip(outlook.ahead, limit.chances, strict=True)
        ],
    }
