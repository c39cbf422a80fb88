"""The example repository, which the README shows: every call in it is found, with its text, model and owner."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from command_line import valid

from scrimp import cli

HELPDESK = Path(__file__).parents[2] / "examples" / "helpdesk"


@pytest.fixture(scope="module")
def audit() -> Any:
    result = CliRunner().invoke(cli.main, ["audit", str(HELPDESK), "--format", "json"])
    assert result.exit_code == 0, result.output
    return valid(result.stdout)


def test_every_call_is_found_with_its_model(audit: Any) -> None:
    models = {(request["path"], request["model"]["name"]) for request in audit["requests"]}

    assert models == {
        ("legal/review.prompty", "gpt-4o"),
        ("marketing/src/campaign.ts", "gpt-4o"),
        ("search/rank.py", "gpt-5-nano"),
        ("search/rewrite.py", "gemini-2.5-flash"),
        ("support/answer.py", "claude-sonnet-4-5"),
        ("support/triage.py", "gpt-5-mini"),
    }


def test_every_call_has_its_text_and_its_owner(audit: Any) -> None:
    assert {request["text"] for request in audit["requests"]} == {"full"}
    assert {prompt["owner"] for prompt in audit["prompts"]} == {
        "helpdesk/support",
        "helpdesk/search",
        "helpdesk/growth",
        "helpdesk/legal",
    }


def test_budgets_name_owners_as_codeowners_does(audit: Any) -> None:
    assert audit["warnings"] == []


def test_teams_bear_what_the_repository_costs(audit: Any) -> None:
    found = audit["attribution"]
    costs = [Decimal(row["monthly_usd"]["typical"]) for row in found["rows"]]

    assert [row["name"] for row in found["rows"]] == [
        "helpdesk/support",
        "helpdesk/search",
        "helpdesk/legal",
        "helpdesk/growth",
    ]
    assert sum(costs) == Decimal(found["total"]["monthly_usd"]["typical"])
    assert found["total"]["monthly_usd"]["typical"] == audit["totals"]["monthly_usd"]["typical"]


@pytest.mark.parametrize("by", ["owner", "model", "provider", "folder", "file"])
def test_who_bears_it_reads_on_80_columns(by: str) -> None:
    result = CliRunner().invoke(cli.main, ["audit", str(HELPDESK), "--by", by])

    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "Total" in result.stdout
    assert "answer.messages.content" not in result.stdout


def test_nothing_was_left_unread_or_unresolved(audit: Any) -> None:
    assert audit["skipped"] == []
    assert audit["coverage"]["references_unresolved"] == 0
    doubtful = [prompt["name"] for prompt in audit["prompts"] if prompt["confidence"] != "high"]
    assert doubtful == ["triage.messages.content"]  # it has one word of its own


@pytest.mark.parametrize(
    ("page", "arguments", "title"),
    [
        ("README.md", ("audit", "--by", "owner"), "Owner "),
        ("docs/attribution.md", ("audit", "--by", "owner"), "Owner "),
        ("README.md", ("forecast", "--as-of", "2026-11-24"), "2026-12 to "),
    ],
)
def test_pages_show_what_is_printed_on_80_columns(page: str, arguments: tuple[str, ...], title: str) -> None:
    printed = CliRunner().invoke(cli.main, [*arguments, str(HELPDESK)]).stdout
    text = (HELPDESK.parents[1] / page).read_text("utf-8")
    (shown,) = [each for each in re.findall(r"(?ms)^```\w*\n(.*?)^```$", text) if each.startswith(title)]

    assert shown in printed
    assert max(map(len, printed.splitlines())) <= 80
