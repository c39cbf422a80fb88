"""A repository with a gate, and a change of it that has to be refused, whatever else the change does.

A token that a prompt grows by is $1 a month (see ``command_line``); the budget allows $5.
"""

from __future__ import annotations

from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call

BUDGET = "budgets: [{name: all, max_monthly_increase: $5}]\n"
GROWN = f"{EIGHT} {EIGHT} {EIGHT}"
"""Sixteen tokens more, which are $16 a month."""


@pytest.fixture
def gated(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The example call on ``main`` with a budget, a branch to attack from, and CI."""
    project.init().write("app.py", call()).write("scrimp.yaml", PRICED + BUDGET).commit()
    project.git("switch", "--quiet", "--create", "topic")
    monkeypatch.setenv("CI", "true")
    return project


def refused(
    project: Project, *arguments: str, key: str = "max_monthly_increase", actual: str = "+$16.00"
) -> Any:
    """The report of a change that the gate refuses for its growth; what is committed is what is judged."""
    project.commit()
    document = project.report("diff", "main", "HEAD", *arguments, code=1)
    broken = {each["key"]: each for each in document["verdict"]["breaches"]}
    assert document["verdict"]["outcome"] == "fail"
    assert broken[key]["actual"] == actual
    return document


def loosened(document: Any) -> dict[str, tuple[str, str]]:
    """What the change was told to have made milder, by setting."""
    return {each["setting"]: (each["policy"], each["head"]) for each in document["policy"]["loosened"]}
