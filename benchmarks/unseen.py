"""Recall and precision on samples of applications that scrimp was not made with: unseen.py [NAME ...]

The labels of each sample were made by reading, before scrimp's answer was looked at. Only reports in the files of the
sample count. Wheels and npm packages are downloaded as in ``corpus.py``; the other trees are commits on GitHub, which
git fetches.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import harness

UNSEEN = harness.HERE / "unseen"
REPOSITORIES = harness.DOWNLOADS / "repositories"


def packages() -> dict[str, dict[str, Any]]:
    """The pinned applications by name, each with the files of its sample."""
    found = json.loads((UNSEEN / "manifest.json").read_text(encoding="utf-8"))["packages"]
    return {package["name"]: package for package in found}


def tree_of(package: dict[str, Any]) -> Path:
    """The files of an application, downloaded if need be."""
    target: Path = harness.trees() / package["name"]
    if target.exists():
        return target
    if package["kind"] == "git":
        _check_out(package, target)
    else:
        fetch: list[str | Path] = [sys.executable, harness.HERE / "corpus" / "fetch.py", harness.trees()]
        fetch += ["--manifest", UNSEEN / "manifest.json", "--archives", harness.ARCHIVES]
        harness.run([*fetch, "--only", package["name"]])
    return target


def _check_out(package: dict[str, Any], target: Path) -> None:
    """Unpack the files in scope of one commit of a repository on GitHub."""
    repository = REPOSITORIES / f"{package['name']}.git"
    url = f"https://github.com/{package['package']}"
    if not repository.exists():
        harness.run(["git", "init", "--quiet", "--bare", "--template=", repository])
    git = ["git", "-C", str(repository)]
    harness.run([*git, "fetch", "--quiet", "--depth", "1", url, package["version"]])
    files = [f":(glob)**/*{suffix}" for suffix in package["scope"]["suffixes"]] or ["."]
    done = subprocess.run(
        [*git, "archive", package["version"], "--", *files], check=False, stdout=subprocess.PIPE
    )
    if done.returncode:
        raise harness.BenchmarkError(f"{url}: no archive of {package['version']}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")


def labels_of(package: dict[str, Any], tree: Path) -> Path:
    """The file of a sample's labels; every label must stand in the tree as it was read."""
    labels: Path = UNSEEN / "labels" / f"{package['name']}.jsonl"
    for line in labels.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        written = (tree / label["path"]).read_text(encoding="utf-8", errors="replace").split("\n")
        text = "\n".join(written[label["start"] - 1 : label["end"]])
        if hashlib.sha256(text.encode()).hexdigest()[:16] != label["sha256"]:
            raise harness.BenchmarkError(f"{labels.name}: {label['path']}:{label['start']} reads otherwise")
    return labels


def audit_of(package: dict[str, Any], tree: Path) -> Path:
    """An audit of the whole tree with the reports in the files of the sample only."""
    whole = harness.audit(tree)
    document = json.loads(whole.read_text(encoding="utf-8"))
    sample = set(package["sample"])
    document["prompts"] = [each for each in document["prompts"] if each["path"] in sample]
    sampled: Path = whole.with_name(f"{package['name']}-sample.json")
    sampled.write_text(json.dumps(document), encoding="utf-8")
    return sampled


def names_of_arguments() -> list[str]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=list(packages()), metavar="NAME")
    return list(parser.parse_args().names)


def benchmark() -> None:
    known = packages()
    score: list[str | Path] = [sys.executable, harness.HERE / "corpus" / "score.py"]
    for name in names_of_arguments():
        if name not in known:
            raise harness.BenchmarkError(f"not among the samples: {name}; they are {', '.join(known)}")
        tree = tree_of(known[name])
        labels = labels_of(known[name], tree)
        score += ["--labels", labels, "--audit", audit_of(known[name], tree), "--tree", tree]
    harness.run(score)


if __name__ == "__main__":
    harness.main(benchmark)
