"""Bad input: each with its exit code, and a message that says where, what and what to do."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import PRICED, Project, call
from tree.privileges import give_away, without_privileges

from scrimp import cli
from scrimp.tree.worktree import Worktree

OPEN_STRING = 'RULES = """You are a judge of songs.\n\ndef judge():\n    return 1\n'


class TestTheConfiguration:
    """Nothing is judged by a configuration that can't be understood."""

    @pytest.mark.parametrize(
        "command", [["audit"], ["check"], ["diff"], ["prices"]], ids=lambda each: each[0]
    )
    def test_with_an_unknown_key(self, committed: Project, command: list[str]) -> None:
        committed.write("scrimp.yaml", "model: gpt-4o\nbudgetz:\n  - name: all\n")

        outcome = committed.scrimp(*command)

        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == 'error: scrimp.yaml:2:1: unknown key "budgetz"\n  did you mean "budgets"?\n'

    def test_in_toml_with_an_unknown_key(self, project: Project) -> None:
        project.write("pyproject.toml", '[project]\nname = "x"\n\n[tool.scrimp]\nmodle = "gpt-4o"\n')

        outcome = project.scrimp("audit")

        assert outcome.code == 2
        assert outcome.err == 'error: pyproject.toml:5:1: unknown key "modle"\n  did you mean "model"?\n'

    @pytest.mark.parametrize(
        ("text", "where", "what"),
        [
            ("prices:\n  m: {input: cheap, output: 1}\n", "2:14", "cannot read 'cheap': expected US dollars"),
            ("prices:\n  m: {input: -1, output: 1}\n", "2:14", "-1 is out of range: expected US dollars"),
            ("prices:\n  m: {input: 1e9, output: 1}\n", "2:14", "out of range: expected US dollars"),
            ("prices:\n  m: {input: .nan, output: 1}\n", "2:14", ""),
            ("prices:\n  m: {input: €3, output: 1}\n", "2:14", "€3 is another currency: expected US dollars"),
            (
                "prices:\n  m: {input: 1, output: 3 EUR}\n",
                "2:25",
                "3 EUR is another currency: expected US dollars",
            ),
            ("prices:\n  m: {input: 1, output: 1, currency: EUR}\n", "2:28", 'unknown key "currency"'),
            (
                "prices:\n  m: {input: 1, output: 3, cached_input: 2}\n",
                "2:6",
                "cached_input costs more than input",
            ),
            ("prices:\n  m: {input: 1, output: 3, batch_input: 1}\n", "2:6", "batches need both prices"),
            ("prompts:\n  - {match: '*', tier: turbo}\n", "2:24", 'tier: "turbo" is not known'),
            (
                "budgets:\n  - name: all\n    max_monthly: £200\n",
                "3:18",
                "£200 is another currency: expected US dollars",
            ),
            ("budgets:\n  - name: all\n    max_monthly: much\n", "3:18", "cannot read 'much'"),
            ("budgets:\n  - name: all\n", "2:5", "a budget without a limit"),
            ("model: [\n", "2:1", ""),
            ("select: [FMT001, FMT91]\n", "1:18", 'no rule is called "FMT91"'),
            ("rules:\n  CHC001: {severity: error}\n", "2:3", 'no rule is called "CHC001"'),
            ('required_version: ">=99"\n', "1:19", ""),
        ],
        ids=[
            "price",
            "negative price",
            "absurd price",
            "no number",
            "euro",
            "code",
            "currency",
            "cached price",
            "half a batch",
            "tier",
            "pounds",
            "amount",
            "limit",
            "syntax",
            "rule",
            "rule table",
            "version",
        ],
    )
    def test_with_a_value_that_cannot_be_read(
        self, committed: Project, text: str, where: str, what: str
    ) -> None:
        outcome = committed.write("scrimp.yaml", text).scrimp("audit")

        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"error: scrimp.yaml:{where}: ")
        assert what in outcome.err

    def test_of_a_revision_is_refused_likewise(self, project: Project) -> None:
        project.init().write("scrimp.yaml", "budgetz: []\n").commit()
        project.write("scrimp.yaml", "budgets: []\n")

        outcome = project.scrimp("diff", "main")

        assert outcome.code == 2
        assert "scrimp.yaml:1:1: unknown key" in outcome.err

    def test_that_is_not_there(self, committed: Project) -> None:
        outcome = committed.scrimp("audit", "--config", "gone.yaml")

        assert outcome.code == 2
        assert outcome.err.startswith("error: gone.yaml: No such file or directory\n")


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["audti"], "No such command 'audti'. Did you mean 'audit'?"),
            (["audit", "--fromat", "json"], "No such option '--fromat'. Did you mean '--format'?"),
            (["audit", "gone"], "gone: there is no such folder"),
            (["audit", "app.py"], "app.py"),
            (["audit", "--jobs", "0"], "--jobs"),
            (["check", "gone.py"], "gone.py: there is no such file or folder"),
            (["check", "--fail-on", "fatal"], "'fatal' is not one of"),
            (["check", "--select", "FTM001"], "did you mean `FMT001`?"),
            (["check", "--ignore", "CHC"], "`CHC` is no rule and no prefix of one"),
            (["explain", "CCH01"], "did you mean `CCH001`?"),
            (["diff", "mian"], "mian: there is no such revision"),
            (["diff", "main", "gone"], "gone: there is no such revision"),
            (["diff", "a", "b", "c"], "unexpected extra argument"),
        ],
        ids=" ".join,
    )
    def test_that_is_wrong(self, committed: Project, arguments: list[str], said: str) -> None:
        outcome = committed.scrimp(*arguments)

        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err

    def test_a_misspelt_revision_gets_a_suggestion(self, committed: Project) -> None:
        assert "did you mean main?" in committed.scrimp("diff", "mian").err

    def test_what_is_shown_of_a_name_cannot_move_the_cursor(self, committed: Project) -> None:
        assert "\x1b" not in committed.scrimp("diff", "\x1b[2Jmain").err


