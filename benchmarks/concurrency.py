"""Runs side by side on one cache, some killed, some emptying or damaging it: concurrency.py [TRIALS] [SEED]

Each prints what a run without a cache prints, or the trial failed (see ``tests/store/trials.py``).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import harness

sys.path.insert(0, str(harness.HERE.parent / "tests"))

TRIALS = 1000
SEED = 2611
WIDTH = 6
"""Runs at a time."""


def benchmark() -> None:
    from store.trials import Trials  # noqa: PLC0415  not before the path is set

    number = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    # What forked a run that was killed may still be writing.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        trials = Trials(Path(folder) / "trials", seed)
        trials.make(number, WIDTH)
    print(*trials.wrong[:20], sep="\n")
    print(f"trials {trials.runs:,} killed {trials.killed} wrong {len(trials.wrong)}")


if __name__ == "__main__":
    harness.main(benchmark)
