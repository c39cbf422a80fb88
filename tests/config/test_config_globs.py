"""Patterns in the style of gitignore, and what they match."""

from __future__ import annotations

import pytest

from scrimp.config.globs import ExcludeList, Excludes, Pattern, Target


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("src/**", "src/a/b.py", True),
        ("src/**", "lib/src/a.py", False),
        ("src", "lib/src/a.py", True),
        ("/src", "lib/src/a.py", False),
        ("src/", "src/a.py", True),
        ("*.md", "docs/a.md", True),
        ("docs/*.md", "docs/a/b.md", False),
        ("docs/**/b.md", "docs/b.md", True),
        ("a?.py", "ab.py", True),
        ("[ab].py", "c.py", False),
        ("\\!a.py", "!a.py", True),
        ("\\#a.py", "#a.py", True),
        ("ü.py", "ü.py", True),
    ],
)
def test_paths(pattern: str, path: str, matches: bool) -> None:
    assert Pattern(pattern).matches_path(path) is matches


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("src/app/llm.py", True),
        ("app", True),
        ("Agent.SYSTEM", True),
        ("Agent.*", True),
        ("*.SYSTEM", True),
        ("SYSTEM", False),
        ("agent.system", False),
        ("src/app/llm.py::Agent.SYSTEM#user", True),
        ("src/**::Agent.*", True),
        ("::Agent.*", True),
        ("lib/**::Agent.*", False),
        ("src/**::Agent.SYSTEM", False),
    ],
)
def test_prompts_match_by_path_id_or_name(pattern: str, matches: bool) -> None:
    target = Target("src/app/llm.py::Agent.SYSTEM#user", "src/app/llm.py", "Agent.SYSTEM")

    assert Pattern(pattern).matches(target) is matches


def test_a_name_with_brackets_matches_itself() -> None:
    target = Target("a.yaml::steps[0].prompt", "a.yaml", "steps[0].prompt")

    assert Pattern("steps[0].prompt").matches(target)
    assert Pattern("a.yaml::steps[0].prompt").matches(target)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("a.py", "in[1]/a.py", True),
        ("a.py", "in[1]/deep/a.py", True),
        ("/a.py", "in[1]/deep/a.py", False),
        ("deep/a.py", "in[1]/deep/a.py", True),
        ("a.py", "a.py", False),
        ("a.py", "in[1]x/a.py", False),
        ("**", "in[1]/x", True),
    ],
)
def test_a_pattern_of_a_folder_sees_only_that_folder(pattern: str, path: str, matches: bool) -> None:
    assert Pattern(pattern).within("in[1]").matches_path(path) is matches
    assert Pattern(pattern).within("in[1]").matches(Target(f"{path}::P", path, "P")) is matches


def test_patterns_are_equal_by_text_and_folder() -> None:
    assert Pattern("a") == Pattern("a")
    assert len({Pattern("a"), Pattern("a"), Pattern("a", "b")}) == 2
    assert str(Pattern("a", "b")) == "a (in b/)"


@pytest.mark.parametrize("text", ["", "  ", "!a", "#a", "\\"])
def test_text_that_is_no_pattern(text: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        Pattern(text)


def test_the_last_line_and_the_nearest_list_decide() -> None:
    excludes = Excludes((ExcludeList("a", ("!x.py",)), ExcludeList("", ("*.py", "!keep.py"))))

    covered = [excludes.covers(path) for path in ("x.py", "keep.py", "a/x.py", "a/y.py", "a.txt")]

    assert covered == [True, False, False, True, False]
