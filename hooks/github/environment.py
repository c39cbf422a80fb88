"""scrimp in an environment of its own, made from the very commit of the action that the workflow names."""

from __future__ import annotations

import os
import subprocess
import venv
from dataclasses import dataclass
from pathlib import Path

from problem import Problem

NAME = "scrimp-environment"
"""The environment's folder among the runner's temporary ones, which last as long as a job."""


@dataclass(frozen=True, slots=True)
class Scrimp:
    """An installed scrimp."""

    python: Path

    def run(self, *arguments: str, folder: Path, variables: dict[str, str] | None = None) -> int:
        """Run a command in a folder, its output shown; the exit code.

        Neither that folder nor ``PYTHONPATH`` can give Python a module.
        """
        line = [str(self.python), "-I", "-m", "scrimp", *arguments]
        environment = {**os.environ, **(variables or {})}
        return subprocess.run(line, cwd=folder, env=environment, check=False).returncode


def installed(action: Path, extras: str, temporary: Path) -> Scrimp:
    """An environment with scrimp and what extras name, installed unless an earlier step of the job did.

    Raises ``Problem``.
    """
    environment = temporary / NAME
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete = environment / f"complete-{extras.replace(',', '-')}"
    if complete.exists():
        return Scrimp(python)
    if not python.exists():
        _make(environment)
    wanted = f"{action}[{extras}]" if extras else str(action)
    pip = [str(python), "-I", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", wanted]
    if subprocess.run(pip, cwd=environment, check=False).returncode:
        raise Problem("scrimp could not be installed", "pip says why in the lines above")
    complete.touch()
    return Scrimp(python)


def _make(environment: Path) -> None:
    try:
        venv.create(environment, with_pip=True)
    except subprocess.CalledProcessError as error:
        hint = (
            "actions/setup-python brings a Python with all it takes; Debian's needs the package python3-venv"
        )
        raise Problem("this Python can make no environment with pip", hint) from error
