"""What several folders of tests share: a project to run scrimp in, which depends on nothing outside of the test."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from command_line import PRICED, Project, call
from hypothesis import settings
from node import Node

settings.register_profile("any machine", deadline=None)  # a busy one is no reason to fail
settings.load_profile("any machine")

GIT_SETTINGS = """
[user]
    name = A Tester
    email = tester@example.org
"""


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own; the folder is made when something is kept."""
    folder = tmp_path_factory.getbasetemp() / f"cache-{uuid4().hex}"
    monkeypatch.setenv("SCRIMP_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def project(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A folder outside of any repository, and no setting of the machine that could matter."""
    settings = tmp_path_factory.mktemp("settings") / "gitconfig"
    settings.write_text(GIT_SETTINGS)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for name in ("CI", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "project").mkdir()
    return Project(tmp_path / "project")


@pytest.fixture
def committed(project: Project) -> Project:
    """A repository with one commit: the example call and its prices."""
    project.init().write("app.py", call()).write("scrimp.yaml", PRICED).commit()
    return project


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Something to run scripts with."""
    return Node.found(tmp_path_factory.mktemp("node"))