class TestARepository:
    def test_without_git_cannot_be_compared(self, project: Project) -> None:
        outcome = project.write("app.py", call()).scrimp("diff", "main")

        assert outcome.code == 2
        assert "is not in a git repository" in outcome.err

    @pytest.mark.parametrize(("arguments", "code"), [(["audit"], 0), (["check"], 0), (["diff"], 2)])
    def test_without_a_commit(self, project: Project, arguments: list[str], code: int) -> None:
        outcome = project.init().scrimp(*arguments)

        assert outcome.code == code
        assert "Traceback" not in outcome.err


class TestAFile:
    """What was in scope and could not be judged makes a run incomplete; everything else is judged."""

    def test_with_a_syntax_error_that_touches_a_string(self, committed: Project) -> None:
        committed.write("broken.py", OPEN_STRING)

        document = committed.report("audit", code=3)

        assert {prompt["path"] for prompt in document["prompts"]} >= {"app.py"}
        assert document["verdict"]["outcome"] == "incomplete"
        assert document["totals"]["monthly_usd"]["typical"] is not None
        assert {(each["path"], each["code"], each["incomplete"]) for each in document["skipped"]} >= {
            ("broken.py", "syntax", True)
        }
        assert "Not judged: broken.py:1: syntax: " in committed.scrimp("audit").out

    def test_with_a_syntax_error_keeps_its_other_prompts(self, committed: Project) -> None:
        committed.write("app.py", call() + f"\n\n{OPEN_STRING}")

        document = committed.report("audit", code=3)

        assert {prompt["id"] for prompt in document["prompts"]} >= {"app.py::SYSTEM", "app.py::USER"}

    @pytest.mark.parametrize(
        "text", ["def f(:\n    return 1\n", "x = = 2\n", "print 1\n"], ids=["call", "operator", "old print"]
    )
    def test_with_a_syntax_error_that_touches_no_string(self, committed: Project, text: str) -> None:
        document = committed.write("app.py", call() + "\n\n" + text).report("audit")

        assert {prompt["id"] for prompt in document["prompts"]} == {"app.py::SYSTEM", "app.py::USER"}
        assert not any(each["incomplete"] for each in document["skipped"])

    def test_says_the_same_of_one_mistake_once(self, committed: Project) -> None:
        out = committed.write("broken.py", OPEN_STRING).scrimp("audit").out

        lines = [line for line in out.splitlines() if line.startswith("Not judged")]
        assert len(lines) == len(set(lines))

    def test_that_is_not_utf_8(self, committed: Project) -> None:
        committed.write("latin.py", 'PROMPT = "Sei höflich zu allen Gästen"\n'.encode("latin-1"))

        outcome = committed.scrimp("audit")

        assert outcome.code == 3
        assert "Not judged: latin.py:1: encoding: not utf-8: byte f6" in outcome.out

    def test_that_names_its_encoding_is_read(self, committed: Project) -> None:
        text = '# -*- coding: latin-1 -*-\nSYSTEM_PROMPT = "Sei höflich zu allen Gästen"\n'

        document = committed.write("latin.py", text.encode("latin-1")).report("audit")

        assert "latin.py::SYSTEM_PROMPT" in {prompt["id"] for prompt in document["prompts"]}

    def test_that_is_an_lfs_pointer(self, committed: Project) -> None:
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"

        document = committed.write("prompts/a.md", pointer).report("audit", code=3)

        assert [(each["path"], each["code"]) for each in document["skipped"]] == [("prompts/a.md", "lfs")]

    def test_that_is_binary_is_skipped_and_all_is_well(self, committed: Project) -> None:
        committed.write("prompts/logo.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").write("logo.png", b"\x89PNG\0")

        assert not any(each["incomplete"] for each in committed.report("audit")["skipped"])

    def test_out_of_the_tree_is_not_followed(self, committed: Project) -> None:
        committed.write("../secret.py", call())
        (committed.root / "linked.py").symlink_to("../secret.py")

        document = committed.report("audit")

        assert {prompt["path"] for prompt in document["prompts"]} == {"app.py"}
        assert [(each["path"], each["code"]) for each in document["skipped"]] == [("linked.py", "link")]

    def test_that_nobody_named_may_be_broken(self, committed: Project) -> None:
        document = committed.write("broken.py", OPEN_STRING).report("check", "app.py")

        assert (document["skipped"], document["verdict"]["outcome"]) == ([], "pass")


