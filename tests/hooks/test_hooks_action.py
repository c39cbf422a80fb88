"""The real ``action.yml`` in a composite runner, on real clones of a repository with pull requests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from command_line import call, valid
from hooks.composite import CompositeAction, Job, Run
from hooks.hosted import GROWN, Hosted, PullRequest
from tree.repository import Repository

pytestmark = pytest.mark.packages

EXTRAS = {"extras": "network"}
"""Fewer packages than by default: nothing here is written in one of the languages that are optional."""


class Runner:
    """Runs the action on clones."""

    def __init__(self, action: CompositeAction, temporary: Path) -> None:
        self._action = action
        self._temporary = temporary

    def __call__(
        self,
        clone: Repository,
        event: str,
        payload: Mapping[str, Any],
        inputs: Mapping[str, str] | None = None,
    ) -> Run:
        job = Job(clone.root, self._temporary, event, payload)
        return self._action.run(job, {**EXTRAS, **(inputs or {})})

    def judge(self, change: PullRequest, clone: Repository, inputs: Mapping[str, str] | None = None) -> Run:
        """Run it as for a pull request."""
        return self(clone, "pull_request", change.payload, inputs)


@pytest.fixture
def runner(action: CompositeAction, temporary: Path) -> Runner:
    return Runner(action, temporary)


@pytest.fixture
def grown(hosted: Hosted) -> PullRequest:
    return hosted.pull_request({"app.py": call(system=GROWN)})


@pytest.fixture
def harmless(hosted: Hosted) -> PullRequest:
    return hosted.pull_request({"README.md": "A shop that sells things.\n"})


def report(run: Run) -> Any:
    return valid(Path(run.outputs["report"]).read_text("utf-8"))


def test_a_pull_request_that_grows_a_prompt_fails(
    runner: Runner, hosted: Hosted, grown: PullRequest, tmp_path: Path
) -> None:
    run = runner.judge(grown, hosted.checked_out(tmp_path / "clone", grown.merge))

    assert run.code == 1, run.log
    assert run.outputs["verdict"] == "fail"
    assert run.outputs["monthly-delta"] == "21.00"
    assert run.outputs["percent"] == "0.97"
    assert [change["prompt"] for change in report(run)["changes"]] == ["app.py::SYSTEM"]


def test_a_pull_request_that_changes_no_prompt_passes(
    runner: Runner, hosted: Hosted, harmless: PullRequest, tmp_path: Path
) -> None:
    run = runner.judge(harmless, hosted.checked_out(tmp_path / "clone", harmless.merge))

    assert run.code == 0, run.log
    assert (run.outputs["verdict"], run.outputs["monthly-delta"]) == ("pass", "0.00")
    assert run.outputs["percent"] == "0.00"


def test_a_missing_base_is_an_error_and_never_no_change(
    runner: Runner, hosted: Hosted, harmless: PullRequest, tmp_path: Path
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", harmless.merge)
    clone.git("remote", "set-url", "origin", (tmp_path / "moved away").as_uri())

    run = runner.judge(harmless, clone)

    assert run.code == 2, run.log
    assert run.outputs == {"verdict": "error", "monthly-delta": "", "percent": "", "report": "", "sarif": ""}
    assert f"::error title=scrimp::the base {harmless.base} is not in this clone" in run.log


def test_it_can_be_told_not_to_fail(
    runner: Runner, hosted: Hosted, grown: PullRequest, tmp_path: Path
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", grown.merge)

    run = runner.judge(grown, clone, {"fail": "false"})

    assert (run.code, run.outputs["verdict"]) == (0, "fail"), run.log


def test_a_schedule_audits_what_is_there(runner: Runner, hosted: Hosted, tmp_path: Path) -> None:
    clone = hosted.checked_out(tmp_path / "clone", hosted.repository.git("rev-parse", "main"))

    run = runner(clone, "schedule", {"repository": {"default_branch": "main"}})

    assert (run.code, run.outputs["verdict"]) == (0, "pass"), run.log
    assert (run.outputs["monthly-delta"], run.outputs["percent"]) == ("", "")
    assert report(run)["command"] == "audit"


def test_a_file_that_can_not_be_read_is_never_passed_over(
    runner: Runner, hosted: Hosted, tmp_path: Path
) -> None:
    broken = hosted.pull_request({"broken.py": b'PROMPT = "You are \xff\xfe"'.decode("latin-1")})
    clone = hosted.checked_out(tmp_path / "clone", broken.merge)
    clone.write("broken.py", b'PROMPT = "You are \xff\xfe"\n')
    clone.commit()

    run = runner.judge(broken, clone, {"base": broken.base})

    assert (run.code, run.outputs["verdict"]) == (3, "incomplete"), run.log


def test_no_file_of_a_pull_request_is_run(runner: Runner, hosted: Hosted, tmp_path: Path) -> None:
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
    change = hosted.pull_request({f"{module}.py": trap for module in (*modules, "setup", "conftest")})

    run = runner.judge(change, hosted.checked_out(tmp_path / "clone", change.merge))

    assert (run.code, run.outputs["verdict"]) == (0, "pass"), run.log
    assert not (tmp_path / "sprung").exists()


def test_what_a_workflow_gives_as_input_never_reaches_a_shell(
    runner: Runner, hosted: Hosted, harmless: PullRequest, tmp_path: Path
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", harmless.merge)

    run = runner.judge(
        harmless, clone, {"base": f'"; touch {tmp_path}/sprung; echo "$(touch {tmp_path}/sprung)'}
    )

    assert (run.code, run.outputs["verdict"]) == (2, "error"), run.log
    assert not (tmp_path / "sprung").exists()


def test_pull_request_target_is_refused(
    runner: Runner, hosted: Hosted, grown: PullRequest, tmp_path: Path
) -> None:
    clone = hosted.checked_out(tmp_path / "clone", grown.merge)

    run = runner(clone, "pull_request_target", grown.payload)

    assert (run.code, run.outputs["verdict"]) == (2, "error"), run.log
