"""The event that started the workflow, as far as the base of a change and its comment depend on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from problem import Problem

BRANCH = "refs/heads/"


@dataclass(frozen=True, slots=True)
class Event:
    """What GitHub tells; what an event doesn't have is empty, numbers are 0."""

    name: str
    pull_request: int = 0
    pull_request_head: str = ""
    pull_request_base: str = ""
    merge_group_base: str = ""
    pushed_branch: str = ""
    before: str = ""
    forced: bool = False
    default_branch: str = ""

    @property
    def is_change(self) -> bool:
        """Whether there is a before and an after."""
        return bool(self.pull_request or self.merge_group_base or self.pushed_branch)

    @property
    def only_comments(self) -> bool:
        """Whether it is the end of another workflow, whose report is to be posted: there is nothing to judge then."""
        return self.name == "workflow_run"

    @classmethod
    def of(cls, name: str, file: Path) -> Event:
        """An event from its name and the file with its payload. Raises ``Problem``."""
        if name == "pull_request_target":
            raise Problem(
                "pull_request_target lends a pull request the secrets of its base",
                "use pull_request; docs/ci.md shows how forks get a comment all the same",
            )
        try:
            payload = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            raise Problem(f"the event {name} has no payload", "run this action on GitHub") from None
        return cls.from_payload(name, payload)

    @classmethod
    def from_payload(cls, name: str, payload: dict[str, Any]) -> Event:
        """An event from what GitHub sends to webhooks."""
        pull, group = payload.get("pull_request") or {}, payload.get("merge_group") or {}
        pushed = str(payload.get("ref") or "") if name == "push" else ""
        before = str(payload.get("before") or "").strip("0") and str(payload["before"])
        return cls(
            name=name,
            pull_request=int(pull.get("number") or 0),
            pull_request_head=str((pull.get("head") or {}).get("sha") or ""),
            pull_request_base=str((pull.get("base") or {}).get("sha") or ""),
            merge_group_base=str(group.get("base_sha") or ""),
            pushed_branch=pushed.removeprefix(BRANCH) if pushed.startswith(BRANCH) else "",
            before=before,
            forced=bool(payload.get("forced")),
            default_branch=str((payload.get("repository") or {}).get("default_branch") or ""),
        )
