"""Names and texts that would speak to the runner, the terminal or the reader through what scrimp prints."""

from __future__ import annotations

import unicodedata

import pytest
from command_line import EIGHT, PRICED, Project, call
from runner import commands

from scrimp.reporters import FORMATS

HOSTILE = [
    "\n::error file=x::y",
    "\r::stop-commands::t",
    " ::add-mask::a",
    "##[add-path]x",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[buildStatus]",
    "%0A::warning::z",
    "\x1b]0;owned\x07\x1b[2J",
    "\u202egnp.exe",
    "[red]x[/red]",
]
"""Each as a part of a file's name; they hold no slash."""
NEVER = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
ANNOTATIONS = {"error", "warning", "notice"}


@pytest.fixture
def hostile(project: Project) -> Project:
    """Files, folders, variables, budgets, models and owners whose names are commands; some files can't be read."""
    project.init().write("scrimp.yaml", PRICED).commit()
    for number, name in enumerate(HOSTILE):
        project.write(f"{number}{name}/{name}.py", call(f"{EIGHT} {name!r}", user=f"{{question}} {number}"))
        project.write(
            f"prompts/{number}{name}.j2", f"You are {{{{ a{number} }}}} and {{% {name} %}} a judge of it\n"
        )
        project.write(f"prompts/{number}{name}.md", b"You are \xff a judge\n")
        project.write(f"prompts/{number}{name}.yaml", f"a: [{name!r}\n\tb: {{\n")
    budgets = ", ".join(f"{{name: {_quoted(name)}, max_monthly: $1}}" for name in HOSTILE)
    project.write("scrimp.yaml", f"budgets: [{budgets}]\n{PRICED}")
    return project


def _quoted(text: str) -> str:
    return '"' + "".join(f"\\u{ord(each):04x}" for each in text) + '"'


def harmless(printed: str, known: set[str]) -> None:
    assert [each for each in commands(printed) if each.name not in known] == []
    assert not any(mark in printed.lower() for mark in ("##[", "##vso[", "##teamcity["))
    assert {unicodedata.category(each) for each in set(printed) - {"\n", "\r"}} & NEVER == set()


@pytest.mark.parametrize(
    ("command", "name"),
    [(command, name) for name, able in FORMATS.items() for command in sorted(able)],
)
def test_in_no_report_of_any_format(hostile: Project, command: str, name: str) -> None:
    arguments = {"audit": ["audit"], "check": ["check"], "diff": ["diff", "main", "--policy", "base"]}[
        command
    ]

    outcome = hostile.scrimp(*arguments, "--format", name, "--verbose")

    assert outcome.code == 3
    assert outcome.out
    harmless(outcome.out + outcome.err, ANNOTATIONS if name == "github" else set())


@pytest.mark.parametrize("name", HOSTILE)
def test_in_no_error(hostile: Project, name: str) -> None:
    """What is asked for by a hostile name, and a configuration that is wrong in a hostile way."""
    for arguments in (
        ["diff", name],
        ["check", name],
        ["audit", "--config", name],
        ["explain", name],
        [name],
    ):
        outcome = hostile.scrimp(*arguments)
        harmless(outcome.out + outcome.err, set())
    for wrong in (
        f"{_quoted(name)}: 1\n",
        f"model: [{_quoted(name)}]\n",
        f"select: [{_quoted(name)}]\n",
        name,
    ):
        outcome = hostile.write("scrimp.yaml", wrong).scrimp("audit")
        assert outcome.code in (2, 3)
        harmless(outcome.out + outcome.err, set())


def test_a_table_of_a_spreadsheet_runs_no_formula(committed: Project) -> None:
    committed.write("=cmd|' /C calc'!A1.py", call()).write("+1.py", call()).write("@x.py", call())

    table = committed.scrimp("audit", "--format", "csv").out

    cells = [cell.strip('"') for line in table.splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "+1.py"))]
