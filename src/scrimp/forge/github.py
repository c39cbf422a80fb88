"""GitHub's comments of a pull request, and which pull request a job of GitHub Actions is about.

The API is that of docs.github.com/en/rest (version ``2022-11-28``): issues/comments, pulls and users; tests compare
every request and answer with its published description.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from itertools import chain

from msgspec import Struct

from scrimp.forge.comments import Comment
from scrimp.forge.connection import Connection, GoneError, RefusedError
from scrimp.model.errors import UserError

API = "https://api.github.com"
ACTIONS = "github-actions[bot]"
"""Who ``GITHUB_TOKEN`` of a job writes as; such a token may not ask for that itself."""
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_HINTS = {
    401: "check GITHUB_TOKEN",
    403: "the token needs to write issues or pull requests; a job of a fork's pull request can't, see docs/comment.md",
    404: "check --repository and --pull-request, and that the token may read them",
    410: "the repository has no issues or comments",
    422: "is the pull request locked?",
    429: "try again later",
}


class _User(Struct, frozen=True):
    login: str


class _Comment(Struct, frozen=True):
    id: int
    html_url: str
    body: str = ""
    user: _User | None = None

    def plain(self) -> Comment:
        """As other hosts have it."""
        return Comment(self.id, self.body, self.html_url)


class _Repository(Struct, frozen=True):
    full_name: str


class _Head(Struct, frozen=True):
    sha: str
    repo: _Repository | None = None


class PullRequest(Struct, frozen=True):
    """A pull request, as far as it tells which one it is."""

    number: int
    state: str
    head: _Head


def connect(environment: Mapping[str, str], wait: Callable[[float], None] = time.sleep) -> Connection:
    """A connection with the token and the address of the environment. Raises ``UserError`` if there is no token."""
    token = (environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN") or "").strip()
    if not token:
        raise UserError("no token for GitHub", "set GITHUB_TOKEN in the environment")
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    return Connection("GitHub", environment.get("GITHUB_API_URL") or API, token, headers, _HINTS, wait)


def repository(name: str | None, environment: Mapping[str, str]) -> str:
    """The repository, ``owner/name``. Raises ``UserError`` if nobody tells, or it isn't one."""
    found = name or environment.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(found) or ".." in found:
        raise UserError(
            f"{found or 'nothing'}: not a repository of GitHub", "name it: --repository OWNER/NAME"
        )
    return found


class PullRequestComments(Struct, frozen=True):
    """The comments of pull request ``number``. ``author`` is who we write as; ``""`` asks GitHub."""

    connection: Connection
    repository: str
    number: int
    author: str = ""

    def find(self, marker: str) -> Comment | None:
        """The first comment of ours: whoever else writes the marker changes nothing."""
        author = self.author or _author(self.connection)
        for each in chain.from_iterable(self.connection.pages(self._path, list[_Comment])):
            if each.user is not None and each.user.login == author and each.body.startswith(marker):
                return each.plain()
        return None

    def create(self, body: str) -> Comment:
        """A new comment."""
        return self.connection.send("POST", self._path, {"body": body}, _Comment, repeat=False).plain()

    def update(self, comment: Comment, body: str) -> Comment:
        """The comment with another text."""
        path = f"/repos/{self.repository}/issues/comments/{comment.id}"
        try:
            return self.connection.send("PATCH", path, {"body": body}, _Comment, repeat=True).plain()
        except RefusedError as error:
            if error.status == 404:
                raise GoneError(error.message, error.hint) from error
            raise

    @property
    def _path(self) -> str:
        return f"/repos/{self.repository}/issues/{self.number}/comments"


def _author(connection: Connection) -> str:
    """Who the token belongs to. A job's own may not ask; it is refused with 403, and is known."""
    try:
        return connection.get("/user", _User).login
    except RefusedError as error:
        if error.status == 403:
            return ACTIONS
        raise


def pull_request(connection: Connection, name: str, number: int) -> PullRequest:
    """A pull request by its number."""
    return connection.get(f"/repos/{name}/pulls/{number}", PullRequest)


def pull_requests_from(connection: Connection, name: str, head: str) -> list[PullRequest]:
    """The open pull requests of a branch, ``owner:branch``, the newest 100 of them."""
    params = {"head": head, "state": "open", "per_page": "100"}
    return connection.get(f"/repos/{name}/pulls", list[PullRequest], params)
