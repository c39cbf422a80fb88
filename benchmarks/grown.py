"""Trees made by rule, of any size: files of several languages, the last of which hold prompts."""

from __future__ import annotations

import random
from pathlib import Path

import harness

SEED = 11
WORDS = (
    *("answer", "judge", "review", "summary", "customer", "ticket", "order", "invoice", "release"),
    *("plan", "step", "reason", "source", "table", "report", "question", "careful", "short"),
    *("exact", "friendly", "never", "always", "first", "second", "third", "name", "each"),
    *("problem", "once", "brief", "user", "model", "data", "field"),
)


def text(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(WORDS, k=words))


def with_prompt(draw: random.Random, number: int) -> str:
    """A module whose call sends a constant and a template of its own."""
    return f'''\
from openai import OpenAI

SYSTEM_{number} = """You are assistant {number}. {text(draw, 60)}.

{text(draw, 40)}."""
USER_{number} = "Question {number}: {{question}} {text(draw, 12)}"


def answer_{number}(question, client: OpenAI) -> str:
    reply = client.chat.completions.create(
        model="gpt-4o-mini",
        max_tokens=300,
        messages=[
            {{"role": "system", "content": SYSTEM_{number}}},
            {{"role": "user", "content": USER_{number}.format(question=question)}},
        ],
    )
    return reply.choices[0].message.content
'''


def code(draw: random.Random, number: int) -> str:
    """A module without a prompt."""
    body = "".join(
        f"    def {draw.choice(WORDS)}_{each}(self, value: int) -> int:\n"
        f"        self.{draw.choice(WORDS)} = value + {each}\n        return self.total(value, {each})\n\n"
        for each in range(12)
    )
    return f'import os\nimport json\n\n\nclass Part{number}:\n    """{text(draw, 8)}."""\n\n{body}'


def others(draw: random.Random, number: int) -> tuple[str, str]:
    """A file as they lie beside code: its suffix and content."""
    kind = number % 5
    if kind == 0:
        return "ts", f"export function part{number}(a: number): number {{\n  return a + {number};\n}}\n" * 8
    if kind == 1:
        return "json", '{"name": "part", "values": [' + ", ".join(map(str, range(60))) + "]}\n"
    if kind == 2:
        return "md", f"# Part {number}\n\n{text(draw, 80)}\n"
    if kind == 3:
        return "yaml", f"name: part{number}\nsteps:\n" + "".join(
            f"  - run: make {each}\n" for each in WORDS[:9]
        )
    return "go", f"package part\n\nfunc Part{number}(a int) int {{\n\treturn a + {number}\n}}\n" * 6


def tree(root: Path, files: int, prompts: int) -> None:
    """A repository of that many files, of which the last so many hold prompts; a hundred in a folder."""
    draw = random.Random(SEED)
    for number in range(files):
        folder = root / f"part_{number // 100}"
        folder.mkdir(parents=True, exist_ok=True)
        if number >= files - prompts:
            (folder / f"ask_{number}.py").write_text(with_prompt(draw, number))
        elif number % 2:
            (folder / f"part_{number}.py").write_text(code(draw, number))
        else:
            suffix, content = others(draw, number)
            (folder / f"part_{number}.{suffix}").write_text(content)
    git(root, "init", "--quiet", "--initial-branch=main")


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A Benchmark", "-c", "user.email=benchmark@example.org", "-c", "gc.auto=0")
    harness.run(["git", *identity, *arguments], cwd=root)
