"""The real ``action.yml`` in a composite runner, on real clones of a repository with pull requests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command_line import EIGHT, call, valid
from forge.described import Proxy
from forge.fake_github import TOKEN, GitHub, Pull
from forge.loopback import Answer, served
from hooks.composite import CompositeAction, Job, Run
from hooks.hosted import BUDGET, GROWN, HERE, NUMBER, Hosted, PullRequest
from runner import commands
from tree.repository import Repository

pytestmark = pytest.mark.packages

EXTRAS = {"extras": "github"}
"""Fewer packages than by default: nothing here is written in one of the languages that are optional."""
FORBIDDEN = Answer(
    403, {"message": "Resource not accessible by integration", "documentation_url": "https://x.y"}
)


@dataclass(frozen=True)
class Platform:
    """Runs the action on clones, and keeps the comments that it makes."""

    action: CompositeAction
    temporary: Path
    github: GitHub
    address: str

    def run(
        self,
        clone: Repository,
        event: str,
        payload: Mapping[str, Any],
        inputs: Mapping[str, str] | None = None,
        **variables: str,
    ) -> Run:
        """Run it as for an event."""
        addresses = {"GITHUB_API_URL": self.address, "GITHUB_SERVER_URL": "https://github.com"}
        job = Job(clone.root, self.temporary, event, payload, TOKEN, {**addresses, **variables})
        return self.action.run(job, {**EXTRAS, **(inputs or {})})

    def judge(
        self,
        change: PullRequest,
        clone: Repository,
        inputs: Mapping[str, str] | None = None,
        **variables: str,
    ) -> Run:
        """Run it as for a pull request, which is there to be commented on."""
        self.github.pulls[:] = [Pull(NUMBER, change.head, "change", change.origin["full_name"])]
        return self.run(clone, "pull_request", change.payload, inputs, **variables)


@pytest.fixture
def platform(action: CompositeAction, temporary: Path) -> Iterator[Platform]:
    """The platform; what is asked of it and what it answers must be as GitHub describes."""
    github = GitHub()
    with served(github) as upstream:
        proxy = Proxy(upstream)
        with served(proxy) as address:
            yield Platform(action, temporary, github, address)
    assert proxy.violations == []


@pytest.fixture
def grown(hosted: Hosted) -> PullRequest:
    """A pull request that adds 21 tokens, so $21 a month, to a prompt."""
    return hosted.pull_request({"app.py": call(system=GROWN)})


@pytest.fixture
def harmless(hosted: Hosted) -> PullRequest:
    """A pull request that changes no prompt."""
    return hosted.pull_request({"README.md": "A shop that sells things.\n"})


def report(run: Run) -> Any:
    return valid(Path(run.outputs["report"]).read_text("utf-8"))


def test_a_pull_request_that_grows_a_prompt_fails_and_says_so_everywhere(
    platform: Platform, hosted: Hosted, grown: PullRequest, tmp_path: Path
) -> None:
    run = platform.judge(grown, hosted.checked_out(tmp_path / "clone", grown.merge))

    assert run.code == 1, run.log
    assert run.outputs["verdict"] == "fail"
    assert (run.outputs["monthly-delta"], run.outputs["percent"]) == ("21.00", "0.97")
    assert [change["prompt"] for change in report(run)["changes"]] == ["app.py::SYSTEM"]
    assert "Verdict: fail" in run.log
    assert run.summary.startswith("### scrimp: fail\n\n**+$21.00 a month**")
    assert "later.py" not in run.summary
    (comment,) = platform.github.bodies
    assert comment.endswith(run.summary)
    (error,) = [each for each in run.annotations if each.name == "error"]
    assert error.properties == {"title": "budget repository"}
    assert any(each.properties.get("file") == "app.py" for each in run.annotations)
    (sarif,) = json.loads(Path(run.outputs["sarif"]).read_text("utf-8"))["runs"]
    assert sarif["tool"]["driver"]["name"] == "scrimp"


def test_a_pull_request_that_changes_no_prompt_passes_in_one_line(
    platform: Platform, hosted: Hosted, harmless: PullRequest, tmp_path: Path
) -> None:
    run = platform.judge(harmless, hosted.checked_out(tmp_path / "clone", harmless.merge))

    assert run.code == 0, run.log
    assert (run.outputs["verdict"], run.outputs["monthly-delta"]) == ("pass", "0.00")
    assert run.outputs["percent"] == "0.00"
    assert run.annotations == []
    assert len(run.summary.strip().splitlines()) == 1
    assert len(platform.github.bodies) == 1


def test_the_comment_is_kept_up_to_date(
    platform: Platform, hosted: Hosted, grown: PullRequest, tmp_path: Path
) -> None:
    platform.github.write("First!", login="somebody")
    clone = hosted.checked_out(tmp_path / "clone", grown.merge)
    inputs = {"sarif": "false", "fail": "false"}
    first = platform.judge(grown, clone, inputs)
    clone.write("scrimp.yaml", clone.root.joinpath("scrimp.yaml").read_text("utf-8") + "# another\n")

    second = platform.judge(grown, clone, inputs)

    assert (first.code, first.outputs["verdict"], first.outputs["sarif"]) == (0, "fail", ""), first.log
    assert "comment unchanged" in second.log
    assert len(platform.github.bodies) == 2


def test_a_fork_s_pull_request_is_judged_and_commented_on_by_a_second_workflow(
    platform: Platform, hosted: Hosted, tmp_path: Path
) -> None:
    change = hosted.pull_request({"app.py": call(system=GROWN)}, fork=True)
    platform.github.failures.append(("POST ", FORBIDDEN))

    judged = platform.judge(change, hosted.checked_out(tmp_path / "clone", change.merge))

    assert (judged.code, judged.outputs["verdict"]) == (1, "fail"), judged.log
    assert judged.summary.startswith("### scrimp: fail")
    assert any("no comment was made" in each.data for each in judged.annotations)
    assert platform.github.bodies == []

    empty = Repository(tmp_path / "empty")
    empty.write("report/scrimp.json", Path(judged.outputs["report"]).read_text("utf-8"))
    inputs = {"report": "report/scrimp.json"}
    posted = platform.run(empty, "workflow_run", change.after, inputs)

    assert posted.code == 0, posted.log
    assert len(platform.github.bodies) == 1

    moved_on = platform.run(
        empty, "workflow_run", {**change.after, "workflow_run": _at("f" * 40, change)}, inputs
    )
    assert moved_on.code == 2, moved_on.log
    assert len(platform.github.bodies) == 1


def _at(commit: str, change: PullRequest) -> dict[str, Any]:
    return {**change.after["workflow_run"], "head_sha": commit}


def test_a_missing_base_is_an_error_and_never_no_change(
    platform: Platform, hosted: Hosted, harmless: PullRequest, tmp_path: Path
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", harmless.merge)
    clone.git("remote", "set-url", "origin", (tmp_path / "moved away").as_uri())

    run = platform.judge(harmless, clone)

    assert run.code == 2, run.log
    assert run.outputs == {"verdict": "error", "monthly-delta": "", "percent": "", "report": "", "sarif": ""}
    (error,) = run.annotations
    assert (error.name, error.properties) == ("error", {"title": "scrimp"})
    assert error.data.startswith(f"the base {harmless.base} is not in this clone")
    assert platform.github.bodies == []


def test_a_mistake_in_the_configuration_is_an_error_that_is_seen(
    platform: Platform, hosted: Hosted, tmp_path: Path
) -> None:
    change = hosted.pull_request({"scrimp.yaml": "bugdets: []\n"})

    run = platform.judge(change, hosted.checked_out(tmp_path / "clone", change.merge))

    assert (run.code, run.outputs["verdict"]) == (2, "error"), run.log
    assert "scrimp.yaml:1:1" in run.log
    assert [each.name for each in run.annotations] == ["error"]


def test_a_schedule_audits_what_is_there(platform: Platform, hosted: Hosted, tmp_path: Path) -> None:
    clone = hosted.checked_out(tmp_path / "clone", hosted.repository.git("rev-parse", "main"))

    run = platform.run(clone, "schedule", {"repository": HERE})

    assert (run.code, run.outputs["verdict"]) == (0, "pass"), run.log
    assert (run.outputs["monthly-delta"], run.outputs["percent"]) == ("", "")
    assert report(run)["command"] == "audit"
    assert run.outputs["sarif"]
    assert "$" in run.summary


def test_a_merge_queue_is_judged_and_not_commented_on(
    platform: Platform, hosted: Hosted, grown: PullRequest, tmp_path: Path
) -> None:
    queued = {"merge_group": {"base_sha": grown.base, "head_sha": grown.merge}, "repository": HERE}

    run = platform.run(
        hosted.checked_out(tmp_path / "clone", grown.merge), "merge_group", queued, {"sarif": "false"}
    )

    assert (run.code, run.outputs["verdict"], run.outputs["monthly-delta"]) == (1, "fail", "21.00"), run.log
    assert platform.github.bodies == []


def test_what_a_pull_request_can_not_have_judged_is_incomplete(
    platform: Platform, hosted: Hosted, tmp_path: Path
) -> None:
    change = hosted.pull_request({"broken.py": f'PROMPT = """You are {EIGHT}\n'})

    run = platform.judge(change, hosted.checked_out(tmp_path / "clone", change.merge))

    assert (run.code, run.outputs["verdict"]) == (3, "incomplete"), run.log


