"""The client of GitHub's comments, through a proxy that knows GitHub's published description, before a fake that forgets
nothing."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

import pytest
from forge.conftest import Posting
from forge.described import FILE, Proxy
from forge.fake_github import TOKEN, Pull
from forge.loopback import Answer, Request, served
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scrimp.forge import connection
from scrimp.forge.comments import Done, marker
from scrimp.forge.hosts import Target
from scrimp.model.errors import UserError

MARK = marker("default")
BODY = f"{MARK}\nIt costs more."
COMMENTS = "/repos/octocat/Hello-World/issues/7/comments"


def busy(status: int = 429, **headers: str) -> Answer:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"message": "API rate limit exceeded"}, said)


DOWN = Answer(503, {"message": "Service unavailable"})


class TestTheComment:
    def test_is_made_where_there_is_none(self, job: Posting) -> None:
        done, comment = job.post()

        assert done is Done.CREATED
        assert job.host.bodies == [BODY]
        assert comment is not None
        assert comment.url == "https://github.com/octocat/Hello-World/pull/7#issuecomment-1000"

    def test_is_updated_in_place(self, job: Posting) -> None:
        job.post("It costs more.")

        assert job.post("It costs less.")[0] is Done.UPDATED
        assert job.host.bodies == [f"{MARK}\nIt costs less."]

    def test_is_left_alone_if_it_says_the_same(self, job: Posting) -> None:
        job.host.write(BODY.replace("\n", "\r\n") + "\n")

        assert job.post()[0] is Done.UNCHANGED
        assert set(job.proxy.methods()) == {"GET"}

    @pytest.mark.parametrize("before", [99, 100, 250])
    def test_is_found_behind_a_hundred_others(self, job: Posting, before: int) -> None:
        for number in range(before):
            job.host.write(f"comment {number}", "octocat")
        job.host.write(f"{MARK}\nold")

        assert job.post()[0] is Done.UPDATED
        assert job.host.bodies[-1] == BODY
        assert len(job.host.bodies) == before + 1

    def test_of_somebody_else_with_our_marker_is_not_touched(self, job: Posting) -> None:
        job.host.write(f"{MARK}\nplanted", "mallory")

        assert job.post()[0] is Done.CREATED
        assert job.host.bodies == [f"{MARK}\nplanted", BODY]

    def test_that_only_quotes_our_marker_is_not_touched(self, job: Posting) -> None:
        job.host.write(f"> {MARK}")

        assert job.post()[0] is Done.CREATED

    def test_of_another_key_is_not_touched(self, job: Posting) -> None:
        job.host.write(f"{marker('other')}\nx")

        assert job.post()[0] is Done.CREATED

    def test_is_not_made_where_there_is_nothing_to_say(self, job: Posting) -> None:
        assert job.post(create=False) == (Done.SILENT, None)
        assert job.host.bodies == []

    def test_that_is_there_is_kept_up_to_date_even_then(self, job: Posting) -> None:
        job.post("It costs more.")

        assert job.post("no change", create=False)[0] is Done.UPDATED

    def test_that_somebody_deletes_meanwhile_is_made_anew(self, job: Posting) -> None:
        job.host.write(f"{MARK}\nold")
        job.host.failures.append(("PATCH", Answer(404, {"message": "Not Found"})))
        job.host.failures.append(("GET /repos", Answer(200, job.host.comments.copy())))
        job.host.comments.clear()

        assert job.post()[0] is Done.CREATED
        assert job.host.bodies == [BODY]


class TestTheAuthor:
    def test_is_who_the_token_belongs_to(self, job: Posting) -> None:
        job.host.login = "release-manager"
        job.host.write(f"{MARK}\nold", "release-manager")

        assert job.post()[0] is Done.UPDATED

    def test_is_actions_for_a_jobs_own_token_which_may_not_ask(self, job: Posting) -> None:
        job.host.write(f"{MARK}\nold", "github-actions[bot]")

        assert job.post()[0] is Done.UPDATED

    def test_is_not_asked_for_if_it_is_named(self, job: Posting) -> None:
        job.host.write(f"{MARK}\nold", "costs[bot]")
        job.target = Target(number=7, author="costs[bot]")

        assert job.post()[0] is Done.UPDATED
        assert "/user" not in {each.path for each in job.proxy.asked}


class TestARefusal:
    def refused(self, job: Posting) -> UserError:
        with pytest.raises(UserError) as caught:
            job.post()
        assert TOKEN not in caught.value.message + caught.value.hint
        assert job.waited == []
        return caught.value

    def test_of_a_forks_token_says_how_to_do_it(self, job: Posting) -> None:
        job.host.failures.append(("POST", Answer(403, {"message": "Resource not accessible by integration"})))

        error = self.refused(job)

        assert error.message == "GitHub answers 403: Resource not accessible by integration"
        assert "docs/comment.md" in error.hint

    def test_of_a_locked_pull_request_is_said(self, job: Posting) -> None:
        job.host.locked = True

        assert "issue is locked" in self.refused(job).message

    def test_of_a_pull_request_that_is_not_there(self, job: Posting) -> None:
        job.target = Target(number=8)

        assert self.refused(job).message == "GitHub answers 404: Not Found"

    def test_of_a_text_that_is_too_long(self, job: Posting) -> None:
        with pytest.raises(UserError, match="422: Validation Failed"):
            job.post("x" * 70_000)

    def test_of_a_wrong_token_does_not_say_it(self, job: Posting) -> None:
        job.host.failures.append(("GET", Answer(401, {"message": f"Bad credentials: {TOKEN}"})))

        assert "Bad credentials: …" in self.refused(job).message

    def test_without_words_is_one_all_the_same(self, job: Posting) -> None:
        job.host.failures.append(("POST", Answer(401, headers={"content-type": "text/html"}, content=b"")))

        assert self.refused(job).message == "GitHub answers 401"


class TestABusyHost:
    def test_is_waited_for_as_long_as_it_says(self, job: Posting) -> None:
        job.host.failures += [("POST", busy(retry_after="7")), ("POST", busy(403, retry_after="3"))]

        assert job.post()[0] is Done.CREATED
        assert job.waited == [7.0, 3.0]

    def test_is_waited_for_until_its_limit_is_reset(self, job: Posting) -> None:
        reset = str(int(time.time()) + 20)
        job.host.failures.append(
            (f"GET {COMMENTS}", busy(403, x_ratelimit_remaining="0", x_ratelimit_reset=reset))
        )

        assert job.post()[0] is Done.CREATED
        assert len(job.waited) == 1
        assert 15 < job.waited[0] <= 20

    def test_that_wants_too_long_is_given_up_at_once(self, job: Posting) -> None:
        job.host.failures.append(("POST", busy(retry_after="3600")))

        with pytest.raises(UserError, match="429"):
            job.post()
        assert job.waited == []

    def test_that_stays_busy_is_given_up(self, job: Posting) -> None:
        job.host.failures += [("POST", busy())] * 9

        with pytest.raises(UserError, match="429"):
            job.post()
        assert job.waited == [1.0, 2.0, 4.0]


class TestAFailingHost:
    def test_is_asked_again(self, job: Posting) -> None:
        job.host.failures += [(f"GET {COMMENTS}", DOWN), (f"GET {COMMENTS}", Answer(0))]

        assert job.post()[0] is Done.CREATED
        assert job.waited == [1.0, 2.0]

    def test_that_stays_down_is_given_up(self, job: Posting) -> None:
        job.host.failures += [("GET", DOWN)] * 9

        with pytest.raises(UserError, match="GitHub answers 503"):
            job.post()
        assert job.waited == [1.0, 2.0, 4.0]

    def test_that_made_the_comment_and_lost_the_answer_is_not_asked_for_another(self, job: Posting) -> None:
        job.host.loses = 1

        assert job.post()[0] is Done.UNCHANGED
        assert job.host.bodies == [BODY]
        assert job.proxy.methods().count("POST") == 1

    def test_that_made_nothing_is_asked_again_after_a_look(self, job: Posting) -> None:
        job.host.failures.append(("POST", DOWN))

        assert job.post()[0] is Done.CREATED
        assert job.host.bodies == [BODY]

    def test_that_never_makes_it_is_given_up(self, job: Posting) -> None:
        job.host.failures += [("POST", Answer(0))] * 9

        with pytest.raises(UserError, match="can't be reached"):
            job.post()
        assert job.proxy.methods().count("POST") == 3

    def test_that_does_not_answer_in_time_is_taken_for_down(
        self, job: Posting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "TIMEOUT", 0.05)

        def slow(request: Request) -> Answer:
            time.sleep(0.3)
            return Answer(200, [])

        with served(slow) as address, pytest.raises(UserError, match="doesn't answer in"):
            replace(job, address=address).post()

    def test_that_answers_something_else_is_none(self, job: Posting) -> None:
        html = served(lambda _: Answer(200, content=b"<html>"))
        with html as address, pytest.raises(UserError, match="something else"):
            replace(job, address=address).post()

    def test_that_answers_without_end_is_stopped(self, job: Posting, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "LARGEST", 1000)

        long = served(lambda _: Answer(200, content=b"[" + b" " * 5000 + b"]"))
        with long as address, pytest.raises(UserError, match="answers more than"):
            replace(job, address=address).post()


TROUBLE = st.sampled_from(
    [
        ("GET /repos", DOWN),
        ("GET /repos", Answer(0)),
        ("POST", DOWN),
        ("POST", Answer(0)),
        ("PATCH", DOWN),
        ("PATCH", Answer(404, {"message": "Not Found"})),
        ("", busy(retry_after="1")),
        ("", busy(403, x_ratelimit_remaining="0")),
    ]
)


@given(st.lists(TROUBLE, max_size=6), st.integers(0, 2), st.sampled_from(["", "old", "It costs more."]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_fails_there_is_one_comment_at_most_and_success_means_it_is_right(
    job: Posting, failures: list[tuple[str, Answer]], loses: int, before: str
) -> None:
    job.host.comments.clear()
    if before:
        job.host.write(f"{MARK}\n{before}")
    job.host.failures[:], job.host.loses = failures, loses

    said = ""
    try:
        job.post()
    except UserError as error:
        said = error.message + error.hint

    assert len(job.host.bodies) <= 1
    assert said or job.host.bodies == [BODY]
    assert TOKEN not in said


class TestARedirect:
    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_on_the_same_host_is_followed_with_the_same_request(self, job: Posting, status: int) -> None:
        job.host.failures.append(("POST", Answer(status, {"message": "Moved"}, {"location": COMMENTS})))

        assert job.post()[0] is Done.CREATED
        assert job.host.bodies == [BODY]

    def test_to_another_host_is_not_followed_and_the_token_stays(self, job: Posting) -> None:
        seen: list[Request] = []

        def other(request: Request) -> Answer:
            seen.append(request)
            return Answer(200, [])

        with served(other) as elsewhere:
            for what in ("GET", "POST", "PATCH"):
                job.host.write(f"{MARK}\n{what}") if what == "PATCH" else None
                where = Answer(307, {"message": "Moved"}, {"location": f"{elsewhere}{COMMENTS}"})
                job.host.failures.append((what, where))
                with pytest.raises(UserError, match="which is elsewhere"):
                    job.post()
        assert seen == []

    def test_in_a_circle_ends(self, job: Posting) -> None:
        circle = Answer(302, {"message": "Moved"}, {"location": COMMENTS})
        job.host.failures += [(f"GET {COMMENTS}", circle)] * 9

        with pytest.raises(UserError, match="in a circle"):
            job.post()

    def test_of_the_next_page_to_another_host_is_not_followed(self, job: Posting) -> None:
        for number in range(150):
            job.host.write(f"comment {number}", "octocat")
        job.host.write(f"{MARK}\nold")
        link = {"link": '<http://127.0.0.2:1/x?page=2>; rel="next"'}
        job.host.failures.append((f"GET {COMMENTS}", Answer(200, job.host.comments[:100], link)))

        assert job.post()[0] is Done.UPDATED


class TestTheToken:
    def test_is_needed(self, job: Posting) -> None:
        with pytest.raises(UserError, match="no token for GitHub"):
            job.post(GITHUB_TOKEN="")

    @pytest.mark.parametrize("address", ["http://github.example/api/v3", "ftp://127.0.0.1", "api.github.com"])
    def test_is_sent_to_no_address_that_would_show_it(self, job: Posting, address: str) -> None:
        with pytest.raises(UserError, match="doesn't keep a token secret"):
            job.post(GITHUB_API_URL=address)

    def test_is_sent_to_no_proxy_for_this_machine(
        self, job: Posting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.2:1")

        assert job.post()[0] is Done.CREATED


def test_the_extra_that_is_missing_is_named(job: Posting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)

    with pytest.raises(UserError, match="the extra github is not installed"):
        job.post()


def test_a_repository_that_is_none_is_refused(job: Posting) -> None:
    for name in ("", "octocat", "octocat/../x", "a/b/c", "octocat/Hello World"):
        with pytest.raises(UserError, match="not a repository"):
            job.post(GITHUB_REPOSITORY=name)
    assert job.proxy.asked == []


class TestTheRunThatEnded:
    """The job after the one of a fork's pull request: only GitHub's event and GitHub itself are believed."""

    SHA = "b" * 40

    def event(
        self,
        folder: Path,
        origin: str | None = "mallory/fork",
        branch: str = "feature",
        started_by: str = "pull_request",
    ) -> str:
        repository = (
            None if origin is None else {"full_name": origin, "owner": {"login": origin.partition("/")[0]}}
        )
        ended: dict[str, object] = {
            "event": started_by,
            "head_sha": self.SHA,
            "head_branch": branch,
            "head_repository": repository,
            "pull_requests": [],
        }
        file = folder / "event.json"
        file.write_text(json.dumps({"action": "completed", "workflow_run": ended}), "utf-8")
        return str(file)

    @pytest.fixture
    def run(self, job: Posting) -> Posting:
        job.host.pulls = [
            Pull(7, self.SHA, origin="mallory/fork"),
            Pull(8, "c" * 40),
            Pull(9, self.SHA, origin="mallory/other"),
            Pull(10, self.SHA, origin="mallory/fork", state="closed"),
        ]
        job.target = Target()
        return job

    def test_names_the_pull_request_by_its_commit_and_branch(self, run: Posting, tmp_path: Path) -> None:
        assert run.post(GITHUB_EVENT_PATH=self.event(tmp_path))[0] is Done.CREATED
        assert [each.path for each in run.proxy.asked if each.method == "POST"] == [COMMENTS]

    def test_confirms_a_number_that_is_given(self, run: Posting, tmp_path: Path) -> None:
        run.target = Target(number=7)

        assert run.post(GITHUB_EVENT_PATH=self.event(tmp_path))[0] is Done.CREATED

    @pytest.mark.parametrize("number", [8, 9, 10])
    def test_denies_a_number_that_is_anothers(self, run: Posting, tmp_path: Path, number: int) -> None:
        run.target = Target(number=number)

        with pytest.raises(UserError, match=f"pull request {number} isn't open and at commit {self.SHA}"):
            run.post(GITHUB_EVENT_PATH=self.event(tmp_path))
        assert set(run.proxy.methods()) == {"GET"}

    @pytest.mark.parametrize(
        ("origin", "branch"), [("mallory/fork", "gone"), ("eve/fork", "feature"), (None, "feature")]
    )
    def test_of_no_open_pull_request_comments_on_none(
        self, run: Posting, tmp_path: Path, origin: str | None, branch: str
    ) -> None:
        with pytest.raises(UserError, match="no open pull request is at commit"):
            run.post(GITHUB_EVENT_PATH=self.event(tmp_path, origin, branch))
        assert "POST" not in run.proxy.methods()

    def test_that_was_about_a_branch_comments_on_no_pull_request_of_it(
        self, run: Posting, tmp_path: Path
    ) -> None:
        with pytest.raises(UserError, match="started by push"):
            run.post(GITHUB_EVENT_PATH=self.event(tmp_path, started_by="push"))
        assert run.proxy.asked == []

    def test_of_a_pull_request_that_moved_on_comments_on_none(self, run: Posting, tmp_path: Path) -> None:
        run.host.pulls = [Pull(7, "d" * 40, origin="mallory/fork")]

        with pytest.raises(UserError, match="no open pull request"):
            run.post(GITHUB_EVENT_PATH=self.event(tmp_path))


class TestAnEvent:
    def test_of_a_pull_request_names_it(self, job: Posting, tmp_path: Path) -> None:
        (tmp_path / "event.json").write_text('{"pull_request": {"number": 7, "head": {}}}')
        job.target = Target()

        assert job.post(GITHUB_EVENT_PATH=str(tmp_path / "event.json"))[0] is Done.CREATED

    @pytest.mark.parametrize("text", ['{"ref": "refs/heads/main"}', ""])
    def test_of_none_needs_a_number(self, job: Posting, tmp_path: Path, text: str) -> None:
        (tmp_path / "event.json").write_text(text or "{}")
        job.target = Target()

        with pytest.raises(UserError, match="about no pull request"):
            job.post(GITHUB_EVENT_PATH=str(tmp_path / "event.json"))

    @pytest.mark.parametrize("text", ["", "[]", '{"pull_request": {"number": "7"}}', "\ud800"])
    def test_that_makes_no_sense_is_an_error(self, job: Posting, tmp_path: Path, text: str) -> None:
        (tmp_path / "event.json").write_bytes(text.encode("utf-8", "surrogatepass"))

        with pytest.raises(UserError, match="this event can't be read"):
            job.post(GITHUB_EVENT_PATH=str(tmp_path / "event.json"))


class TestTheDescription:
    """What holds requests and answers against it must be able to find fault."""

    @pytest.mark.parametrize(
        ("request_", "answer", "fault"),
        [
            (("POST", COMMENTS, b'{"text": "x"}'), Answer(201, {}), "body: 'body' is a required property"),
            (
                ("POST", COMMENTS, b'{"body": 1}'),
                Answer(404, {"message": "x"}),
                "body.body: 1 is not of type",
            ),
            (("GET", f"{COMMENTS}?size=1", b""), Answer(200, []), "parameter size is not described"),
            (("GET", f"{COMMENTS}?per_page=x", b""), Answer(200, []), "'x' is not of type 'integer'"),
            (("GET", COMMENTS, b""), Answer(200, [{"id": 1}]), "is a required property"),
            (("GET", COMMENTS, b"{}"), Answer(200, []), "a body that is not described"),
            (("GET", COMMENTS, b""), Answer(418, {}), "a status that is not described"),
            (("GET", "/repos/a/b/labels", b""), Answer(200, []), "not described"),
        ],
    )
    def test_finds_fault(self, request_: tuple[str, str, bytes], answer: Answer, fault: str) -> None:
        method, target, content = request_
        headers = {
            "accept": "application/vnd.github+json",
            "content-type": "application/json",
            "user-agent": "x",
            "x-github-api-version": "2022-11-28",
        }
        with served(lambda _: answer) as upstream:
            proxy = Proxy(upstream)
            proxy(Request(method, target, headers, content))

        assert [each for each in proxy.violations if fault in each], proxy.violations

    def test_is_the_one_that_notice_names(self) -> None:
        notice = (Path(__file__).parents[2] / "NOTICE").read_text("utf-8")
        content = FILE.read_bytes()

        assert hashlib.sha256(content).hexdigest() in notice
        assert f"@octokit/openapi {json.loads(content)['info']['version']}" in notice
