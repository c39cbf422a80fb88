"""Fixes of random prompts in every host: fixes.py [CASES] [SEED]

Each case is a file in one of the host languages, formats and template languages of ``tests/fix/hosts.py``, with random
text and planted waste, that all fixable rules are run on, unsafe fixes too. Nothing but text of the prompt may change,
no hole may, a second run must have nothing to do, and no prompt may grow.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field

import harness

sys.path.insert(0, str(harness.HERE.parent / "tests"))

CASES = 10_000


@dataclass
class Score:
    """What was tried and what came of it."""

    cases: int = 0
    fixed: int = 0
    hosts: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def report(self) -> None:
        """Print it, the verdict in the last line."""
        print(
            "fixed, by host:",
            *(f"{host} {number}" for host, number in sorted(self.hosts.items())),
            sep="\n  ",
        )
        print(
            "findings fixed, by rule:", *(f"{rule} {number}" for rule, number in sorted(self.rules.items()))
        )
        print(
            "refused:", *(f"{reason}: {number}" for reason, number in self.refused.most_common()), sep="\n  "
        )
        print(*self.broken[:20], sep="\n")
        print(f"cases {self.cases:,} with fixes {self.fixed:,} broken {len(self.broken)}")


def tried(host: str, cases: int, seed: int, score: Score) -> None:
    """Try random cases in a host, the same for the same seed and the same rules."""
    import hypothesis  # noqa: PLC0415  not before the path is set
    from fix.trials import Case, problems  # noqa: PLC0415
    from fix.trials import cases as any_case  # noqa: PLC0415

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(any_case([host]))
    def one(case: Case) -> None:
        found, made = problems(case)
        score.cases += 1
        score.refused.update(refusal.reason for refusal in made.refused)
        score.rules.update(finding.rule for finding in made.fixed)
        if made.rewrites:
            score.fixed += 1
            score.hosts[case.host] += 1
        score.broken += [f"{problem}: {case!r}" for problem in found]

    one()


def benchmark() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="?", type=int, default=CASES, metavar="CASES")
    parser.add_argument("seed", nargs="?", type=int, default=1, metavar="SEED")
    arguments = parser.parse_args()
    from fix.hosts import HOSTS  # noqa: PLC0415  not before the path is set

    score = Score()
    for number, host in enumerate(HOSTS):
        share = (number + 1) * arguments.cases // len(HOSTS) - number * arguments.cases // len(HOSTS)
        tried(host, share, arguments.seed, score)
    score.report()
    if score.broken:
        raise harness.BenchmarkError(f"{len(score.broken)} cases are broken")


if __name__ == "__main__":
    harness.main(benchmark)
