"""The pinned corpus: which wheels, and where they are unpacked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import harness

FOLDER = harness.HERE / "rules"
LOCK = FOLDER / "corpus.lock"
SIZE = 4
"""Columns of the lock."""


@dataclass(frozen=True)
class Locked:
    """A wheel of the corpus, and the name of its file."""

    wheel: harness.Wheel
    file: str

    @property
    def package(self) -> str:
        return self.wheel.package


def corpus(names: list[str]) -> list[Locked]:
    """The wheels of the lock in its order, or those with some names."""
    rows = [line.split() for line in LOCK.read_text().splitlines() if line and not line.startswith("#")]
    broken = [row for row in rows if len(row) != SIZE]
    if broken:
        raise harness.BenchmarkError(
            f"{LOCK.name}: not name, version, file and sha256: {' '.join(broken[0])}"
        )
    known = {name: Locked(harness.Wheel(name, version, digest), file) for name, version, file, digest in rows}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise harness.BenchmarkError(f"not in the corpus: {', '.join(unknown)}; it has {', '.join(known)}")
    return [known[name] for name in names or known]


def folder(locked: Locked) -> Path:
    """A wheel's unpacked files, downloaded if need be."""
    return locked.wheel.unpacked()
