"""Audits of crewai 1.15.30, cold and warm, against tokentoll 0.8.3 on the same files, in turns: speed.py [ROUNDS]

Cold means a fresh process without a cache of its own, warm one that was asked the same before; the files are in the
operating system's cache for all.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import harness

CREWAI = harness.Wheel(
    "crewai", "1.15.30", "a54909d778971a7ef21b6a1d52a59090fcc3e1c3fb09bb5ea5b117e6157e0e65"
)
PEER = "tokentoll==0.8.3"
PEER_FOLDER = harness.DOWNLOADS / "tokentoll-0.8.3"
ROUNDS = 7


def peer() -> str:
    """The peer's command, in an environment of its own with the same Python."""
    python = harness.environment_python(PEER_FOLDER)
    command = python.with_name("tokentoll")
    if not command.exists():
        harness.run([sys.executable, "-m", "venv", "--clear", PEER_FOLDER])
        harness.run([python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", PEER])
    return str(command)


def benchmark() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    tree: Path = CREWAI.unpacked()
    os.environ["SCRIMP_CACHE_DIR"] = str(harness.DOWNLOADS / "cache")
    commands = {
        "scrimp warm": [harness.scrimp(), "audit", ".", "--cache", "--format", "json"],
        "scrimp": [harness.scrimp(), "audit", ".", "--no-cache", "--format", "json"],
        "tokentoll": [peer(), "scan", ".", "--format", "json"],
    }
    warm, cold, other = harness.interleaved(commands, rounds, cwd=tree)
    harness.report_ratio(warm, other)
    harness.report_ratio(cold, other)


if __name__ == "__main__":
    harness.main(benchmark)
