"""A new user follows ``docs/getting-started.md``, each command as it stands there, up to a comment on a pull request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Project
from forge.described import Proxy
from forge.fake_github import TOKEN, GitHub, Pull
from forge.loopback import served
from hooks.composite import CompositeAction, Job, Run
from hooks.hosted import NUMBER, Hosted, PullRequest
from published import publish
from ruamel.yaml import YAML
from tree.repository import Repository
from walkthrough import HELPDESK, PAGE, SCRIMP, blocks, home, walk

pytestmark = pytest.mark.packages

KEPT = (
    "PATH",
    "LANG",
    "PIP_INDEX_URL",
    "PIP_CONFIG_FILE",
    "PIP_CACHE_DIR",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
)
"""What a new user's shell has in common with ours: how programs and packages are found."""


@pytest.fixture
def pushed(project: Project, tmp_path: Path) -> Repository:
    """What the user has pushed at the end of the page, each output of which is what it shows."""
    scrimp, bare = publish(tmp_path / "published"), tmp_path / "bare"
    project.git("init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    environment = {name: value for name, value in os.environ.items() if name in KEPT}
    environment["HOME"] = str(home(tmp_path / "home", {SCRIMP: scrimp.root, HELPDESK: bare}))
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    for block, printed in walk(blocks(PAGE), project.root, environment):
        if block.shown is None:
            assert printed == "", block.commands
        else:
            assert block.is_shown_by(printed), f"{block.commands}\nprints\n\n{printed}\nnot\n\n{block.shown}"
    return Repository(bare).clone(tmp_path / "hosted")


@pytest.fixture
def opened(pushed: Repository) -> PullRequest:
    """The pull request that the user opens then, with the merge that GitHub makes of it."""
    head, base = pushed.git("rev-parse", "origin/friendlier"), pushed.git("rev-parse", "origin/main")
    pushed.git("checkout", "--quiet", "--detach", base)
    pushed.git("merge", "--quiet", "--no-ff", "--message=merge", head)
    merge = pushed.git("rev-parse", "HEAD")
    pushed.git("update-ref", f"refs/pull/{NUMBER}/merge", merge)
    return PullRequest(head, base, merge)


@pytest.fixture
def github(opened: PullRequest) -> GitHub:
    """GitHub, with the pull request."""
    known = GitHub()
    known.pulls[:] = [Pull(NUMBER, opened.head, "friendlier", opened.origin["full_name"])]
    return known


@pytest.fixture
def address(github: GitHub) -> Iterator[str]:
    """Where it answers; what it is asked must be as it describes."""
    with served(github) as upstream:
        proxy = Proxy(upstream)
        with served(proxy) as reached:
            yield reached
    assert proxy.violations == []


def test_the_pull_request_is_judged_and_commented_on(
    pushed: Repository,
    opened: PullRequest,
    github: GitHub,
    address: str,
    action: CompositeAction,
    temporary: Path,
    tmp_path: Path,
) -> None:
    clone = Hosted(pushed).checked_out(tmp_path / "clone", opened.merge)
    (workflow,) = (clone.root / ".github" / "workflows").iterdir()
    (uses,) = (
        step["uses"]
        for step in YAML(typ="safe").load(workflow.read_text())["jobs"]["scrimp"]["steps"]
        if step["uses"].startswith("OWNER/scrimp@")
    )
    assert len(uses.partition("@")[2]) == 40

    addresses = {"GITHUB_API_URL": address, "GITHUB_SERVER_URL": "https://github.com"}
    job = Job(clone.root, temporary, "pull_request", opened.payload, TOKEN, addresses)
    run: Run = action.run(job, {"extras": "github"})

    assert run.code == 1
    assert run.outputs["verdict"] == "fail"
    assert run.outputs["monthly-delta"].startswith("32.9")
    (comment,) = github.bodies
    assert "### scrimp: fail" in comment
    assert "**+$32.94 a month** (+4.7%)" in comment
    assert "Thank the customer for writing" in comment
