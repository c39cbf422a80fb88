"""A variable that is sized under a name that no prompt has is told of, with the nearest that one has."""

from __future__ import annotations

import pytest
from command_line import PRICED, Project, call

ENTRY = 'prompts:\n  - match: "**"\n    variables: {VARIABLES}\n'
LOOP = "You answer from these documents.\n{% for doc in docs %}{{ doc }}\n{% endfor %}"


def _said(project: Project) -> list[str]:
    return [each for each in project.report("audit")["warnings"] if "variables" in each]


@pytest.mark.parametrize(
    ("variables", "hint"),
    [
        ("{questoin: 40}", 'no prompt has "questoin": did you mean "question"?'),
        ("{zebra: 40}", 'no prompt has "zebra": there are question'),
        ("{question: 40, user.questoin: 40}", 'no prompt has "user.questoin": did you mean "question"?'),
    ],
)
def test_the_nearest_is_named(project: Project, variables: str, hint: str) -> None:
    project.write("app.py", call()).write("scrimp.yaml", ENTRY.replace("{VARIABLES}", variables))

    assert _said(project) == [f"prompts: **: variables: {hint}"]


def test_a_real_one_is_not(project: Project) -> None:
    assert _said(project.write("app.py", call()).write("scrimp.yaml", PRICED)) == []


def test_nor_one_that_a_loop_goes_over(project: Project) -> None:
    project.write("prompts/a.jinja", LOOP).write(
        "scrimp.yaml", ENTRY.replace("{VARIABLES}", "{docs: {tokens: 9, items: 3}}")
    )

    assert _said(project) == []


def test_what_an_earlier_entry_takes_is_not_asked(project: Project) -> None:
    above = 'prompts:\n  - {match: "**", variables: {question: 40}}\n  - {match: "app.py", variables: {questoin: 1}}\n'

    assert _said(project.write("app.py", call()).write("scrimp.yaml", above)) == []


def test_where_there_is_none_it_says_so(project: Project) -> None:
    project.write("app.py", call(user="")).write("scrimp.yaml", ENTRY.replace("{VARIABLES}", "{question: 4}"))

    assert _said(project) == ['prompts: **: variables: no prompt has "question": there are no variables']
