"""A repository as a platform hosts it: branches, pull requests with their merges, and what its runners check out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from command_line import EIGHT, PRICED, call
from tree.repository import Repository

BUDGET = "budgets: [{name: repository, max_monthly_increase: $5}]\n"
GROWN = f"{EIGHT} " + "more " * 20
NUMBER = 7
HERE = {"full_name": "octocat/Hello-World", "default_branch": "main", "owner": {"login": "octocat"}}
FORK = {"full_name": "stranger/Hello-World", "default_branch": "main", "owner": {"login": "stranger"}}


@dataclass(frozen=True)
class PullRequest:
    """A branch that is to be merged: ``merge`` is what the platform makes of it and of the base as it is now."""

    head: str
    base: str
    merge: str
    fork: bool = False

    @property
    def origin(self) -> dict[str, Any]:
        """The repository that the branch is in."""
        return FORK if self.fork else HERE

    @property
    def payload(self) -> dict[str, Any]:
        """What the event ``pull_request`` brings, as far as anything here reads it."""
        return {
            "action": "synchronize",
            "number": NUMBER,
            "pull_request": {
                "number": NUMBER,
                "head": {"sha": self.head, "ref": "change", "repo": self.origin},
                "base": {"sha": self.base, "ref": "main", "repo": HERE},
            },
            "repository": HERE,
        }

    @property
    def after(self) -> dict[str, Any]:
        """What the event ``workflow_run`` brings once a workflow of the pull request has ended."""
        run = {
            "head_sha": self.head,
            "head_branch": "change",
            "head_repository": self.origin,
            "event": "pull_request",
        }
        return {"workflow_run": run, "repository": HERE}


@dataclass(frozen=True)
class Hosted:
    """The platform's side; its working tree is where commits are made."""

    repository: Repository

    @classmethod
    def made(cls, folder: Path) -> Hosted:
        """A repository with a few commits on main, priced and with a budget of $5 more a month."""
        repository = Repository(folder).init()
        repository.write("README.md", "A shop.\n").commit()
        repository.write("scrimp.yaml", PRICED + BUDGET).write("app.py", call()).commit()
        return cls(repository)

    def pull_request(self, files: dict[str, str], *, fork: bool = False) -> PullRequest:
        """A branch with these files, off a main that has since got a prompt of its own.

        That prompt would break the budget if it were taken for the branch's change, and a shorter one would make
        room in it for what the branch adds: whoever compares with the wrong commit judges wrongly.
        """
        here = self.repository
        here.git("checkout", "--quiet", "-b", "change", "main")
        for path, text in files.items():
            here.write(path, text)
        head = here.commit()
        here.git("checkout", "--quiet", "main")
        base = here.write("later.py", call(user=f"{GROWN} {{question}}")).commit()
        here.git("checkout", "--quiet", "--detach", base)
        here.git("merge", "--quiet", "--no-ff", "--message=merge", head)
        merge = here.git("rev-parse", "HEAD")
        here.git("update-ref", f"refs/pull/{NUMBER}/head", head)
        here.git("update-ref", f"refs/pull/{NUMBER}/merge", merge)
        here.git("checkout", "--quiet", "main")
        here.git("branch", "--quiet", "-D", "change")
        return PullRequest(head, base, merge, fork)

    def checked_out(self, folder: Path, commit: str, depth: int = 1) -> Repository:
        """A clone as a runner makes it: one commit, detached, with so much of its history (0: all)."""
        clone = Repository(folder).init()
        clone.git("remote", "add", "origin", self.repository.root.as_uri())
        limit = [f"--depth={depth}"] if depth else []
        clone.git("fetch", "--quiet", "--no-tags", *limit, "origin", commit)
        clone.git("checkout", "--quiet", "--detach", commit)
        return clone
