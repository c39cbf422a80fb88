"""``scrimp prices``: what is shown of a model, the lock, and newer lists."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from command_line import Project, call

from scrimp.prices.snapshot import load

LOCK = "scrimp-prices.lock.json"


@pytest.fixture
def used(project: Project) -> Project:
    """A repository that calls one model, and is configured to use another."""
    return project.init().write("app.py", call()).write("scrimp.yaml", "model: claude-sonnet-5\n")


def table(**prices: float) -> str:
    """LiteLLM's table with some input prices per million tokens."""
    return json.dumps(
        {
            name.replace("_", "-"): {
                "litellm_provider": "openai", "mode": "chat",
                "input_cost_per_token": price / 1e6, "output_cost_per_token": 1e-5,
                "cache_read_input_token_cost": 1.25e-6,
            }
            for name, price in prices.items()
        }
    )  # fmt: skip


def test_an_unpriced_model_is_a_finding_at_its_call(used: Project) -> None:
    used.write("b.py", call(model="house-model"))

    (finding,) = [each for each in used.report("check")["findings"] if each["rule"] == "PRC001"]

    assert (finding["path"], finding["line"], finding["severity"]) == ("b.py", 8, "info")
    assert "no price is known for house-model" in finding["message"]
    assert used.report("audit")["totals"]["requests_unpriced"] == 1


def test_a_tier_without_a_price_is_a_finding_too(used: Project) -> None:
    used.write("scrimp.yaml", "prompts:\n  - {match: '**', model: claude-opus-5, tier: flex}\n")
    used.write("app.py", call(model="claude-opus-5"))

    (finding,) = [each for each in used.report("check")["findings"] if each["rule"] == "PRC001"]

    assert "no flex price is known for claude-opus-5" in finding["message"]


class TestShow:
    def test_tells_tiers_services_caching_and_their_sources(self, project: Project) -> None:
        out = project.scrimp("prices", "gpt-5.6").out

        assert "above 272,000 input tokens: input $8, output $30" in out
        assert re.search(r"^  flex +input \$2, output \$10", out, re.MULTILINE)
        assert "automatic, from 1,024 tokens, kept 30m" in out
        assert "pays from call 2" in out
        assert "https://developers.openai.com/api/docs/guides/prompt-caching" in out
        assert "genai-prices" in out

    def test_says_so_where_nobody_tells_of_caching(self, project: Project) -> None:
        assert re.search(r"caching +not known", project.scrimp("prices", "groq/llama-3.3-70b-versatile").out)

    def test_is_complete_in_json(self, project: Project) -> None:
        row = json.loads(project.scrimp("prices", "claude-sonnet-5", "--format", "json").out)["models"][
            "claude-sonnet-5"
        ]

        assert (row["cache_write"], row["cache_write_hour"], row["services"]["batch"]["input"]) == (
            "2.5",
            "4",
            "1",
        )
        assert row["caching"] | {"source": ""} == {
            "starts": "marked", "writes": "marked", "minimum": 1024, "step": 1, "lifetimes": ["5m", "1h"],
            "breakpoints": 4, "order": ["tools", "system", "messages"], "falls_back": False, "best_effort": False,
            "break_even_calls": 2, "source": "", "date": "2026-11-24",
        }  # fmt: skip

    def test_lists_where_the_sources_disagree(self, project: Project) -> None:
        out = project.scrimp("prices", "--differences").out
        rows = json.loads(project.scrimp("prices", "--differences", "--format", "json").out)["differences"]

        assert "mistral/mistral-large-latest  $2 $6  $0.5 $1.5" in out
        assert len(rows) == len(load().disagreements)
        assert all(
            (row["input"], row["output"]) != (row["second_input"], row["second_output"]) for row in rows
        )

    def test_lists_differences_of_one_model(self, project: Project) -> None:
        out = project.scrimp("prices", "--differences", "mistral/mistral-large-latest").out

        assert out.endswith(f"1 of {len(load().rows)} models\n")
        assert (
            "litellm 1.109.1 says: input $0.5" in project.scrimp("prices", "mistral/mistral-large-latest").out
        )


