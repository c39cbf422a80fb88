"""What is guessed, seen from outside: sizes from examples, answers from words; and that no budget counts on it.

An input token is $1 a month and an output token $10 (see ``command_line``).
"""

from __future__ import annotations

from typing import Any

import pytest
from command_line import EIGHT, Project, call

UNTOLD = """\
prices: {gpt-4o: {input: 1.00, output: 10.00}, gpt-5: {input: 1.00, output: 10.00}}
prompts: [{match: "**", calls_per_month: 1_000_000}]
"""
LIMITED = f"{EIGHT}\nAnswer in one word."
PROMPTFOO = """\
prompts: [file://ask.txt]
providers: [openai:gpt-4o]
tests:
  - vars: {question: one}
  - vars: {question: one two three four}
  - vars: {question: one two}
"""
ASK = "You are a helpful assistant, please answer {{question}}"


def only(rows: list[dict[str, Any]]) -> dict[str, Any]:
    (row,) = rows
    return row


def answer(project: Project) -> dict[str, Any]:
    output: dict[str, Any] = only(project.report("audit")["requests"])["output_tokens"]
    return output


class TestAnAnswer:
    def test_is_as_long_as_a_sentence_of_the_prompt_asks_for(self, project: Project) -> None:
        found = answer(project.write("app.py", call(system=LIMITED)).write("scrimp.yaml", UNTOLD))

        assert found == {
            "typical": 2,
            "maximum": None,
            "grade": "heuristic",
            "source": '"Answer in one word." in app.py::SYSTEM',
            "reasoning": None,
            "lower_bound": False,
            "worst_case": None,
        }

    def test_is_assumed_by_the_task(self, project: Project) -> None:
        text = call(system="You are careful.\nClassify the mail.")
        found = answer(project.write("app.py", text).write("scrimp.yaml", UNTOLD))

        assert (found["typical"], found["grade"], found["source"]) == (10, "assumed", "task: classify")

    def test_is_never_longer_than_its_cap(self, project: Project) -> None:
        text = call(system="Write ten sentences.", more="\n        max_tokens=60,")
        found = answer(project.write("app.py", text).write("scrimp.yaml", UNTOLD))

        assert (found["typical"], found["maximum"], found["grade"]) == (60, 60, "heuristic")

    def test_is_in_the_worst_case_as_long_as_its_model_can_write(self, project: Project) -> None:
        found = answer(project.write("app.py", call()).write("scrimp.yaml", ""))

        assert (found["maximum"], found["worst_case"]) == (None, 16_384)  # gpt-4o

    def test_of_a_model_that_thinks_is_a_lower_bound_until_its_thoughts_are_told(
        self, project: Project
    ) -> None:
        project.write("app.py", call(system=LIMITED, model="gpt-5")).write("scrimp.yaml", UNTOLD)
        least = answer(project)
        project.write("scrimp.yaml", UNTOLD.replace("1_000_000}", "1_000_000, reasoning_tokens: 500}"))
        whole = answer(project)

        assert (least["typical"], least["reasoning"], least["lower_bound"]) == (2, None, True)
        assert (whole["typical"], whole["reasoning"], whole["lower_bound"]) == (502, 500, False)


class TestAVariable:
    def test_is_as_large_as_in_the_tests_of_the_file_that_names_its_prompt(self, project: Project) -> None:
        project.write("ask.txt", ASK).write("promptfooconfig.yaml", PROMPTFOO).write("scrimp.yaml", UNTOLD)
        prompt = only(project.report("audit")["prompts"])

        assert only(prompt["variables"])["tokens"] == {
            "typical": 2,
            "grade": "heuristic",
            "source": "example at promptfooconfig.yaml:4 and 2 more",
        }
        assert prompt["tokens"]["typical"] == prompt["tokens"]["static"] + 2
        assert prompt["tokens"]["high"] is None
        assert prompt["cost"]["guessed_monthly_usd"] == "2.00"

    def test_is_as_large_as_is_configured_whatever_the_tests_hold(self, project: Project) -> None:
        told = UNTOLD.replace("1_000_000}", "1_000_000, variables: {question: 40}}")
        project.write("ask.txt", ASK).write("promptfooconfig.yaml", PROMPTFOO).write("scrimp.yaml", told)

        assert only(only(project.report("audit")["prompts"])["variables"])["tokens"] == {
            "typical": 40,
            "grade": "configured",
            "source": "configuration",
        }

    def test_is_as_large_as_the_sample_of_its_own_file(self, project: Project) -> None:
        text = (
            "---\nname: ask\nmodel: {configuration: {azure_deployment: gpt-4o}}\n"
            "sample:\n  question: one two three\n  docs: [one two, one]\n---\n"
            "system:\nYou are a helpful assistant.\n{% for doc in docs %} {{doc}}{% endfor %}\nuser:\n{{question}}\n"
        )
        project.write("ask.prompty", text).write("scrimp.yaml", UNTOLD)
        found = {
            variable["name"]: variable["tokens"]
            for prompt in project.report("audit")["prompts"]
            for variable in prompt["variables"]
        }

        assert found == {
            "doc": {"typical": 3, "grade": "heuristic", "source": "example at ask.prompty:6"},
            "question": {"typical": 3, "grade": "heuristic", "source": "example at ask.prompty:5"},
        }


