"""Folders and repositories that depend on nothing outside of the test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tree.repository import Repository

SETTINGS = """
[user]
    name = A Tester
    email = tester@example.org
[protocol "file"]
    allow = always
[uploadpack]
    allowFilter = true
"""


@pytest.fixture(autouse=True)
def _own_settings(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path_factory.mktemp("settings") / "gitconfig"
    settings.write_text(SETTINGS)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture
def plain(tmp_path: Path) -> Repository:
    """A folder outside of any repository."""
    (tmp_path / "plain").mkdir()
    return Repository(tmp_path / "plain")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path / "repository").init()


@pytest.fixture
def ceded() -> Iterator[Repository]:
    """A folder that a process without privileges can reach and owns."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Repository(Path(folder))
