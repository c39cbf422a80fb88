"""Recall and precision of ``scrimp audit`` on packages whose prompts are labelled: corpus.py [NAME ...]

Without names, the Python packages are scored. ``stagehand``, a JavaScript package, is downloaded with npm.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import harness

CORPUS = harness.HERE / "corpus"
PYTHON_PACKAGES = ["autogen-agentchat", "gpt-researcher", "smolagents"]


def fetched(names: list[str]) -> list[tuple[Path, Path]]:
    """The tree and the labels of each of the named packages, downloaded if need be."""
    packages = {
        package["name"]: package for package in json.loads((CORPUS / "manifest.json").read_text())["packages"]
    }
    unknown = [name for name in names if name not in packages]
    if unknown:
        raise harness.BenchmarkError(f"not in the corpus: {', '.join(unknown)}; it has {', '.join(packages)}")
    fetch: list[str | Path] = [
        sys.executable,
        CORPUS / "fetch.py",
        harness.trees(),
        "--archives",
        harness.ARCHIVES,
    ]
    harness.run([*fetch, "--only", *names])
    return [(harness.trees() / name, CORPUS / packages[name]["labels"]) for name in names]


def names_of_arguments() -> list[str]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=PYTHON_PACKAGES, metavar="NAME")
    return list(parser.parse_args().names)


def benchmark() -> None:
    score: list[str | Path] = [sys.executable, CORPUS / "score.py"]
    for tree, labels in fetched(names_of_arguments()):
        score += ["--labels", labels, "--audit", harness.audit(tree), "--tree", tree]
    harness.run(score)


if __name__ == "__main__":
    harness.main(benchmark)
