"""The code hosts: how each finds the request to comment on from what was asked and what a job's environment says."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from msgspec import Struct

from scrimp.forge import actions, github, gitlab
from scrimp.forge.comments import Comments
from scrimp.model.errors import UserError

Wait = Callable[[float], None]


class Target(Struct, frozen=True):
    """What the user says of where to comment; ``None`` and ``""`` leave it to the environment, or the host."""

    repository: str | None = None
    number: int | None = None
    author: str = ""


def _github(target: Target, environment: Mapping[str, str], wait: Wait) -> Comments:
    connection = github.connect(environment, wait)
    name = github.repository(target.repository, environment)
    number = actions.number(actions.event(environment), target.number, connection, name)
    return github.PullRequestComments(connection, name, number, target.author)


def _gitlab(target: Target, environment: Mapping[str, str], wait: Wait) -> Comments:
    connection = gitlab.connect(environment, wait)
    project = target.repository or environment.get("CI_PROJECT_ID", "")
    own = environment.get("CI_MERGE_REQUEST_IID", "")
    number = target.number or (int(own) if own.isdecimal() else 0)
    if not project or not number:
        raise UserError(
            "this job is about no merge request", "name it: --repository PROJECT --pull-request NUMBER"
        )
    root = environment.get("CI_MERGE_REQUEST_PROJECT_URL", "")
    page = f"{root}/-/merge_requests/{number}" if root and target.number is None else ""
    return gitlab.MergeRequestNotes(connection, project, number, page)


HOSTS: Mapping[str, Callable[[Target, Mapping[str, str], Wait], Comments]] = {
    "github": _github,
    "gitlab": _gitlab,
}
"""The value of ``--forge`` -> how its client is made. Raises ``UserError`` where something isn't known."""


def host_of(environment: Mapping[str, str]) -> str:
    """The host whose job this is; GitHub where nothing tells."""
    return "gitlab" if environment.get("GITLAB_CI") else "github"


def comments(host: str, target: Target, environment: Mapping[str, str], wait: Wait = time.sleep) -> Comments:
    """The comments of the request that was asked for. Raises ``UserError``."""
    return HOSTS[host](target, environment, wait)
