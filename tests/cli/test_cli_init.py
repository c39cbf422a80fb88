"""``init``: what is found is written, what nobody tells is left open, and nothing that is there is lost."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from command_line import Project, call
from ruamel.yaml import YAML

SOURCE = ("--source", "https://github.com/acme/scrimp", "--rev", "1a2b3c")
UNNAMED = """\
import os
from openai import OpenAI

SYSTEM = "You answer questions about the weather in one short sentence."


def answer(question):
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]
    return OpenAI().chat.completions.create(model=os.environ["MODEL"], messages=messages)
"""


@pytest.fixture
def several(project: Project) -> Project:
    """A repository with two folders of calls, one of which names no model, and owners."""
    project.init().write("src/search/rank.py", call()).write("src/search/more.py", call(model="gpt-5-nano"))
    project.write("src/help/answer.py", UNNAMED).write("src/sales/mail.py", call(model="gpt-4o-mini"))
    project.write(".github/CODEOWNERS", "/src/search/ @acme/search\n/src/help/ @acme/help\n")
    project.commit()
    return project


def yaml(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


class TestTheConfiguration:
    def test_says_what_is_found_and_leaves_open_what_is_not(self, several: Project) -> None:
        assert several.scrimp("init", "--yes").code == 0

        text = several.text("scrimp.yaml")
        assert yaml(text) == {
            "owners": "CODEOWNERS",
            "prompts": [
                {"match": "src/help/**"},
                {"match": "src/sales/**", "model": "gpt-4o-mini"},
                {"match": "src/search/**"},
            ],
        }
        assert "# 2 requests: gpt-4o, gpt-5-nano; owned by acme/search\n" in text
        assert "# 1 request: 1 without a model; owned by acme/help\n" in text
        assert "1 of 4 requests don't" in text
        assert "\n# calls_per_month: unknown\n" in text
        assert "# Languages: Python\n# SDKs: openai (4 requests)\n" in text

    @pytest.mark.parametrize("form", [(), ("--pyproject",)])
    def test_changes_no_number(self, several: Project, form: tuple[str, ...]) -> None:
        several.write("pyproject.toml", '[project]\nname = "x"\n')
        before = several.report("audit")

        several.scrimp("init", "--yes", *form)

        after = several.report("audit")
        assert after["requests"] == before["requests"]
        assert after["prompts"] == before["prompts"]
        assert after["totals"] == before["totals"]
        assert after["warnings"] == before["warnings"]

    def test_of_a_budget_holds_it(self, several: Project) -> None:
        several.scrimp("init", "--yes", "--budget", "1,000")
        assert yaml(several.text("scrimp.yaml"))["budgets"] == [
            {"name": "repository", "max_monthly_increase": "$1,000"}
        ]

    def test_in_a_project_file_stands_behind_other_tools(self, several: Project) -> None:
        several.write("pyproject.toml", "[tool.ruff] # kept\na = 1\n\n[build-system]\nb = 1\n")

        assert several.scrimp("init", "--yes", "--pyproject", "--budget", "5").code == 0

        text = several.text("pyproject.toml")
        assert text.startswith("[tool.ruff] # kept\na = 1\n\n[tool.scrimp]\n")
        assert text.endswith("\n\n[build-system]\nb = 1\n")
        assert [each["match"] for each in tomllib.loads(text)["tool"]["scrimp"]["prompts"]] == [
            "src/help/**",
            "src/sales/**",
            "src/search/**",
        ]
        assert not (several.root / "scrimp.yaml").exists()

    def test_means_each_folder_whatever_it_is_called(self, project: Project) -> None:
        for name in ("a\nb: c", "[x]", "#h", "!n", " blank ", "ü", '"q"', "{a,b}", "a*"):
            project.write(f"{name}/app.py", call(model=r"gpt-5\nx: y"))
        project.write("top.py", call())

        assert project.scrimp("init", "--yes").code == 0

        assert len(yaml(project.text("scrimp.yaml"))["prompts"]) == 10
        said = project.report("audit")["warnings"]
        assert [each for each in said if "matches no prompt" in each] == []

    def test_of_a_tree_without_prompts_is_all_comments(self, project: Project) -> None:
        project.write("README.md", "# Nothing\n")

        assert project.scrimp("init", "--yes").code == 0
        assert yaml(project.text("scrimp.yaml")) is None
        assert project.scrimp("audit").code == 0

    def test_names_models_without_a_price_and_grammars_that_are_missing(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("scrimp.readers._is_installed", lambda module: module != "tree_sitter_go")
        project.write("app.py", call(model="ft:our-own-model")).write("main.go", "package main\n")

        outcome = project.scrimp("init", "--yes")

        assert "# No price is known for: ft:our-own-model." in project.text("scrimp.yaml")
        assert "pip install 'scrimp[go]'" in project.text("scrimp.yaml")
        assert "pip install 'scrimp[go]'" in outcome.out


class TestWhatIsThere:
    @pytest.mark.parametrize(
        ("path", "text"),
        [("scrimp.yaml", "model:   gpt-4o # mine\n"), ("pyproject.toml", '[tool.scrimp]\nmodel="gpt-4o"\n')],
    )
    def test_is_never_written_over(self, several: Project, path: str, text: str) -> None:
        outcome = several.write(path, text).scrimp("init", "--yes")

        assert outcome.code == 0
        assert f"{path} is there: nothing in it is changed" in outcome.out
        assert several.text(path) == text
        assert several.git("status", "--porcelain") == f"?? {path}"

    def test_keeps_its_comments_where_hooks_are_added(self, several: Project) -> None:
        mine = "# mine\nrepos:\n-   repo: local  # here\n    hooks:\n    -   id: x\n\nci: {skip: [x]}\n"
        several.write(".pre-commit-config.yaml", mine)

        assert several.scrimp("init", "--yes", "--pre-commit", "--budget", "9", *SOURCE).code == 0

        added = (
            '-   repo: https://github.com/acme/scrimp\n    rev: "1a2b3c"\n    hooks:\n      -   id: scrimp\n'
        )
        added += "      -   id: scrimp-budget\n"
        assert several.text(".pre-commit-config.yaml") == mine.replace("\n\nci", f"\n{added}\nci")

        again = several.scrimp("init", "--yes", "--pre-commit", *SOURCE)
        assert ".pre-commit-config.yaml runs scrimp already" in again.out
        assert several.text(".pre-commit-config.yaml").count("acme/scrimp") == 1

    def test_keeps_a_byte_order_mark_and_line_ends(self, several: Project) -> None:
        several.write(".pre-commit-config.yaml", "\ufeffrepos:\r\n- repo: local\r\n  hooks: []\r\n")

        assert several.scrimp("init", "--yes", "--pre-commit", *SOURCE).code == 0

        assert several.text(".pre-commit-config.yaml").startswith(
            "\ufeffrepos:\r\n- repo: local\r\n  hooks: []\r\n- repo: h"
        )

    def test_is_shown_before_it_is_changed(self, several: Project) -> None:
        several.write(".pre-commit-config.yaml", "repos: []\n")
        before = several.git("status", "--porcelain")

        outcome = several.scrimp("init", "--diff", "--pre-commit", "--workflow", *SOURCE)

        assert outcome.code == 0
        assert "--- /dev/null\n+++ b/scrimp.yaml\n" in outcome.out
        assert "--- a/.pre-commit-config.yaml\n+++ b/.pre-commit-config.yaml\n" in outcome.out
        assert "+++ b/.github/workflows/prompts.yml\n" in outcome.out
        assert several.git("status", "--porcelain") == before

    def test_a_link_is_not_followed(self, several: Project, tmp_path: Path) -> None:
        (several.root / ".pre-commit-config.yaml").symlink_to(tmp_path / "elsewhere.yaml")
        (tmp_path / "elsewhere.yaml").write_text("repos: []\n")

        outcome = several.scrimp("init", "--yes", "--pre-commit", *SOURCE)

        assert outcome.code == 2
        assert (tmp_path / "elsewhere.yaml").read_text() == "repos: []\n"
        assert not (several.root / "scrimp.yaml").exists()


class TestTheWorkflow:
    def test_runs_this_scrimp_on_pull_requests_and_the_default_branch(self, several: Project) -> None:
        several.git("branch", "--quiet", "-m", "master")

        assert several.scrimp("init", "--yes", "--workflow", *SOURCE).code == 0

        workflow = yaml(several.text(".github/workflows/prompts.yml"))
        uses = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
        assert "acme/scrimp@1a2b3c" in uses
        assert workflow["on"]["push"]["branches"] == ["master"]

    @pytest.mark.parametrize("branch", ["release/1.x", "a,b", "#1", "it's", "12", "wow!"])
    def test_names_the_branch_whatever_it_is_called(self, several: Project, branch: str) -> None:
        several.git("branch", "--quiet", "-m", branch)
        several.git("config", "init.defaultBranch", branch)

        assert several.scrimp("init", "--yes", "--workflow", *SOURCE).code == 0

        (named,) = yaml(several.text(".github/workflows/prompts.yml"))["on"]["push"]["branches"]
        assert named.replace("\\", "") == branch

    def test_is_left_out_where_one_speaks_of_scrimp(self, several: Project) -> None:
        several.write(".github/workflows/lint.yaml", "jobs: {a: {steps: [{run: scrimp check}]}}\n")

        outcome = several.scrimp("init", "--yes", "--workflow", *SOURCE)

        assert ".github/workflows/lint.yaml speaks of scrimp already" in outcome.out
        assert not (several.root / ".github/workflows/prompts.yml").exists()


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--budget", "ten"), "--budget ten: "),
            (("--budget", "10 EUR"), "--budget 10 EUR: "),
            (("--pyproject",), "there is no pyproject.toml here"),
            (("--diff", "--yes"), "--diff and --yes at once"),
            (
                ("--workflow", "--source", "https://gitlab.com/a/b", "--rev", "1"),
                "only use a repository on GitHub",
            ),
            ((), "nothing was written"),
        ],
    )
    def test_say_what_is_wrong_and_nothing_is_written(
        self, several: Project, arguments: tuple[str, ...], said: str
    ) -> None:
        yes = () if not arguments or "--diff" in arguments else ("--yes",)

        outcome = several.scrimp("init", *arguments, *yes)

        assert outcome.code == 2
        assert said in outcome.err
        assert several.git("status", "--porcelain") == ""

    @pytest.mark.parametrize(
        ("path", "text", "place"),
        [
            (".pre-commit-config.yaml", "repos:\n  - repo: [\n", ".pre-commit-config.yaml:3:1:"),
            (".pre-commit-config.yaml", "a: 1\nrepos: {}\n", ".pre-commit-config.yaml:2:8:"),
            ("scrimp.yaml", "modle: gpt-4o\n", "scrimp.yaml:1:1:"),
        ],
    )
    def test_have_their_place(self, several: Project, path: str, text: str, place: str) -> None:
        outcome = several.write(path, text).scrimp("init", "--yes", "--pre-commit", *SOURCE)

        assert outcome.code == 2
        assert place in outcome.err
        assert several.text(path) == text

    def test_of_a_folder_name_the_top(self, several: Project) -> None:
        outcome = Project(several.root / "src").scrimp("init", "--yes", "--pre-commit", *SOURCE)

        assert outcome.code == 2
        assert "whose hooks and workflows stand at its top" in outcome.err


def test_on_a_terminal_it_asks(several: Project) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-P", "-c", "from scrimp.cli import run; run()", "init", *SOURCE, "-q"]
    with subprocess.Popen(command, cwd=several.root, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, b"y\nn\ny\n")
        said = b""
        while True:
            try:
                read = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not read:
                break
            said += read
    os.close(ours)

    assert process.returncode == 0, said
    assert b"with pre-commit? [y/N]" in said
    assert b"Write scrimp.yaml, .pre-commit-config.yaml? [y/N]" in said
    assert several.git("status", "--porcelain").split() == [
        "??",
        ".pre-commit-config.yaml",
        "??",
        "scrimp.yaml",
    ]
