"""Workflows, ours and those that we hand out: valid by their schemas, clean, pinned, and the same as in the documentation."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.github-actions": [ROOT / "action.yml"],
    "vendor.dependabot": [ROOT / ".github" / "dependabot.yml"],
}
"""What check-jsonschema calls a schema that it brings along -> the files that must be valid by it."""

USES = re.compile(r"^\s*(?:- )?uses: (\S+)(.*)$", re.MULTILINE)
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40}")


def run(program: str, *arguments: str | Path) -> tuple[int, str]:
    command = [str(BIN / program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_are_valid_by_their_schema(schema: str) -> None:
    code, said = run("check-jsonschema", "--builtin-schema", schema, *SCHEMAS[schema])

    assert code == 0, said


def test_zizmor_finds_nothing() -> None:
    code, said = run("zizmor", "--offline", "--persona", "auditor", ROOT / ".github", ROOT / "action.yml")

    assert code == 0, said


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_actions_of_others_are_pinned_by_commit_and_say_their_version(workflow: Path) -> None:
    for used, comment in USES.findall(workflow.read_text("utf-8")):
        if used != "./":
            assert PINNED.fullmatch(used), used
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), used
