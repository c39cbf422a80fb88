"""``scrimp check`` of five files with an edited prompt each, in a repository checked before: edits.py [ROUNDS]

In crewai 1.15.30 and in a repository of 5,000 files that is made by rule. Each round edits the prompts anew, so that no
answer is known, and checks the same files once with and once without a cache: both must print the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import generated
import harness
from speed import CREWAI

FILES = 5
ROUNDS = 5
OPENING = re.compile(r'[rRfFuUbB]{0,2}("""|\'\'\'|"|\')')


@dataclass(frozen=True)
class Place:
    """Where a prompt's literal opens: line and column, 1-based."""

    file: Path
    line: int
    column: int

    def edit(self, words: str) -> None:
        """Put some words in front of the prompt."""
        lines = self.file.read_text("utf-8").split("\n")
        line = lines[self.line - 1]
        opening = OPENING.match(line, self.column - 1)
        assert opening is not None
        lines[self.line - 1] = f"{line[: opening.end()]}{words} {line[opening.end() :]}"
        self.file.write_text("\n".join(lines), "utf-8")


def places(root: Path) -> list[Place]:
    """The first message of each of some files, as ``audit`` tells it."""
    done = subprocess.run(
        [harness.scrimp(), "audit", "--format", "json"], cwd=root, check=False, capture_output=True
    )
    found: dict[str, Place] = {}
    for prompt in json.loads(done.stdout)["prompts"]:
        path = prompt["path"]
        if path.endswith(".py") and prompt["kind"] == "message" and prompt["confidence"] == "high":
            place = Place(root / path, prompt["line"], prompt["column"])
            line = place.file.read_text("utf-8").split("\n")[place.line - 1]
            if OPENING.match(line, place.column - 1):
                found.setdefault(path, place)
    return list(found.values())[:FILES]


def crewai() -> Path:
    """A copy of crewai in a repository of its own."""
    root = harness.DOWNLOADS / "edited-crewai"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(CREWAI.unpacked(), root)
    for command in (["init", "--quiet", "--template="], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root


def measured(name: str, root: Path, rounds: int) -> None:
    """Time one repository, and print it."""
    edited = places(root)
    command = [harness.scrimp(), "check", *(str(each.file.relative_to(root)) for each in edited)]
    warm: list[float] = []
    anew: list[float] = []
    for number in range(rounds + 1):
        for each in edited:
            each.edit(f"Round {number} begins here.")
        outputs = [root.with_name(f"{root.name}-{kind}.json") for kind in ("warm", "anew")]
        for times, kind, output in zip((warm, anew), ("--cache", "--no-cache"), outputs, strict=True):
            words = [*command, kind, "--format", "json", "--output", str(output)]
            times.append(harness.timed(words, root))
        if outputs[0].read_bytes() != outputs[1].read_bytes():
            raise harness.BenchmarkError(f"{name}: a cache makes a difference: {outputs[0]} and {outputs[1]}")
    for kind, times in (("with the cache", warm), ("without", anew)):
        print(harness.Timings(f"check of {len(edited)} edited files in {name}, {kind}", times[1:]))


def benchmark() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    os.environ["SCRIMP_CACHE_DIR"] = str(harness.DOWNLOADS / "cache")
    measured("crewai", crewai(), rounds)
    root = generated.repository(5000)
    copy = root.with_name("edited-5000")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    measured("5,000 files", copy, rounds)


if __name__ == "__main__":
    harness.main(benchmark)
