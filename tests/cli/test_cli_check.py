"""``check``: findings of chosen files, their fixes, and what they do to the exit code."""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from typing import Any

import pytest
from command_line import PRICED, Project, call

from scrimp.model.written import amount

BLANKS = "Review the change.   \nName each problem once. \t \t\nBe brief."
CLEAN = "Review the change.\nName each problem once.\nBe brief."
REPEATED = """\
Classify the ticket. Respond only with JSON, without any explanation.
Use the keys label and score.
Only output the JSON object and nothing else."""


def module(text: str) -> str:
    return f'PROMPT = """{text}"""\n'


@pytest.fixture
def wasteful(project: Project) -> Project:
    """A call, a prompt with two lines that end in blanks (a safe fix), and one that repeats itself (an unsafe one)."""
    project.init().write("app.py", call()).write("scrimp.yaml", PRICED)
    project.write("blanks.py", module(BLANKS)).write("repeated.py", module(REPEATED)).commit()
    return project


def found(document: Any) -> list[tuple[str, str, int]]:
    return [(each["path"], each["rule"], each["line"]) for each in document["findings"]]


class TestFindings:
    def test_stand_at_their_place(self, wasteful: Project) -> None:
        document = wasteful.report("check", code=1)

        assert found(document) == [
            ("blanks.py", "FMT002", 1),
            ("repeated.py", "RED003", 3),
        ]
        assert document["verdict"]["outcome"] == "fail"

    def test_are_lines_that_an_editor_can_follow(self, wasteful: Project) -> None:
        outcome = wasteful.scrimp("check")

        assert outcome.code == 1
        assert "blanks.py:1:31 FMT002 [*] " in outcome.out
        assert "1 can be fixed with --fix" in outcome.out
        assert "1 can be fixed with --unsafe-fixes" in outcome.out

    def test_are_none(self, committed: Project) -> None:
        outcome = committed.scrimp("check")

        assert (outcome.code, outcome.out) == (0, "No findings.\n")

    @pytest.mark.parametrize(
        ("named", "paths"),
        [
            (["blanks.py"], {"blanks.py"}),
            (["app.py"], set()),
            (["app.py", "repeated.py"], {"repeated.py"}),
            (["."], {"blanks.py", "repeated.py"}),
        ],
        ids=" ".join,
    )
    def test_are_those_of_named_files(self, wasteful: Project, named: list[str], paths: set[str]) -> None:
        document = wasteful.report("check", *named, code=1 if paths else 0)

        assert {path for path, _, _ in found(document)} == paths

    def test_are_those_of_a_named_folder(self, wasteful: Project) -> None:
        wasteful.write("inner/blanks.py", module(BLANKS))

        assert {path for path, _, _ in found(wasteful.report("check", "inner", code=1))} == {
            "inner/blanks.py"
        }

    def test_of_a_named_file_are_told_in_the_light_of_the_tree(self, wasteful: Project) -> None:
        wasteful.write("blanks.py", f'TEXT = """{BLANKS}"""\n')
        wasteful.write(
            "app.py", "from blanks import TEXT\n" + call().replace('"content": SYSTEM', '"content": TEXT')
        )

        (only,) = wasteful.report("check", "blanks.py", code=1)["findings"]

        assert only["prompt"] == "blanks.py::TEXT"
        assert only["monthly_usd_saved"] == "3.00"  # three tokens of a million calls at $1 a million

    def test_outside_of_the_folder_are_told_in_the_light_of_their_project(self, wasteful: Project) -> None:
        (wasteful.root / "inner").mkdir()
        wasteful.write("prompts/a.md", BLANKS + "\n")

        outcome = Project(wasteful.root / "inner").scrimp("check", "../prompts/a.md")

        assert outcome.code == 1
        assert "prompts/a.md:1:19 FMT002" in outcome.out


