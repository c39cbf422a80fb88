"""Which pull request a job of GitHub Actions is about, by the event that started it.

A job that was started by the end of another (``workflow_run``) may hold documents of a pull request from anywhere: what
these say of themselves counts for nothing. The event names the commit and the branch that the other job ran on, and
the pull request is the open one whose head they are; a number that is given must be that of such a one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.forge.connection import Connection
from scrimp.forge.github import PullRequest, pull_request, pull_requests_from
from scrimp.model.errors import UserError

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest event file that is read; GitHub caps payloads at 25 MB (docs.github.com, "Webhook events")."""


class _Numbered(Struct, frozen=True):
    number: int


class _Owner(Struct, frozen=True):
    login: str


class _Origin(Struct, frozen=True):
    full_name: str
    owner: _Owner


class Run(Struct, frozen=True):
    """The run that ended: what started it, and where it ran. ``head_repository`` is ``None`` if it is gone."""

    event: str
    head_sha: str
    head_branch: str | None = None
    head_repository: _Origin | None = None


class Event(Struct, frozen=True):
    """What started a job, as far as it tells of pull requests."""

    pull_request: _Numbered | None = None
    workflow_run: Run | None = None


def event(environment: Mapping[str, str]) -> Event:
    """The event of the environment's ``GITHUB_EVENT_PATH``; an empty one without. Raises ``UserError``."""
    name = environment.get("GITHUB_EVENT_PATH")
    if not name:
        return Event()
    try:
        with Path(name).open("rb") as stream:
            return msgspec.json.decode(stream.read(LARGEST), type=Event)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UserError(f"{name}: this event can't be read: {error}", "check GITHUB_EVENT_PATH") from error


def number(started_by: Event, given: int | None, connection: Connection, repository: str) -> int:
    """The number of the pull request. Raises ``UserError`` if it isn't known, or not the one of the run that ended."""
    if started_by.workflow_run is not None:
        return _of_run(started_by.workflow_run, given, connection, repository)
    if given is not None:
        return given
    if started_by.pull_request is not None:
        return started_by.pull_request.number
    raise UserError("this job is about no pull request", "name it: --pull-request NUMBER")


def _of_run(run: Run, given: int | None, connection: Connection, repository: str) -> int:
    if run.event != "pull_request":
        raise UserError(
            f"the run that ended was started by {run.event}", "comment after runs of pull_request only"
        )
    if given is not None:
        if _is_head(run, pull_request(connection, repository, given)):
            return given
        raise UserError(
            f"pull request {given} isn't open and at commit {run.head_sha}, which the run that ended was about",
            "if it moved on, its next run will comment; else leave out --pull-request",
        )
    if run.head_repository is not None and run.head_branch:
        head = f"{run.head_repository.owner.login}:{run.head_branch}"
        for found in pull_requests_from(connection, repository, head):
            if _is_head(run, found):
                return found.number
    raise UserError(
        f"no open pull request is at commit {run.head_sha}, which the run that ended was about",
        "if it moved on, its next run will comment",
    )


def _is_head(run: Run, found: PullRequest) -> bool:
    """Whether a pull request is open and at the commit of the run, in the same repository."""
    origin = run.head_repository
    if found.state != "open" or found.head.sha != run.head_sha or origin is None or found.head.repo is None:
        return False
    return found.head.repo.full_name == origin.full_name
