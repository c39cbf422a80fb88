"""What ``scrimp audit`` takes for prompts in code that has none: high and medium ones a 1,000 files."""

from __future__ import annotations

import sys
from pathlib import Path

import harness

WHEELS = (
    harness.Wheel("django", "5.2.19", "5965d974a5218a2b68a11dd1276434707f23886525c23f0598eccedaf4f4ca00"),
    harness.Wheel("celery", "5.7.0", "18310a9c919f9029e4735367484d93e6a25cdfd30afdc474622cc263d9b35f6e"),
    harness.Wheel("wagtail", "8.0.1", "1e6ad5c7891a54efce1400e168298b5a2cc343b642cee89c31bf5ec30c98b26c"),
)


def benchmark() -> None:
    score: list[str | Path] = [sys.executable, harness.HERE / "corpus" / "score.py"]
    for wheel in WHEELS:
        tree = wheel.unpacked()
        score += ["--negatives", harness.audit(tree), "--tree", tree]
    harness.run(score)


if __name__ == "__main__":
    harness.main(benchmark)
