"""Ignore files without git leave out what git leaves out."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tree.repository import Repository

from scrimp.tree import git, walk
from scrimp.tree.ignore import DEFAULTS

FILES = (
    "a.md",
    "b.log",
    "#c",
    "sub/a.md",
    "sub/b.log",
    "sub/deep/a.md",
    "sub/deep/b c",
    "other/sub/x.md",
    "é/a.md",
)

names = st.sampled_from(
    ["a.md", "b.log", "*.log", "*.md", "sub", "deep", "other", "[ab].*", "?.md", "b c", "é", r"\#c"]
)
lines = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "", "!"]),
        st.sampled_from(["", "", "/", "**/", "sub/", "/sub/", "sub/**/"]),
        names,
        st.sampled_from(["", "", "/", "/**", " ", r"\ "]),
    ),
) | st.sampled_from(["", "# comment", "/", "!", "\\", "**", "*", "[", "a.md\r"])


@pytest.fixture(scope="module")
def tracked_nothing(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    repository = Repository(tmp_path_factory.mktemp("ignore")).init()
    for path in FILES:
        repository.write(path)
    return repository


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(top=["sub/", "!sub/a.md"], nested=["!b.log"])
@example(top=["sub/**", "!sub/a.md"], nested=[])
@example(top=["a.md", "deep", "!sub"], nested=[])
@given(top=st.lists(lines, max_size=4), nested=st.lists(lines, max_size=3))
def test_a_walk_lists_what_git_lists(tracked_nothing: Repository, top: list[str], nested: list[str]) -> None:
    tracked_nothing.write(".gitignore", "\n".join(top)).write("sub/.gitignore", "\n".join(nested))
    root = tracked_nothing.root
    assert sorted(walk.on_disk(root).paths) == sorted(git.on_disk(root).paths)


def test_the_default_folders_are_passed_over_wherever_they_are(plain: Repository) -> None:
    for folder in DEFAULTS:
        plain.write(f"sub/{folder}/a.md")
    assert walk.on_disk(plain.root).paths == ()


def test_a_hostile_line_costs_no_time(plain: Repository) -> None:
    plain.write(".gitignore", "*a" * 30 + "b\n" + "**/" * 40 + "b\n").write("a" * 200)
    started = time.process_time()
    assert sorted(walk.on_disk(plain.root).paths) == [".gitignore", "a" * 200]
    assert time.process_time() - started < 5
