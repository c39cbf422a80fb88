"""GitHub, as far as it keeps the comments of pull requests: it remembers, and fails when a test asks it to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from forge.described import FILE
from forge.loopback import Answer, Request

TOKEN = "ghs_0123456789abcdefghijABCDEFGHIJ012345"
LONGEST = 65_536
_EXAMPLES = json.loads(FILE.read_text("utf-8"))["components"]["examples"]
_USER = _EXAMPLES["private-user-response-with-public-profile-information"]["value"]
_COMMENT = _EXAMPLES["issue-comment"]["value"]
_PULL = _EXAMPLES["pull-request"]["value"]
_LISTED = _EXAMPLES["pull-request-simple-items"]["value"][0]


@dataclass
class Pull:
    """A pull request from a branch of some repository, which may be gone."""

    number: int
    sha: str
    branch: str = "feature"
    origin: str | None = "octocat/Hello-World"
    state: str = "open"


@dataclass
class GitHub:
    """The repository ``octocat/Hello-World``. ``login`` is whose the token is, ``None`` for one of a job.

    ``failures`` are answered first, each to a request whose method and path begin so. ``loses`` answers: what is asked
    is done, and nothing comes back.
    """

    pulls: list[Pull] = field(default_factory=lambda: [Pull(7, "a" * 40)])
    login: str | None = None
    comments: list[dict[str, Any]] = field(default_factory=list)
    failures: list[tuple[str, Answer]] = field(default_factory=list)
    loses: int = 0
    locked: bool = False

    def write(self, body: str, login: str = "github-actions[bot]") -> int:
        """A comment on pull request 7 that is there already; its id."""
        number = 1000 + len(self.comments)
        self.comments.append(
            {
                **_COMMENT,
                "id": number,
                "body": body,
                "user": {**_COMMENT["user"], "login": login},
                "html_url": f"https://github.com/octocat/Hello-World/pull/7#issuecomment-{number}",
            }
        )
        return number

    @property
    def bodies(self) -> list[str]:
        return [each["body"] for each in self.comments]

    def __call__(self, request: Request) -> Answer:
        for position, (what, failure) in enumerate(self.failures):
            if f"{request.method} {request.path}".startswith(what):
                del self.failures[position]
                return failure
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(401, "Bad credentials")
        answer = self._answer(request)
        if self.loses and request.method == "POST":
            self.loses -= 1
            return _error(502, "Server Error")
        return answer

    def _answer(self, request: Request) -> Answer:
        path = request.path.removeprefix("/repos/octocat/Hello-World")
        if path == "/user":
            if self.login is None:
                return _error(403, "Resource not accessible by integration")
            return Answer(200, {**_USER, "login": self.login})
        if match := re.fullmatch(r"/issues/(\d+)/comments", path):
            if int(match[1]) not in {each.number for each in self.pulls}:
                return _error(404, "Not Found")
            return self._listed(request) if request.method == "GET" else self._made(request)
        if match := re.fullmatch(r"/issues/comments/(\d+)", path):
            return self._changed(int(match[1]), request)
        if match := re.fullmatch(r"/pulls/(\d+)", path):
            found = [each for each in self.pulls if each.number == int(match[1])]
            return Answer(200, _pull(_PULL, found[0])) if found else _error(404, "Not Found")
        if path == "/pulls":
            return Answer(200, [_pull(_LISTED, each) for each in self._from(request.query)])
        return _error(404, "Not Found")

    def _listed(self, request: Request) -> Answer:
        query = request.query
        size, page = min(int(query.get("per_page", "30")), 100), int(query.get("page", "1"))
        shown = self.comments[(page - 1) * size : page * size]
        headers = {}
        if page * size < len(self.comments):
            here = f"http://{request.headers['host']}{request.path}"
            headers["link"] = f'<{here}?per_page={size}&page={page + 1}>; rel="next"'
        return Answer(200, shown, headers)

    def _made(self, request: Request) -> Answer:
        if self.locked:
            return _error(403, "Unable to create comment because issue is locked.")
        if refused := _too_long(request.body["body"]):
            return refused
        self.write(request.body["body"], self.login or "github-actions[bot]")
        return Answer(201, self.comments[-1])

    def _changed(self, number: int, request: Request) -> Answer:
        found = [each for each in self.comments if each["id"] == number]
        if not found:
            return _error(404, "Not Found")
        if refused := _too_long(request.body["body"]):
            return refused
        found[0]["body"] = request.body["body"]
        return Answer(200, found[0])

    def _from(self, query: dict[str, str]) -> Iterable[Pull]:
        for each in self.pulls:
            owner = (each.origin or "ghost/x").partition("/")[0]
            if f"{owner}:{each.branch}" == query.get("head") and each.state == query.get("state"):
                yield each


def _pull(example: dict[str, Any], of: Pull) -> dict[str, Any]:
    head = {**example["head"], "sha": of.sha, "ref": of.branch}
    head["repo"] = None if of.origin is None else {**example["head"]["repo"], "full_name": of.origin}
    asked: list[object] = []  # the teams of GitHub's own example are not as its description has them
    return {**example, "number": of.number, "state": of.state, "head": head, "requested_teams": asked}


def _error(status: int, message: str) -> Answer:
    return Answer(status, {"message": message, "documentation_url": "https://docs.github.com/rest"})


def _too_long(body: str) -> Answer | None:
    if len(body) <= LONGEST:
        return None
    said = {
        "resource": "IssueComment",
        "code": "unprocessable",
        "field": "data",
        "message": "Body is too long",
    }
    return Answer(
        422,
        {"message": "Validation Failed", "errors": [said], "documentation_url": "https://docs.github.com"},
    )
