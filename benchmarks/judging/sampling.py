"""Findings to judge by reading: at most so many a package, the same for the same seed, each with its surroundings."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scrimp.fix import Rewrite, unified_diff
from scrimp.fix.shift import splice
from scrimp.model.findings import Edit, Finding
from scrimp.model.source import Skipped
from scrimp.reporters.safe import safe
from scrimp.tree.decode import decode

MOST = 60
MOST_A_PACKAGE = 5
AROUND = 12
"""Lines shown before and behind a finding."""
MOST_LINES = 90
"""Lines shown of a finding that is longer."""
SEED = 20261128


@dataclass(frozen=True)
class Sampled:
    """A finding, and the package that it was found in, unpacked at ``root``."""

    package: str
    version: str
    root: Path
    finding: Finding

    def row(self) -> dict[str, object]:
        """What a judgement says of it, still without a verdict."""
        finding = self.finding
        return {
            "package": self.package,
            "version": self.version,
            "path": finding.path,
            "line": finding.place.line,
            "rule": finding.rule,
            "fingerprint": finding.fingerprint,
            "ok": None,
            "reason": "",
        }


def sample(found: Iterable[Sampled], rule: str, seed: int = SEED) -> list[Sampled]:
    """Up to 60 findings of a rule, at most 5 a package, in a random order that the seed decides."""
    packages: dict[str, list[Sampled]] = {}
    for one in found:
        if one.finding.rule == rule:
            packages.setdefault(one.package, []).append(one)
    chosen: list[Sampled] = []
    for name, own in packages.items():
        own.sort(key=lambda one: one.finding.fingerprint)
        random.Random(f"{seed} {rule} {name}").shuffle(own)
        chosen += own[:MOST_A_PACKAGE]
    random.Random(f"{seed} {rule}").shuffle(chosen)
    return chosen[:MOST]


def shown(number: int, sampled: Sampled) -> str:
    """A finding as a reader sees it: its message, the lines around it, and what its fix would change."""
    finding = sampled.finding
    saves = "unknown" if finding.tokens_saved is None else f"{finding.tokens_saved} tokens"
    where = f"{finding.path}:{finding.place.line}:{finding.place.column}"
    head = (
        f"=== {number}. {sampled.package} {sampled.version} {where}\n"
        f"{finding.rule} {finding.name} saves {saves}, prompt {finding.prompt or '-'}\n"
        f"fingerprint {finding.fingerprint}\n{finding.message}\n"
    )
    source = decode(finding.path, (sampled.root / finding.path).read_bytes()) if _is_file(sampled) else None
    if source is None or isinstance(source, Skipped):
        return safe(head)
    body = "\n".join(_lines(source.text.split("\n"), finding))
    return "\n".join(safe(line) for line in f"{head}---\n{body}\n{''.join(_diffs(sampled))}".split("\n"))


def blank(sampled: Sampled) -> str:
    """A line of a file of judgements, to be filled in."""
    return json.dumps(sampled.row(), ensure_ascii=False)


def _is_file(sampled: Sampled) -> bool:
    return (sampled.root / sampled.finding.path).is_file()


def _lines(lines: Sequence[str], finding: Finding) -> Iterator[str]:
    """The lines around a finding, those of it marked."""
    first, last = finding.place.line, finding.place.end_line
    start, end = max(first - AROUND, 1), min(last + AROUND, len(lines))
    for number in range(start, min(end, start + MOST_LINES) + 1):
        mark = ">" if first <= number <= last else " "
        yield f"{mark}{number:>6} {lines[number - 1]}"
    if end > start + MOST_LINES:
        yield f"        ... to line {last}"


def _diffs(sampled: Sampled) -> Iterator[str]:
    fix = sampled.finding.fix
    by_path: dict[str, list[Edit]] = {}
    for edit in fix.edits if fix else ():
        by_path.setdefault(edit.path, []).append(edit)
    for path, edits in by_path.items():
        source = decode(path, (sampled.root / path).read_bytes())
        if not isinstance(source, Skipped):
            yield f"--- {fix.safety if fix else ''} fix\n"
            yield unified_diff(Rewrite(source, splice(source.text, edits)))
