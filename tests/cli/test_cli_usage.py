"""``scrimp usage``: exports into the usage file, the usage file in step with the tree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Project, call
from usage_exports import ROWS, langfuse_row, lines, litellm_row, openai_page, openai_result

SPEND = lines(
    *(
        litellm_row(number, model="gpt-4o", startTime=f"2026-10-{1 + number % 31:02}T10:00:00Z")
        for number in range(310)
    )
)


@pytest.fixture
def tree(project: Project) -> Project:
    project.write("app.py", call())
    project.write("spend.jsonl", SPEND)
    return project


def usage(tree: Project) -> str:
    return tree.text("scrimp-usage.yaml")


class TestImport:
    def test_writes_what_was_measured_of_each_prompt(self, tree: Project) -> None:
        done = tree.scrimp("usage", "import", "spend.jsonl")
        assert done.code == 0
        assert "310 rows  spend.jsonl  (LiteLLM spend logs)" in done.out
        assert "app.py::SYSTEM" in done.out
        assert "310 calls, $0.31  joined to prompts" in done.out
        assert "wrote scrimp-usage.yaml and scrimp-usage.csv" in done.out
        assert "  app.py::SYSTEM:\n    measured:\n" in usage(tree)
        assert "      input_tokens: 100\n      unsized_tokens: " in usage(tree)
        assert "      output_tokens: 30\n      reasoning_tokens: 10\n      hit_rate: 0.4\n" in usage(tree)
        assert max(map(len, done.out.splitlines())) <= 80

    def test_importing_twice_changes_nothing(self, tree: Project) -> None:
        tree.scrimp("usage", "import", "spend.jsonl")
        before = usage(tree), tree.text("scrimp-usage.csv")
        again = tree.scrimp("usage", "import", "spend.jsonl")
        assert (usage(tree), tree.text("scrimp-usage.csv")) == before
        assert "310 calls, $0.31 were held already" in again.out
        assert "nothing changed in scrimp-usage.yaml and scrimp-usage.csv" in again.out

    @pytest.mark.parametrize("source", ROWS)
    def test_importing_twice_changes_nothing_whatever_the_source(self, tree: Project, source: str) -> None:
        rows, export = ROWS[source]
        tree.write("one.export", export(rows))
        tree.write("other.export", export([*reversed(rows), rows[3]]))
        assert tree.scrimp("usage", "import", "one.export").code == 0
        before = usage(tree), tree.text("scrimp-usage.csv")
        assert before[1].count("\n") > 1

        for exports in (["one.export"], ["other.export"], ["other.export", "one.export"]):
            assert "nothing changed in" in tree.scrimp("usage", "import", *exports).out
            assert (usage(tree), tree.text("scrimp-usage.csv")) == before

    def test_in_parts_or_whole_in_any_order_it_is_the_same(self, tree: Project) -> None:
        tree.scrimp("usage", "import", "spend.jsonl")
        whole = usage(tree), tree.text("scrimp-usage.csv")
        rows = SPEND.splitlines(keepends=True)
        by_day = sorted(rows, key=lambda row: str(json.loads(row)["startTime"]))
        for name, part in (("late", by_day[150:]), ("early", by_day[:180])):
            tree.write(f"{name}.jsonl", "".join(reversed(part)))
        for file in ("scrimp-usage.yaml", "scrimp-usage.csv"):
            (tree.root / file).unlink()
        tree.scrimp("usage", "import", "late.jsonl", "early.jsonl")
        assert (usage(tree), tree.text("scrimp-usage.csv")) == whole
        tree.scrimp("usage", "import", "early.jsonl")
        tree.scrimp("usage", "import", "late.jsonl", "spend.jsonl")
        assert (usage(tree), tree.text("scrimp-usage.csv")) == whole

    def test_what_belongs_to_no_prompt_is_listed_with_its_money(self, tree: Project) -> None:
        tree.write(
            "other.jsonl", lines(litellm_row(999, model="gpt-4.1", spend=12.5, request_tags=["elsewhere"]))
        )
        done = tree.scrimp("usage", "import", "spend.jsonl", "other.jsonl")
        assert "belongs to no prompt of this tree" in done.out
        assert "1 calls, $12.50  litellm · gpt-4.1 · tags elsewhere · project legal" in done.out
        assert "1 calls, $12.50  belongs to no prompt" in done.out

    def test_a_rule_joins_what_was_imported_before(self, tree: Project) -> None:
        rows = (litellm_row(number, model="gpt-4.1", request_tags=[]) for number in range(1000, 1010))
        other = lines(*rows)
        tree.write("other.jsonl", other)
        tree.scrimp("usage", "import", "other.jsonl")
        assert "app.py" not in usage(tree)
        tree.write("scrimp-usage.yaml", "match:\n  - to: app.py\n    model: gpt-4.1*\n")
        tree.scrimp("usage", "import", "spend.jsonl")
        assert "the usage file's rule" in usage(tree)
        assert usage(tree).startswith("match:\n  - to: app.py\n")

    def test_rules_from_a_file_of_their_own(self, tree: Project) -> None:
        tree.write("langfuse.json", json.dumps([langfuse_row(promptName="nobody", model="x")]))
        tree.write("map.yaml", 'match:\n  - {to: "app.py", prompt: nobody}\n')
        assert (
            "1 calls, $0.0010  joined"
            in tree.scrimp("usage", "import", "langfuse.json", "--map", "map.yaml").out
        )

    def test_a_dry_run_writes_nothing(self, tree: Project) -> None:
        done = tree.scrimp("usage", "import", "spend.jsonl", "--dry-run")
        assert (done.code, "nothing was written: a dry run" in done.out) == (0, True)
        assert not (tree.root / "scrimp-usage.yaml").exists()

    def test_rows_that_can_t_be_read_fail_it_unless_that_is_allowed(self, tree: Project) -> None:
        tree.write("spend.jsonl", SPEND + "{oops\n" + lines(litellm_row(5000, prompt_tokens=-4)))
        done = tree.scrimp("usage", "import", "spend.jsonl")
        assert done.code == 3
        assert "error: spend.jsonl:311: not JSON" in done.out
        assert "error: spend.jsonl:312: prompt_tokens: -4 is negative" in done.out
        assert not (tree.root / "scrimp-usage.yaml").exists()
        assert tree.scrimp("usage", "import", "spend.jsonl", "--allow-incomplete").code == 0
        assert (tree.root / "scrimp-usage.yaml").exists()

    def test_periods_and_sources_are_checked(self, tree: Project) -> None:
        assert "is no period" in tree.scrimp("usage", "import", "spend.jsonl", "--period", "soon").err
        assert "0 rows  spend.jsonl" in tree.scrimp("usage", "import", "spend.jsonl", "--source", "focus").out
        assert tree.scrimp("usage", "import", "nowhere.json").code == 2

    def test_ambiguous_rows_name_the_calls_they_fit(self, tree: Project) -> None:
        tree.write("b/other.py", call(system="Other words than those above are here", user="{other}"))
        tree.write("scrimp.yaml", "owners: {'app.py': one, 'b/**': two}\n")
        page = openai_page(openai_result(model="gpt-4o", project_id="proj_1"))
        tree.write("openai.json", json.dumps(page))
        done = tree.scrimp("usage", "import", "openai.json")
        assert "ambiguous" in done.out
        assert "5 calls, ~$" in done.out
        assert "app.py::SYSTEM" in done.out
        assert "b/other.py::SYSTEM" in done.out

    def test_long_calls_without_a_bill_are_shown_at_the_price_of_long_inputs(self, tree: Project) -> None:
        for name, tokens in (("long", 1_500_000), ("short", 750_000)):
            row = openai_result(
                model="gpt-5.6",
                input_tokens=tokens,
                input_cached_tokens=0,
                input_cache_write_tokens=0,
                output_tokens=0,
            )
            tree.write(f"{name}.json", json.dumps(openai_page(row)))

        shown = {
            name: tree.scrimp("usage", "import", f"{name}.json", "--dry-run").out
            for name in ("long", "short")
        }

        assert "5 calls, ~$12.00" in shown["long"]  # 300,000 tokens a call, at $8 a million
        assert "5 calls, ~$3.00" in shown["short"]  # 150,000 tokens, at $4


class TestSync:
    def test_new_prompts_get_an_entry_with_what_is_unknown(self, tree: Project) -> None:
        done = tree.scrimp("usage", "sync")
        assert (done.code, "new   app.py::SYSTEM" in done.out) == (0, True)
        assert "  app.py::SYSTEM:\n    calls_per_month:\n    variables:\n      question:\n" in usage(tree)
        assert tree.scrimp("audit").code == 0

    def test_again_it_changes_nothing(self, tree: Project) -> None:
        tree.scrimp("usage", "sync")
        before = usage(tree)
        assert "names every prompt" in tree.scrimp("usage", "sync").out
        assert usage(tree) == before

    def test_edits_and_comments_stay_and_the_gone_are_marked(self, tree: Project) -> None:
        text = "# ours\nprompts:\n  app.py::SYSTEM: {calls_per_month: 7} # counted by hand\n  old.py::X:\n    calls_per_month: 3\n"
        tree.write("scrimp-usage.yaml", text)
        done = tree.scrimp("usage", "sync")
        assert "gone  old.py::X" in done.out
        assert usage(tree).startswith(text)
        assert usage(tree).removeprefix(text).startswith("    gone: 20")


class TestInAnAudit:
    def test_calls_are_as_large_as_they_really_were_and_grow_with_their_text(self, tree: Project) -> None:
        tree.scrimp("usage", "import", "spend.jsonl")
        (request,) = tree.report("audit")["requests"]
        assert request["input_tokens"]["typical"] == 100
        assert request["input_tokens"]["high"] is None
        assert request["output_tokens"]["typical"] == 30
        assert request["calls_per_month"] == {"value": 315, "grade": "imported"}
        tree.write("app.py", call(system="one two three four five six seven eight nine ten"))
        (longer,) = tree.report("audit")["requests"]
        assert longer["input_tokens"]["typical"] == 102

    def test_importing_again_with_the_usage_file_in_force_changes_nothing(self, tree: Project) -> None:
        tree.write("scrimp-usage.yaml", "prompts:\n  app.py::USER:\n    variables: {question: 30}\n")
        tree.scrimp("usage", "import", "spend.jsonl")
        before = usage(tree)
        assert "unsized_tokens" not in before
        tree.scrimp("usage", "import", "spend.jsonl")
        assert usage(tree) == before

    def test_entries_that_name_nothing_are_told_with_their_place(self, tree: Project) -> None:
        tree.write("scrimp-usage.yaml", "prompts:\n  nobody.py::X: {calls_per_month: 3}\n")
        done = tree.scrimp("audit")
        assert "scrimp-usage.yaml:2:3: no prompt is called nobody.py::X" in done.out + done.err

    def test_a_file_that_makes_no_sense_is_an_error_with_its_place(self, tree: Project) -> None:
        tree.write("scrimp-usage.yaml", "prompts:\n  a: {calls_per_month: -3}\n")
        done = tree.scrimp("audit")
        assert (done.code, "scrimp-usage.yaml:2:24" in done.err) == (2, True)


def test_the_report_of_an_import_is_for_80_columns(tree: Project, tmp_path: Path) -> None:
    rows = [litellm_row(number, model="gpt-4.1", request_tags=["a" * 90]) for number in range(3)]
    tree.write("other.jsonl", lines(*rows))
    for line in tree.scrimp("usage", "import", "other.jsonl").out.splitlines():
        assert len(line) <= 80 or "a" * 90 in line
