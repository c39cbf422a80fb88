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
from msgspec.structs import replace

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
        assert made["owner"] is None
        assert made["notes"][-2:] == [
            "budgets on a path or a model are not foretold: mini",
            "budgets on an owner are foretold with --owner: mine",
        ]

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


def of_two_owners(months: int, *bills: Cell) -> str:
    """Calls for two models, and for one that nobody calls; each day $3 for the first, $1 for the second."""
    first, last = current().later(-months).first, current().later(-1).last
    days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
    return written([*(cell for day in days for cell in _two(day)), *bills])


def _two(day: date) -> list[Cell]:
    one = cell(day)
    return [
        replace(one, key=one.key._replace(model=model), sums=replace(one.sums, usd=usd))
        for model, usd in (("gpt-4o", Decimal(3)), ("gpt-4.1", Decimal(1)), ("gpt-5", Decimal("0.5")))
    ]


class TestAnOwner:
    CONFIG = """\
owners: {"a/**": "@acme/a", "b/**": b}
budgets:
  - {name: all, max_monthly: $10}
  - {name: of a, owner: acme/a, max_monthly: $91}
"""

    @pytest.fixture
    def owned(self, project: Project) -> Project:
        project.write("scrimp.yaml", self.CONFIG).write("scrimp-usage.csv", of_two_owners(10))
        project.write("a/app.py", call()).write("b/app.py", call(EIGHT + " or more", model="gpt-4.1"))
        return project

    def made(self, project: Project, *arguments: str) -> Any:
        return document(project.scrimp("forecast", "--format", "json", *arguments))

    def test_has_the_spend_of_its_own_calls(self, owned: Project) -> None:
        past = {
            owner: [Decimal(each["usd"]) for each in self.made(owned, "--owner", owner)["past"]]
            for owner in ("acme/a", "b")
        }
        months = [current().later(each) for each in range(-10, 0)]

        assert past["acme/a"] == [3 * month.days for month in months]
        assert past["b"] == [month.days for month in months]

    def test_is_told_of_its_budgets_and_of_what_is_nobodys(self, owned: Project) -> None:
        made = self.made(owned, "--owner", "@acme/a")

        assert made["owner"] == "acme/a"
        assert [each["budget"] for each in made["budgets"]] == ["of a"]
        assert any(
            "of what was called belongs to no prompt, and to no owner" in each for each in made["notes"]
        )
        assert owned.scrimp("forecast", "--owner", "b").out.startswith("b, ")

    def test_bears_a_bill_by_what_its_calls_are_worth(self, owned: Project) -> None:
        first, last = current().later(-7).first, current().later(-1).last
        cells = []
        for day in (first + timedelta(days=each) for each in range((last - first).days + 1)):
            calls = [replace(each, sums=replace(each.sums, usd=None)) for each in _two(day)[:2]]
            bill = replace(
                calls[0],
                key=calls[0].key._replace(stream="openai", model=""),
                sums=Sums(None, 0, 0, 0, 0, 0, Decimal(10)),
            )
            cells += [*calls, bill]
        owned.write("scrimp-usage.csv", written(cells))

        mine, theirs = (
            Decimal(self.made(owned, "--owner", owner)["past"][-1]["usd"]) for owner in ("acme/a", "b")
        )

        assert mine + theirs == 10 * current().later(-1).days
        assert round(mine / theirs, 2) == Decimal("1.25")  # gpt-4o costs $2.5 and $10, gpt-4.1 $2 and $8

    def test_who_owns_nothing_is_an_error_that_names_the_owners(self, owned: Project) -> None:
        outcome = owned.scrimp("forecast", "--owner", "nobody")

        assert outcome.code == 2
        assert "nothing is owned by nobody" in outcome.err
        assert "acme/a, b" in outcome.err


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

    def test_of_an_owner_is_that_of_its_own_prompts(self, grown: Project) -> None:
        grown.write("other.py", call("Words that somebody else sends and owns", model="gpt-4o"))
        grown.write("scrimp.yaml", f"{PRICED}owners: {{app.py: me}}\n").commit()
        since = str(current().later(-8))
        mine = document(grown.scrimp("forecast", "--since", since, "--owner", "me", "--format", "json"))
        spent = [Decimal(each["usd"]) for each in mine["past"]]

        assert [after - before for before, after in pairwise(spent)] == [1] * 7 + [0]
        assert "nothing is owned by you" in grown.scrimp("forecast", "--since", since, "--owner", "you").err

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
