"""Every run reads the same, wherever its nodes lie in memory and however its sets are ordered."""

import os
import subprocess
import sys

READ = """
import hashlib, msgspec, sys
from scrimp.model.source import Source
from scrimp.readers import reader_for
path, text = sys.argv[1:]
reader = reader_for(path, b"")
facts = reader.read(Source(path, text, ""))
print(hashlib.sha256(msgspec.json.encode(facts)).hexdigest(), len(facts.calls), len(facts.sites))
"""
PYTHON = "\n".join(
    f"def f{n}(a{n}, b{n}):\n    t{n} = 'Answer the question of the user {n}.'\n    g{n}(t{n}, a{n}).h(b{n}, x=t{n})"
    for n in range(60)
)
TYPESCRIPT = "\n".join(
    f"function f{n}(a{n}) {{\n  const t{n} = `Answer the question {n} of ${{a{n}}}.`;\n  return g{n}(t{n}, a{n});\n}}"
    for n in range(60)
)


def reading(path: str, text: str, seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", READ, path, text]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_python_is_read_the_same_in_every_run() -> None:
    assert len({reading("a.py", PYTHON, seed) for seed in "12"}) == 1


def test_typescript_is_read_the_same_in_every_run() -> None:
    assert len({reading("a.ts", TYPESCRIPT, seed) for seed in "12"}) == 1
