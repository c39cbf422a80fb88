"""The policy in the reports for people: every way to hide something has words of its own."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files

import pytest
from msgspec.structs import replace
from reporters.example_reports import POLICY, full_report

from scrimp.model.policy import Concealment
from scrimp.reporters import View, reporter

_SCHEMA = json.loads(files("scrimp.reporters").joinpath("scrimp-1.schema.json").read_text("utf-8"))
WAYS = _SCHEMA["$defs"]["policy"]["properties"]["concealed"]["items"]["properties"]["by"]["enum"]


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_each_way_to_hide_something_is_told_in_its_own_words(name: str) -> None:
    said = set()
    for way in WAYS:
        hidden = Concealment(way, "src/app.py", 12, "THING", 14, Decimal("0.42"))
        report = replace(full_report("diff"), policy=replace(POLICY, concealed=(hidden,)))
        text = reporter(name).render(report, View(width=200))
        (line,) = (line for line in text.splitlines() if "THING" in line)
        assert "src/app.py:12" in line
        said.add(line)

    assert len(said) == len(WAYS)
    assert not any("is hidden" in line for line in said)


def test_of_a_long_list_the_text_shows_the_first_and_counts_the_rest() -> None:
    many = tuple(replace(POLICY.loosened[0], setting=f"budgets.b{number}.level") for number in range(25))
    report = replace(full_report("diff"), policy=replace(POLICY, loosened=many))

    short = reporter("text").render(report, View(width=200))
    long = reporter("text").render(report, View(width=200, verbose=True))

    assert "and 15 more (--verbose lists them)" in short
    assert short.count("budgets.b") == 10
    assert long.count("budgets.b") == 25
