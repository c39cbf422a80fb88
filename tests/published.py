"""scrimp as a git repository of its own, as users clone it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tree.repository import Repository

ROOT = Path(__file__).parents[1]
WHAT_USERS_NEED = (
    *("pyproject.toml", "README.md", "LICENSE", "NOTICE", ".pre-commit-hooks.yaml"),
    *("src", "rules", "examples"),
)
"""What a build and the documentation ask for; the rest would only take time to copy."""
IDENTITY = ("-c", "user.name=Tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false")


def publish(folder: Path) -> Repository:
    """A repository with the files of this one, in one commit."""
    folder.mkdir(exist_ok=True)
    for name in WHAT_USERS_NEED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=scrimp"]):
        subprocess.run(["git", *IDENTITY, *command], cwd=folder, check=True, capture_output=True)
    return Repository(folder)
