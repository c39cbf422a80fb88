"""Warnings for patterns that match nothing."""

from __future__ import annotations

from configured_tree import Files, loaded

from scrimp.config.entries import unmatched
from scrimp.config.globs import Target
from scrimp.config.load import load

TARGETS = [Target("src/a.py::SYSTEM", "src/a.py", "SYSTEM")]
PATHS = ["src/a.py", "vendor/b.py"]


def test_patterns_that_match_are_silent() -> None:
    settings = loaded(
        yaml="exclude: [vendor/, '!vendor/b.py']\nprompts: [{match: SYSTEM, owner: me}]\n"
        "budgets: [{name: b, owner: me, match: src/, max_monthly: 1,"
        " exceptions: [{match: src/a.py, until: 2020-01-01, reason: r}]}]"
    ).settings

    assert unmatched(settings, TARGETS, PATHS) == ()


def test_each_pattern_that_matches_nothing_is_named() -> None:
    settings = loaded(
        yaml="exclude: [vendor/, vendro/]\nprompts: [{match: SYTSEM}, {match: src/a.py}]\n"
        "budgets: [{name: b, owner: nobody, match: lib/, max_monthly: 1,"
        " exceptions: [{match: x.py, until: 2099-01-01, reason: r}]}]"
    ).settings

    assert unmatched(settings, TARGETS, PATHS) == (
        "prompts: SYTSEM matches no prompt",
        "budgets: b: nothing is owned by nobody",
        "budgets: b: lib/ matches no prompt",
        "budgets: b: x.py matches no prompt",
        "exclude: vendro/ matches no file",
    )


def test_a_pattern_of_a_nested_file_is_named_with_its_folder() -> None:
    settings = load(Files({"lib/scrimp.yaml": "prompts: [{match: a.py}]"})).settings

    assert unmatched(settings, TARGETS, PATHS) == ("prompts: a.py (in lib/) matches no prompt",)
