"""Repositories of any size, made by rule: one file in fifty has prompts, the others are ordinary code."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import harness

MODULES = 20
"""Files of a package."""

WITH_PROMPTS = 5
"""One in so many packages has a module of prompts and one that sends them."""

WORDS = [
    "account",
    "answer",
    "ask",
    "batch",
    "build",
    "call",
    "change",
    "check",
    "client",
    "code",
    "customer",
    "data",
    "date",
    "detail",
    "each",
    "entry",
    "error",
    "event",
    "field",
    "file",
    "filter",
    "find",
    "format",
    "group",
    "handle",
    "index",
    "item",
    "job",
    "key",
    "language",
    "level",
    "limit",
    "line",
    "list",
    "load",
    "map",
    "match",
    "message",
    "method",
    "name",
    "note",
    "order",
    "page",
    "part",
    "path",
    "plan",
    "point",
    "process",
    "product",
    "query",
    "question",
    "rate",
    "read",
    "record",
    "report",
    "result",
    "return",
    "role",
    "row",
    "rule",
    "run",
    "search",
    "send",
    "set",
    "size",
    "sort",
    "source",
    "state",
    "step",
    "store",
    "summary",
    "support",
    "table",
    "tag",
    "task",
    "team",
    "text",
    "time",
    "title",
    "token",
    "tool",
    "type",
    "unit",
    "update",
    "user",
    "value",
    "version",
    "view",
    "week",
    "word",
    "write",
    "year",
]


def repository(files: int) -> Path:
    """A repository with about so many files, committed; made once, and the same each time."""
    root = harness.DOWNLOADS / f"generated-{files}"
    if root.exists():
        return root
    temporary = root.with_name(f"{root.name}.new")
    shutil.rmtree(temporary, ignore_errors=True)
    for number in range(files // MODULES):
        _package(temporary / "src" / f"area{number // 25:03}" / f"package{number:04}", random.Random(number))
    for command in (
        ["init", "--quiet", "--template="],
        ["add", "--all"],
        ["commit", "--quiet", "--message=x"],
    ):
        identity = ("-c", "user.name=A Benchmark", "-c", "user.email=benchmark@example.org")
        subprocess.run(["git", *identity, *command], cwd=temporary, check=True)
    temporary.rename(root)
    return root


def prompt_files(root: Path, number: int) -> list[Path]:
    """The first files with prompts."""
    return sorted(root.glob("src/*/*/prompts.py"))[:number]


def _package(folder: Path, chance: random.Random) -> None:
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(f'"""About {_words(chance, 4)}."""\n')
    plain = MODULES - 1
    if int(folder.name[-4:]) % WITH_PROMPTS == 0:
        (folder / "prompts.py").write_text(_prompts(chance))
        (folder / "client.py").write_text(CLIENT)
        plain -= 2
    names = [f"{chance.choice(WORDS)}_{number}" for number in range(plain)]
    for number, name in enumerate(names):
        (folder / f"{name}.py").write_text(_module(chance, names[:number][-3:]))


def _words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(WORDS, k=number))


def _prompts(chance: random.Random) -> str:
    texts = [f"You are an assistant. {_words(chance, 60).capitalize()}." for _ in range(3)]
    named = zip(("FIRST", "SECOND", "THIRD"), texts, strict=True)
    return "\n".join(f'{name} = """{text}\n\n{{question}}"""\n' for name, text in named)


def _module(chance: random.Random, others: list[str]) -> str:
    lines = [f'"""Does {_words(chance, 5)}."""', "", "from __future__ import annotations", ""]
    lines += [f"from .{other} import run as run_{other}" for other in others]
    for number in range(chance.randint(4, 10)):
        name = f"{chance.choice(WORDS)}_{chance.choice(WORDS)}_{number}"
        lines += ["", "", f"def {name}({chance.choice(WORDS)}, {chance.choice(WORDS)}_2=None):"]
        lines += [f'    """Gives the {_words(chance, 6)}."""']
        for step in range(chance.randint(3, 9)):
            lines += [
                f"    {chance.choice(WORDS)}_{step} = dict({chance.choice(WORDS)}={step}, note={_words(chance, 2)!r})"
            ]
        lines += [f"    return [{chance.randint(0, 99)}, {_words(chance, 3)!r}]"]
    lines += ["", "", "def run(*given):", "    return [each for each in given]", ""]
    return "\n".join(lines)


CLIENT = '''\
"""Asks the model."""

from openai import OpenAI

from .prompts import FIRST, SECOND, THIRD


def ask(question, kind):
    template = {"first": FIRST, "second": SECOND}.get(kind, THIRD)
    return OpenAI().chat.completions.create(
        model="gpt-5-mini",
        messages=[
            {"role": "system", "content": FIRST.format(question=question)},
            {"role": "user", "content": template.format(question=question)},
        ],
    )
'''
