"""The ``scrimp`` hook on five files with edited prompts, in crewai 1.15.30 and in 5,000 made files: hook.py [ROUNDS]

What pre-commit calls is timed, without pre-commit: a fresh process each time, which finds the cache of the run before.
A Python that does nothing is timed in turns with it. On a busy machine the processor's time says more.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import harness
import made
from speed import CREWAI

ROUNDS = 11
EDITED = 5
ENTRY = ("check", "--force-exclude")
"""As in ``.pre-commit-hooks.yaml``."""
WORD = re.compile(r"(?<= )[a-z]{4,}(?= )")


@dataclass(frozen=True)
class Place:
    """A word of a prompt's text, which is edited: a file, and where the word ends in its text."""

    path: str
    end: int


@dataclass
class Repository:
    """A git repository in which prompts are edited, each time to a text that was never there before."""

    root: Path
    edits: int = 0

    def commit(self) -> None:
        for command in (
            ["init", "--quiet", "--template="],
            ["add", "--all"],
            ["commit", "--quiet", "--message=all"],
        ):
            identity = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org"]
            harness.run(["git", "-C", self.root, *identity, "-c", "commit.gpgsign=false", *command])

    def audit(self) -> dict[str, Any]:
        command = [harness.scrimp(), "audit", ".", "--format", "json"]
        done = subprocess.run(command, cwd=self.root, capture_output=True, check=False)
        if done.returncode not in harness.JUDGED:
            raise harness.BenchmarkError(done.stderr.decode(errors="replace"))
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    def edit(self, places: list[Place], originals: dict[str, str]) -> None:
        """Put a new word into each of some prompts, and stage it."""
        self.edits += 1
        for each in places:
            text = originals[each.path]
            (self.root / each.path).write_text(
                f"{text[: each.end]} {_word(self.edits)}{text[each.end :]}", "utf-8"
            )
        harness.run(["git", "-C", self.root, "add", "--all"])


def _word(number: int) -> str:
    return "edited" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


def places(root: Path, document: dict[str, Any]) -> Iterator[Place]:
    """A word in the first line of a prompt, in as many files as there are."""
    seen = set()
    for prompt in document["prompts"]:
        if prompt["confidence"] != "high" or not prompt["path"].endswith(".py") or prompt["path"] in seen:
            continue
        text = (root / prompt["path"]).read_text("utf-8")
        lines = text.splitlines(keepends=True)
        start = sum(map(len, lines[: prompt["line"] - 1])) + prompt["column"] - 1
        found = WORD.search(text, start, start + len(lines[prompt["line"] - 1]) - prompt["column"])
        if found is not None and "{" not in text[start : found.end()]:
            seen.add(prompt["path"])
            yield Place(prompt["path"], found.end())


def measure(name: str, repository: Repository, rounds: int) -> harness.Timings:
    """The times of the hook, each after an edit of its own."""
    repository.commit()
    before = repository.audit()
    chosen = [each for each, _ in zip(places(repository.root, before), range(EDITED), strict=False)]
    if len(chosen) < EDITED:
        raise harness.BenchmarkError(f"{name}: only {len(chosen)} files have a prompt to edit")
    originals = {each.path: (repository.root / each.path).read_text("utf-8") for each in chosen}
    repository.edit(chosen, originals)
    _refuse_if_unchanged(name, chosen, before, repository.audit())
    command = [harness.scrimp(), *ENTRY, *(each.path for each in chosen)]
    harness.timed(command, repository.root)  # fills the caches
    seconds, processor, bare = [], [], []
    for _ in range(rounds):
        repository.edit(chosen, originals)
        before_it = _processor()
        seconds.append(harness.timed(command, repository.root))
        processor.append(_processor() - before_it)
        bare.append(harness.timed([sys.executable, "-c", "pass"], repository.root))
    timings = harness.Timings(f"hook on {EDITED} edited files, {name}", seconds)
    print(timings, harness.Timings("  of the processor", processor), sep="\n")
    print(harness.Timings("python -c pass", bare), flush=True)
    return timings


def _processor() -> float:
    """Seconds that the processor spent on processes that have ended, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _refuse_if_unchanged(
    name: str, chosen: list[Place], before: dict[str, Any], after: dict[str, Any]
) -> None:
    """What is timed must be what is claimed: in each of the files a prompt's text has changed."""
    texts = [
        {each["id"]: each["text_sha256"] for each in document["prompts"]} for document in (before, after)
    ]
    changed = {key.partition("::")[0] for key in texts[1] if texts[0].get(key) != texts[1][key]}
    if not {each.path for each in chosen} <= changed:
        raise harness.BenchmarkError(f"{name}: an edit changed no prompt")


def benchmark() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    source = CREWAI.unpacked()
    with tempfile.TemporaryDirectory() as folder:
        # A cache of its own, not inside of what is scanned; and no CI, in which there would be none.
        os.environ["SCRIMP_CACHE_DIR"] = str(Path(folder) / "cache")
        for name in ("CI", "TF_BUILD", "JENKINS_URL"):
            os.environ.pop(name, None)
        crewai, large = Path(folder) / "crewai", Path(folder) / "large"
        shutil.copytree(source, crewai)
        made.write_tree(large)
        one = measure("crewai", Repository(crewai), rounds)
        other = measure(f"{made.FILES:,} files", Repository(large), rounds)
    print(f"hook: crewai {one.median:.2f} s, {made.FILES:,} files {other.median:.2f} s")


if __name__ == "__main__":
    harness.main(benchmark)
