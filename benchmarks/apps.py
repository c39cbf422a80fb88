"""What ``scrimp audit`` sees in five applications of styles that the corpus lacks: apps.py [NAME ...]

Nothing in them is labelled prompt by prompt: the figures are for comparison between versions of scrimp, and what it
reports is to be read. ``calls.py`` has the calls of three of them as labels.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

import harness

PINS = harness.HERE / "apps.json"
CONFIDENCES = ("high", "medium", "low")
ASIDE = re.compile(r"(^|/)(tests?|__tests__|examples?|evals|fixtures)/|\.(test|spec)\.")
"""Paths of tests and examples, which applications that are published as written bring along."""


def pins() -> dict[str, dict[str, Any]]:
    """The pinned applications by name, as ``corpus/manifest.json`` has its packages."""
    return {package["name"]: package for package in json.loads(PINS.read_text())["packages"]}


def fetched(names: list[str]) -> dict[str, Path]:
    """The trees of the named applications, downloaded if need be."""
    unknown = [name for name in names if name not in pins()]
    if unknown:
        raise harness.BenchmarkError(f"not pinned: {', '.join(unknown)}; pinned are {', '.join(pins())}")
    trees = {name: harness.trees() / name for name in names}
    missing = [name for name, tree in trees.items() if not tree.exists()]
    if missing:
        fetch: list[str | Path] = [sys.executable, harness.HERE / "corpus" / "fetch.py", harness.trees()]
        harness.run([*fetch, "--manifest", PINS, "--archives", harness.ARCHIVES, "--only", *missing])
    return trees


def described(document: dict[str, Any]) -> str:
    """One line on an audit, tests apart: its prompts by confidence, and its requests by what is known."""
    prompts = [prompt for prompt in document["prompts"] if not ASIDE.search(prompt["path"])]
    requests = [
        request
        for request in document["requests"]
        if not request["implicit"] and not ASIDE.search(request["path"])
    ]
    counts = [
        f"{sum(prompt['confidence'] == confidence for prompt in prompts)} {confidence}"
        for confidence in CONFIDENCES
    ]
    tokens = sum(prompt["tokens"]["static"] for prompt in prompts if prompt["confidence"] != "low")
    with_text = sum(request["text"] in ("full", "partial") for request in requests)
    with_model = sum(request["model"]["source"] in ("call", "file") for request in requests)
    return (
        f"prompts {' '.join(counts)}, {tokens} static tokens (high and medium); "
        f"requests {len(requests)}, {with_text} with text, {with_model} with model"
    )


def names_of_arguments() -> list[str]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=list(pins()), metavar="NAME")
    return list(parser.parse_args().names)


def benchmark() -> None:
    for name, tree in fetched(names_of_arguments()).items():
        document = json.loads(harness.audit(tree).read_text(encoding="utf-8"))
        print(f"{name}: {described(document)}")


if __name__ == "__main__":
    harness.main(benchmark)
