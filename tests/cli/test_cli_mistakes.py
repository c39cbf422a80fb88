"""What scrimp says to a slip of the pen: what was most likely meant, and what to do."""

from __future__ import annotations

import json

import pytest
from command_line import Project, call


@pytest.mark.parametrize(
    ("word", "meant"),
    [("WRD04", "WRD004"), ("wrd4", "WRD004"), ("FMT0001", "FMT001"), ("FTM", "FMT"), ("CHC001", "CCH001")],
)
def test_a_mistyped_rule_is_told_the_nearest(project: Project, word: str, meant: str) -> None:
    for option in ("--select", "--ignore"):
        outcome = project.scrimp("check", option, word)

        assert outcome.code == 2
        assert f"did you mean `{meant}`?" in outcome.err


def test_so_it_is_in_the_configuration(project: Project) -> None:
    outcome = project.write("scrimp.yaml", "ignore: [WRD04]\n").scrimp("check")

    assert outcome.code == 2
    assert 'did you mean "WRD004"?' in outcome.err


@pytest.mark.parametrize(
    ("word", "meant"),
    [("WRD04", "WRD004"), ("trailing-blank", "trailing-blanks"), ("indentation", "leaked-indentation")],
)
def test_explain_tells_the_nearest(project: Project, word: str, meant: str) -> None:
    outcome = project.scrimp("explain", word)

    assert outcome.code == 2
    assert outcome.err.splitlines()[1] == f"  did you mean `{meant}`? `scrimp rules` lists all"


@pytest.mark.parametrize("arguments", [("explain", "zzzz"), ("check", "--select", "ZZZZ")])
def test_where_nothing_is_near_it_says_where_all_are_listed(
    project: Project, arguments: tuple[str, ...]
) -> None:
    assert project.scrimp(*arguments).err.splitlines()[1:] == ["  `scrimp rules` lists all"]


def test_a_policy_that_is_no_file_is_spoken_of_as_that(committed: Project) -> None:
    outcome = committed.scrimp("diff", "HEAD", "--policy", "nix.yaml")

    assert outcome.code == 2
    assert outcome.err == (
        "error: nix.yaml: No such file or directory\n  check what is given to --policy: base, head or a file\n"
    )


def test_a_configuration_that_is_no_file_is_too(committed: Project) -> None:
    assert "the path given to --config" in committed.scrimp("audit", "--config", "nix.yaml").err


def test_a_document_that_is_named_twice_counts_once(committed: Project) -> None:
    (committed.root / "app.py").write_text(call("one two three"))
    committed.scrimp("diff", "HEAD", "--format", "json", "--output", "d.json", "--exit-zero")

    once = committed.scrimp("comment", "d.json").out

    assert committed.scrimp("comment", "d.json", "./d.json").out == once
    assert json.loads(committed.text("d.json"))["changes"]


def test_unsafe_fixes_alone_are_told_to_do_nothing(committed: Project) -> None:
    said = "warning: --unsafe-fixes makes no fix by itself: add --fix, or --diff to see them\n"

    assert said in committed.scrimp("check", "--unsafe-fixes").err
    assert committed.scrimp("check", "--unsafe-fixes", "--diff").err == ""
    assert committed.scrimp("check", "--unsafe-fixes", "--quiet").err == ""


def test_what_is_skipped_is_counted_in_words(project: Project) -> None:
    project.write("app.py", call()).write("prompts/a.md", b"\x00" * 100)
    for name in ("a.py", "b.py"):
        (project.root / name).symlink_to("app.py")

    assert "Skipped: 2 links, 1 binary\n" in project.scrimp("audit").out
