"""Budgets: what breaks them, what doesn't (see ``command_line``): an input token is $1 a month.

The example costs $1,063 a month.
"""

from __future__ import annotations

from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call


def budget(**limits: object) -> str:
    """The settings of the example with one budget."""
    lines = "".join(f"\n    {name}: {value}" for name, value in limits.items())
    return f"{PRICED}budgets:\n  - name: all{lines}\n"


def grown(tokens: int) -> str:
    return call(system=EIGHT + " more" * tokens)


def breaches(project: Project, *arguments: str) -> list[tuple[str, str, str]]:
    """Level, limit and actual of each breach, after checking that exit code and outcome say the same."""
    outcome = project.scrimp(*(arguments or ("diff", "main")), "--format", "json")
    verdict: dict[str, Any] = outcome.document["verdict"]
    levels = [each["level"] for each in verdict["breaches"]]
    assert outcome.code == (1 if "fail" in levels else 0)
    assert verdict["outcome"] == ("fail" if "fail" in levels else "warn" if levels else "pass")
    return [(each["level"], each["limit"], each["actual"]) for each in verdict["breaches"]]


def started(project: Project, settings: str, text: str = "") -> Project:
    """A repository with the example and its settings committed."""
    project.init().write("app.py", text or call()).write("scrimp.yaml", settings).commit()
    return project


def test_growth_in_dollars(project: Project) -> None:
    started(project, budget(max_monthly_increase="$5"))

    assert breaches(project.write("app.py", grown(5))) == []
    assert breaches(project.write("app.py", grown(6))) == [("fail", "+$5", "+$6.00")]


def test_growth_in_percent(project: Project) -> None:
    started(project, budget(max_monthly_increase_percent=5))

    assert breaches(project.write("app.py", grown(53))) == []  # 53 of 1063: 4.99 %
    assert breaches(project.write("app.py", grown(54))) == [("fail", "+5%", "+5.1%")]  # 5.08 %, rounded up


def test_any_growth_from_nothing_is_more_than_any_percentage(project: Project) -> None:
    project.init().write("scrimp.yaml", budget(max_monthly_increase_percent=1000)).commit()

    assert breaches(project.write("app.py", call())) == [("fail", "+1000%", "+$1,063.00 from $0")]


def test_shrinking_breaks_nothing(project: Project) -> None:
    started(project, budget(max_monthly_increase="$0", max_monthly_increase_percent=0), grown(100))

    assert breaches(project.write("app.py", call())) == []


class TestATotal:
    def test_is_judged_as_it_stands_by_an_audit(self, project: Project) -> None:
        started(project, budget(max_monthly="$1_000"))

        assert breaches(project, "audit") == [("fail", "$1,000", "$1,063.00")]

    def test_is_broken_by_the_change_that_crosses_it(self, project: Project) -> None:
        started(project, budget(max_monthly="$1_065"))

        assert breaches(project.write("app.py", grown(2))) == []
        assert breaches(project.write("app.py", grown(3))) == [("fail", "$1,065", "$1,066.00")]

    def test_is_not_broken_by_a_change_of_what_is_above_it_already(self, project: Project) -> None:
        started(project, budget(max_monthly="$1_000"))

        assert breaches(project.write("app.py", grown(3))) == []


class TestTheTokensOfAPrompt:
    def test_are_judged_by_an_audit(self, project: Project) -> None:
        started(project, budget(max_prompt_tokens=7))

        assert breaches(project, "audit") == [("fail", "7 tokens", "8 tokens")]

    def test_are_a_finding_for_check(self, project: Project) -> None:
        started(project, budget(max_prompt_tokens=7))

        document = project.report("check", code=1)
        assert [(each["rule"], each["line"]) for each in document["findings"]] == [("BUD001", 3)]


