"""A real git repository, or a plain folder, for tests to fill."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Repository:
    """A folder with a few verbs; ``init`` makes it a repository."""

    root: Path

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def init(self, *options: str) -> Self:
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)
        return self

    def write(self, path: str | bytes, content: str | bytes = "text\n") -> Self:
        file = self.root / os.fsdecode(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def commit(self, *paths: str) -> str:
        self.git("add", "--all", "--", *(paths or (".",)))
        self.git("commit", "--quiet", "--allow-empty", "--message=change")
        return self.git("rev-parse", "HEAD")

    def clone(self, to: Path, *options: str) -> Repository:
        self.git("clone", "--quiet", *options, self.root.as_uri(), str(to))
        return Repository(to)
