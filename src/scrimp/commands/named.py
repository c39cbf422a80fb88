"""Which root and which files are meant by the names of files and folders that somebody gives."""

from __future__ import annotations

import os
from pathlib import Path

from scrimp.model.errors import UserError
from scrimp.pipeline.roots import holds_repository, root_for, stands_alone

STDIN = "-"
PROJECT_FILES = (".git", "scrimp.yaml", "pyproject.toml")


def meant(
    files: tuple[str, ...], stdin_filename: str | None, config: str | None
) -> tuple[Path, list[str] | None]:
    """The root around the named files, or else around this folder, and their paths in it; ``None`` if all are meant."""
    root = root_for(Path.cwd(), config)
    if STDIN in files:
        if len(files) > 1:
            raise UserError("standard input (-) and named files at once", "check them one after the other")
        return root, [_below(Path(stdin_filename or "stdin.md"), root)]
    paths = [Path(name) for name in files or (".",)]
    for path in paths:
        if not os.path.lexists(path):
            raise UserError(f"{path}: there is no such file or folder", "check the path")
    if len(paths) == 1:
        root = _root_of_one(_absolute(paths[0]), root, config)
    named = [_below(path, root) for path in paths]
    return root, None if "." in named else named


def _absolute(path: Path) -> Path:
    """Without ``..``, but with links as they are named: a linked file is judged where its link stands."""
    return Path(os.path.abspath(path))  # noqa: PTH100  Path.resolve follows links


def _root_of_one(path: Path, root: Path, config: str | None) -> Path:
    """The root for the only file or folder that is named: that around it, unless it is a part of the tree here."""
    if not path.is_relative_to(root.absolute()) or holds_repository(root, path):
        return _project_of(path, config)
    return path if config is None and path.is_dir() and stands_alone(path) else root


def _project_of(path: Path, config: str | None) -> Path:
    """The root for a file or folder elsewhere.

    Without a configuration a folder is itself the root, and for a file the nearest repository or project around it is.
    """
    folder = path if path.is_dir() else path.parent
    root = root_for(folder, config)
    if root != folder or folder == path:
        return root
    for each in (folder, *folder.parents):
        if any((each / name).exists() for name in PROJECT_FILES):
            return each
    return folder


def _below(path: Path, root: Path) -> str:
    """A path relative to the root, POSIX."""
    absolute = _absolute(path)
    if not absolute.is_relative_to(root.absolute()):
        raise UserError(f"{path} lies outside of {root}", "run scrimp in a folder that holds all the files")
    return absolute.relative_to(root.absolute()).as_posix()
