"""The client of GitLab's notes, before a fake that knows what docs.gitlab.com says of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from forge.loopback import Answer, Request, served

from scrimp.forge.comments import Done, marker, post
from scrimp.forge.hosts import Target, comments
from scrimp.model.errors import UserError

TOKEN = "glpat-0123456789abcdefghij"
MARK = marker("default")
NOTES = "/api/v4/projects/group%2Fapp/merge_requests/3/notes"
ME, OTHER = 42, 43
NOWHERE = Target()


@dataclass
class GitLab:
    """The notes on merge request 3 of a project."""

    notes: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    def write(self, body: str, author: int = ME, *, system: bool = False) -> None:
        number = 300 + len(self.notes)
        self.notes.append({"id": number, "body": body, "author": {"id": author}, "system": system})

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        if request.headers.get("private-token") != TOKEN:
            return Answer(401, {"message": "401 Unauthorized"})
        if request.path == "/api/v4/user":
            return Answer(200, {"id": ME, "username": "project_bot"})
        if request.path == NOTES and request.method == "POST":
            self.write(request.body["body"])
            return Answer(201, self.notes[-1])
        if request.path == NOTES:
            return self._listed(request)
        if (match := re.fullmatch(f"{NOTES}/(\\d+)", request.path)) and request.method == "PUT":
            (note,) = (each for each in self.notes if each["id"] == int(match[1]))
            note["body"] = request.body["body"]
            return Answer(200, note)
        return Answer(404, {"message": "404 Not found"})

    def _listed(self, request: Request) -> Answer:
        size, page = int(request.query["per_page"]), int(request.query.get("page", "1"))
        more = page * size < len(self.notes)
        link = f'<http://{request.headers["host"]}{NOTES}?per_page={size}&page={page + 1}>; rel="next"'
        return Answer(200, self.notes[(page - 1) * size : page * size], {"link": link} if more else {})


@dataclass
class Job:
    """A job of a merge request's pipeline."""

    host: GitLab
    environment: dict[str, str]

    def post(self, text: str, target: Target = NOWHERE) -> tuple[Done, str]:
        done, comment = post(comments("gitlab", target, self.environment), "default", text, create=True)
        return done, comment.url if comment else ""


@pytest.fixture
def job() -> Iterator[Job]:
    host = GitLab()
    with served(host) as address:
        environment = {
            "GITLAB_TOKEN": TOKEN,
            "CI_API_V4_URL": f"{address}/api/v4",
            "CI_PROJECT_ID": "group/app",
            "CI_MERGE_REQUEST_IID": "3",
            "CI_MERGE_REQUEST_PROJECT_URL": "https://gitlab.example/group/app",
        }
        yield Job(host, environment)


def test_a_note_is_made_then_updated_then_left_alone(job: Job) -> None:
    url = "https://gitlab.example/group/app/-/merge_requests/3#note_300"

    assert job.post("more") == (Done.CREATED, url)
    assert job.post("less") == (Done.UPDATED, url)
    assert job.post("less") == (Done.UNCHANGED, url)
    assert [each["body"] for each in job.host.notes] == [f"{MARK}\nless"]


def test_a_note_is_found_behind_a_hundred_others_that_are_not_ours(job: Job) -> None:
    for number in range(150):
        job.host.write(f"{MARK}\n{number}", OTHER)
    job.host.write(f"{MARK}\nclosed", system=True)
    job.host.write(f"{MARK}\nold")

    assert job.post("new")[0] is Done.UPDATED
    assert job.host.notes[-1]["body"] == f"{MARK}\nnew"


def test_errors_say_what_to_do_and_no_token(job: Job) -> None:
    with pytest.raises(UserError, match="404 Not found") as caught:
        job.post("x", Target(number=9))
    assert "--pull-request" in caught.value.hint
    job.environment["GITLAB_TOKEN"] = "glpat-wrong"
    with pytest.raises(UserError, match="401 Unauthorized") as caught:
        job.post("x")
    assert "glpat-wrong" not in json.dumps([caught.value.message, caught.value.hint])


@pytest.mark.parametrize("missing", ["GITLAB_TOKEN", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"])
def test_what_nobody_tells_is_an_error_before_anything_is_asked(job: Job, missing: str) -> None:
    del job.environment[missing]

    with pytest.raises(UserError, match=r"no token for GitLab|about no merge request"):
        job.post("x")
    assert job.host.asked == []
