"""A check of few files after an edit: it links nothing, and says what a check from scratch says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from command_line import SAY_WHETHER_IT_LINKED, Outcome, Project, call

WORDY = "You are a clerk of the library. In order to help, please note that you know its books."
OTHERS = """
from app import SYSTEM
from openai import OpenAI

OpenAI().chat.completions.create(
    model="gpt-4o",
    messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": "Tell me of the books here, one after the other"}],
)
"""


@pytest.fixture
def library(project: Project) -> Project:
    """A repository whose linked result is kept."""
    project.init().write("app.py", call(WORDY)).write("others.py", OTHERS).write("notes.txt", "nothing\n")
    project.commit()
    assert project.scrimp("audit").code == 0
    return project


def checked(project: Project, *arguments: str) -> tuple[Outcome, bool]:
    """A check of the files that were edited, and whether it linked the tree."""
    done = project.shell("check", "app.py", *arguments, python=SAY_WHETHER_IT_LINKED)
    said, _, linked = done.err.rpartition("linked: ")
    return Outcome(done.code, done.out, said), linked.strip() == "True"


def anew(project: Project, *arguments: str) -> Outcome:
    return project.scrimp("check", "app.py", *arguments, "--no-cache")


def edit(project: Project, path: str, before: str, after: str) -> None:
    text = project.text(path)
    assert before in text
    project.write(path, text.replace(before, after))


@pytest.mark.parametrize("more", [[], ["--format", "github"], ["--select", "WRD"], ["--verbose"]])
def test_an_edit_of_wording_links_nothing(library: Project, more: list[str]) -> None:
    edit(library, "app.py", "its books", "all of its many books")
    found, linked = checked(library, *more)
    assert not linked
    assert found == anew(library, *more)
    assert "app.py" in found.out


@pytest.mark.parametrize("more", [["--statistics"], ["--format", "json"], ["--fix", "--diff"]])
def test_what_is_more_than_findings_is_said_of_the_whole(library: Project, more: list[str]) -> None:
    edit(library, "app.py", "its books", "all of its many books")
    found = library.scrimp("check", "app.py", *more)
    assert found == library.scrimp("check", "app.py", *more, "--no-cache")
    assert found.out


def test_an_edit_elsewhere_counts(library: Project) -> None:
    edit(library, "others.py", "Tell me of the books", "Please tell me of all the books")
    found, linked = checked(library)
    assert not linked
    assert found == anew(library)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("app.py", 'model="gpt-4o"', 'model="gpt-4o-mini"'),
        ("app.py", "def answer", "OTHER = 'You are another clerk of the same library'\n\ndef answer"),
        ("others.py", '"role": "system", "content": SYSTEM', '"role": "user", "content": SYSTEM'),
    ],
)
def test_any_other_edit_links_anew(library: Project, path: str, before: str, after: str) -> None:
    edit(library, path, before, after)
    found, linked = checked(library)
    assert linked
    assert found == anew(library)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_an_excluded_file_with_any_name_can_be_named(library: Project) -> None:
    library.write("scrimp.yaml", "exclude: ['old*']\n").write(b"old\xe9.py", call(WORDY)).commit()
    assert library.scrimp("audit").code == 0
    named = os.fsdecode(b"old\xe9.py")
    found = library.scrimp("check", named)
    assert found.code in {0, 1}
    assert found == library.scrimp("check", named, "--no-cache")


def test_a_new_file_links_anew(library: Project) -> None:
    library.write("third.py", OTHERS)
    assert checked(library)[1]


def test_another_configuration_counts(library: Project) -> None:
    edit(library, "app.py", "its books", "all of its many books")
    before, _ = checked(library)
    library.write("scrimp.yaml", "ignore: [WRD]\n")
    library.commit()
    assert library.scrimp("audit").code == 0
    edit(library, "app.py", "many books", "many old books")
    found, linked = checked(library)
    assert not linked
    assert found == anew(library)
    assert found != before


def test_what_compares_prompts_links_anew(library: Project) -> None:
    edit(library, "app.py", "its books", "all of its many books")
    assert checked(library, "--select", "RED006")[1]


@pytest.mark.parametrize("damage", [b"", b"scrimp\n\1" + bytes(40), b"\xff" * 200])
def test_a_damaged_result_is_none(library: Project, damage: bytes, cache: Path) -> None:
    edit(library, "app.py", "its books", "all of its many books")
    for file in (*cache.rglob("scan"), *cache.rglob("links/*")):
        file.write_bytes(damage)
    found, linked = checked(library)
    assert linked
    assert found == anew(library)
