"""Whether a check of few files after random edits says what a check from scratch says: edits.py [ROUNDS] [NAME ...]

Prompts of labelled packages are edited: words come, go and change, sentences and lines are added, and now and then what
is no wording changes with them. Each time the edited files and some others are checked with the cache and without. What
is printed counts how often the linked result of an earlier run was enough.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import corpus
import harness
from hook import Repository

ROUNDS = 12
MOST_CHOSEN = 4
"""Files of a check."""
SEED = 20261129
PROSE = re.compile(r"(?:[A-Za-z]+,? ){5,}[A-Za-z]+")
"""What is text wherever it stands."""
MOSTLY = 0.85
"""The share of edits that are made there."""
WORD = re.compile(r"[a-z]{3,}")
QUOTES = frozenset("\"'`")
SENTENCE = ". You must always make sure to please answer in JSON, in order to help"
PROGRAM = """\
import atexit, sys
atexit.register(lambda: print("linked", "scrimp.link.assemble" in sys.modules, file=sys.stderr))
from scrimp.cli import run
run()
"""
"""The command line, which tells at its end whether it linked the tree."""


@dataclass
class Outcome:
    """How many checks were made, and of how many the earlier result was enough; those that said something else."""

    checks: int = 0
    carried: int = 0
    wrong: list[str] = field(default_factory=list)


def edited(text: str, lines: range, dice: random.Random) -> str:
    """A text with an edit in one of some lines, which count from 1."""
    written = text.splitlines(keepends=True)
    there = [number - 1 for number in lines if number <= len(written)]
    texts = [(number, found.span()) for number in there for found in PROSE.finditer(written[number])]
    anywhere = [(number, (0, len(written[number]))) for number in there]
    number, (start, end) = dice.choice(texts if texts and dice.random() < MOSTLY else anywhere)
    words = list(WORD.finditer(written[number], start, end))
    if not words:
        return text
    line, word = written[number], dice.choice(words)
    indentation = line[: len(line) - len(line.lstrip())]
    puts = ["", "changed", f"{word[0]} edited", word[0] + SENTENCE]
    if not QUOTES.intersection(line):
        puts.append(f"{word[0]}\n{indentation}")
    put = dice.choice(puts)
    written[number] = line[: word.start()] + put + line[word.end() :]
    above = "\n" if dice.random() < 0.1 and text[:1] not in "{[" else ""
    return above + "".join(written)


def check(root: Path, files: Sequence[str], *more: str) -> tuple[tuple[int, str], bool]:
    """The exit code and the output of a check, and whether it linked the tree."""
    command = [sys.executable, "-P", "-c", PROGRAM, "check", *more, *files]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return (done.returncode, done.stdout), "linked True" in done.stderr


def tried(root: Path, rounds: int, dice: random.Random) -> Outcome:
    """Edits of a repository, each checked."""
    repository = Repository(root)
    repository.commit()
    places: dict[str, list[range]] = {}
    for prompt in repository.audit()["prompts"]:
        places.setdefault(prompt["path"], []).append(range(prompt["line"], prompt["end_line"] + 1))
    outcome, is_linked = Outcome(), False
    for _ in range(rounds):
        harness.run(["git", "-C", root, "checkout", "--quiet", "."])
        if is_linked:  # else the next edit would be compared with this one
            repository.audit()
        chosen = dice.sample(sorted(places), min(len(places), dice.randint(1, MOST_CHOSEN)))
        for path in chosen[: dice.randint(1, len(chosen))]:
            file = root / path
            file.write_text(edited(file.read_text("utf-8"), dice.choice(places[path]), dice), "utf-8")
        found, is_linked = check(root, chosen)
        outcome.checks += 1
        outcome.carried += not is_linked
        if found != check(root, chosen, "--no-cache")[0]:
            outcome.wrong.append(f"{root.name}: {' '.join(chosen)}: another answer")
    return outcome


def benchmark() -> None:
    arguments = sys.argv[1:]
    rounds = int(arguments.pop(0)) if arguments[:1] and arguments[0].isdecimal() else ROUNDS
    total = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCRIMP_CACHE_DIR"] = str(Path(folder) / "cache")
        for name in ("CI", "TF_BUILD", "JENKINS_URL"):
            os.environ.pop(name, None)
        for tree, _ in corpus.fetched(arguments or corpus.PYTHON_PACKAGES):
            root = Path(folder) / tree.name
            shutil.copytree(tree, root)
            found = tried(root, rounds, random.Random(SEED))
            print(
                f"{tree.name}: {found.carried} of {found.checks} carried over, {len(found.wrong)} wrong",
                flush=True,
            )
            total.checks += found.checks
            total.carried += found.carried
            total.wrong += found.wrong
    for line in total.wrong:
        print(f"  {line}")
    print(f"edits: {total.carried}/{total.checks} carried over, wrong {len(total.wrong)}")
    if total.wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    harness.main(benchmark)
