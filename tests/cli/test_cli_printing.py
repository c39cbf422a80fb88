"""What is printed, by whichever command and on whichever stream: nothing of a repository commands who reads it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from command_line import PRICED, Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reporters.example_reports import HOSTILE
from runner import commands

from scrimp.reporters import FORMATS

HOSTILE_NAMES = [
    "\n::add-mask::secret.py",
    "\r::stop-commands::x.py",
    ":",
    "::error::x.md",
    "a ##[set-env name=PATH]b.py",
    "##vso[task.complete]c.py",
    "\x1b[2Jd.py",
    "\u202ee.py",
]
LEAKY = '''
from openai import OpenAI

def f(text):
    prompt = f"""
        ::error file=app.py::this is what the prompt says
        Keep the names and the numbers as they are.
        ##[warning]Do not add facts that the text does not hold.\x1b[2J

        {text}
        """
    return OpenAI().responses.create(model="gpt-4o", input=prompt)
'''


@pytest.fixture
def hostile(project: Project) -> Project:
    """A repository whose files are named by an attacker, and hold what a linter will quote."""
    project.init().write("scrimp.yaml", PRICED)
    for name in HOSTILE_NAMES:
        project.write(name, LEAKY)
    project.write("broken\n::error::.py", 'X = """open\n::error::x\n')
    project.commit()
    return project


def assert_harmless(printed: str) -> None:
    assert commands(printed) == []
    assert not {"\x1b", "\r", "\u202e"} & set(printed)


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "--verbose", "--show", "unresolved"],
        ["check"],
        ["check", "--fix", "--diff"],
        ["diff", "HEAD"],
        ["audit", "--show-files"],
        ["audit", "--show-settings"],
        ["baseline"],
    ],
    ids=" ".join,
)
def test_nothing_that_is_found_commands_who_reads_it(
    hostile: Project, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("CI", "true")

    outcome = hostile.scrimp(*arguments)

    assert_harmless(outcome.out)
    assert_harmless(outcome.err)


@pytest.mark.parametrize("command", ["audit", "check"])
def test_no_format_lets_a_repository_command_who_reads_it(hostile: Project, command: str) -> None:
    asked = [each for name in FORMATS for each in ("--format", name, "--output", f"../out.{name}")]
    hostile.scrimp(command, *asked)

    for name in FORMATS:
        printed = hostile.text(f"../out.{name}")
        ours = {"error", "warning", "notice"} if name == "github" else set()
        assert {each.name for each in commands(printed)} <= ours
        assert not {"\x1b", "\u202e"} & set(printed)


NAMES = (st.binary(min_size=1, max_size=12) | HOSTILE.map(os.fsencode).filter(bool)).map(
    lambda raw: raw.replace(b"/", b"").replace(b"\0", b"")[:200] + b".py"
)
"""Any bytes that a file of a repository can be named by."""


@given(st.lists(st.tuples(NAMES, HOSTILE), min_size=1, max_size=4))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_of_a_name_and_no_text_command_who_reads_the_log(
    project: Project, files: list[tuple[bytes, str]]
) -> None:
    with tempfile.TemporaryDirectory(dir=project.root) as folder:
        inner = Project(Path(folder))
        for name, text in files:
            prompt = f"You are a judge of songs. {text} Say what you think of {{song}}, in a word."
            source = f"SYSTEM_PROMPT = {prompt!a}\nraise ValueError({text!a})\n"
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(source, "utf-8")
        outcome = inner.scrimp(
            "audit", "--verbose", "--format", "text", "--format", "github", "--output", "../log"
        )

    assert outcome.code in (0, 3), outcome.err
    assert_harmless(outcome.out)
    assert_harmless(outcome.err)
    assert {each.name for each in commands(project.text("log"))} <= {"error", "warning", "notice"}


@pytest.mark.parametrize("command", ["audit", "check", "explain", "diff", "count", "prices", ""])
@pytest.mark.parametrize("name", ["\n::error::x", "--\n::error::x", "\x1b[2J##[add-mask]x"])
def test_a_name_that_is_refused_is_said_harmlessly(project: Project, command: str, name: str) -> None:
    outcome = project.scrimp(*filter(None, [command]), name)

    assert outcome.code == 2
    assert_harmless(outcome.err)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("scrimp.yaml", 'model: "\\n::error::x\n'),
        ("scrimp.yaml", '"\\n::error::x\\e[2J": 1\n'),
        ("scrimp.yaml", "model: [\n::error::x\n"),
        ("scrimp.yaml", 'select: ["##[add-mask]x"]\n'),
        ("scrimp.yaml", 'packs: ["\\r::stop-commands::x"]\n'),
        ("scrimp.yaml", 'required_version: "##vso[task.complete]"\n'),
        ("scrimp.yaml", "budgets: [{name: '::error::x', max_monthly: '::error::x'}]\n"),
        ("pyproject.toml", '[tool.scrimp]\n"\\n::error::x" = 1\n'),
        ("pyproject.toml", '[tool.scrimp]\nmodel = "\n::error::x"\n'),
        ("scrimp-prices.lock.json", '{"\\n::error::x": 1}'),
        ("scrimp-usage.yaml", '"\\n::error::x": 1\n'),
        (".scrimp/baseline.json", '{"\\n::error::x": 1}'),
    ],
)
def test_what_is_said_of_a_broken_file_is_harmless(project: Project, path: str, text: str) -> None:
    outcome = project.write(path, text).write("app.py", LEAKY).scrimp("check")

    assert outcome.out or outcome.err
    assert_harmless(outcome.out)
    assert_harmless(outcome.err)


def test_a_bug_in_scrimp_is_shown_as_harmlessly(project: Project) -> None:
    bug = "import scrimp.pipeline.setup as s\ndef setup(*a, **k): raise KeyError(chr(10) + '::error::x')\ns.setup = setup"

    outcome = project.shell("audit", python=bug)

    assert outcome.code == 3
    assert "this is a bug in scrimp" in outcome.err
    assert_harmless(outcome.err)


def test_a_patch_is_exact_where_programs_take_it_and_safe_in_the_log_of_a_job(project: Project) -> None:
    project.write("scrimp.yaml", PRICED).write("app.py", LEAKY)

    exact = project.shell("check", "--fix", "--diff", CI="")
    logged = project.shell("check", "--fix", "--diff", CI="true")

    assert "\x1b[2J" in exact.out
    assert commands(exact.out)
    assert_harmless(logged.out)
    assert logged.out.count("\n") == exact.out.count("\n")


def test_a_patch_in_a_file_is_exact_in_a_job_too(project: Project) -> None:
    project.write("scrimp.yaml", PRICED).write("app.py", LEAKY)
    to_file = "import os; os.dup2(os.open('x.patch', os.O_WRONLY | os.O_CREAT), 1)"

    project.shell("check", "--fix", "--diff", python=to_file, CI="true")

    assert project.text("x.patch") == project.shell("check", "--fix", "--diff", CI="").out
