"""Files that are made to stop a linter: each run ends, tells what it left out, and finds the good prompts beside."""

from __future__ import annotations

import time
from collections import defaultdict

import pytest
from command_line import PRICED, Project, call
from hostile.bombs import BOMBS, HANGING

from scrimp.pipeline import reading
from scrimp.workers import Limits

GOOD = {"app.py::SYSTEM", "app.py::USER"}
SIGNALLED = {"depth", "timeout", "crash", "memory"}


@pytest.fixture
def good(project: Project) -> Project:
    """A folder with a prompt as people write it."""
    return project.write("app.py", call()).write("scrimp.yaml", PRICED)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMITS", Limits(seconds=0.5, memory=2**29))


def test_no_file_keeps_the_others_from_being_read(good: Project, impatient: None) -> None:
    for each in BOMBS:
        good.write(each.path, each.content)

    document = good.report("audit", code=3)

    assert {each["id"] for each in document["prompts"]} >= GOOD
    codes = defaultdict(set)
    for each in document["skipped"]:
        codes[each["path"]].add(each["code"])
        assert each["reason"]
    for each in BOMBS:
        if "*" not in each.codes:
            assert codes[each.path] == each.codes, each.path
        assert "crash" not in codes[each.path], each.path


@pytest.mark.parametrize("path", HANGING)
def test_a_file_that_hangs_its_parser_is_left_out_in_time(good: Project, impatient: None, path: str) -> None:
    good.write(path, HANGING[path])
    began = time.process_time()

    document = good.report("audit", code=3)

    assert time.process_time() - began < 5
    assert {each["id"] for each in document["prompts"]} == GOOD
    assert {(each["path"], each["code"], each["incomplete"]) for each in document["skipped"]} == {
        (path, "timeout", True)
    }


def test_an_incomplete_run_is_no_pass_unless_it_is_said_so(good: Project, impatient: None) -> None:
    good.write("broken.md", b"\xff").write("prompts/broken.md", b"You are \xff")

    assert good.scrimp("check").code == 3
    assert good.scrimp("check", "--allow-incomplete", "--exit-zero").code == 0
    assert good.scrimp("check", "--exit-zero").code == 3
