"""A cold audit of crewai 1.15.30 against tokentoll 0.8.3 on the same files, in turns: speed.py [ROUNDS]

Cold means a fresh process without a cache of its own; the files are in the operating system's cache for both.
"""

from __future__ import annotations

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
    commands = {
        "scrimp": [harness.scrimp(), "audit", ".", "--no-cache", "--format", "json"],
        "tokentoll": [peer(), "scan", ".", "--format", "json"],
    }
    harness.report_ratio(*harness.interleaved(commands, rounds, cwd=tree))


if __name__ == "__main__":
    harness.main(benchmark)
