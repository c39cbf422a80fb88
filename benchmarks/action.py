"""Whether the action judges known changes as ``scrimp diff`` does: action.py [NAME ...]

Without names, the labelled Python packages are changed, as ``mutations.py`` changes them. Each change becomes a pull
request: its merge is checked out with one commit of history, and the real ``action.yml`` runs on it in the composite
runner of the tests. Exit code, verdict, changes and totals must be those of ``scrimp diff`` in the full repository.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpus
import harness

ROOT = harness.HERE.parent
sys.path.insert(0, str(ROOT / "tests"))

from hooks.composite import CompositeAction, Expressions, Job  # noqa: E402 - after the path
from node import Node  # noqa: E402

HERE = {"full_name": "acme/shop", "default_branch": "base"}
INPUTS = {"extras": "github", "comment": "false", "sarif": "false", "allow-incomplete": "true"}
COMPARED = ("changes", "verdict", "totals", "base_totals", "skipped")


@dataclass(frozen=True)
class Judged:
    """What came of a change: the exit code, and those parts of the report that a verdict rests on."""

    code: int
    report: Any

    @property
    def outcome(self) -> str:
        verdict = self.report["verdict"]["outcome"] if self.report else "no report"
        return f"exit {self.code}, {verdict}"


def benchmark() -> None:
    names = corpus.names_of_arguments()
    same = tried = 0
    with tempfile.TemporaryDirectory() as folder:
        action = _action(Path(folder))
        for (tree, labels), name in zip(corpus.fetched(names), names, strict=True):
            for kind, diff, acted in _judged(tree, labels, action, Path(folder) / name):
                tried += 1
                same += diff == acted
                said = "same" if diff == acted else f"differs: the action says {acted.outcome}"
                print(f"{name} {kind}: {diff.outcome}; {said}", flush=True)
    print(f"verdicts of the action that are those of scrimp diff: {same} of {tried}")
    if same < tried:
        sys.exit(1)


def _action(folder: Path) -> CompositeAction:
    (folder / "node").mkdir()
    node = Node.found(folder / "node")
    locked = ROOT / "tests" / "hooks" / "expressions"
    return CompositeAction(ROOT, Expressions(node, node.install(locked, folder / "expressions")))


def _judged(
    tree: Path, labels: Path, action: CompositeAction, folder: Path
) -> Iterator[tuple[str, Judged, Judged]]:
    """Each kind of change with both judgements."""
    mutate: list[str | Path] = [sys.executable, harness.HERE / "mutations" / "mutate.py", "make"]
    harness.run([*mutate, "--tree", tree, "--labels", labels, folder])
    repository = folder / "repo"
    for expected in json.loads((folder / "expected.json").read_text("utf-8")):
        kind = expected["kind"]
        yield kind, _by_diff(repository, kind), _by_action(repository, kind, action, folder)


def _by_diff(repository: Path, kind: str) -> Judged:
    command = [harness.scrimp(), "diff", "base", kind, "--format", "json", "--allow-incomplete", "--no-cache"]
    done = subprocess.run(command, cwd=repository, capture_output=True, check=False)
    return Judged(done.returncode, _compared(json.loads(done.stdout)) if done.stdout else None)


def _by_action(repository: Path, kind: str, action: CompositeAction, folder: Path) -> Judged:
    base, head = (_git(repository, "rev-parse", name) for name in ("base", kind))
    author = ("-c", "user.name=mutate", "-c", "user.email=mutate@localhost")
    tree = _git(
        repository, "rev-parse", f"{kind}^{{tree}}"
    )  # base is where the branch left, so the merge is its tree
    merge = _git(repository, *author, "commit-tree", tree, "-p", base, "-p", head, "-m", "merge")
    clone, temporary = folder / f"clone-{kind}", folder.parent / "runner"
    for path in (clone, temporary):
        path.mkdir(exist_ok=True)
    _git(clone, "init", "--quiet")
    _git(clone, "remote", "add", "origin", repository.as_uri())
    _git(clone, "fetch", "--quiet", "--depth=1", "origin", merge)
    _git(clone, "checkout", "--quiet", "--detach", merge)
    pull = {"number": 1, "head": {"sha": head, "repo": HERE}, "base": {"sha": base, "repo": HERE}}
    run = action.run(
        Job(clone, temporary, "pull_request", {"pull_request": pull, "repository": HERE}), INPUTS
    )
    if not run.outputs["report"]:
        print(run.log)
        return Judged(run.code, None)
    return Judged(run.code, _compared(json.loads(Path(run.outputs["report"]).read_text("utf-8"))))


def _compared(report: Any) -> Any:
    """What both must say, without the texts that only the action's report holds for its comment."""
    kept = {key: report[key] for key in COMPARED}
    kept["changes"] = [
        {key: value for key, value in each.items() if key != "texts"} for each in kept["changes"]
    ]
    kept["skipped"] = [
        {key: value for key, value in each.items() if key != "reason"} for each in kept["skipped"]
    ]
    return kept


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


if __name__ == "__main__":
    harness.main(benchmark)
