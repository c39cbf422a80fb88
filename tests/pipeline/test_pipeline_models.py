"""What calls to one model or another cost (see ``command_line``): gpt-4o is ten times as dear as gpt-4o-mini."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from command_line import PRICED, Project, call

TWO = PRICED.replace("prices: {", "model: gpt-4o-mini\nprices: {gpt-4o-mini: {input: 0.10, output: 1.00}, ")
EITHER = '"gpt-4o-mini" if question else "gpt-4o"'
OUTSIDE = 'os.getenv("MODEL", "gpt-4o")'


def sent_to(expression: str) -> str:
    """The example call with another expression for its model."""
    return "import os\nfrom settings import chosen\n" + call().replace(
        'model="gpt-4o"', f"model={expression}"
    )


def request(project: Project, expression: str, settings: str = TWO) -> Any:
    """The one request of an audit."""
    project.write("app.py", sent_to(expression)).write("scrimp.yaml", settings)
    (only,) = project.report("audit")["requests"]
    return only


def test_it_costs_at_least_what_the_cheapest_does_and_typically_what_the_dearest_does(
    project: Project,
) -> None:
    cheap, dear, either = (request(project, each) for each in ('"gpt-4o-mini"', '"gpt-4o"', EITHER))

    assert either["model"] == {
        "name": "gpt-4o",
        "provider": "openai",
        "source": "call",
        "alternatives": ["gpt-4o-mini"],
        "unpriced": [],
        "open": False,
    }
    for period in ("per_call_usd", "monthly_usd"):
        assert either["cost"][period]["low"] == cheap["cost"][period]["low"]
        assert either["cost"][period]["typical"] == dear["cost"][period]["typical"]
    assert cheap["cost"]["grade"] == dear["cost"]["grade"] == "configured"
    assert either["cost"]["grade"] == "assumed"


def test_the_shares_of_its_prompts_are_of_the_same_models(project: Project) -> None:
    cheap, dear, either = (request(project, each) for each in ('"gpt-4o-mini"', '"gpt-4o"', EITHER))

    for number, part in enumerate(either["prompts"]):
        assert part["per_call_usd"]["low"] == cheap["prompts"][number]["per_call_usd"]["low"]
        assert part["per_call_usd"]["typical"] == dear["prompts"][number]["per_call_usd"]["typical"]
        assert part["per_call_usd"]["high"] == dear["prompts"][number]["per_call_usd"]["high"]


def test_a_total_rests_on_the_assumption_and_the_listing_names_the_models(project: Project) -> None:
    request(project, EITHER)
    document = project.report("audit")

    assert Decimal(document["totals"]["monthly_usd_by_grade"]["assumed"]) > 0
    assert document["totals"]["monthly_usd_by_grade"]["configured"] == "0.00"
    assert (document["coverage"]["models_known"], document["coverage"]["models_undecided"]) == (0, 1)
    said = project.scrimp("audit", "--show", "unresolved").out
    assert "openai.chat.completions.create: its model is one of gpt-4o-mini, gpt-4o" in said
    assert "the model for 0, one of several for 1" in " ".join(said.split())
    row = next(
        line for line in project.scrimp("audit", "--verbose").out.splitlines() if "gpt-4o-mini" in line
    )
    assert row.split() == ["app.py:10", "gpt-4o", "gpt-4o-mini"]


@pytest.mark.parametrize("expression", [OUTSIDE, '"gpt-4o" if question else chosen()'])
def test_a_model_that_something_unread_may_change_is_assumed(project: Project, expression: str) -> None:
    told, found = request(project, '"gpt-4o"'), request(project, expression)

    assert (found["model"]["name"], found["model"]["open"]) == ("gpt-4o", True)
    assert found["cost"]["monthly_usd"] == told["cost"]["monthly_usd"]
    assert found["cost"]["grade"] == "assumed"
    said = project.scrimp("audit", "--show", "unresolved").out
    assert "its model is gpt-4o, unless something that can't be read names another" in said
    assert "gpt-4o  one that can't be read\n" in project.scrimp("audit", "--verbose").out


@pytest.mark.parametrize("expression", [EITHER, OUTSIDE.replace("gpt-4o", "gpt-4o-mini")])
def test_an_entry_of_the_configuration_may_tell_which_it_is(project: Project, expression: str) -> None:
    entry = TWO.replace("output_tokens: 100", "output_tokens: 100\n    model: gpt-4o-mini")
    told, found = request(project, '"gpt-4o-mini"', entry), request(project, expression, entry)

    assert found["model"]["alternatives"] == []
    assert (found["model"]["source"], found["model"]["open"]) == ("config", False)
    assert found["cost"] == told["cost"]


def test_an_entry_tells_nothing_that_the_call_does_not_name(project: Project) -> None:
    entry = TWO.replace("output_tokens: 100", "output_tokens: 100\n    model: gpt-5-nano")

    assert request(project, EITHER, entry)["model"]["name"] == "gpt-4o"


class TestOneWithoutAPrice:
    NEITHER = '"gpt-4o-mini" if question else "our-own"'

    def test_leaves_the_cost_open_and_is_warned_of(self, project: Project) -> None:
        found = request(project, self.NEITHER)

        assert (found["model"]["name"], found["model"]["unpriced"]) == ("gpt-4o-mini", ["our-own"])
        assert found["cost"]["per_call_usd"]["typical"] is not None
        assert found["cost"]["per_call_usd"]["high"] is None
        assert any("no price is known for our-own" in each for each in project.report("audit")["warnings"])

    def test_does_not_pass_a_budget_as_new(self, project: Project) -> None:
        settings = TWO + "budgets: [{name: all, max_monthly_increase: $1}]\n"
        project.init().write("app.py", call()).write("scrimp.yaml", settings).commit()
        project.write("app.py", sent_to(self.NEITHER))

        (breach,) = project.report("diff", "main", code=1)["verdict"]["breaches"]

        assert breach["key"] == "unknown"
        assert "app.py::answer#1 may go to our-own, which has no price" in breach["reason"]

    def test_passes_where_base_had_it(self, project: Project) -> None:
        settings = TWO + "budgets: [{name: all, max_monthly_increase: $1}]\n"
        project.init().write("app.py", sent_to(self.NEITHER)).write("scrimp.yaml", settings).commit()
        project.write("app.py", "# said\n" + sent_to(self.NEITHER).replace("nine ten", "ten"))

        assert project.report("diff", "main")["verdict"]["outcome"] == "pass"


class TestAChangeOfOne:
    @pytest.fixture
    def project(self, project: Project) -> Project:
        project.init().write("app.py", sent_to(EITHER)).write("scrimp.yaml", TWO).commit()
        return project

    @pytest.mark.parametrize(
        ("expression", "is_dearer"),
        [
            ('"gpt-4o-mini" if question else "gpt-5.2-pro"', True),
            ('"gpt-4o-mini"', False),
            ('"gpt-4o-mini" if question else "gpt-4.1-nano"', False),
        ],
    )
    def test_is_a_change_of_the_model(self, project: Project, expression: str, is_dearer: bool) -> None:
        found = project.write("app.py", sent_to(expression)).report("diff", "main")["changes"]

        assert found
        for change in found:
            assert [each["cause"] for each in change["causes"]] == ["model"]
            assert (Decimal(change["monthly_usd"]["delta"]) > 0) == is_dearer

    def test_that_is_not_the_dearest_is_shown_though_it_adds_nothing(self, project: Project) -> None:
        found = project.write("app.py", sent_to(EITHER.replace("gpt-4o-mini", "gpt-4.1-nano"))).report(
            "diff", "main"
        )

        for change in found["changes"]:
            assert change["causes"] == [{"cause": "model", "monthly_usd": "0.00"}]

    def test_is_read_from_saved_audits_too(self, project: Project) -> None:
        project.scrimp("audit", "--format", "json", "--output", "before.json")
        project.write("app.py", sent_to('"gpt-4o-mini" if question else "gpt-4.1-nano"'))
        project.scrimp("audit", "--format", "json", "--output", "after.json")

        found = project.report("diff", "before.json", "after.json")["changes"]

        assert {each["cause"] for change in found for each in change["causes"]} == {"model"}
