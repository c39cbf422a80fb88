"""Findings, and what rules could not decide, as parts of the JSON document."""

from __future__ import annotations

from typing import Any

from scrimp.model.findings import Abstentions, Finding, Fix, Suppression
from scrimp.model.savings import SavedByRule
from scrimp.model.source import Place
from scrimp.reporters.amounts import money

Object = dict[str, Any]


def range_object(place: Place) -> Object:
    """A place by its lines and columns."""
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def finding_object(finding: Finding) -> Object:
    """A finding with its fix."""
    hidden = finding.suppressed
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "path": finding.path,
        **range_object(finding.place),
        "message": finding.message,
        "prompt": finding.prompt or None,
        "request": finding.request or None,
        "tokens_saved": finding.tokens_saved,
        "per_call_usd_saved": money(finding.per_call_saved),
        "monthly_usd_saved": money(finding.monthly_saved),
        "fix": None if finding.fix is None else _fix(finding.fix),
        "suppressed": None if hidden is None else _suppression(hidden),
        "fingerprint": finding.fingerprint,
        "overlaps": finding.overlaps or None,
    }


def abstentions_object(abstentions: Abstentions) -> Object:
    """What one rule could not decide."""
    return {
        "rule": abstentions.rule,
        "name": abstentions.name,
        "count": abstentions.count,
        "reasons": [{"reason": reason, "count": count} for reason, count in abstentions.reasons],
    }


def saved_object(saved: SavedByRule) -> Object:
    """A rule's share of what could be saved."""
    return {
        "rule": saved.rule,
        "name": saved.name,
        "findings": saved.findings,
        "overlapping": saved.again,
        "tokens_saved": saved.tokens,
        "monthly_usd_saved": money(saved.monthly),
    }


def _suppression(hidden: Suppression) -> Object:
    return {
        "by": hidden.by,
        "reason": hidden.reason,
        "until": hidden.until or None,
        "at": hidden.at or None,
    }


def _fix(fix: Fix) -> Object:
    edits = [{"path": edit.path, **range_object(edit.place), "text": edit.text} for edit in fix.edits]
    return {"safety": fix.safety.value, "edits": edits}
