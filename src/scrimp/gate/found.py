"""New findings, where a run asks that they fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrimp.gate.words import first
from scrimp.model.changes import Breach, Verdict
from scrimp.model.findings import Finding, Severity

NAME = "new findings"
_ADVICE = "mend them, or hide them with a reason in a change of its own"


def with_findings(verdict: Verdict, found: Iterable[Finding], least: Severity | None) -> Verdict:
    """A verdict that fails, too, for findings at or above a severity that nothing hides; ``None``: for none."""
    if least is None:
        return verdict
    broken = tuple(_broken(found, least))
    return Verdict("fail", (*verdict.breaches, *broken)) if broken else verdict


def _broken(found: Iterable[Finding], least: Severity) -> Iterator[Breach]:
    failing = [each for each in found if each.suppressed is None and each.severity.rank >= least.rank]
    if failing:
        reason = "; ".join(first([f"{each.rule} at {each.path}:{each.place.line}" for each in failing]))
        yield Breach(
            NAME, f"0 of level {least} or above", f"{len(failing)}", "fail", reason, "fail_on", _ADVICE
        )