class TestWhatCannotBePriced:
    def test_breaks_a_budget_on_money(self, project: Project) -> None:
        started(project, budget(max_monthly_increase="$5"))

        broken = breaches(project.write("app.py", call(model="house-model")))
        assert broken == [("fail", "every change has a price", "2 unknown")]

    def test_warns_where_the_budget_says_so(self, project: Project) -> None:
        started(project, budget(max_monthly_increase="$5", unknown="warn"))

        broken = breaches(project.write("app.py", call(model="house-model")))
        assert broken == [("warn", "every change has a price", "2 unknown")]

    def test_is_no_saving_in_the_total(self, project: Project) -> None:
        started(project, budget(max_monthly_increase="$5"))

        said = project.write("app.py", call(model="house-model")).scrimp("diff").out
        assert "$1,063.00 → unknown a month" in said


class TestAVariableOfUnknownSize:
    UNSIZED = budget(max_monthly_increase="$5").replace("    variables: {question: 40}\n", "")

    def test_on_both_sides_cancels(self, project: Project) -> None:
        started(project, self.UNSIZED)

        assert breaches(project.write("app.py", grown(5))) == []
        assert breaches(project.write("app.py", grown(6))) == [("fail", "+$5", "+$6.00")]

    def test_that_is_new_is_reported(self, project: Project) -> None:
        started(project, self.UNSIZED)
        text = call(user="{question} {history}").replace(
            "question=question", "question=question, history=history"
        )

        (broken,) = breaches(project.write("app.py", text))
        assert broken == ("fail", "every change has a price", "1 unknown")

    def test_that_is_renamed_is_not_new(self, project: Project) -> None:
        started(project, self.UNSIZED)
        text = call(user="{query}").replace("question=question", "query=question")

        assert breaches(project.write("app.py", text)) == []


def test_a_budget_that_warns_does_not_fail(project: Project) -> None:
    started(project, budget(max_monthly_increase="$5", level="warn"))

    assert breaches(project.write("app.py", grown(6))) == [("warn", "+$5", "+$6.00")]


def test_exit_zero_forgives_a_broken_budget_and_says_it_all_the_same(project: Project) -> None:
    started(project, budget(max_monthly_increase="$5"))

    outcome = project.write("app.py", grown(6)).scrimp("diff", "--exit-zero")
    assert outcome.code == 0
    assert "Verdict: fail" in outcome.out


class TestTheBudgetOfAnOwner:
    OWNED = budget(max_monthly_increase="$5", owner="search") + 'owners: {"search/": search, "mail/": post}\n'

    @pytest.mark.parametrize(("path", "broken"), [("search/app.py", True), ("mail/app.py", False)])
    def test_speaks_of_what_is_theirs(self, project: Project, path: str, broken: bool) -> None:
        project.init().write("scrimp.yaml", self.OWNED)
        project.write("search/app.py", call()).write("mail/app.py", call()).commit()

        assert bool(breaches(project.write(path, grown(6)))) is broken


@pytest.mark.parametrize(("day", "broken"), [("2999-12-31", False), ("2020-01-01", True)])
def test_an_exception_holds_until_its_day(project: Project, day: str, broken: bool) -> None:
    exception = f'[{{match: "app.py", until: {day}, reason: "rewritten next month"}}]'
    started(project, budget(max_monthly_increase="$5", exceptions=exception))

    assert bool(breaches(project.write("app.py", grown(6)))) is broken


class TestUnderCI:
    """The change that is judged may not loosen the budgets that judge it."""

    LOOSENED = budget(max_monthly_increase="$500")

    @pytest.fixture
    def loosened(self, project: Project) -> Project:
        started(project, budget(max_monthly_increase="$5"))
        return project.write("app.py", grown(6)).write("scrimp.yaml", self.LOOSENED)

    def test_budgets_are_those_of_base(self, loosened: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CI", "1")

        assert breaches(loosened) == [("fail", "+$5", "+$6.00")]

    def test_elsewhere_they_are_those_of_head(self, loosened: Project) -> None:
        assert breaches(loosened) == []

    def test_a_first_configuration_judges_itself_and_says_so(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CI", "1")
        project.init().write("app.py", call()).commit()
        project.write("scrimp.yaml", budget(max_monthly_increase="$5"))

        assert breaches(project) == []  # a configuration alone changes no cost
        assert breaches(project.write("app.py", grown(6))) == [("fail", "+$5", "+$6.00")]
        assert "main has no configuration" in project.scrimp("diff", "main").out