class TestSelection:
    @pytest.mark.parametrize(
        ("arguments", "rules"),
        [
            (["--select", "FMT"], {"FMT002"}),
            (["--select", "RED003,FMT001"], {"RED003"}),
            (["--select", "ALL", "--ignore", "FMT,CAL"], {"RED003"}),
            (["--ignore", "FMT002", "--ignore", "RED"], set()),
        ],
        ids=" ".join,
    )
    def test_by_the_command_line(self, wasteful: Project, arguments: list[str], rules: set[str]) -> None:
        document = wasteful.report("check", *arguments, code=1 if rules else 0)

        assert {rule for _, rule, _ in found(document)} == rules

    @pytest.mark.parametrize(
        ("settings", "rules"),
        [
            ("select: [FMT]", {"FMT002"}),
            ("ignore: [FMT]", {"RED003"}),
            ('per_path: {"blanks.py": {ignore: [ALL]}}', {"RED003"}),
            ('exclude: ["repeated.py"]', {"FMT002"}),
            ("rules: {FMT002: {min_saving: 3}}", {"FMT002", "RED003"}),
            ("rules: {FMT002: {min_saving: 4}}", {"RED003"}),
            ('per_path: {"blanks.py": {rules: {FMT002: {min_saving: 4}}}}', {"RED003"}),
        ],
    )
    def test_by_the_configuration(self, wasteful: Project, settings: str, rules: set[str]) -> None:
        document = wasteful.write("scrimp.yaml", settings).report("check", code=1)

        assert {each["rule"] for each in document["findings"] if each["suppressed"] is None} == rules

    def test_statistics_count_by_rule(self, wasteful: Project) -> None:
        outcome = wasteful.scrimp("check", "--statistics")

        rows = [line.split()[:3] for line in outcome.out.splitlines()]
        assert outcome.code == 1
        assert rows == [["1", "FMT002", "trailing-blanks"], ["1", "RED003", "repeated-output-only"]]

    def test_what_could_be_saved_is_one_figure_wherever_it_stands(self, project: Project) -> None:
        either = "{% if short %}Your task is to name the city.\n{% else %}Your task is to name the country, too.\n{% endif %}"
        project.write("prompts/ask.jinja", f"{either}Say hello to everybody in it.\n")
        document, text = project.report("audit"), project.scrimp("audit").out

        (row,) = document["saveable_by_rule"]
        total = document["totals"]["monthly_usd_saveable"]
        usd = amount(Decimal(total))
        assert (row["rule"], row["findings"], row["monthly_usd_saved"]) == ("WRD001", 2, total)
        assert row["tokens_saved"] == max(each["tokens_saved"] for each in document["findings"])
        assert f"${usd} a month could be saved" in text
        assert re.search(rf"^WRD001 task-preamble +2 +{row['tokens_saved']} +{usd}$", text, re.MULTILINE)
        assert f"save ${usd} a month" in project.scrimp("audit", "--format", "markdown").out
        assert (
            project.scrimp("check", "--statistics").out.split("  ")[-1] == f"({row['tokens_saved']} tokens)\n"
        )


class TestTheLevelThatFails:
    @pytest.mark.parametrize(
        ("arguments", "settings", "code"),
        [
            ([], "", 1),
            (["--fail-on", "error"], "", 0),
            (["--fail-on", "warning"], "", 1),
            ([], "fail_on: error", 0),
            (["--fail-on", "info"], "fail_on: error", 1),
            (["--fail-on", "error"], "rules: {FMT002: {severity: error}}", 1),
            (["--fail-on", "warning"], "rules: {FMT002: {severity: info}, RED003: {severity: info}}", 0),
            (["--exit-zero"], "", 0),
        ],
    )
    def test_decides(self, wasteful: Project, arguments: list[str], settings: str, code: int) -> None:
        document = wasteful.write("scrimp.yaml", settings).report("check", *arguments, code=code)

        assert len(document["findings"]) == 2
        assert document["verdict"]["outcome"] == (
            "pass" if code == 0 and arguments != ["--exit-zero"] else "fail"
        )


class TestExclude:
    @pytest.fixture
    def excluding(self, wasteful: Project) -> Project:
        return wasteful.write("scrimp.yaml", 'exclude: ["blanks.py"]\n')

    def test_leaves_files_out(self, excluding: Project) -> None:
        assert {path for path, _, _ in found(excluding.report("check", code=1))} == {"repeated.py"}

    def test_is_heeded_for_named_files_where_that_is_asked(self, excluding: Project) -> None:
        document = excluding.report("check", "--force-exclude", "blanks.py")

        assert document["findings"] == []

    def test_does_not_hide_a_named_file(self, excluding: Project) -> None:
        assert {path for path, _, _ in found(excluding.report("check", "blanks.py", code=1))} == {"blanks.py"}


