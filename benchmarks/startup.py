"""Start-up: ``scrimp --version`` against a Python that does nothing, in turns: startup.py [ROUNDS]"""

from __future__ import annotations

import sys

import harness

ROUNDS = 31


def benchmark() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    commands = {
        "scrimp --version": [harness.scrimp(), "--version"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    harness.report_ratio(*harness.interleaved(commands, rounds))


if __name__ == "__main__":
    harness.main(benchmark)
