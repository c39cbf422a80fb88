"""Importing usage: seconds for 100,000 rows and 1,000 prompts, and memory against rows: usage.py [--largest ROWS]

Rows are those of a LiteLLM proxy, each with a tag that names its prompt. Memory is the peak of a process of its own
that reads, adds up and joins; it grows with prompts and days (each prompt is called on each day in all exports), and
should not with rows. One document of OpenTelemetry spans is read too, as it has no lines to be read by.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import harness

from scrimp.config.globs import Target
from scrimp.usage import ledger
from scrimp.usage.join import Matcher
from scrimp.usage.measured import measure, windows
from scrimp.usage.reading import Choices, Reading, batches
from scrimp.usage.targets import CallTarget

PROMPTS = 1_000
ROWS = (31_000, 100_000, 400_000)
SECONDS = 5.0  # of the processor, for 100,000 rows: by the clock it depends on who else is at work
GROWTH = 1.25  # of peak memory, from the least rows to the most
START = 1_790_812_800  # 2026-10-01, 00:00 UTC
MONTH = 31 * 86_400


def spend(rows: int) -> Iterator[str]:
    """Rows of a log of spend, over a month."""
    for number in range(rows):
        at = START + number // PROMPTS % 31 * 86_400 + number % 86_400
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
        row = {
            "request_id": f"chatcmpl-{number}",
            "spend": 0.001,
            "prompt_tokens": 900 + number % 200,
            "completion_tokens": 100,
            "startTime": moment,
            "model": "gpt-4o",
            "custom_llm_provider": "openai",
            "cache_hit": "False",
            "request_tags": [f"prompts/p{number % PROMPTS}.txt"],
            "metadata": {
                "usage_object": {"prompt_tokens_details": {"cached_tokens": 100}},
                "note": "x" * 400,
            },
        }
        yield json.dumps(row) + "\n"


def spans(rows: int) -> Iterator[str]:
    """One document of spans."""
    yield '{"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"scope": {}, "spans": ['
    for number in range(rows):
        attributes = {
            "gen_ai.operation.name": {"stringValue": "chat"},
            "gen_ai.request.model": {"stringValue": "gpt-4o"},
            "gen_ai.usage.input_tokens": {"intValue": "900"},
            "gen_ai.usage.output_tokens": {"intValue": "100"},
            "code.file.path": {"stringValue": f"/srv/prompts/p{number % PROMPTS}.txt"},
        }
        span = {
            "traceId": f"{number:032x}",
            "spanId": f"{number:016x}",
            "startTimeUnixNano": str((START + number * MONTH // rows) * 10**9),
            "attributes": [{"key": key, "value": value} for key, value in attributes.items()],
        }
        yield ("," if number else "") + json.dumps(span)
    yield "]}]}]}"


def imported(path: Path) -> None:
    """Read, add up and join one export; print the calls joined, seconds, and the peak of memory in MiB."""
    paths = [f"prompts/p{number}.txt" for number in range(PROMPTS)]
    targets = [
        CallTarget(
            f"{each}!", each, each, "", (Target(each, each, each),), "gpt-4o", "openai", "", None, 100, False
        )
        for each in paths
    ]
    begun, started = time.perf_counter(), time.process_time()
    (batch,) = batches([path], Choices(), Reading())
    cells = ledger.merge((), batch.cells, in_buckets=False).cells
    joined = Matcher(targets).join(cells)
    measures = measure(joined, targets, windows(cells, None))
    seconds, used = time.perf_counter() - begun, time.process_time() - started
    calls = sum(share.cell.sums.calls or 0 for shares in measures.counted.values() for share in shares)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"calls": calls, "seconds": seconds, "used": used, "peak": peak}))


def benchmark() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--largest", type=int, default=ROWS[-1], help="rows of the largest export")
    arguments.add_argument("--import", dest="export", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.export:
        imported(given.export)
        return
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, rows, lines in (
            *((f"{rows:>9,} rows of spend", rows, spend(rows)) for rows in (*ROWS[:-1], given.largest)),
            ("  100,000 spans in one document", 100_000, spans(100_000)),
        ):
            path = Path(folder) / "export.json"
            with path.open("w") as stream:
                stream.writelines(lines)
            done = subprocess.run(
                [sys.executable, __file__, "--import", str(path)], capture_output=True, text=True, check=True
            )
            found = results[name] = json.loads(done.stdout)
            assert found["calls"] == rows, f"{found['calls']} of {rows} calls were joined"
            size, peak = path.stat().st_size / 2**20, found["peak"]
            times = f"{found['seconds']:6.2f} s, {found['used']:6.2f} of the processor"
            print(f"{name:<31} {size:5.0f} MiB  {times}  peak {peak:4.0f} MiB")
    peaks = [found["peak"] for found in results.values()]
    used = list(results.values())[1]["used"]
    growth = (
        f"memory from {ROWS[0]:,} to {given.largest:,} rows x {peaks[2] / peaks[0]:.2f} (at most {GROWTH})"
    )
    print(
        f"100,000 rows x {PROMPTS:,} prompts in {used:.2f} s of the processor (at most {SECONDS:.0f}); {growth}"
    )


if __name__ == "__main__":
    harness.main(benchmark)
