"""The templates for other platforms: their scripts, run in clones as those platforms make them.

Only the installation is left out: ``pip`` does nothing, and ``scrimp`` is the one that is tested.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_line import call, valid
from forge import fake_gitlab
from forge.loopback import served
from hooks.hosted import GROWN, Hosted, PullRequest
from ruamel.yaml import YAML
from tree.repository import Repository

pytestmark = pytest.mark.packages

HOOKS = Path(__file__).parents[2] / "hooks"


@dataclass(frozen=True)
class Job:
    """What a platform checks out, the variables that it sets, and the script that it runs."""

    script: str
    commit: str
    depth: int
    variables: dict[str, str]


def gitlab(change: PullRequest, hosted: Hosted) -> Job:
    """The pipeline of a merge request's result."""
    return Job(_gitlab_script(), change.merge, 1, {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": change.base})


def gitlab_branch(change: PullRequest, hosted: Hosted) -> Job:
    """The pipeline of a merge request's branch alone."""
    left = hosted.repository.git("merge-base", change.head, change.base)
    return Job(_gitlab_script(), change.head, 1, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": left})


def _gitlab_script() -> str:
    spec, body = YAML(typ="safe").load_all((HOOKS / "gitlab" / "prompts.yml").read_text("utf-8"))
    (job,) = body.values()
    text = "\n".join(job["script"])
    assert "$[[" not in text, "inputs reach scripts as variables"
    assert set(re.findall(r"inputs\.(\w+)", str(body))) == set(spec["spec"]["inputs"])
    return f"SCRIMP=scrimp\n{text}"


def bitbucket(change: PullRequest, hosted: Hosted) -> Job:
    definition = YAML(typ="safe").load((HOOKS / "bitbucket" / "bitbucket-pipelines.yml").read_text("utf-8"))
    ((step,),) = definition["pipelines"]["pull-requests"].values()
    variables = {"BITBUCKET_PR_DESTINATION_COMMIT": change.base, "BITBUCKET_PR_DESTINATION_BRANCH": "main"}
    return Job("\n".join(step["step"]["script"]), change.merge, 1, variables)


def azure(change: PullRequest, hosted: Hosted) -> Job:
    definition = YAML(typ="safe").load((HOOKS / "azure" / "azure-pipelines.yml").read_text("utf-8"))
    (step,) = [each for each in definition["steps"] if each.get("displayName") == "scrimp"]
    (checkout,) = [each for each in definition["steps"] if "checkout" in each]
    return Job(step["bash"], change.merge, int(checkout["fetchDepth"]), {"REPORTS": "."})


def jenkins(change: PullRequest, hosted: Hosted) -> Job:
    (script,) = re.findall(
        r"sh '''(.+?)'''", (HOOKS / "jenkins" / "Jenkinsfile").read_text("utf-8"), re.DOTALL
    )
    return Job(
        script.replace("\\\\", "\\"), change.head, 0, {"CHANGE_TARGET": "main", "WORKSPACE_TMP": "../tmp"}
    )


Platform = Callable[[PullRequest, Hosted], Job]
REPORTS: dict[Platform, set[str]] = {
    gitlab: {"scrimp.json", "gl-code-quality-report.json"},
    gitlab_branch: {"scrimp.json", "gl-code-quality-report.json"},
    bitbucket: {"scrimp.json", "scrimp.xml"},
    azure: {"scrimp.md", "scrimp.xml", "scrimp.sarif"},
    jenkins: {"scrimp.json", "scrimp.xml"},
}
"""Each platform -> the files that its template leaves for it."""
PLATFORMS = tuple(REPORTS)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder for PATH: a pip that does nothing, this scrimp, and a python3 whose environments have both."""
    folder = tmp_path / "programs"
    folder.mkdir()
    scrimp = Path(sys.executable).with_name("scrimp")
    made = f'mkdir -p "$3" && ln -sfn {folder} "$3/bin"'
    for name, line in {"pip": "true", "scrimp": f'exec {scrimp} "$@"', "python3": made}.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (folder / name).chmod(0o755)
    return folder


def run(job: Job, clone: Repository, programs: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **job.variables, "CI": "true", "PATH": f"{programs}:{os.environ['PATH']}"}
    command = ["bash", "-eo", "pipefail", "-c", job.script]
    return subprocess.run(command, cwd=clone.root, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda each: each.__name__)
def test_a_change_that_grows_a_prompt_breaks_the_budget(
    hosted: Hosted, programs: Path, tmp_path: Path, platform: Platform
) -> None:
    job = platform(hosted.pull_request({"app.py": call(system=GROWN)}), hosted)
    clone = hosted.checked_out(tmp_path / "clone", job.commit, job.depth)

    done = run(job, clone, programs)

    assert done.returncode == 1, done
    assert b"app.py::SYSTEM" in done.stdout
    assert b"later.py" not in done.stdout
    for report in clone.root.rglob("scrimp.json"):
        assert valid(report.read_text("utf-8"))["verdict"]["outcome"] == "fail"
    assert {path.name for path in clone.root.rglob("*") if path.name in REPORTS[platform]} == REPORTS[
        platform
    ]


@pytest.mark.parametrize("platform", [gitlab, bitbucket, azure, jenkins], ids=lambda each: each.__name__)
def test_a_base_that_can_not_be_had_is_an_error(
    hosted: Hosted, programs: Path, tmp_path: Path, platform: Platform
) -> None:
    job = platform(hosted.pull_request({"README.md": "Nothing.\n"}), hosted)
    clone = hosted.checked_out(tmp_path / "clone", job.commit, depth=1)
    clone.git("remote", "set-url", "origin", (tmp_path / "moved away").as_uri())

    done = run(job, clone, programs)

    assert done.returncode == 2, done
    assert b"Usage:" not in done.stderr


def test_gitlab_gets_a_note_where_there_is_a_token(hosted: Hosted, programs: Path, tmp_path: Path) -> None:
    job = gitlab(hosted.pull_request({"app.py": call(system=GROWN)}), hosted)
    host = fake_gitlab.GitLab()
    with served(host) as address:
        job.variables.update(
            {
                "GITLAB_CI": "true",
                "GITLAB_TOKEN": fake_gitlab.TOKEN,
                "CI_API_V4_URL": f"{address}/api/v4",
                "CI_PROJECT_ID": "group/app",
                "CI_MERGE_REQUEST_IID": "3",
            }
        )

        done = run(job, hosted.checked_out(tmp_path / "clone", job.commit, job.depth), programs)

    assert done.returncode == 1, done
    (note,) = host.notes
    assert "### scrimp: fail" in note["body"]
