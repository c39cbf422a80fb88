"""A configuration above a folder that has none: it doesn't count there, which nobody would expect in silence."""

from __future__ import annotations

import tomllib
from pathlib import Path

NAME = "scrimp.yaml"
PROJECT = "pyproject.toml"
REPOSITORY = ".git"


def above(root: Path) -> Path | None:
    """The nearest configuration between a folder and the top of its repository, its own left out."""
    folder = root.absolute()
    if not any((each / REPOSITORY).exists() for each in folder.parents):
        return None
    while not (folder / REPOSITORY).exists():
        folder = folder.parent
        if (folder / NAME).is_file():
            return folder / NAME
        if _configures(folder / PROJECT):
            return folder / PROJECT
    return None


def _configures(project: Path) -> bool:
    """Whether a project file has a table of ours; one that can't be read is no matter of a folder below it."""
    try:
        return "scrimp" in tomllib.loads(project.read_text("utf-8")).get("tool", {})
    except (OSError, ValueError):
        return False
