"""Whether ``scrimp diff`` says what changed in prompts changed in known ways: mutations.py [NAME ...]

Without names, the labelled Python packages are changed. ``mutations/mutate.py`` explains the kinds of change.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import corpus
import harness


def benchmark() -> None:
    command: list[str | Path] = [sys.executable, harness.HERE / "mutations" / "mutate.py", "run"]
    command += ["--scrimp", shlex.quote(harness.scrimp())]
    for tree, labels in corpus.fetched(corpus.names_of_arguments()):
        command += ["--tree", tree, "--labels", labels]
    harness.run(command)


if __name__ == "__main__":
    harness.main(benchmark)
