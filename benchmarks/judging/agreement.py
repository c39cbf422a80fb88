"""What two readers say of the same findings: how many are right, and how far the readers agree."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import harness

READERS = ("a", "b")
KEYS = frozenset({"package", "version", "path", "line", "rule", "fingerprint", "ok", "reason"})
Z = 1.96
"""Standard deviations on either side that hold 95 % of a normal distribution."""

Judged = Mapping[tuple[str, str], bool]
"""By package and fingerprint, whether a finding is right."""


@dataclass(frozen=True)
class Judgement:
    """What one reader says of one finding."""

    package: str
    version: str
    path: str
    line: int
    rule: str
    fingerprint: str
    ok: bool
    reason: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells the finding from others."""
        return self.package, self.fingerprint


def judgements(file: Path) -> list[Judgement]:
    """The judgements in a file but those without a verdict yet. Raises ``BenchmarkError`` at a broken line."""
    found: dict[tuple[str, str], Judgement] = {}
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            unknown = set(row) ^ KEYS
        except (ValueError, TypeError) as error:
            raise harness.BenchmarkError(f"{file.name}:{number}: {error}") from error
        if unknown:
            raise harness.BenchmarkError(
                f"{file.name}:{number}: missing or unknown: {', '.join(sorted(unknown))}"
            )
        if row["ok"] is None:
            continue
        if not isinstance(row["ok"], bool):
            raise harness.BenchmarkError(f"{file.name}:{number}: ok is neither true, false nor null")
        judgement = Judgement(**row)
        if judgement.key in found:
            raise harness.BenchmarkError(f"{file.name}:{number}: judged twice")
        found[judgement.key] = judgement
    return list(found.values())


def wilson(ok: int, n: int) -> float:
    """The lower bound of Wilson's interval (1927) for a share, 95 %; 0 where nothing was judged."""
    if not n:
        return 0.0
    share = ok / n
    middle = share + Z * Z / (2 * n)
    spread = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return (middle - spread) / (1 + Z * Z / n)


@dataclass(frozen=True)
class Agreement:
    """How often two readers say the same, and Cohen's kappa (1960); ``None`` where chance alone would always agree."""

    both: int
    same: int
    kappa: float | None


def agreement(one: Judged, other: Judged) -> Agreement:
    """The agreement on what both readers judged."""
    both = one.keys() & other.keys()
    n = len(both)
    same = sum(one[key] == other[key] for key in both)
    if not n:
        return Agreement(0, 0, None)
    yes = [sum(judged[key] for key in both) / n for judged in (one, other)]
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return Agreement(n, same, None if chance == 1 else (same / n - chance) / (1 - chance))


def by_key(judged: Iterable[Judgement], rules: Collection[str] | None = None) -> Judged:
    """The verdicts of a reader, on some rules or all."""
    return {each.key: each.ok for each in judged if rules is None or each.rule in rules}
