"""Real usage in the figures of an audit (see ``command_line``): input tokens are $1, output tokens $10 a million."""

from __future__ import annotations

from typing import Any

import pytest
from command_line import EIGHT, Project, call

PRICES = "prices: {gpt-4o: {input: 1.00, output: 10.00}}\n"
USAGE = """\
version: 1
prompts:
  app.py::SYSTEM:
    measured:
      calls_per_month: 1000000
      input_tokens: 3000
      unsized_tokens: 2977
      output_tokens: 150
      period: 2026-10
      source: litellm by tag
"""
WRITTEN = 8 + 4 + 11
"""Words of both texts, and the framing of two messages."""


def only(rows: list[dict[str, Any]]) -> dict[str, Any]:
    (row,) = rows
    return row


@pytest.fixture
def used(project: Project) -> Project:
    return project.write("app.py", call()).write("scrimp.yaml", PRICES).write("scrimp-usage.yaml", USAGE)


def request(project: Project) -> dict[str, Any]:
    return only(project.report("audit")["requests"])


def test_calls_answers_and_what_fills_holes_are_as_imported(used: Project) -> None:
    document = used.report("audit")
    sent = only(document["requests"])

    assert sent["calls_per_month"] == {"value": 1_000_000, "grade": "imported"}
    assert sent["input_tokens"] == {"low": WRITTEN, "typical": 3000, "high": None, "grade": "imported"}
    assert (sent["output_tokens"]["typical"], sent["output_tokens"]["grade"]) == (150, "imported")
    assert sent["output_tokens"]["source"] == "scrimp-usage.yaml"
    assert sent["cost"]["monthly_usd"]["typical"] == "4500.00"  # 3,000 at $1 and 150 at $10
    assert document["totals"]["monthly_usd_by_grade"]["imported"] == "4500.00"


def test_what_is_configured_goes_before_what_is_imported_and_that_before_a_default(used: Project) -> None:
    used.write("scrimp.yaml", f"{PRICES}calls_per_month: 5\nprompts: [{{match: app.py, output_tokens: 7}}]\n")
    sent = request(used)

    assert (sent["calls_per_month"]["value"], sent["output_tokens"]["typical"]) == (1_000_000, 7)

    entry = "{match: app.py, calls_per_month: 9, variables: {question: 40}}"
    used.write("scrimp.yaml", f"{PRICES}prompts: [{entry}]\n")
    sent = request(used)

    assert sent["calls_per_month"] == {"value": 9, "grade": "configured"}
    assert sent["input_tokens"]["typical"] == WRITTEN + 40


def test_a_variable_is_as_large_as_the_usage_file_says(used: Project) -> None:
    used.write("scrimp-usage.yaml", "prompts: {app.py::USER: {variables: {question: 55}}}\n")
    document = used.report("audit")

    variables = [each for prompt in document["prompts"] for each in prompt["variables"]]
    assert only(variables)["tokens"] == {"typical": 55, "grade": "imported", "source": "scrimp-usage.yaml"}
    assert only(document["requests"])["input_tokens"]["typical"] == WRITTEN + 55


def test_a_text_that_grows_after_the_import_makes_the_whole_input_grow(project: Project) -> None:
    project.init().write("app.py", call()).write("scrimp.yaml", PRICES).write(
        "scrimp-usage.yaml", USAGE
    ).commit()
    project.write("app.py", call(system=EIGHT + " more" * 10))

    document = project.report("diff", "main")

    assert only(document["requests"])["input_tokens"]["typical"] == 3010
    assert only(document["changes"])["monthly_usd"]["delta"] == "10.00"


def test_an_imported_answer_holds_what_was_thought(used: Project) -> None:
    used.write(
        "scrimp-usage.yaml",
        USAGE.replace("output_tokens: 150", "output_tokens: 150\n      reasoning_tokens: 90"),
    )
    used.write("scrimp.yaml", f"{PRICES}prompts: [{{match: app.py, reasoning_tokens: 500}}]\n")
    output = request(used)["output_tokens"]

    assert (output["typical"], output["reasoning"], output["grade"]) == (150, 90, "imported")
