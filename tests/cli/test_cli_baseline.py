"""``baseline``: what was found is known, and only what is new fails."""

from __future__ import annotations

import json
from typing import Any

import pytest
from command_line import Project

CLIENT = "import openai\nclient = openai.OpenAI()\n"
BLANKS = "Review the change that is given.   \nName each problem once. \t \t\nBe brief about it, and kind."
FILE = ".scrimp/baseline.json"


def module(name: str = "PROMPT", text: str = BLANKS) -> str:
    return f'{name} = """{text}"""\n'


@pytest.fixture
def tree(project: Project) -> Project:
    project.init().write("client.py", CLIENT).write("scrimp.yaml", "select: [FMT, RED003, BUD001, SUP]\n")
    project.write("a.py", module()).write("b.py", module("OTHER_PROMPT", BLANKS.replace("kind", "polite")))
    project.commit()
    return project


def shown(document: Any) -> list[tuple[str, str]]:
    return [(each["path"], each["rule"]) for each in document["findings"] if each["suppressed"] is None]


def by(document: Any) -> list[str]:
    return [each["suppressed"]["by"] for each in document["findings"] if each["suppressed"] is not None]


def entries(tree: Project) -> list[Any]:
    return list(json.loads(tree.text(FILE))["findings"])


class TestLife:
    def test_the_first_run_records_all_and_nothing_fails_any_more(self, tree: Project) -> None:
        assert tree.report("check", code=1)
        outcome = tree.scrimp("baseline")

        assert (outcome.code, outcome.out) == (0, f"Recorded 2 findings in {FILE}.\n")
        document = tree.report("check")
        assert (shown(document), by(document)) == ([], ["baseline", "baseline"])
        assert document["findings"][0]["suppressed"]["at"] == FILE
        assert document["prompts"] == tree.report("audit")["prompts"]

    def test_a_new_finding_fails(self, tree: Project) -> None:
        tree.scrimp("baseline")
        document = tree.write("c.py", module("THIRD_PROMPT", BLANKS.replace("Name", "List"))).report(
            "check", code=1
        )

        assert shown(document) == [("c.py", "FMT002")]

    def test_what_is_gone_is_said_and_taken_out(self, tree: Project) -> None:
        tree.scrimp("baseline")
        tree.write("b.py", "")
        for command in ("check", "audit"):
            assert tree.report(command)["warnings"] == [
                f"{FILE}: 1 of 2 findings is gone: run scrimp baseline"
            ]
        assert tree.report("check", "--select", "DAT")["warnings"] == []
        outcome = tree.scrimp("baseline")

        assert (outcome.code, outcome.out) == (0, f"{FILE} holds 1 finding: 1 gone.\n")
        tree.write("b.py", module("OTHER_PROMPT", BLANKS.replace("kind", "polite")))
        assert shown(tree.report("check", code=1)) == [("b.py", "FMT002")]

    def test_what_is_new_is_refused_and_said_unless_it_may_grow(self, tree: Project) -> None:
        tree.scrimp("baseline")
        tree.write("c.py", module("THIRD_PROMPT", BLANKS.replace("Name", "List")))
        before = tree.text(FILE)
        outcome = tree.scrimp("baseline")

        assert (outcome.code, outcome.out) == (0, f"{FILE} holds 2 findings: 0 gone.\n")
        assert outcome.err.startswith(
            "1 finding not added, as a baseline only shrinks (--grow adds):\n  c.py:1:"
        )
        assert tree.text(FILE) == before

        assert tree.scrimp("baseline", "--grow").out == f"{FILE} holds 3 findings: 0 gone, 1 added.\n"
        assert shown(tree.report("check")) == []

    def test_a_second_run_changes_nothing(self, tree: Project) -> None:
        tree.scrimp("baseline")
        once = tree.text(FILE), (tree.root / FILE).stat().st_mtime_ns
        tree.scrimp("baseline")

        assert (tree.text(FILE), (tree.root / FILE).stat().st_mtime_ns) == once

    def test_nothing_is_taken_out_by_an_incomplete_scan(self, tree: Project) -> None:
        tree.scrimp("baseline")
        before = tree.text(FILE)
        tree.write("b.py", b'OTHER_PROMPT = "\xff"')
        outcome = tree.scrimp("baseline")

        assert outcome.code == 3
        assert "The baseline stays as it is" in outcome.err
        assert "b.py:1: encoding" in outcome.err
        assert tree.text(FILE) == before
        assert tree.scrimp("baseline", "--allow-incomplete").out == f"{FILE} holds 1 finding: 1 gone.\n"

    def test_where_nothing_is_found_the_baseline_is_empty_and_still_one(self, tree: Project) -> None:
        tree.write("a.py", "").write("b.py", "")

        assert tree.scrimp("baseline").out == f"Recorded 0 findings in {FILE}.\n"
        assert shown(tree.report("check")) == []

    def test_what_a_comment_hides_is_not_in_it(self, tree: Project) -> None:
        tree.write("b.py", module()[:-1] + "  # scrimp: ignore[FMT002] kept\n").scrimp("baseline")

        assert [entry["path"] for entry in entries(tree)] == ["a.py"]

    def test_the_configuration_may_name_the_file(self, tree: Project) -> None:
        tree.write("scrimp.yaml", "select: [FMT]\nbaseline: known/waste.json\n")

        assert tree.scrimp("baseline").out == "Recorded 2 findings in known/waste.json.\n"
        assert shown(tree.report("check")) == []

    def test_an_audit_counts_no_saving_of_what_is_known(self, tree: Project) -> None:
        assert tree.report("audit")["totals"]["monthly_usd_saveable"] != "0.00"
        tree.scrimp("baseline")
        assert tree.report("audit")["totals"]["monthly_usd_saveable"] == "0.00"


