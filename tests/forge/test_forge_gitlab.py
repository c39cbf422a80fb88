"""The client of GitLab's notes, before a fake that knows what docs.gitlab.com says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from forge.fake_gitlab import OTHER, TOKEN, GitLab
from forge.loopback import served

from scrimp.forge.comments import Done, marker, post
from scrimp.forge.hosts import Target, comments
from scrimp.model.errors import UserError

MARK = marker("default")
NOWHERE = Target()


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
