"""The pre-commit hook: what it is given, and the real pre-commit running it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scrimp.readers import SUFFIXES

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = str(Path(sys.executable).with_name("pre-commit"))
WHAT_A_BUILD_NEEDS = ["pyproject.toml", "README.md", "LICENSE", "NOTICE", "src", "rules", MANIFEST.name]

LEAKY = '''\
from openai import OpenAI


def summarise(text):
    prompt = f"""
        Summarise the text below in three sentences.
        Keep the names and the numbers as they are.
        Do not add facts that the text does not hold.

        {text}
        """
    return OpenAI().responses.create(model="gpt-4o", input=prompt)
'''


def hook() -> dict[str, Any]:
    (only,) = YAML(typ="safe").load(MANIFEST.read_text("utf-8"))
    return dict(only)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_the_hook_is_given_every_kind_of_file_that_is_read(suffix: str) -> None:
    assert re.search(hook()["files"], f"folder/name{suffix}")


@pytest.mark.parametrize("path", ["logo.png", "main.zig", "a.py.bak", "scursorrules", "Makefile"])
def test_the_hook_is_not_started_for_other_files(path: str) -> None:
    assert not re.search(hook()["files"], path)


@pytest.mark.parametrize(
    "path", [".cursorrules", "packages/web/.windsurfrules", "AGENTS.md", ".cursor/rules/a.mdc"]
)
def test_the_hook_is_given_agent_files(path: str) -> None:
    assert re.search(hook()["files"], path)


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """scrimp as a git repository, as pre-commit would clone it."""
    folder = tmp_path_factory.mktemp("published")
    for name in WHAT_A_BUILD_NEEDS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "scrimp")
    return folder


def try_hook(published: Path, project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Exit code and output of the hook over all files that are staged in a project."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(cache))
    command = [PRE_COMMIT, "try-repo", str(published), "scrimp", "--all-files", "--color", "never"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.packages
def test_the_manifest_is_valid() -> None:
    done = subprocess.run([PRE_COMMIT, "validate-manifest", str(MANIFEST)], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.packages
def test_pre_commit_installs_the_hook_and_stops_a_commit_that_wastes_tokens(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, cache = tmp_path / "project", tmp_path / "cache"
    project.mkdir()
    git(project, "init", "--quiet")
    (project / "app.py").write_text(LEAKY, "utf-8")
    git(project, "add", "--all")

    code, output = try_hook(published, project, cache, monkeypatch)

    assert code == 1, output
    assert "app.py:" in output
    assert "FMT001" in output

    (project / "scrimp.yaml").write_text('exclude: ["app.py"]\n', "utf-8")
    git(project, "add", "--all")

    code, output = try_hook(published, project, cache, monkeypatch)

    assert code == 0, output