class TestFix:
    def test_writes_what_is_safe_and_reports_what_is_left(self, wasteful: Project) -> None:
        outcome = wasteful.scrimp("check", "--fix")

        assert outcome.code == 1
        assert wasteful.text("blanks.py") == module(CLEAN)
        assert wasteful.text("repeated.py") == module(REPEATED)
        assert "RED003" in outcome.out
        assert "FMT002" not in outcome.out
        assert outcome.err.startswith("Fixed 1 finding in 1 file: 3 tokens a call, $0.75 a month")

    def test_leaves_nothing_to_fix(self, wasteful: Project) -> None:
        assert wasteful.scrimp("check", "--fix", "--unsafe-fixes").code == 0
        assert wasteful.scrimp("check").out == "No findings.\n"
        assert "nothing else" not in wasteful.text("repeated.py")

    def test_of_named_files_touches_no_other(self, wasteful: Project) -> None:
        assert wasteful.scrimp("check", "--fix", "repeated.py").code == 1
        assert wasteful.text("blanks.py") == module(BLANKS)

    def test_changes_nothing_but_the_blanks(self, wasteful: Project) -> None:
        text = "# ein Kommentar: café  \r\n" + module(BLANKS).replace("\n", "\r\n") + "x = 1   \r\n"
        wasteful.write("blanks.py", b"\xef\xbb\xbf" + text.encode())

        wasteful.scrimp("check", "--fix", "blanks.py")

        expected = text.replace(BLANKS.replace("\n", "\r\n"), CLEAN.replace("\n", "\r\n"))
        assert (wasteful.root / "blanks.py").read_bytes() == b"\xef\xbb\xbf" + expected.encode()

    def test_shown_as_a_diff_that_git_applies(self, wasteful: Project) -> None:
        outcome = wasteful.scrimp("check", "--diff", "--unsafe-fixes")

        assert outcome.code == 1
        assert wasteful.git("status", "--porcelain") == ""
        subprocess.run(["git", "apply", "-"], cwd=wasteful.root, input=outcome.out.encode(), check=True)
        assert wasteful.scrimp("check").code == 0

    def test_shown_as_a_diff_is_not_made(self, wasteful: Project) -> None:
        out = wasteful.scrimp("check", "--fix", "--diff").out

        assert "--- a/blanks.py\n+++ b/blanks.py\n" in out
        assert "repeated.py" not in out
        assert wasteful.text("blanks.py") == module(BLANKS)

    def test_is_refused_for_a_file_with_several_names_and_says_so(self, wasteful: Project) -> None:
        (wasteful.root / "twin").hardlink_to(wasteful.root / "blanks.py")

        outcome = wasteful.scrimp("check", "--fix", "blanks.py")

        assert outcome.code == 1
        assert "blanks.py:1:31 FMT002 not fixed: it has several hard links" in outcome.err
        assert "Fixed" not in outcome.err
        assert wasteful.text("blanks.py") == module(BLANKS)


class TestStandardInput:
    def test_is_read_under_its_name(self, wasteful: Project) -> None:
        outcome = wasteful.scrimp(
            "check", "-", "--stdin-filename", "src/new.py", "--format", "json", stdin=module(BLANKS).encode()
        )

        assert outcome.code == 1
        assert {path for path, _, _ in found(outcome.document)} == {"src/new.py"}

    def test_stands_for_the_file_on_disk(self, wasteful: Project) -> None:
        clean = module(CLEAN).encode()

        assert wasteful.scrimp("check", "-", "--stdin-filename", "blanks.py", stdin=clean).code == 0

    def test_comes_out_fixed(self, wasteful: Project) -> None:
        outcome = wasteful.scrimp(
            "check", "-", "--fix", "--stdin-filename", "blanks.py", stdin=module("Now: " + BLANKS).encode()
        )

        assert outcome.code == 0
        assert outcome.out == module("Now: " + CLEAN)
        assert wasteful.text("blanks.py") == module(BLANKS)

    def test_comes_out_as_it_went_in_where_nothing_is_to_be_fixed(self, wasteful: Project) -> None:
        text = module(CLEAN).replace("\n", "\r\n").encode()

        outcome = wasteful.scrimp("check", "-", "--fix", "--stdin-filename", "new.py", stdin=text)

        assert (outcome.code, outcome.out.encode()) == (0, text)

    def test_is_shown_as_a_diff(self, wasteful: Project) -> None:
        outcome = wasteful.scrimp(
            "check", "-", "--diff", "--stdin-filename", "new.py", stdin=module(BLANKS).encode()
        )

        assert outcome.code == 1
        assert outcome.out.startswith("--- a/new.py\n+++ b/new.py\n")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["-", "app.py"], "standard input (-) and named files at once"),
            (["-", "--stdin-filename", "../outside.py"], "lies outside of"),
        ],
    )
    def test_that_cannot_be_placed_is_an_error(
        self, wasteful: Project, arguments: list[str], said: str
    ) -> None:
        outcome = wasteful.scrimp("check", *arguments, stdin=b"")

        assert outcome.code == 2
        assert said in outcome.err


def test_a_file_that_is_called_like_an_option_is_neither(project: Project) -> None:
    """Whoever names a file would otherwise say how it is judged: pre-commit passes its name as it is."""
    project.write("app.py", call()).write("--config=loose.yaml", "ignore: [ALL]\n")

    outcome = project.scrimp("check", "app.py", "--config=loose.yaml")

    assert outcome.code == 2
    assert "--config=loose.yaml is an option and the name of a file here" in outcome.err
    assert project.scrimp("check", "app.py", "./--config=loose.yaml").code == 0
    assert project.scrimp("check", "--", "app.py", "--config=loose.yaml").code == 0
