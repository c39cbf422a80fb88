"""What the step hands on: the outputs of ``action.yml``, numbers and words of ours and never text that was scanned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

NOTHING_JUDGED = {"verdict": "error"}
UNKNOWN = "unknown"
SARIF = "scrimp.sarif"
"""The name of the file with the findings, beside the report."""


def of_report(file: Path) -> Mapping[str, str]:
    """The verdict of a saved report and, if it is one of a change, what that costs.

    ``monthly-delta`` is in USD, ``percent`` of what BASE costs; each is ``unknown`` where it is.
    """
    report = json.loads(file.read_text("utf-8"))
    figures = {"verdict": str(report["verdict"]["outcome"]), "report": str(file)}
    if (sarif := file.with_name(SARIF)).exists():
        figures["sarif"] = str(sarif)
    if report["base_totals"] is None:
        return figures
    before, after = _monthly(report["base_totals"]), _monthly(report["totals"])
    if before is None or after is None:
        return {**figures, "monthly-delta": UNKNOWN, "percent": UNKNOWN}
    delta = after - before
    return {**figures, "monthly-delta": f"{delta:f}", "percent": _percent(delta, before)}


def write(values: Mapping[str, str], variables: Mapping[str, str]) -> None:
    """Append outputs to the file that the runner reads them from, if its variables name one."""
    file = variables.get("GITHUB_OUTPUT")
    if file:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.writelines(f"{name}={value}\n" for name, value in values.items())


def _monthly(totals: Mapping[str, Any]) -> Decimal | None:
    typical = totals["monthly_usd"]["typical"]
    return None if typical is None else Decimal(typical)


def _percent(delta: Decimal, whole: Decimal) -> str:
    """A share with two decimals; of nothing, a share is unknown, unless there is none."""
    if not whole:
        return UNKNOWN if delta else "0.00"
    return f"{delta * 100 / whole:.2f}"
