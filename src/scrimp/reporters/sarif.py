"""``--format sarif``: the Static Analysis Results Interchange Format 2.1.0 (OASIS, 2023), as code scanning reads it.

Findings are results. Those that something hides are left out, as GitHub opens an alert for them all the same, unless
the view is verbose: then each result says whether it is suppressed. What was not judged, and budgets that are broken,
are notifications of the run, as they have no place that an alert could stand at. GitHub tells results apart by their
``primaryLocationLineHash`` alone, which is our fingerprint: it stays the same when lines move.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from scrimp import __version__
from scrimp.model.findings import Edit, Finding, Fix, Rule, Severity, Suppression
from scrimp.model.report import Report
from scrimp.model.source import Place
from scrimp.model.written import counted
from scrimp.reporters.amounts import money
from scrimp.reporters.json import Object, encoded
from scrimp.reporters.remarks import Remark, broken, told, unread
from scrimp.reporters.safe import escape, safe
from scrimp.reporters.view import View

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

MOST = 25_000
"""Results of a run that GitHub accepts (its documentation of SARIF support, read 2026-11-23); it keeps 5,000."""

ROOT = "SRCROOT"

_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that stand for no byte of a name (PEP 383): no file is named so, but a saved report can say it."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def render(report: Report, view: View) -> str:
    """The log of one run."""
    return encoded({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, view)]}, indent=1) + "\n"


def _run(report: Report, view: View) -> Object:
    rules = _rules(report)
    indices = {rule.id: index for index, rule in enumerate(rules)}
    every = [each for each in told(report.findings) if view.verbose or each[0].suppressed is None]
    kept = _dearest(every)
    results = [_result(*each, indices, view) for each in kept]
    notes = [
        *(_notification(each.seen_from(view.within)) for each in (*broken(report), *unread(report))),
        *_left_out(every, kept),
    ]
    return {
        "tool": {
            "driver": {
                "name": "scrimp",
                "semanticVersion": __version__,
                "rules": [_descriptor(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": "scrimp/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            ROOT: {
                "description": {
                    "text": "The top of the repository, or the folder that was scanned if there is none."
                }
            }
        },
        "invocations": [
            {
                "executionSuccessful": not any(each.incomplete for each in report.skipped),
                "toolExecutionNotifications": notes,
            }
        ],
        "results": results,
    }


# --- rules ----------------------------------------------------------------------------------------------


def _rules(report: Report) -> list[Rule]:
    """The rules that ran, and those of findings that are not among them, by their names alone."""
    rules = {rule.id: rule for rule in report.rules}
    for each in report.findings:
        rules.setdefault(each.rule, Rule(each.rule, each.name, each.severity, each.name, ""))
    return [rules[name] for name in sorted(rules)]


def _descriptor(rule: Rule) -> Object:
    why = rule.why or rule.summary
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": _text(rule.summary)},
        "fullDescription": {"text": _text(why)},
        "help": {"text": _text(f"{rule.summary} {why} scrimp explain {rule.id} shows examples.")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["prompt", "cost"], "problem.severity": _PROBLEMS[rule.severity]},
    }


# --- results --------------------------------------------------------------------------------------------


def _dearest(every: Sequence[tuple[Finding, Remark]]) -> Sequence[tuple[Finding, Remark]]:
    """As many findings as may be in a run, those that save most, in the order of the report."""
    if len(every) <= MOST:
        return every
    ordered = sorted(range(len(every)), key=lambda index: every[index][1].weight, reverse=True)
    return [every[index] for index in sorted(ordered[:MOST])]


def _left_out(every: Sequence[object], kept: Sequence[object]) -> Iterator[Object]:
    if len(every) > len(kept):
        said = f"{counted(len(every) - len(kept), 'finding')} more, which save less, than a run may hold"
        yield {"level": "warning", "message": {"text": said}}


def _result(finding: Finding, remark: Remark, indices: dict[str, int], view: View) -> Object:
    made: Object = {
        "ruleId": finding.rule,
        "ruleIndex": indices[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(remark.message)},
        "locations": [_location(f"{view.within}{finding.path}", finding.place)],
        "partialFingerprints": {"primaryLocationLineHash": remark.fingerprint},
        "properties": {
            "tokensSaved": finding.tokens_saved,
            "monthlyUsdSaved": money(finding.monthly_saved),
            "prompt": finding.prompt or None,
        },
    }
    if view.verbose:
        made["suppressions"] = [] if finding.suppressed is None else [_suppression(finding.suppressed)]
    if finding.fix is not None:
        made["fixes"] = [_fix(finding.rule, finding.fix, view.within)]
    return made


def _suppression(hidden: Suppression) -> Object:
    kind = "inSource" if hidden.by == "comment" else "external"
    reason = {"justification": safe(hidden.reason)} if hidden.reason else {}
    return {"kind": kind, "status": "accepted", **reason}


def _fix(rule: str, fix: Fix, within: str) -> Object:
    files: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in fix.edits:
        files[edit.path].append(edit)
    changes = [
        {
            "artifactLocation": _artifact(f"{within}{path}"),
            "replacements": [_replacement(edit) for edit in edits],
        }
        for path, edits in files.items()
    ]
    return {"description": {"text": f"The {fix.safety.value} fix of {rule}."}, "artifactChanges": changes}


def _replacement(edit: Edit) -> Object:
    return {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}}


def _notification(remark: Remark) -> Object:
    made: Object = {
        "descriptor": {"id": remark.code},
        "level": _LEVELS[remark.severity],
        "message": {"text": _text(f"{remark.title}: {remark.message}")},
    }
    if remark.path and remark.place:
        made["locations"] = [_location(remark.path, remark.place)]
    return made


# --- parts ----------------------------------------------------------------------------------------------


def _location(path: str, place: Place) -> Object:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(place)}}


def _artifact(path: str) -> Object:
    """A file by a relative reference, whose bytes are escaped where a URI asks for it."""
    name = _NO_BYTE.sub(lambda match: escape(match[0]), path)
    return {"uri": quote(name.encode("utf-8", "surrogateescape")), "uriBaseId": ROOT}


def _region(place: Place) -> Object:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _text(text: str) -> str:
    """A plain text message, in which ``[text](target)`` would be a link (SARIF 2.1.0, 3.11.6)."""
    shown = safe(text)
    return shown.replace("[", "\\[").replace("]", "\\]") if "](" in shown else shown
