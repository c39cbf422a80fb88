"""A configuration above the folder that is judged is named, since it doesn't count there."""

from __future__ import annotations

import os

import pytest
from command_line import PRICED, Project, call

SAID = "scrimp.yaml doesn't hold here: run scrimp in its folder, or give it by --config"


@pytest.fixture
def service(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A folder with a call, below a configuration at the top of the repository."""
    project.init().write("scrimp.yaml", PRICED).write("service/app.py", call()).commit()
    return Project(project.root / "service")


@pytest.mark.parametrize("arguments", [("audit",), ("check",), ("diff", "HEAD")], ids=" ".join)
def test_it_is_named(service: Project, arguments: tuple[str, ...]) -> None:
    assert any(each.endswith(SAID) for each in service.report(*arguments)["warnings"])


def test_it_is_not_where_it_is_given(service: Project) -> None:
    above = os.fspath(service.root.parent / "scrimp.yaml")

    assert not any(SAID in each for each in service.report("audit", "--config", above)["warnings"])


def test_a_table_of_a_project_file_counts_as_one(project: Project) -> None:
    project.init().write("pyproject.toml", "[tool.scrimp]\ncalls_per_month = 5\n").write(
        "a/app.py", call()
    ).commit()

    (warning,) = (
        each for each in Project(project.root / "a").report("audit")["warnings"] if "hold here" in each
    )

    assert "pyproject.toml doesn't" in warning


def test_what_lies_above_the_repository_is_none(project: Project) -> None:
    project.write("scrimp.yaml", PRICED).write("inner/app.py", call())
    inner = Project(project.root / "inner").init()
    inner.commit()

    assert not any("hold here" in each for each in inner.report("audit")["warnings"])


def test_a_folder_with_its_own_is_on_its_own(service: Project) -> None:
    service.write("scrimp.yaml", PRICED)

    assert not any(SAID in each for each in service.report("audit")["warnings"])
