"""By whose policy ``diff`` judges (see ``command_line``): an input token is $1 a month."""

from __future__ import annotations

from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call

BUDGET = "budgets: [{name: all, max_monthly_increase: $5}]\n"
MORE = f"{EIGHT} {EIGHT}"
"""Eight tokens more."""


@pytest.fixture
def changed(project: Project) -> Project:
    """A prompt that grows by $8 a month while the budget for it goes from $5 to $50."""
    project.init().write("app.py", call()).write("scrimp.yaml", PRICED + BUDGET).commit()
    return project.write("app.py", call(MORE)).write("scrimp.yaml", PRICED + BUDGET.replace("$5", "$50"))


def policy(document: Any) -> tuple[str, str]:
    return document["policy"]["source"], document["policy"]["name"]


class TestWhose:
    def test_each_side_speaks_for_itself_outside_of_ci(self, changed: Project) -> None:
        document = changed.report("diff", "main")

        assert policy(document) == ("head", "the working tree")
        assert document["policy"]["loosened"] == []

    @pytest.mark.parametrize("variable", ["CI", "TF_BUILD", "JENKINS_URL"])
    def test_bases_under_ci(self, changed: Project, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
        monkeypatch.setenv(variable, "True")

        document = changed.report("diff", "main", code=1)

        assert policy(document) == ("base", "main")
        assert [each["setting"] for each in document["policy"]["loosened"]] == [
            "budgets.all.max_monthly_increase"
        ]

    def test_a_variable_that_says_no_is_no_ci(
        self, changed: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CI", "false")

        assert policy(changed.report("diff", "main")) == ("head", "the working tree")

    def test_bases_anywhere_if_asked_for(self, changed: Project) -> None:
        assert policy(changed.report("diff", "main", "--policy", "base", code=1)) == ("base", "main")

    def test_heads_under_ci_if_asked_for(self, changed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CI", "1")

        assert policy(changed.report("diff", "main", "--policy", "head"))[0] == "head"

    def test_a_files(self, changed: Project) -> None:
        changed.write("../policy.yaml", BUDGET.replace("$5", "$7"))

        document = changed.report("diff", "main", "--policy", "../policy.yaml", code=1)

        assert policy(document) == ("file", "../policy.yaml")
        assert [each["limit"] for each in document["verdict"]["breaches"]] == ["+$7"]

    def test_a_file_that_is_not_there_is_refused(self, changed: Project) -> None:
        outcome = changed.scrimp("diff", "main", "--policy", "gone.yaml")

        assert outcome.code == 2
        assert "gone.yaml" in outcome.err

    def test_a_saved_audit_holds_none(self, changed: Project) -> None:
        changed.scrimp("audit", "--format", "json", "--output", "../before.json")

        outcome = changed.scrimp("diff", "../before.json", "--policy", "base")

        assert outcome.code == 2
        assert "a saved audit holds no policy" in outcome.err

    def test_the_change_that_adds_the_first_configuration_is_judged_by_it_and_says_so(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project.init().write("app.py", call()).commit()
        monkeypatch.setenv("CI", "true")
        project.write("scrimp.yaml", PRICED + BUDGET).write("app.py", call(MORE))

        outcome = project.scrimp("diff", "main")

        assert outcome.code == 1
        assert "main has no configuration: this change adds the first one" in outcome.out

    def test_a_configuration_that_is_named_is_the_one_of_base(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project.init().write("app.py", call()).write("ci/gate.yaml", PRICED + BUDGET).commit()
        monkeypatch.setenv("CI", "true")
        project.write("ci/gate.yaml", PRICED).write("app.py", call(MORE))

        document = project.report("diff", "main", "--config", "ci/gate.yaml", code=1)

        assert [each["setting"] for each in document["policy"]["loosened"]] == ["budgets.all"]

    def test_it_is_shown(self, changed: Project) -> None:
        outcome = changed.scrimp("diff", "main", "--policy", "base")

        assert "Policy: BASE (main); asked for with --policy\n" in outcome.out
        assert "    budgets.all.max_monthly_increase: $5 → $50\n" in outcome.out


def calls(document: Any) -> set[int]:
    return {each["calls_per_month"]["value"] for each in document["requests"]}


class TestVolumes:
    @pytest.fixture
    def known(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
        project.init().write("app.py", call()).write("scrimp.yaml", PRICED + BUDGET).commit()
        monkeypatch.setenv("CI", "true")
        return project

    @pytest.mark.parametrize(("number", "taken"), [("3_000_000", 3_000_000), ("500", 1_000_000)])
    def test_of_known_prompts_the_higher_counts(self, known: Project, number: str, taken: int) -> None:
        known.write("app.py", call(MORE))
        known.write("scrimp.yaml", PRICED.replace("1_000_000", number) + BUDGET)

        assert calls(known.report("diff", "main", code=1)) == {taken}

    def test_of_a_known_prompt_that_moved_too(self, known: Project) -> None:
        known.git("mv", "app.py", "core.py")
        known.write("core.py", call(MORE)).write("scrimp.yaml", PRICED.replace("1_000_000", "1") + BUDGET)

        assert calls(known.report("diff", "main", code=1)) == {1_000_000}

    def test_of_new_prompts_heads_counts_and_is_named(self, known: Project) -> None:
        entry = "prompts:\n  - {match: new.py, calls_per_month: 7}\n"
        text = "a new prompt that looks like nothing that was there"
        known.write("new.py", call(text, user="ask {question} now"))
        known.write("scrimp.yaml", PRICED.replace("prompts:\n", entry) + BUDGET)

        document = known.report("diff", "main")

        (assumed,) = document["policy"]["assumptions"]
        assert assumed["request"] == "new.py::answer#1"
        assert assumed["calls_per_month"] == {"value": 7, "grade": "configured"}
        assert document["policy"]["loosened"] == []

    def test_a_dearer_model_of_the_configuration_counts_a_cheaper_one_does_not(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        prices = (
            "prices: {mid: {input: 2, output: 2}, low: {input: 1, output: 1}, top: {input: 9, output: 9}}\n"
        )
        settings = prices + "calls_per_month: 1_000_000\nmodel: "
        project.init().write("prompts/a.prompty", f"---\nname: a\n---\nsystem:\n{EIGHT}\n")
        project.write("scrimp.yaml", f"{settings}mid\n").commit()
        monkeypatch.setenv("CI", "true")

        cheaper = project.write("scrimp.yaml", f"{settings}low\n").report("diff", "main")
        dearer = project.write("scrimp.yaml", f"{settings}top\n").report("diff", "main")

        assert {each["model"] for each in cheaper["prompts"]} == {"mid"}
        assert {each["model"] for each in dearer["prompts"]} == {"top"}
