"""What a change is compared with: by event, by what is checked out, and with little of its history there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from base import base_of, named
from command_line import call
from event import Event
from git import Access, Clone
from hooks.hosted import GROWN, Hosted, PullRequest
from hooks.private_server import serving
from problem import Problem

NOWHERE = "0" * 40
GONE = "1" * 40


@pytest.fixture
def change(hosted: Hosted) -> PullRequest:
    """A pull request that grows a prompt."""
    return hosted.pull_request({"app.py": call(system=GROWN)})


def found(hosted: Hosted, folder: Path, event: Event, commit: str, depth: int) -> str | None:
    return base_of(event, Clone(hosted.checked_out(folder, commit, depth).root))


def pull_request(change: PullRequest) -> Event:
    return Event.from_payload("pull_request", change.payload)


@pytest.mark.parametrize("depth", [0, 1])
def test_the_merge_of_a_pull_request_is_compared_with_its_first_parent(
    hosted: Hosted, change: PullRequest, tmp_path: Path, depth: int
) -> None:
    assert found(hosted, tmp_path / "clone", pull_request(change), change.merge, depth) == change.base


@pytest.mark.parametrize("depth", [0, 1])
def test_the_branch_alone_is_compared_with_where_it_left_its_base(
    hosted: Hosted, change: PullRequest, tmp_path: Path, depth: int
) -> None:
    left = hosted.repository.git("rev-parse", f"{change.base}^")

    assert found(hosted, tmp_path / "clone", pull_request(change), change.head, depth) == left


@pytest.mark.parametrize("depth", [0, 1])
def test_a_branch_that_ends_in_a_merge_of_its_own_is_not_compared_with_itself(
    hosted: Hosted, tmp_path: Path, depth: int
) -> None:
    here = hosted.repository
    change = hosted.pull_request({"app.py": call(system=GROWN)})
    here.git("checkout", "--quiet", "--detach", change.head)
    here.git("merge", "--quiet", "--no-ff", "--message=catch up", "main")
    head = here.git("rev-parse", "HEAD")
    here.git("update-ref", "refs/pull/7/head", head)
    caught_up = PullRequest(head, change.base, change.merge)

    assert found(hosted, tmp_path / "clone", pull_request(caught_up), head, depth) == change.base


def test_a_base_that_nobody_has_is_a_problem_and_no_change(
    hosted: Hosted, change: PullRequest, tmp_path: Path
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", change.merge)
    clone.git("remote", "set-url", "origin", (tmp_path / "moved away").as_uri())

    with pytest.raises(Problem, match=f"the base {change.base} is not in this clone") as told:
        base_of(pull_request(change), Clone(clone.root))

    assert "fetch-depth: 2" in told.value.hint


@pytest.mark.parametrize(("token", "is_found"), [("secret", True), ("another", False), ("", False)])
def test_of_a_private_repository_the_base_is_fetched_with_the_token_of_the_job(
    hosted: Hosted, change: PullRequest, tmp_path: Path, token: str, is_found: bool
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", change.merge)
    with serving(hosted.repository.root.parent, "secret") as server:
        clone.git("remote", "set-url", "origin", f"{server}/{hosted.repository.root.name}/.git")

        try:
            base = base_of(pull_request(change), Clone(clone.root, Access(server, token)))
        except Problem:
            base = None

    assert base == (change.base if is_found else None)
    assert "secret" not in (clone.root / ".git" / "config").read_text("utf-8")


def test_the_token_is_not_sent_twice(hosted: Hosted, change: PullRequest, tmp_path: Path) -> None:
    clone = hosted.checked_out(tmp_path / "clone", change.merge)
    with serving(hosted.repository.root.parent, "secret") as server:
        clone.git("remote", "set-url", "origin", f"{server}/{hosted.repository.root.name}/.git")
        access = Access(server, "secret")
        kept = access.variables({})["GIT_CONFIG_VALUE_0"]
        clone.git("config", f"http.{server}/.extraheader", kept)  # as actions/checkout does

        assert base_of(pull_request(change), Clone(clone.root, access)) == change.base


def test_a_folder_without_a_commit_is_a_problem(change: PullRequest, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="there is no commit in"):
        base_of(pull_request(change), Clone(tmp_path))


def test_histories_without_a_common_commit_are_a_problem(hosted: Hosted, tmp_path: Path) -> None:
    here = hosted.repository
    main = here.git("rev-parse", "main")
    here.git("checkout", "--quiet", "--orphan", "other")
    stranger = here.commit()
    event = pull_request(PullRequest(stranger, main, merge=""))

    with pytest.raises(Problem, match="no commit in common"):
        found(hosted, tmp_path / "clone", event, stranger, depth=1)


def test_a_merge_group_is_compared_with_what_it_is_queued_upon(
    hosted: Hosted, change: PullRequest, tmp_path: Path
) -> None:
    event = Event.from_payload("merge_group", {"merge_group": {"base_sha": change.base}})

    assert found(hosted, tmp_path / "clone", event, change.merge, depth=1) == change.base


def push(before: str, branch: str = "refs/heads/main", **more: Any) -> Event:
    payload = {"ref": branch, "before": before, "repository": {"default_branch": "main"}, **more}
    return Event.from_payload("push", payload)


def test_a_push_is_compared_with_what_was_there_before(hosted: Hosted, tmp_path: Path) -> None:
    before = hosted.repository.git("rev-parse", "main")
    hosted.repository.write("b.py", call())
    after = [hosted.repository.commit() for _ in range(3)][-1]

    assert found(hosted, tmp_path / "clone", push(before), after, depth=1) == before


@pytest.mark.parametrize("how", [{"before": NOWHERE}, {"before": GONE, "forced": True}])
def test_a_branch_that_is_new_or_rewritten_is_compared_with_where_it_left_the_default_branch(
    hosted: Hosted, change: PullRequest, tmp_path: Path, how: dict[str, Any]
) -> None:
    left = hosted.repository.git("rev-parse", f"{change.base}^")
    event = push(branch="refs/heads/change", **how)

    assert found(hosted, tmp_path / "clone", event, change.head, depth=1) == left


def test_a_rewritten_default_branch_whose_past_is_gone_is_a_problem(hosted: Hosted, tmp_path: Path) -> None:
    head = hosted.repository.git("rev-parse", "main")

    with pytest.raises(Problem, match=f"the base {GONE}"):
        found(hosted, tmp_path / "clone", push(GONE, forced=True), head, depth=1)


@pytest.mark.parametrize(
    "event",
    [
        push(NOWHERE),
        push(NOWHERE, branch="refs/tags/v1"),
        Event.from_payload("schedule", {"repository": {"default_branch": "main"}}),
        Event.from_payload("workflow_dispatch", {"ref": "refs/heads/main"}),
    ],
    ids=["first push", "tag", "schedule", "by hand"],
)
def test_what_is_no_change_has_no_base(hosted: Hosted, tmp_path: Path, event: Event) -> None:
    head = hosted.repository.git("rev-parse", "main")

    assert found(hosted, tmp_path / "clone", event, head, depth=1) is None


@pytest.mark.parametrize("name", ["main", "refs/heads/main", "{base}"])
def test_a_base_can_be_named_and_is_fetched(
    hosted: Hosted, change: PullRequest, tmp_path: Path, name: str
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", change.merge)

    assert named(name.format(base=change.base), Clone(clone.root)) == change.base


@pytest.mark.parametrize("name", ["nothing-of-this-name", "--upload-pack=touch"])
def test_a_named_base_that_is_nowhere_is_a_problem(
    hosted: Hosted, change: PullRequest, tmp_path: Path, name: str
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", change.merge)

    with pytest.raises(Problem, match=name):
        named(name, Clone(clone.root))


def test_pull_request_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="lends a pull request the secrets of its base"):
        Event.of("pull_request_target", tmp_path / "event.json")
