"""Budgets: what breaks them, what doesn't (see ``command_line``): an input token is $1 a month.

The example costs $1,063 a month.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call

from scrimp.model.written import dollars


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


class TestWhatATotalRestsOn:
    def grounds(self, project: Project, *arguments: str) -> list[list[str]]:
        document = project.scrimp(*(arguments or ("audit",)), "--format", "json").document
        return [each["ground"] for each in document["verdict"]["breaches"]]

    def test_is_not_spoken_of_where_all_of_it_is_told(self, project: Project) -> None:
        started(project, budget(max_monthly="$1_000", max_per_call="$0"))

        assert self.grounds(project) == [[], []]

    def test_is_how_much_is_assumed_and_guessed_and_of_how_many_requests(self, project: Project) -> None:
        settings = "budgets: [{name: all, max_monthly: $0, max_per_call: $0}]\n"
        started(project, settings)
        monthly, call = self.grounds(project)
        totals = project.report("audit", code=1)["totals"]

        paid = {key: dollars(Decimal(usd)) for key, usd in totals["monthly_usd_paid_for"].items()}
        whole = dollars(Decimal(totals["monthly_usd"]["typical"]))
        assert monthly == [
            f"of it {whole} at assumed volumes or models, in 1 of 1 request",
            f"of it {paid['answers']} for answers of guessed length, in 1 of 1 request",
        ]
        assert call == ["of it $0.0021 for an answer of guessed length (210 tokens)"]
        out = project.scrimp("audit", "--quiet").out
        assert f"\n        {monthly[0]}\n        {monthly[1]}\n" in out
        assert f"- `all`: `{monthly[0]}`" in project.scrimp("audit", "--format", "markdown").out
        assert "; ".join(monthly) in project.scrimp("audit", "--format", "github").out

    def test_names_calls_that_no_row_of_a_sure_prompt_shows(self, project: Project) -> None:
        short = call(system="{rules}", user="{question}").replace(" nine ten eleven twelve", " Hi")
        outside = "from openai import OpenAI\n\n\ndef send(messages):\n    return OpenAI().chat.completions.create(model='gpt-4o', messages=messages)\n"
        started(project, budget(max_monthly="$0"), short)
        project.write("outside.py", outside)
        confidences = {each["confidence"] for each in project.report("audit", code=1)["prompts"]}

        (ground,) = self.grounds(project)

        assert confidences == {"low"}
        assert [line.partition(" for ")[2].partition(" $")[0] for line in ground] == [
            "1 call whose text is of low confidence: app.py::answer#1",
            "1 call without known text: outside.py::send#1",
        ]

    def test_tells_what_is_on_top_of_the_expected_as_a_guess_lowers_no_total(self, project: Project) -> None:
        settings = budget(max_monthly="$0").replace("    output_tokens: 100\n", "")
        started(project, settings, call(system="Answer in one word."))

        (ground,) = self.grounds(project)

        assert ground[-1] == "of it $2,080.00 on top of what audit expects, as a guess lowers no total"

    def test_is_said_of_a_total_that_a_change_crosses(self, project: Project) -> None:
        settings = budget(max_monthly="$2_165").replace("    output_tokens: 100\n", "")
        started(project, settings)
        project.write("app.py", grown(3))

        assert self.grounds(project, "diff", "main") == [
            ["of it $2,100.00 for answers of guessed length, in 1 of 1 request"]
        ]


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
        assert broken == [("fail", "0 changes of unknown cost", "2")]

    def test_warns_where_the_budget_says_so(self, project: Project) -> None:
        started(project, budget(max_monthly_increase="$5", unknown="warn"))

        broken = breaches(project.write("app.py", call(model="house-model")))
        assert broken == [("warn", "0 changes of unknown cost", "2")]

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
        assert broken == ("fail", "0 changes of unknown cost", "1")

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