class TestADirectoryWithoutPermission:
    @pytest.fixture
    def ceded(self) -> Iterator[Project]:
        """A folder that a process without privileges can reach and owns."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            yield Project(Path(folder))

    @pytest.mark.parametrize("repository", [True, False], ids=["with git", "without git"])
    def test_makes_the_scan_incomplete(
        self, ceded: Project, repository: bool, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")  # the other one lies where nobody can read
        if repository:
            ceded.init()
        ceded.write("app.py", call()).write("closed/inner.py", call())
        assert ceded.scrimp("audit").code == 0  # and all modules are loaded, wherever they lie
        give_away(ceded.root)
        (ceded.root / "closed").chmod(0)

        said = without_privileges(lambda: _audit(ceded))

        assert "code 3" in said
        assert "Not judged: closed" in said
        assert "permission" in said
        assert "SYSTEM  app.py:3" in said


def _audit(project: Project) -> str:
    outcome = project.scrimp("audit")
    return f"code {outcome.code}\n{outcome.out}{outcome.err}"


class TestPrecedence:
    """2 before 3 before 1 before 0; only 1 can be forgiven by --exit-zero, only 3 by --allow-incomplete."""

    BROKEN_BUDGET = PRICED + "budgets: [{name: all, max_monthly: $1}]\n"

    @pytest.mark.parametrize(
        ("settings", "broken_file", "arguments", "code"),
        [
            (PRICED, False, [], 0),
            (BROKEN_BUDGET, False, [], 1),
            (BROKEN_BUDGET, False, ["--exit-zero"], 0),
            (BROKEN_BUDGET, True, [], 3),
            (BROKEN_BUDGET, True, ["--exit-zero"], 3),
            (BROKEN_BUDGET, True, ["--allow-incomplete"], 1),
            (BROKEN_BUDGET, True, ["--allow-incomplete", "--exit-zero"], 0),
            (PRICED, True, ["--allow-incomplete"], 0),
            ("budgetz: []", True, [], 2),
            ("budgetz: []", True, ["--allow-incomplete", "--exit-zero"], 2),
        ],
    )
    def test_of_audit(
        self, project: Project, settings: str, broken_file: bool, arguments: list[str], code: int
    ) -> None:
        project.write("app.py", call()).write("scrimp.yaml", settings)
        if broken_file:
            project.write("broken.py", OPEN_STRING)

        assert project.scrimp("audit", *arguments).code == code

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [([], 3), (["--exit-zero"], 3), (["--allow-incomplete"], 1), (["--select", "NO"], 2)],
        ids=str,
    )
    def test_of_check(self, project: Project, arguments: list[str], code: int) -> None:
        project.write("app.py", call(system="Review the change.   \nBe brief. \t \t\nBe kind.")).write(
            "broken.py", OPEN_STRING
        )

        assert project.scrimp("check", *arguments).code == code

    def test_of_diff(self, committed: Project) -> None:
        committed.write("scrimp.yaml", PRICED + "budgets: [{name: all, max_monthly_increase: $0}]\n").commit()
        committed.write("app.py", call(system="one two three four five six seven eight nine"))
        assert committed.scrimp("diff", "HEAD").code == 1

        committed.write("broken.py", OPEN_STRING)
        assert committed.scrimp("diff", "HEAD").code == 3
        assert committed.scrimp("diff", "HEAD", "--allow-incomplete").code == 1
        assert committed.scrimp("diff", "gone").code == 2


def test_a_bug_of_ours_is_no_pass(committed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worktree, "files", lambda _self: 1 / 0)

    outcome = committed.scrimp("audit", "--exit-zero")

    assert outcome.code == 3
    assert "ZeroDivisionError" in outcome.err
    assert "error: this is a bug in scrimp" in outcome.err


def test_an_interrupted_run_says_so_by_its_code(committed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_self: Worktree) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Worktree, "files", interrupt)

    assert committed.scrimp("audit").code == 130


def test_a_reader_that_has_seen_enough_is_no_error(monkeypatch: pytest.MonkeyPatch, project: Project) -> None:
    class Closed(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            return spare.fileno()

    with tempfile.TemporaryFile() as spare:
        monkeypatch.setattr(sys, "stdout", Closed())
        monkeypatch.setattr(sys, "argv", ["scrimp", "rules"])
        with pytest.raises(SystemExit) as caught:
            cli.run()

    assert caught.value.code == 0
