"""How time and memory grow with the tree, its prompts, its history and its usage: growth.py [--large]

Each is made by script in three sizes, four times the one before, and measured in a process of its own: seconds of the
processor, so that others at work on the machine don't count, and the peak of the memory of the process. The
exponent is that of what each step adds, the last against the one before, so that what any run takes to start doesn't
count: 1 where the time grows as the size does, and 2 where each meets each.

``--large`` instead audits a tree of 100,000 files, 2,000 of them with prompts, without a cache and with one, and tells
the share of each stage.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import harness
import usage
from grown import SEED, git, text, tree, with_prompt

STEP = 4
ROUNDS = 3  # the quickest one counts
GROWN = 1.25
"""How many times the least the most must be: less is noise."""

MOST = 1.1
"""The exponent that time may grow with."""


@dataclass(frozen=True)
class Taken:
    """What a command took: seconds of the processor, its children included, and the peak of its memory in MiB."""

    seconds: float
    peak: float


def taken(root: Path, *arguments: str, python: str = "") -> Taken:
    """Run scrimp in a folder, with a cache beside it; ``python`` is run before."""
    program = f"{python}\nfrom scrimp.cli import start\nstart()"
    command = [sys.executable, "-P", "-c", program, *arguments]
    environment = {**os.environ, "XDG_CACHE_HOME": str(root.parent / "cache")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with (root / ".git" / "out").open("wb") as output:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=output)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in harness.JUDGED:
        raise harness.BenchmarkError(f"exit code {process.returncode}: scrimp {' '.join(arguments)}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(seconds, used.ru_maxrss / 1024)


def of_files(root: Path, size: int) -> Taken:
    """One file in ten has prompts."""
    tree(root, size, size // 10)
    return taken(root, "audit", "--no-cache", "--jobs", "1")


def of_prompts(root: Path, size: int) -> Taken:
    """One file, in which each text is like some others, and all rules run."""
    draw = random.Random(SEED)
    root.mkdir()
    shared = [text(draw, 60) for _ in range(20)]
    for number in range(0, size, 50):
        lines = (
            f'PROMPT_{each} = "You are assistant {each}. {draw.choice(shared)} {text(draw, 30)}"\n'
            for each in range(number, number + 50)
        )
        (root / f"prompts_{number}.py").write_text("".join(lines))
    (root / "scrimp.yaml").write_text("select: [ALL]\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    return taken(root, "check", "--no-cache", "--jobs", "1")


def of_history(root: Path, size: int) -> Taken:
    """Commits, of which the last is compared with the one before."""
    tree(root, 20, 10)
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=start")
    ask = next(root.glob("*/ask_*.py"))
    commits = "".join(
        f"commit refs/heads/main\ncommitter A <a@example.org> {1_700_000_000 + number} +0000\ndata 1\nx\n"
        + ("from refs/heads/main^0\n" if number == 0 else "")
        + f"M 100644 inline {ask.relative_to(root)}\ndata <<END\n{with_prompt(random.Random(number), number)}END\n\n"
        for number in range(size)
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=commits.encode(), check=True)
    git(root, "reset", "--quiet", "--hard")
    return taken(root, "diff", "HEAD~1", "HEAD", "--no-cache", "--jobs", "1")


def of_usage(root: Path, size: int) -> Taken:
    """Rows of a log of spend."""
    tree(root, 20, 10)
    with (root / ".git" / "spend.jsonl").open("w") as file:
        file.writelines(usage.spend(size))
    return taken(root, "usage", "import", ".git/spend.jsonl", "--dry-run")


GROWING: dict[str, tuple[int, Callable[[Path, int], Taken]]] = {
    "files": (2_000, of_files),
    "prompts": (2_000, of_prompts),
    "commits": (100, of_history),
    "usage rows": (25_000, of_usage),
}
"""What grows, its smallest size, and what it is measured by."""


def grow() -> None:
    for name, (smallest, measured) in GROWING.items():
        sizes = (smallest, smallest * STEP, smallest * STEP**2)
        # Sizes take turns: a machine that is slower for a while is so for all of them.
        rounds = [[in_a_folder(measured, size) for size in sizes] for _ in range(ROUNDS)]
        found = [min(ran, key=lambda one: one.seconds) for ran in zip(*rounds, strict=True)]
        for size, one in zip(sizes, found, strict=True):
            print(f"{size:>9,} {name}: {one.seconds:6.2f} s, {one.peak:4.0f} MiB", flush=True)
        time = exponent([each.seconds for each in found])
        said = "" if time <= MOST else f", which is more than {MOST}"
        memory = math.log(found[-1].peak / found[-2].peak) / math.log(STEP)
        print(f"{name}: time grows with the exponent {time:.2f}{said}, memory with {memory:.2f}", flush=True)


def in_a_folder(measured: Callable[[Path, int], Taken], size: int) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        return measured(Path(folder) / "tree", size)


def exponent(of: Sequence[float]) -> float:
    """How three figures grow, each for a size ``STEP`` times the one before; 0 where they hardly do."""
    first, middle, last = of
    if last < first * GROWN or middle <= first or last <= middle:
        return 0.0
    return math.log((last - middle) / (middle - first)) / math.log(STEP)


STAGES = """
import atexit, os, sys, time
began, spent = time.perf_counter(), {}
def timed(owner, name, stage):
    run = getattr(owner, name)
    def timing(*arguments, **options):
        start = time.perf_counter()
        try:
            return run(*arguments, **options)
        finally:
            spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - start
    setattr(owner, name, timing)
from scrimp.tree import worktree
from scrimp.pipeline import audit, links, scan
timed(worktree, "_listed", "listing")
timed(scan._Run, "first_look", "looking")
timed(scan._Run, "follow", "waiting for what others read")
timed(links, "linked", "linking")
timed(audit, "measure", "measuring")
timed(audit, "find", "checking")
ended = os._exit
def end(code):
    spent["all"] = time.perf_counter() - began
    with open(".git/stages", "w") as file:
        file.writelines(f"{stage}\\t{seconds}\\n" for stage, seconds in spent.items())
    ended(code)
"""
"""Stages by the clock; the process ends as it does, and leaves them in a file."""


def large() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "tree"
        tree(root, 100_000, 2_000)
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message=start")
        for name in ("cold", "warm", "warm again", "one file changed"):
            if name == "one file changed":
                file = next(root.glob("*/ask_*.py"))
                file.write_text(file.read_text().replace("careful", "careless"))
            python = (
                STAGES + "import scrimp.cli\nscrimp.cli.os = type('', (), {'_exit': staticmethod(end)})\n"
            )
            found = taken(root, "audit", python=python)
            lines = (root / ".git" / "stages").read_text().splitlines()
            spent = {stage: float(seconds) for stage, seconds in (line.split("\t") for line in lines)}
            whole = spent.pop("all")
            shares = {stage: seconds / whole for stage, seconds in spent.items()}
            shares["the rest"] = 1 - sum(shares.values())
            said = ", ".join(f"{stage} {share:.2f}" for stage, share in shares.items())
            print(
                f"100,000 files, {name}: {whole:.2f} s, {found.seconds:.2f} s of the processor, "
                f"{found.peak:.0f} MiB; {said}",
                flush=True,
            )
        shutil.rmtree(root)


def benchmark() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--large", action="store_true", help="audit a tree of 100,000 files")
    if arguments.parse_args().large:
        large()
    else:
        grow()


if __name__ == "__main__":
    harness.main(benchmark)
