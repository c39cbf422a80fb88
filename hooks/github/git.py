"""The few things that the step asks git, and the only one that it fetches: commits of the remote ``origin``."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

OPTIONS = ("--no-pager", "-c", f"core.hooksPath={os.devnull}", "-c", "core.fsmonitor=", "-c", "gc.auto=0")
FETCH_SECONDS = 300
"""A fetch that takes longer has failed: a gate that hangs holds up everybody."""
REMOTE = "origin"


@dataclass(frozen=True, slots=True)
class Access:
    """The job's own token, and the server that it is for."""

    server: str = ""
    token: str = field(default="", repr=False)

    def variables(self, environment: Mapping[str, str]) -> Mapping[str, str]:
        """Variables by which git sends the token to that server; none if there is no token.

        A command line could be read by others of the machine, and a setting of the clone by later steps.
        """
        if not self.server or not self.token:
            return {}
        count = int(environment.get("GIT_CONFIG_COUNT") or 0)
        basic = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        return {
            "GIT_CONFIG_COUNT": str(count + 1),
            f"GIT_CONFIG_KEY_{count}": f"http.{self.server}/.extraheader",
            f"GIT_CONFIG_VALUE_{count}": f"AUTHORIZATION: basic {basic}",
        }


@dataclass(frozen=True, slots=True)
class Clone:
    """The clone that the workflow checked out, shallow or not."""

    root: Path
    access: Access = Access()

    def has(self, commit: str) -> bool:
        """Whether a commit is here."""
        return self._git("cat-file", "-e", f"{commit}^{{commit}}") is not None

    def commit(self, revision: str) -> str | None:
        """The hash of the commit that a revision names."""
        return self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")

    def parents(self, commit: str) -> tuple[str, ...]:
        """The hashes of a commit's parents, of those too that a shallow clone lacks."""
        headers = (self._git("cat-file", "commit", commit) or "").partition("\n\n")[0].splitlines()
        return tuple(line.removeprefix("parent ") for line in headers if line.startswith("parent "))

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor that is known here."""
        return self._git("merge-base", one, other)

    def is_shallow(self) -> bool:
        """Whether history ends here before it does elsewhere."""
        return self._git("rev-parse", "--is-shallow-repository") == "true"

    def fetch(self, *wanted: str, depth: str) -> str | None:
        """Fetch commits or branches; the hash of the first, ``None`` if it can't be done.

        ``depth`` is an option of git's that says how much of their history is fetched.
        """
        quiet = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-commit-graph")
        command = ("fetch", *quiet, depth, REMOTE, *wanted)
        # First with what actions/checkout left in the clone: a server refuses two tokens at once.
        for variables in ({}, self.access.variables(os.environ)):
            if self._git(*command, seconds=FETCH_SECONDS, variables=variables) is not None:
                return self.commit("FETCH_HEAD")
        return None

    def _git(
        self, *command: str, seconds: int | None = None, variables: Mapping[str, str] | None = None
    ) -> str | None:
        """What git answers, without its last line end; ``None`` where it says no or fails."""
        line = ["git", *OPTIONS, "-C", str(self.root), *command]
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", **(variables or {})}
        try:
            done = subprocess.run(line, capture_output=True, check=False, env=environment, timeout=seconds)
        except (FileNotFoundError, subprocess.TimeoutExpired):
            return None
        if done.returncode:
            return None
        return done.stdout.decode("utf-8", "replace").removesuffix("\n")