class TestMoves:
    def test_lines_move(self, tree: Project) -> None:
        tree.scrimp("baseline")
        tree.write("a.py", "X = 1\n\n\n" + module())

        assert shown(tree.report("check")) == []

    def test_files_and_names_move_with_the_same_text(self, tree: Project) -> None:
        tree.scrimp("baseline")
        tree.write("a.py", "").write("inner/moved.py", module("RENAMED_PROMPT"))

        assert shown(tree.report("check")) == []
        tree.scrimp("baseline")
        assert [entry["about"] for entry in entries(tree)] == [
            "b.py::OTHER_PROMPT",
            "inner/moved.py::RENAMED_PROMPT",
        ]

    def test_a_copy_is_new(self, tree: Project) -> None:
        tree.scrimp("baseline")
        tree.write("copy.py", module("COPIED_PROMPT"))

        assert len(shown(tree.report("check", code=1))) == 1

    def test_a_prompt_is_edited_elsewhere(self, tree: Project) -> None:
        tree.scrimp("baseline")
        tree.write("a.py", module(text=BLANKS.replace("kind", "friendly")))

        assert shown(tree.report("check")) == []

    def test_another_text_elsewhere_is_new(self, tree: Project) -> None:
        tree.scrimp("baseline")
        tree.write("a.py", "").write("c.py", module("THIRD_PROMPT", BLANKS.replace("Name", "List")))

        assert shown(tree.report("check", code=1)) == [("c.py", "FMT002")]

    def test_a_call_is_known_where_it_moves(self, tree: Project) -> None:
        call = (
            'import openai\n\nRULES = "Answer from the handbook below, in two sentences at most, and be kind."\n'
            'ASKED = "Which section of the handbook says so? Name it and quote the sentence that you rely on."\n\n\n'
            "def ask():\n    messages = [\n"
            '        {"role": "system", "content": RULES},\n        {"role": "user", "content": ASKED},\n    ]\n'
            '    return openai.OpenAI().chat.completions.create(model="house-model", messages=messages)\n'
        )
        tree.write("scrimp.yaml", "select: [PRC001]\n").write("a.py", call).scrimp("baseline")
        assert [(entry["rule"], entry["about"]) for entry in entries(tree)] == [("PRC001", "a.py::ask#1")]

        tree.write("a.py", "").write("moved.py", "# more\n" + call)
        assert shown(tree.report("check")) == []


class TestFile:
    def test_it_is_one_line_an_entry_in_a_stable_order(self, tree: Project) -> None:
        tree.scrimp("baseline")
        first, *lines, last = tree.text(FILE).split("\n ")

        assert (first, lines[0]) == ("{", '"schema": "scrimp-baseline/1",')
        assert [json.loads(line.strip().rstrip(","))["path"] for line in lines[2:]] == ["a.py", "b.py"]
        assert last == "]\n}\n"

    @pytest.mark.parametrize(
        ("edit", "message"),
        [
            (
                lambda text: text.replace('"rule": "FMT002"', '"rule": 2', 1),
                "4:28: this is no baseline of scrimp: expected `str`",
            ),
            (
                lambda text: text.replace('"count": 1', '"count": 2', 1),
                "the entry counts 2 findings and lists 1",
            ),
            (
                lambda text: text.replace("scrimp-baseline/1", "scrimp-baseline/9"),
                "2:12: this is a baseline of another kind (scrimp-baseline/9)",
            ),
            (lambda text: "<<<<<<< ours\n" + text, "1:1: this is no JSON"),
            (lambda text: text[:-20], "this is no JSON"),
            (lambda text: '{"version": 2, "issues": []}', "this is no baseline of scrimp"),
            (lambda text: "", "1:1: this is no JSON"),
            (lambda text: "[" * 100_000, "1:1: this is no baseline of scrimp"),
            (
                lambda text: text.replace('"a.py::PROMPT"', '"a.py::PROMPT", "more": 1'),
                "this is no baseline of scrimp",
            ),
        ],
    )
    @pytest.mark.parametrize("command", ["check", "audit", "baseline"])
    def test_a_broken_or_foreign_one_is_an_error_at_its_place(
        self, tree: Project, command: str, edit: Any, message: str
    ) -> None:
        tree.scrimp("baseline")
        broken = edit(tree.text(FILE))
        outcome = tree.write(FILE, broken).scrimp(command)

        assert outcome.code == 2
        assert outcome.err.startswith(f"error: {FILE}:")
        assert message in outcome.err
        assert "record a new one with: scrimp baseline" in outcome.err
        assert tree.text(FILE) == broken

    def test_a_finding_that_is_listed_twice_is_an_error(self, tree: Project) -> None:
        tree.scrimp("baseline")
        line = next(line for line in tree.text(FILE).split("\n") if "a.py" in line)
        tree.write(FILE, tree.text(FILE).replace(line, f"{line}\n{line}"))

        assert "is listed twice" in tree.scrimp("check").err