class TestABudget:
    @pytest.fixture
    def started(self, project: Project) -> Project:
        project.init().write("app.py", call()).write("ask.txt", ASK).write("promptfooconfig.yaml", PROMPTFOO)
        budget = "budgets: [{name: all, max_monthly_increase: $30}]\n"
        project.write("scrimp.yaml", UNTOLD + budget).commit()
        return project

    def test_does_not_count_on_an_answer_that_a_change_asks_to_be_short(self, started: Project) -> None:
        started.write("app.py", call(system=LIMITED + " more" * 40))

        verdict = started.report("diff", "main", code=1)["verdict"]

        assert only(verdict["breaches"])["actual"] == "+$46.00"  # not the answer's 208 tokens at $10 less

    def test_does_not_count_on_shorter_examples(self, started: Project) -> None:
        started.write("promptfooconfig.yaml", PROMPTFOO.replace("one two", "one"))
        started.write("app.py", call(system=EIGHT + " more" * 31))

        assert only(started.report("diff", "main", code=1)["verdict"]["breaches"])["actual"] == "+$31.00"

    def test_takes_a_new_variable_that_only_examples_size_for_unsized(self, started: Project) -> None:
        started.write("ask.txt", ASK + " {{tone}}")
        started.write(
            "promptfooconfig.yaml", PROMPTFOO.replace("question: one}", "question: one, tone: kind}")
        )

        (breach,) = started.report("diff", "main", code=1)["verdict"]["breaches"]

        assert "new variables of unknown size: tone" in breach["reason"]

    def test_that_limits_a_total_counts_an_answer_as_if_nothing_asked_for_a_short_one(
        self, project: Project
    ) -> None:
        budget = f"{UNTOLD}budgets: [{{name: all, max_monthly: $1000}}]\n"
        project.write("app.py", call(system=LIMITED)).write("scrimp.yaml", budget)
        document = project.report("audit", code=1)

        assert float(document["totals"]["monthly_usd"]["typical"]) < 100
        assert float(only(document["verdict"]["breaches"])["actual"].strip("$").replace(",", "")) > 2100


def test_a_change_that_asks_for_a_shorter_answer_shows_what_it_lets_expect(project: Project) -> None:
    project.init().write("app.py", call()).write("scrimp.yaml", UNTOLD).commit()
    project.write("app.py", call(system=LIMITED))

    change = only(
        [each for each in project.report("diff", "main")["changes"] if each["prompt"] == "app.py::SYSTEM"]
    )

    assert float(change["monthly_usd"]["delta"]) < -2000
    assert [each["cause"] for each in change["causes"]] == ["text"]


class TestASchema:
    CLASS = "from pydantic import BaseModel\nfrom typing import Literal\n"

    def asking(self, field: str, model: str = "gpt-4o", more: str = "") -> str:
        answer = f"\n\nclass Answer(BaseModel):\n    label: {field}\n"
        return (
            f"{self.CLASS}{call(model=model, more=f'{chr(10)}        response_format=Answer,{more}')}{answer}"
        )

    def test_bounds_the_answer_and_tells_what_to_expect(self, project: Project) -> None:
        project.write("app.py", self.asking("Literal['yes', 'no']")).write("scrimp.yaml", UNTOLD)
        found = answer(project)

        assert (found["grade"], found["source"]) == ("heuristic", "schema Answer")
        assert 5 < found["typical"] <= found["maximum"] < 15

    def test_is_a_part_of_what_is_sent(self, project: Project) -> None:
        project.write("app.py", self.asking("str")).write("scrimp.yaml", UNTOLD)
        (short,) = project.report("audit")["requests"]
        longer = self.asking("str") + "    why_you_think_so: str\n    how_sure_you_are: float\n"
        (long,) = project.write("app.py", longer).report("audit")["requests"]

        assert short["input_tokens"]["grade"] == "heuristic"
        assert short["overhead_tokens"] > 11 + 20
        more = long["overhead_tokens"] - short["overhead_tokens"]
        assert long["input_tokens"]["typical"] - short["input_tokens"]["typical"] == more > 10

    def test_goes_before_what_a_sentence_asks_for_but_not_before_the_cap(self, project: Project) -> None:
        text = self.asking("str", more="\n        max_tokens=9,").replace(
            EIGHT, f"{EIGHT}\\nAnswer in one word."
        )
        found = answer(project.write("app.py", text).write("scrimp.yaml", UNTOLD))

        assert (found["typical"], found["maximum"], found["source"]) == (9, 9, "schema Answer")

    def test_bounds_no_answer_of_a_model_that_thinks(self, project: Project) -> None:
        project.write("app.py", self.asking("Literal['yes', 'no']", model="gpt-5")).write(
            "scrimp.yaml", UNTOLD
        )
        found = answer(project)

        assert (found["maximum"], found["lower_bound"]) == (None, True)

    def test_is_what_budgets_count_on(self, project: Project) -> None:
        budget = f"{UNTOLD}budgets: [{{name: all, max_monthly: $1000}}]\n"
        project.write("app.py", self.asking("Literal['yes', 'no']")).write("scrimp.yaml", budget)

        assert project.report("audit")["verdict"]["outcome"] == "pass"


@pytest.mark.parametrize(
    ("model", "effort", "lower_bound"),
    [
        ("gpt-5", "", True),
        ("gpt-5", "none", False),
        ("gpt-5", "high", True),
        ("gpt-5.1", "", False),
        ("gpt-5.1", "low", True),
        ("gpt-4o", "", False),
    ],
)
def test_a_model_thinks_by_default_or_as_the_call_says(
    project: Project, model: str, effort: str, lower_bound: bool
) -> None:
    more = f'\n        reasoning_effort="{effort}",' if effort else ""
    project.write("app.py", call(model=model, more=more))

    assert answer(project)["lower_bound"] is lower_bound
