"""Runs side by side on one cache, some of them killed, while others empty or damage it."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from scrimp import cli
from scrimp.tokens.vocabularies import encoding

PRELOADED = (
    "scrimp.commands.audit",
    "scrimp.commands.check",
    "scrimp.pipeline.lint",
    "scrimp.reporters.json",
)
"""What each run would import anew."""

CALL = '''\
from openai import OpenAI

SYSTEM = """You are a helpful assistant of a shop. Please make sure that you answer number {number} politely."""


def answer(question):
    return OpenAI().chat.completions.create(
        model="gpt-5-mini",
        messages=[{{"role": "system", "content": SYSTEM}}, {{"role": "user", "content": question}}],
    )
'''


@dataclass(frozen=True)
class Outcome:
    """What a run printed, and what it ended with; negative for a signal."""

    code: int
    out: bytes


@dataclass
class Run:
    """A run under way, in a process of its own that was forked."""

    process: int
    output: Path
    question: tuple[str, ...]
    killed: bool = False

    def outcome(self) -> Outcome:
        """Wait for it; one that was killed at once has printed nothing."""
        _, status = os.waitpid(self.process, 0)
        printed = self.output.read_bytes() if self.output.exists() else b""
        return Outcome(os.waitstatus_to_exitcode(status), printed)


@dataclass
class Trials:
    """Trials in a ``folder``: a tree, one cache, and what runs print."""

    folder: Path
    seed: int
    variants: int = 12
    """Texts that are checked: each is met many times, by runs that know it and by runs that don't."""
    chance: random.Random = field(init=False)
    known: dict[tuple[str, ...], Outcome] = field(default_factory=dict)
    """The right answers, from runs without a cache."""
    wrong: list[str] = field(default_factory=list)
    started: int = 0
    runs: int = 0
    killed: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        for name in PRELOADED:
            import_module(name)
        encoding("o200k_base")
        self.tree.mkdir(parents=True)
        for number in range(self.variants):
            (self.tree / f"module{number}.py").write_text(CALL.format(number=number))

    @property
    def tree(self) -> Path:
        """The tree that all runs are of."""
        return self.folder / "tree"

    @property
    def cache(self) -> Path:
        """The cache that they share."""
        return self.folder / "cache"

    def make(self, number: int, width: int) -> None:
        """Make a number of trials, so many at a time; what went wrong is in ``wrong``."""
        for question in self._questions():
            self.known[question] = self._start((*question, "--no-cache")).outcome()
        under_way: list[Run] = []
        while self.runs < number or under_way:
            while len(under_way) < width and self.runs < number:
                under_way.append(self._start(self.chance.choice(list(self.known))))
                self.runs += 1
            self._disturb(under_way)
            self._judge(under_way.pop(self.chance.randrange(len(under_way))))

    def _questions(self) -> Iterator[tuple[str, ...]]:
        yield ("audit", "--format", "json")
        yield ("check", "--format", "csv")
        for number in range(self.variants):
            yield ("check", f"module{number}.py", "--format", "json")
            yield ("check", "-", "--stdin-filename", f"module{number}.py", "--format", "json")

    def _start(self, question: tuple[str, ...]) -> Run:
        output = self.folder / f"run{self.started}.out"
        self.started += 1
        process = os.fork()
        if process:
            return Run(process, output, question)
        try:
            os._exit(self._run(question, output))
        finally:
            os._exit(99)

    def _run(self, question: tuple[str, ...], output: Path) -> int:
        """Run the command line in this process, which is a child."""
        os.chdir(self.tree)
        os.environ["SCRIMP_CACHE_DIR"] = str(self.cache)
        given = output.with_suffix(".in")
        given.write_text(CALL.format(number=f"as it is in {question[:3]}"))
        for file, descriptor, flags in (
            (given, 0, os.O_RDONLY),
            (output, 1, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (output.with_suffix(".err"), 2, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            os.dup2(os.open(file, flags, 0o600), descriptor)
        sys.stdin = os.fdopen(0, "r", encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        sys.argv = ["scrimp", *question]
        try:
            cli.run()
        except SystemExit as end:
            sys.stdout.flush()
            sys.stderr.flush()
            return end.code if isinstance(end.code, int) else 98

    def _disturb(self, under_way: list[Run]) -> None:
        """Sometimes kill a run, empty the cache, or damage a file of it."""
        event = self.chance.random()
        if event < 0.06:
            time.sleep(self.chance.random() * 0.1)
            victim = self.chance.choice(under_way)
            victim.killed = True
            os.kill(victim.process, signal.SIGKILL)
        elif event < 0.09:
            self._start(("cache", "clean")).outcome()
        elif event < 0.14:
            self._damage()

    def _damage(self) -> None:
        files = [each for each in self.cache.rglob("*") if each.is_file()]
        try:
            if files:
                with self.chance.choice(files).open("r+b") as stream:
                    stream.seek(self.chance.randrange(200))
                    stream.write(bytes(self.chance.randrange(1, 40)))
        except OSError:
            return  # a run has just replaced or removed it

    def _judge(self, run: Run) -> None:
        outcome = run.outcome()
        self.killed += run.killed
        if outcome != self.known[run.question] and not (run.killed and outcome.code == -signal.SIGKILL):
            errors = run.output.with_suffix(".err")
            said = (errors.read_text() if errors.exists() else "") or outcome.out.decode()
            self.wrong.append(f"{' '.join(run.question)}: ended with {outcome.code}: {said[-500:]}")
        run.output.unlink(missing_ok=True)
