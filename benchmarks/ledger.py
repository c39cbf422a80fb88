"""Imported usage against the ledger it was made from: ledger.py [SEED ...]

For each seed ``ledgers/helpdesk.py``, which knows nothing of scrimp, invents a month of calls of ``examples/helpdesk``
and writes them as four sources would bill them. Once these exports are imported into a copy that configures nothing
but owners, an audit's monthly totals are compared with what the calls cost; then the ledger's own sizes and volumes are
configured instead, its cache hits written into a usage file (which has them as a share of all input, as bills do), and
compared again.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import harness

EXAMPLE = harness.HERE.parent / "examples" / "helpdesk"
EXPORTS = ("openai-usage.json", "anthropic-usage.json", "litellm-spend.jsonl", "otel-spans.json")
OWNERS = "owners: CODEOWNERS\n"
MATCHES = {
    "subjects": "marketing/src/prompts.ts::subjectLines",
    "mail": "marketing/src/prompts.ts::body",
    "rewrite": "search/prompts/rewrite.jinja",
}
"""Prompts of calls that share a file, or stand in another one than their call."""


def copy_of_example(folder: Path, configuration: str, usage: str = "") -> Path:
    """The example under another configuration, with other usage than its own or with none."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("scrimp-usage.*"))
    (folder / "scrimp.yaml").write_text(configuration, encoding="utf-8")
    if usage:
        (folder / "scrimp-usage.yaml").write_text(usage, encoding="utf-8")
    return folder


def audit(folder: Path) -> tuple[float, dict[str, float]]:
    """USD a month in all, and by owner."""
    command = [harness.scrimp(), "audit", ".", "--by", "owner", "--format", "json", "--no-cache"]
    document: dict[str, Any] = json.loads(subprocess.check_output(command, cwd=folder))
    rows = document["attribution"]["rows"]
    owners = {row["name"]: float(row["monthly_usd"]["typical"]) for row in rows}
    return float(document["totals"]["monthly_usd"]["typical"]), owners


def configured(truth: dict[str, Any]) -> str:
    """A configuration with the sizes and volumes that the ledger really has."""
    entries = [
        {
            "match": MATCHES.get(name, service["path"]),
            "calls_per_month": service["calls_per_month"],
            "output_tokens": round(service["output_tokens"]),
            "variables": service["variables_as_billed"],
        }
        for name, service in truth["services"].items()
    ]
    return OWNERS + "prompts: " + json.dumps(entries) + "\n"


def hits(folder: Path, truth: dict[str, Any]) -> str:
    """A usage file with the ledger's cache hits: shares of all input, by the calls of each file."""
    command = [harness.scrimp(), "audit", ".", "--format", "json", "--no-cache"]
    requests = json.loads(subprocess.check_output(command, cwd=folder))["requests"]
    rates = {service["path"]: round(service["hit_rate"], 4) for service in truth["services"].values()}
    told = {each["id"]: {"hit_rate": rates[each["path"]]} for each in requests if rates.get(each["path"])}
    return "prompts: " + json.dumps(told) + "\n"


def compare(label: str, truth: dict[str, Any], found: tuple[float, dict[str, float]]) -> None:
    total, owners = found
    print(
        f"{label}: total {total:.2f}, ledger {truth['monthly_usd']:.2f}: {total / truth['monthly_usd'] - 1:+.2%}"
    )
    for owner, spent in truth["owners"].items():
        print(
            f"  {owner} {owners.get(owner, 0.0):.2f}, ledger {spent:.2f}: {owners.get(owner, 0.0) / spent - 1:+.2%}"
        )


def benchmark() -> None:
    for seed in sys.argv[1:] or ["1", "2"]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            maker = harness.HERE / "ledgers" / "helpdesk.py"
            harness.run([sys.executable, maker, folder / "ledger", "--seed", seed])
            truth = json.loads((folder / "ledger" / "truth.json").read_text(encoding="utf-8"))
            imported = copy_of_example(folder / "imported", OWNERS)
            exports = [folder / "ledger" / export for export in EXPORTS]
            harness.run([harness.scrimp(), "usage", "import", *exports, "--root", imported])
            compare(f"seed {seed}, imported", truth, audit(imported))
            sized = copy_of_example(folder / "sized", configured(truth))
            told = copy_of_example(folder / "told", configured(truth), hits(sized, truth))
            compare(f"seed {seed}, configured", truth, audit(told))


if __name__ == "__main__":
    harness.main(benchmark)
