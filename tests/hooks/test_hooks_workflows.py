"""Workflows, ours and those that we hand out: valid by their schemas, clean, pinned, and the same as in the documentation."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
HOOKS = ROOT / "hooks"
HANDED_OUT = sorted((HOOKS / "github" / "workflows").glob("*.yml"))
WORKFLOWS = sorted([*(ROOT / ".github" / "workflows").glob("*.yml"), *HANDED_OUT])
SHOWN = sorted(path for path in HOOKS.rglob("*") if path.suffix == ".yml" or path.name == "Jenkinsfile")
"""What the documentation holds word for word."""
SCHEMAS: dict[str, tuple[list[Path], list[str]]] = {
    "github-workflows": (WORKFLOWS, []),
    "github-actions": ([ROOT / "action.yml"], []),
    "dependabot": ([ROOT / ".github" / "dependabot.yml"], []),
    "azure-pipelines": (
        [HOOKS / "azure" / "azure-pipelines.yml"],
        [
            "--data-transform",
            "azure-pipelines",
            "--regex-variant",
            "python",
        ],  # its patterns are not JavaScript's
    ),
    "bitbucket-pipelines": ([HOOKS / "bitbucket" / "bitbucket-pipelines.yml"], []),
}
"""What check-jsonschema calls a schema that it brings along -> the files that must be valid by it, and options."""

USES = re.compile(r"^\s*(?:- )?uses: (\S+)(.*)$", re.MULTILINE)
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40}")


def run(program: str, *arguments: str | Path) -> tuple[int, str]:
    command = [str(BIN / program), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_are_valid_by_their_schema(schema: str) -> None:
    files, options = SCHEMAS[schema]

    code, said = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *options, *files)

    assert code == 0, said


def test_the_gitlab_component_is_valid_by_its_schema(tmp_path: Path) -> None:
    component = (HOOKS / "gitlab" / "prompts.yml").read_text("utf-8")
    files = [tmp_path / "spec.yml", tmp_path / "jobs.yml"]
    for file, document in zip(files, component.split("\n---\n"), strict=True):
        file.write_text(document, "utf-8")

    options = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    code, said = run("check-jsonschema", *options, *files)

    assert code == 0, said


@pytest.fixture
def filled_in(tmp_path: Path) -> list[Path]:
    """What we hand out, as it is once people have named where scrimp lives."""
    for file in HANDED_OUT:
        text = file.read_text("utf-8").replace("OWNER", "acme").replace("COMMIT", "0" * 40 + " # v0.1.0")
        (tmp_path / file.name).write_text(text, "utf-8")
    return [tmp_path / file.name for file in HANDED_OUT]


def test_zizmor_finds_nothing(filled_in: list[Path]) -> None:
    ours = [ROOT / ".github", ROOT / "action.yml"]

    code, said = run("zizmor", "--offline", "--persona", "auditor", *ours, *filled_in)

    assert code == 0, said


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_actions_of_others_are_pinned_by_commit_and_say_their_version(workflow: Path) -> None:
    for used, comment in USES.findall(workflow.read_text("utf-8")):
        if used not in {"./", "OWNER/scrimp@COMMIT"}:
            assert PINNED.fullmatch(used), used
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), used


@pytest.mark.parametrize("file", SHOWN, ids=lambda path: str(path.relative_to(HOOKS)))
def test_the_documentation_shows_what_we_hand_out(file: Path) -> None:
    assert file.read_text("utf-8") in (ROOT / "docs" / "ci.md").read_text("utf-8")
