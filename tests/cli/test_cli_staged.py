"""``diff --staged``: the whole change that is about to be committed, as the budget hook judges it."""

from __future__ import annotations

import pytest
from command_line import EIGHT, PRICED, Project, call

LIMITED = PRICED + "budgets: [{name: growth, max_monthly_increase: $2}]\n"


@pytest.fixture
def limited(project: Project) -> Project:
    """A commit on main, in which one input token is $1 a month, and a branch that is checked out."""
    project.init().write("app.py", call()).write("scrimp.yaml", LIMITED).commit()
    project.git("checkout", "--quiet", "-b", "topic")
    return project


def test_only_what_is_staged_counts(limited: Project) -> None:
    limited.write("app.py", call(system=f"{EIGHT} more more")).git("add", "app.py")
    limited.write("app.py", call(system=f"{EIGHT} more more more more")).write("untracked.py", call())

    report = limited.report("diff", "--staged")

    assert [each["tokens"]["delta"] for each in report["changes"]] == [2]
    assert report["revision"] == {"kind": "staged", "commit": None}


def test_commits_of_the_branch_count_unless_a_base_is_named(limited: Project) -> None:
    limited.write("app.py", call(system=f"{EIGHT} more more")).commit()
    limited.write("app.py", call(system=f"{EIGHT} more more more")).git("add", "app.py")

    assert limited.scrimp("diff", "--staged").code == 1
    assert limited.scrimp("diff", "--staged", "HEAD").code == 0


def test_before_the_first_commit_all_is_new(project: Project) -> None:
    project.init().write("app.py", call()).write("scrimp.yaml", LIMITED).git("add", "--all")

    report = project.report("diff", "--staged", code=1)

    assert {each["kind"] for each in report["changes"]} == {"added"}


def test_without_a_default_branch_the_last_commit_is_the_base(limited: Project) -> None:
    limited.git("branch", "--quiet", "-D", "main")
    limited.write("app.py", call(system=f"{EIGHT} more")).git("add", "app.py")

    assert [each["tokens"]["delta"] for each in limited.report("diff", "--staged")["changes"]] == [1]


def test_before_a_push_it_is_what_is_pushed(limited: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    pushed = limited.write("app.py", call(system=f"{EIGHT} more")).commit()
    limited.write("app.py", call(system=f"{EIGHT} more more more")).git("add", "app.py")
    limited.git("branch", "--quiet", "elsewhere", "main")
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "elsewhere")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", pushed)

    report = limited.report("diff", "--staged")

    assert [each["tokens"]["delta"] for each in report["changes"]] == [1]
    assert report["revision"]["commit"] == pushed


def test_a_revision_that_pre_commit_names_and_that_is_not_here_is_an_error(
    limited: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "0123abc")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")

    assert limited.scrimp("diff", "--staged").code == 2


def test_a_head_beside_it_is_refused(limited: Project) -> None:
    outcome = limited.scrimp("diff", "main", "HEAD", "--staged")

    assert outcome.code == 2
    assert "name only BASE" in outcome.err