class TestLock:
    def test_holds_the_models_in_use_and_is_in_force_from_then_on(self, used: Project) -> None:
        outcome = used.scrimp("prices", "--lock")

        assert outcome.code == 0
        assert outcome.out == (
            f"  + anthropic/claude-sonnet-5\n  + openai/gpt-4o\nno price changes\nwrote {LOCK}: 2 models\n"
        )
        document = used.report("audit")
        assert document["prices"]["source"] == "lock"
        assert "prices: lock, " in used.scrimp("audit", "--show-settings").out

    def test_is_the_same_when_written_again(self, used: Project) -> None:
        used.scrimp("prices", "--lock")
        before = used.text(LOCK)
        used.scrimp("prices", "--lock")

        assert used.text(LOCK) == before

    def test_drops_what_is_no_longer_used(self, used: Project) -> None:
        used.scrimp("prices", "--lock")
        out = used.write("app.py", call(model="gpt-5-mini")).scrimp("prices", "--lock").out

        assert "  + openai/gpt-5-mini\n  - openai/gpt-4o, which isn't used\n" in out

    def test_says_what_has_no_price(self, used: Project) -> None:
        assert (
            "no price is known for house-model"
            in used.write("b.py", call(model="house-model")).scrimp("prices", "--lock").out
        )

    def test_that_was_edited_is_an_error_of_every_command(self, used: Project) -> None:
        used.scrimp("prices", "--lock")
        used.write(LOCK, used.text(LOCK).replace('"2.5"', '"0.5"'))

        outcome = used.scrimp("audit")

        assert outcome.code == 2
        assert outcome.err.startswith(f"error: {LOCK}:1:1: the prices are not those that were locked")
        assert "scrimp prices --lock" in outcome.err

    def test_takes_no_models(self, used: Project) -> None:
        assert used.scrimp("prices", "--lock", "gpt-4o").code == 2


class TestRefresh:
    @pytest.fixture
    def locked(self, used: Project) -> Project:
        used.scrimp("prices", "--lock")
        return used

    def test_shows_what_changes_and_replaces_it(self, locked: Project) -> None:
        outcome = locked.write("new.json", table(gpt_4o=3)).scrimp("prices", "--refresh", "new.json")

        assert outcome.code == 0
        assert re.match(r"new\.json: 1 model of \d{4}-\d\d-\d\d\nsha256 [0-9a-f]{64}\n", outcome.out)
        assert "  openai/gpt-4o: input $2.5 -> $3\n" in outcome.out
        row: Any = json.loads(locked.scrimp("prices", "gpt-4o", "--format", "json").out)["models"]["gpt-4o"]
        assert row["input"] == "3"
        assert row["source"].startswith("litellm sha256:")
        assert json.loads(locked.text(LOCK))["models"]["anthropic/claude-sonnet-5"][1] == "2"

    @pytest.mark.parametrize("price", [0.1, 30], ids=["a tenth", "tenfold"])
    def test_refuses_what_is_hard_to_believe_unless_forced(self, locked: Project, price: float) -> None:
        before = locked.text(LOCK)
        outcome = locked.write("new.json", table(gpt_4o=price)).scrimp("prices", "--refresh", "new.json")

        assert outcome.code == 2
        assert "(more than tenfold, or free)" in outcome.out
        assert "nothing was written" in outcome.err
        assert locked.text(LOCK) == before
        assert locked.scrimp("prices", "--refresh", "new.json", "--force").code == 0
        assert locked.text(LOCK) != before

    def test_refuses_what_is_no_list_and_keeps_the_lock(self, locked: Project) -> None:
        before = locked.text(LOCK)
        outcome = locked.write("new.json", table(gpt_4o=-3)).scrimp("prices", "--refresh", "new.json")

        assert outcome.code == 2
        assert "openai/gpt-4o: the price of input is negative" in outcome.err
        assert locked.text(LOCK) == before

    def test_is_a_cause_of_its_own_in_a_diff(self, locked: Project) -> None:
        locked.commit()
        locked.write("new.json", table(gpt_4o=5)).scrimp("prices", "--refresh", "new.json")
        changes = locked.report("diff", "HEAD")["changes"]

        assert {cause["cause"] for change in changes for cause in change["causes"]} == {"price"}

    def test_is_told_from_a_text_that_changes_with_it_between_two_revisions(self, locked: Project) -> None:
        locked.commit()
        longer = call().replace("eight", "eight and a good deal more")
        locked.write("app.py", longer).commit()
        (text,) = locked.report("diff", "HEAD~1", "HEAD")["changes"]
        locked.write("new.json", table(gpt_4o=5)).scrimp("prices", "--refresh", "new.json")
        (locked.root / "new.json").unlink()
        locked.commit()

        changed = {
            each["prompt"]: each["causes"] for each in locked.report("diff", "HEAD~2", "HEAD")["changes"]
        }

        assert [each["cause"] for each in text["causes"]] == ["text"]
        assert [each["cause"] for each in changed["app.py::SYSTEM"]] == ["text", "price"]
        assert changed["app.py::SYSTEM"][0] == text["causes"][0]
