"""What ``diff`` puts a change down to in small repositories (see ``command_line``): an input token is $1 a month."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project

SYSTEM = "app.py::SYSTEM"
OTHER = "and so do nine ten eleven twelve"


def function(*messages: str, name: str = "answer", more: str = "", calls: int = 1) -> str:
    """A function that calls so many times, each time with these messages."""
    listed = ", ".join(f'{{"role": "{role}", "content": {said}}}' for role, said in map(_message, messages))
    call = f'OpenAI().chat.completions.create(model="gpt-4o", messages=[{listed}]{more})'
    return f"def {name}(question):\n" + "".join(f"    x{number} = {call}\n" for number in range(calls))


def _message(said: str) -> tuple[str, str]:
    return ("system" if said.isupper() else "user"), said


def module(*functions: str, system: str = EIGHT, other: str = OTHER) -> str:
    return "\n".join(("from openai import OpenAI", f'SYSTEM = "{system}"', f'AMONG = "{other}"', *functions))


def compared(project: Project, before: str, after: str) -> Any:
    """What changed between two versions of the module, checked to add up."""
    project.init().write("scrimp.yaml", PRICED).write("app.py", before).commit()
    document = project.write("app.py", after).report("diff", "main")
    change = sum((Decimal(each["monthly_usd"]["delta"]) for each in document["changes"]), Decimal(0))
    for each in document["changes"]:
        shares = sum((Decimal(cause["monthly_usd"]) for cause in each["causes"]), Decimal(0))
        assert shares == Decimal(each["monthly_usd"]["delta"])
    rest = sum((Decimal(amount) for amount in document["unlisted_monthly_usd"].values()), Decimal(0))
    totals = [Decimal(document[key]["monthly_usd"]["typical"]) for key in ("base_totals", "totals")]
    assert change + rest == totals[1] - totals[0]
    return document


def causes(document: Any) -> dict[str, dict[str, str]]:
    return {
        each["prompt"] or each["base_prompt"]: {
            cause["cause"]: cause["monthly_usd"] for cause in each["causes"]
        }
        for each in document["changes"]
    }


@pytest.mark.parametrize("name", ["AHEAD", "ZULU"])
def test_a_message_that_becomes_sure_changes_its_text_alone(project: Project, name: str) -> None:
    said = f'{name} = "nine ten {{}}"\n'
    call = function("SYSTEM", name)

    document = compared(project, module(said.format("now"), call), module(said.format("now and then"), call))

    assert causes(document) == {f"app.py::{name}": {"text": "2.00"}}


@pytest.mark.parametrize("name", ["AHEAD", "ZULU"])
def test_a_message_that_becomes_unsure_changes_its_text_alone(project: Project, name: str) -> None:
    said = f'{name} = "nine ten {{}}"\n'
    call = function("SYSTEM", name)

    document = compared(project, module(said.format("now and then"), call), module(said.format("now"), call))

    assert causes(document) == {f"app.py::{name}": {"text": "-2.00"}}


def test_a_second_identical_call_is_a_call(project: Project) -> None:
    before, after = (module(function("SYSTEM", "AMONG", calls=calls)) for calls in (1, 2))

    found = causes(compared(project, before, after))

    assert {name: list(each) for name, each in found.items()} == {
        "app.py::AMONG": ["calls"],
        SYSTEM: ["calls"],
    }


def test_a_call_in_front_of_another_with_another_cap_is_a_call(project: Project) -> None:
    before = module(function("SYSTEM", more=", max_tokens=50"))
    after = before.replace("    x0", "    OpenAI().chat.completions.create(model='gpt-4o-mini', max_tokens=7, "
                           "messages=[{'role': 'system', 'content': SYSTEM}])\n    x0")  # fmt: skip

    assert [*causes(compared(project, before, after))[SYSTEM]] == ["calls"]


def test_a_message_that_goes_is_no_change_of_the_other(project: Project) -> None:
    before, after = module(function("SYSTEM", "AMONG")), module(function("SYSTEM"))

    document = compared(project, before, after)

    (gone,) = [each for each in document["changes"] if each["causes"]]
    assert (gone["kind"], gone["base_prompt"]) in (("removed", "app.py::AMONG"), ("changed", "app.py::AMONG"))


def test_a_call_that_goes_takes_its_own_money_alone(project: Project) -> None:
    before = module(function("SYSTEM"), function("AMONG", name="other"))
    after = module(function("SYSTEM"))

    assert SYSTEM not in causes(compared(project, before, after))


def test_calls_without_known_text_are_told_beside_the_prompts(project: Project) -> None:
    before = module(function("SYSTEM"))

    document = compared(project, before, before + "\n" + function("question", name="other"))

    assert document["changes"] == []
    more = document["unlisted_monthly_usd"]["calls_without_text"]
    assert Decimal(more) > 0
    for format_ in ("text", "markdown"):
        said = project.scrimp("diff", "main", "--format", format_).out
        assert "No change in prompts." in said
        assert f"Beside the prompts: +${Decimal(more):,} of calls without known text" in said


def test_what_is_not_shown_is_summed_up(project: Project) -> None:
    texts = [f"{EIGHT} {number}" for number in range(24)]
    before, after = (
        module(*(function(f'"{each}{more}"', name=f"f{number}") for number, each in enumerate(texts)))
        for more in ("", " more")
    )
    compared(project, before, after)

    assert "4 smaller changes, +$4.00 (--verbose lists them)" in project.scrimp("diff", "main").out
