"""What the workflow asked for, and where the runner wants things: all of it comes through the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from event import Event
from git import Access
from problem import Problem

EXTRAS = re.compile(r"[a-z0-9]+(,[a-z0-9]+)*")
TOKEN = "SCRIMP_TOKEN"  # noqa: S105  the name of a variable
YES_OR_NO = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """The inputs of ``action.yml``, and the runner's folders and files."""

    event: Event
    workspace: Path
    temporary: Path
    action: Path
    summary: Path
    access: Access
    path: str
    base: str
    config: str
    policy: str
    extras: str
    comment: bool
    comment_key: str
    report: str
    sarif: bool
    fail: bool
    allow_incomplete: bool

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Settings:
        """Read the environment. Raises ``Problem`` if it holds what it may not."""
        extras = _input(variables, "extras")
        if extras and not EXTRAS.fullmatch(extras):
            raise Problem(f"extras: {extras} is not a list of names", "write it as: go,java")
        return cls(
            event=Event.of(_set(variables, "GITHUB_EVENT_NAME"), Path(_set(variables, "GITHUB_EVENT_PATH"))),
            workspace=Path(_set(variables, "GITHUB_WORKSPACE")),
            temporary=Path(_set(variables, "RUNNER_TEMP")),
            action=Path(_set(variables, "GITHUB_ACTION_PATH")),
            summary=Path(_set(variables, "GITHUB_STEP_SUMMARY")),
            access=Access(variables.get("GITHUB_SERVER_URL", ""), variables.get(TOKEN, "")),
            path=_input(variables, "path") or ".",
            base=_input(variables, "base"),
            config=_input(variables, "config"),
            policy=_input(variables, "policy"),
            extras=extras,
            comment=_yes(variables, "comment"),
            comment_key=_input(variables, "comment-key"),
            report=_input(variables, "report"),
            sarif=_yes(variables, "sarif"),
            fail=_yes(variables, "fail"),
            allow_incomplete=_yes(variables, "allow-incomplete"),
        )

    @property
    def folder(self) -> Path:
        """What is judged."""
        return self.workspace / self.path

    @property
    def configuration(self) -> list[str]:
        """The option that names a configuration, if there is one to name."""
        return ["--config", self.config] if self.config else []


def _set(variables: Mapping[str, str], name: str) -> str:
    value = variables.get(name)
    if not value:
        raise Problem(f"{name} is not set", "run this action on GitHub, or on a runner that does as GitHub's")
    return value


def _input(variables: Mapping[str, str], name: str) -> str:
    """An input of the action, under the name by which ``action.yml`` hands it on."""
    return variables.get(f"SCRIMP_{name.upper().replace('-', '_')}", "").strip()


def _yes(variables: Mapping[str, str], name: str) -> bool:
    value = _input(variables, name)
    if value not in YES_OR_NO:
        raise Problem(f"{name}: {value!r} is neither true nor false", f"write it as: {name}: true")
    return YES_OR_NO[value]
