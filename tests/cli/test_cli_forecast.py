"""``forecast`` as it is run: from an imported ledger, and from a repository's own commits."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from command_line import EIGHT, PRICED, Outcome, Project, call
from jsonschema import Draft202012Validator

from scrimp.forecast import Month
from scrimp.usage.ledger import Cell, Key, Sums, written

BUDGET = """\
budgets:
  - {name: repository, max_monthly: $3_500, allowance: $9_000, max_share_percent: 5}
  - {name: mine, owner: me, max_monthly: $5}
  - {name: mini, model: "*-mini", max_monthly: $5}
  - {name: short, max_prompt_tokens: 500}
"""


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(
        files("scrimp.reporters").joinpath("scrimp-forecast-1.schema.json").read_text("utf-8")
    )
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def document(outcome: Outcome) -> Any:
    made = json.loads(outcome.out)
    validator().validate(made)
    return made


def current() -> Month:
    return Month.of(date.today())


def ledger(months: int) -> str:
    """A ledger with so many whole months up to the last one: about $100 a day, on even days $2 more."""
    first, last = current().later(-months).first, current().later(-1).last
    return written(cell(first + timedelta(days=each)) for each in range((last - first).days + 1))


def cell(day: date) -> Cell:
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    usd = Decimal(100 + 2 * (day.month % 2))
    key = Key(day, "litellm", "openai", "gpt-4o", "", "", "", "", ())
    return Cell(key, start, start + 86_400, Sums(10, 1000, 0, 0, 100, 0, usd))


class TestUsage:
    @pytest.fixture
    def used(self, project: Project) -> Project:
        return project.write("scrimp.yaml", BUDGET).write("scrimp-usage.csv", ledger(10))

    def test_is_continued(self, used: Project) -> None:
        made = document(used.scrimp("forecast", "--format", "json"))

        assert (made["basis"], made["grade"], made["source"]) == ("usage", "imported", "scrimp-usage.csv")
        assert len(made["past"]) == 10
        assert [each["month"] for each in made["ahead"]] == [str(current().later(each)) for each in range(4)]
        assert [each["started"] for each in made["ahead"]] == [True, False, False, False]
        assert 8_700 < Decimal(made["total_usd"]["typical"]) < 9_700

    def test_tells_budgets_of_the_whole_repository(self, used: Project) -> None:
        made = document(used.scrimp("forecast", "--format", "json"))
        limits = [(each["budget"], each["max_monthly_usd"], each["month"]) for each in made["budgets"]]

        assert limits == [("repository", "3500.00", None), ("repository (allowance)", "9000.00", None)]
        assert made["notes"][-1] == "budgets on an owner, a path or a model are not foretold: mine, mini"

    def test_reads_well_on_80_columns(self, used: Project) -> None:
        outcome = used.scrimp("forecast")

        assert outcome.code == 0
        assert all(len(line) <= 80 for line in outcome.out.splitlines())
        assert "80% range $" in outcome.out
        assert "repository, $3,500 a month: unlikely to be exceeded by" in outcome.out
        assert "Rests on 10 months of usage" in outcome.out

    def test_looks_as_far_ahead_as_asked(self, used: Project) -> None:
        assert len(document(used.scrimp("forecast", "--months", "6", "--format", "json"))["ahead"]) == 7

    def test_is_told_as_of_an_earlier_day(self, used: Project) -> None:
        day = current().later(-3).first
        made = document(used.scrimp("forecast", "--as-of", str(day), "--format", "json"))

        assert made["past"][-1]["month"] == str(current().later(-4))
        assert made["so_far"]["until"] == str(day)
        assert f"what lies after {day} is left out" in made["notes"]

    def test_goes_to_a_file(self, used: Project) -> None:
        outcome = used.scrimp("forecast", "--format", "json", "--output", "out.json")

        assert outcome.out == ""
        validator().validate(json.loads(used.text("out.json")))

    def test_that_is_too_short_is_refused(self, project: Project) -> None:
        outcome = project.write("scrimp-usage.csv", ledger(5)).scrimp("forecast")

        assert (outcome.code, outcome.out) == (2, "")
        assert "scrimp-usage.csv: a forecast needs 6 whole months" in outcome.err

    def test_that_is_not_there_is_refused(self, project: Project) -> None:
        outcome = project.scrimp("forecast")

        assert outcome.code == 2
        assert "scrimp usage import" in outcome.err

    def test_that_is_broken_is_refused_with_its_place(self, used: Project) -> None:
        broken = used.text("scrimp-usage.csv").replace(",1000,", ",lots,", 1)

        outcome = used.write("scrimp-usage.csv", broken).scrimp("forecast")

        assert outcome.code == 2
        assert "scrimp-usage.csv:2:1" in outcome.err


class TestGrowth:
    """One word more each month is $1 more a month, by the prices of ``command_line``."""

    @pytest.fixture
    def grown(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
        project.init().write("scrimp.yaml", PRICED)
        for index in range(8):
            day = current().later(index - 8).first + timedelta(days=9)
            monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00Z")
            project.write("app.py", call(EIGHT + " more" * index)).commit()
        return project

    def made(self, project: Project, since: str) -> Any:
        return document(project.scrimp("forecast", "--since", since, "--format", "json"))

    def test_is_that_of_the_prompts_at_each_month_s_end(self, grown: Project) -> None:
        made = self.made(grown, str(current().later(-8)))
        spent = [Decimal(each["usd"]) for each in made["past"]]

        assert (made["basis"], made["grade"]) == ("repository", "configured")
        assert [each["month"] for each in made["past"]] == [
            str(current().later(each)) for each in range(-8, 1)
        ]
        assert [after - before for before, after in pairwise(spent)] == [1] * 7 + [0]
        assert [each["month"] for each in made["ahead"]] == [str(current().later(each)) for each in (1, 2, 3)]
        assert Decimal(made["ahead"][0]["usd"]["high"]) > spent[-1]

    def test_begins_at_a_revision(self, grown: Project) -> None:
        begin = grown.git("rev-parse", "HEAD~6")

        assert self.made(grown, begin)["past"][0]["month"] == str(current().later(-7))

    def test_is_refused_where_prompts_hardly_changed(self, grown: Project) -> None:
        grown.git("reset", "--hard", "--quiet", "HEAD~6")
        outcome = grown.scrimp("forecast", "--since", str(current().later(-8)))

        assert outcome.code == 2
        assert "changed in 1 of 8 months" in outcome.err

    def test_is_refused_for_what_is_no_day_and_no_revision(self, grown: Project) -> None:
        assert "there is no such revision" in grown.scrimp("forecast", "--since", "v9").err
        assert "lies in the future" in grown.scrimp("forecast", "--since", "2999-01-01").err

    def test_is_incomplete_where_a_commit_can_t_be_read(self, grown: Project) -> None:
        grown.write("broken.py", b'PROMPT = "\xff\xfe You are a helpful assistant."\nopenai\n')
        grown.commit()
        arguments = ("forecast", "--since", str(current().later(-8)))

        outcome = grown.scrimp(*arguments)

        assert outcome.code == 3
        assert "Not judged: broken.py" in outcome.out
        assert grown.scrimp(*arguments, "--allow-incomplete").code == 0