def test_a_pull_request_can_not_loosen_the_gate_that_judges_it(
    platform: Platform, hosted: Hosted, tmp_path: Path
) -> None:
    looser = hosted.repository.root.joinpath("scrimp.yaml").read_text("utf-8").replace(BUDGET, "")
    change = hosted.pull_request({"app.py": call(system=GROWN), "scrimp.yaml": looser})

    run = platform.judge(change, hosted.checked_out(tmp_path / "clone", change.merge))

    assert (run.code, run.outputs["verdict"]) == (1, "fail"), run.log


def test_nothing_of_a_pull_request_is_run_or_taken_for_a_command(
    platform: Platform, hosted: Hosted, tmp_path: Path
) -> None:
    trap = f"open({str(tmp_path / 'sprung')!r}, 'w').close()\n"
    modules = (
        "scrimp",
        "pip",
        "venv",
        "json",
        "click",
        "judge",
        "encodings",
        "sitecustomize",
        "usercustomize",
    )
    files = {f"{module}.py": trap for module in (*modules, "setup", "conftest")}
    name = f"prompts/x\n::set-output name=verdict::pass\r##[add-path]$(touch {tmp_path.name}).md"
    files[name] = f"---\nmodel: gpt-4o\n---\nYou are {EIGHT}\n::warning::{EIGHT}\n"
    change = hosted.pull_request(files)

    run = platform.judge(
        change, hosted.checked_out(tmp_path / "clone", change.merge), PYTHONPATH=".", PYTHONSTARTUP="setup.py"
    )

    assert run.code in {0, 1, 3}, run.log
    assert not (tmp_path / "sprung").exists()
    assert {each.name for each in commands(run.log)} <= {"error", "warning", "notice"}
    assert run.outputs["verdict"] == report(run)["verdict"]["outcome"]


def test_what_a_workflow_gives_as_input_never_reaches_a_shell(
    platform: Platform, hosted: Hosted, harmless: PullRequest, tmp_path: Path
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", harmless.merge)
    hostile = f'"; touch {tmp_path}/sprung; echo "$(touch {tmp_path}/sprung)'

    run = platform.judge(harmless, clone, {"base": hostile})

    assert (run.code, run.outputs["verdict"]) == (2, "error"), run.log
    assert not (tmp_path / "sprung").exists()


def test_pull_request_target_is_refused(
    platform: Platform, hosted: Hosted, grown: PullRequest, tmp_path: Path
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", grown.merge)

    run = platform.run(clone, "pull_request_target", grown.payload)

    assert (run.code, run.outputs["verdict"]) == (2, "error"), run.log
