"""Where the installed scrimp came from, by what installers record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tree.repository import Repository

from scrimp.starting.origin import Origin, installed


def record(folder: Path, monkeypatch: pytest.MonkeyPatch, said: object) -> None:
    """An installed scrimp with a record of where it came from, before the one that is running."""
    info = folder / "site" / "scrimp-9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: scrimp\nVersion: 9\n")
    if said is not None:
        (info / "direct_url.json").write_text(json.dumps(said))
    monkeypatch.syspath_prepend(str(folder / "site"))


def test_of_a_repository_it_is_the_address_and_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://a-name:a-secret@github.com/acme/scrimp.git"
    record(tmp_path, monkeypatch, {"url": url, "vcs_info": {"vcs": "git", "commit_id": "1a2b"}})

    assert installed() == Origin("https://github.com/acme/scrimp.git", "1a2b")


def test_of_a_clone_it_is_the_repository_that_was_cloned(
    committed_clone: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path, monkeypatch, {"url": committed_clone.root.as_uri(), "dir_info": {"editable": True}})
    head = committed_clone.git("rev-parse", "HEAD")

    assert installed() == Origin(committed_clone.root.as_uri(), head)

    committed_clone.git("remote", "add", "origin", "git@github.com:acme/scrimp.git")

    assert installed() == Origin("git@github.com:acme/scrimp.git", head)


@pytest.fixture
def committed_clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Tester")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "tester@example.org")
    repository = Repository(tmp_path / "a clone").init().write("a.md")
    repository.commit()
    return repository


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(None, id="from an index"),
        pytest.param({"url": "https://example.org/scrimp.whl", "archive_info": {}}, id="from an archive"),
        pytest.param({"url": "file:///nowhere/scrimp", "dir_info": {}}, id="from a folder that is gone"),
        pytest.param({"url": "file:///", "dir_info": {}}, id="from a folder that is no repository"),
    ],
)
def test_of_anything_else_nothing_is_known(
    said: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path, monkeypatch, said)

    assert installed() is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/acme/scrimp", "acme/scrimp"),
        ("https://github.com/acme/scrimp.git", "acme/scrimp"),
        ("git@github.com:acme/scrimp.git", "acme/scrimp"),
        ("ssh://git@github.com/acme/scrimp", "acme/scrimp"),
        ("https://gitlab.com/acme/scrimp", None),
        ("https://github.com.example.org/acme/scrimp", None),
        ("file:///home/me/scrimp", None),
    ],
)
def test_a_workflow_names_repositories_of_github(address: str, name: str | None) -> None:
    assert Origin(address, "1a2b").on_github == name
