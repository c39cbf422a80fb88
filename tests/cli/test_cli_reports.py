"""The commands that only report: what they print, write and return where all is well."""

from __future__ import annotations

import json
import re
import stat
import struct
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command_line import PRICED, Project, call, valid

import scrimp
from scrimp.model.written import dollars
from scrimp.reporters import FORMATS


class TestAudit:
    def test_shows_each_prompt_with_its_tokens_and_costs_the_dearest_first(self, committed: Project) -> None:
        outcome = committed.scrimp("audit")

        assert outcome.code == 0
        assert outcome.err == ""
        assert "2 prompts in 1 request, 12 static tokens" in outcome.out
        assert "$1,063.00 a month" in outcome.out
        assert outcome.out.index("USER  app.py:4") < outcome.out.index("SYSTEM  app.py:3")

    def test_says_at_least_only_of_what_cant_be_less(self, project: Project) -> None:
        outcome = project.write("app.py", call()).scrimp("audit")
        comment = project.scrimp("audit", "--format", "markdown").out

        totals = project.report("audit")["totals"]["monthly_usd"]
        typical, low = (dollars(Decimal(totals[key])) for key in ("typical", "low"))
        said = f"bout {typical} a month; at least {low} at these volumes and models"
        assert float(totals["low"]) < float(totals["typical"])
        assert f"A{said}\n" in outcome.out
        assert f"**a{said}**" in comment

    def test_says_what_the_total_is_paid_for(self, committed: Project) -> None:
        said = "$52.00 input of prompts, $1,000.00 answers, $11.00 other input"

        assert f"  {said}\n" in committed.scrimp("audit").out
        assert (
            f"<br>{said}; rows are a prompt's own input\n"
            in committed.scrimp("audit", "--format", "markdown").out
        )
        document = committed.report("audit")
        own = sum(Decimal(each["cost"]["monthly_usd"]["typical"]) for each in document["prompts"])
        assert document["totals"]["monthly_usd_paid_for"] == {
            "prompts": "52.00",
            "answers": "1000.00",
            "other": "11.00",
        }
        assert own == Decimal(52)

    def test_counts_what_is_of_low_confidence_apart(self, project: Project) -> None:
        text = "You are a patient teacher. Answer in plain words and give one example each."
        project.write("app.py", call()).write("other.py", f'SAID = """{text}"""\n')

        document = project.report("audit")

        assert [each["confidence"] for each in document["prompts"]] == ["high", "high", "low"]
        assert (document["totals"]["prompts"], document["totals"]["prompts_low_confidence"]) == (2, 1)
        assert "2 prompts (and 1 of low confidence) in 1 request" in project.scrimp("audit").out

    def test_fits_80_columns(self, committed: Project) -> None:
        deep = "a/rather/long/path/to/a/module/that/holds/the/longest/prompt/of/all/prompts.py"
        lines = committed.write(deep, call()).scrimp("audit").out.splitlines()

        assert [line for line in lines if len(line) > 80] == []

    def test_says_in_json_what_was_read_and_how_it_was_priced(self, committed: Project) -> None:
        document = committed.report("audit")

        assert document["command"] == "audit"
        assert document["revision"] == {"kind": "worktree", "commit": None}
        assert document["prices"]["source"] == "packaged"
        assert [prompt["id"] for prompt in document["prompts"]] == ["app.py::SYSTEM", "app.py::USER"]
        assert document["requests"][0]["id"] == "app.py::answer#1"
        assert document["coverage"]["files_seen"] == 2
        assert document["verdict"] == {"outcome": "pass", "breaches": []}

    def test_of_another_folder(self, project: Project) -> None:
        document = project.write("inner/app.py", call()).write("app.py", call()).report("audit", "inner")

        assert {prompt["path"] for prompt in document["prompts"]} == {"app.py"}
        assert document["coverage"]["files_seen"] == 1

    def test_of_a_folder_without_git(self, project: Project) -> None:
        assert project.write("app.py", call()).report("audit")["totals"]["prompts"] == 2

    def test_of_an_empty_repository(self, project: Project) -> None:
        document = project.init().report("audit")

        assert document["prompts"] == []
        assert document["totals"]["monthly_usd"]["typical"] == "0.00"

    def test_of_an_empty_folder(self, project: Project) -> None:
        assert "0 prompts" in project.scrimp("audit").out

    def test_names_entries_of_the_configuration_that_match_nothing(self, project: Project) -> None:
        settings = 'exclude: ["gone/**"]\nprompts: [{match: "lost/**", owner: x}]\n'
        outcome = project.write("app.py", call()).write("scrimp.yaml", settings).scrimp("audit")

        assert outcome.code == 0
        assert outcome.out.count("warning: exclude: gone/** matches no file") == 1
        assert outcome.out.count("warning: prompts: lost/** matches no prompt") == 1

    def test_quietly_says_only_the_total(self, committed: Project) -> None:
        out = committed.scrimp("audit", "--quiet").out

        assert "$1,063.00 a month" in out
        assert "SYSTEM" not in out


class TestOutput:
    def test_several_formats_are_served_by_one_run(self, committed: Project) -> None:
        outcome = committed.scrimp(
            "audit", "--format", "json", "--output", "a.json", "--format", "text", "--output", "a.txt"
        )

        assert (outcome.code, outcome.out) == (0, "")
        assert valid(committed.text("a.json"))["totals"]["prompts"] == 2
        assert "2 prompts in 1 request" in committed.text("a.txt")

    def test_one_of_the_formats_may_go_to_the_terminal(self, committed: Project) -> None:
        outcome = committed.scrimp("audit", "--format", "text", "--format", "json", "--output", "a.json")

        assert "2 prompts in 1 request" in outcome.out
        assert valid(committed.text("a.json"))["totals"]["prompts"] == 2

    @pytest.mark.parametrize(
        ("arguments", "json", "text"),
        [
            ("--format json --output a.json --format text", "a.json", ""),
            ("--format text --format json --output a.json", "a.json", ""),
            ("--format json --format text --output a.txt", "", "a.txt"),
            ("--format json --format text --output a.json --output a.txt", "a.json", "a.txt"),
            ("--output a.json --output a.txt --format json --format text", "a.json", "a.txt"),
            ("--output a.json --format json --format text --output -", "a.json", ""),
        ],
    )
    def test_a_file_belongs_to_the_format_before_it(
        self, committed: Project, arguments: str, json: str, text: str
    ) -> None:
        outcome = committed.scrimp("audit", *arguments.split())

        assert outcome.code == 0, outcome.err
        assert valid(committed.text(json) if json else outcome.out)["totals"]["prompts"] == 2
        assert (committed.text(text) if text else outcome.out).startswith("2 prompts in 1 request")

    def test_a_file_without_a_format_is_text(self, committed: Project) -> None:
        assert committed.scrimp("audit", "--output", "a.txt").out == ""
        assert "2 prompts in 1 request" in committed.text("a.txt")

    def test_a_shell_may_ask_what_comes_next(self, project: Project) -> None:
        words = "scrimp audit --format json --format csv --out"
        outcome = project.shell(
            python="import sys; sys.argv[0] = 'scrimp'",
            _SCRIMP_COMPLETE="bash_complete",
            COMP_WORDS=words,
            COMP_CWORD="6",
        )

        assert (outcome.code, outcome.out) == (0, "plain,--output\n")

    def test_every_format_is_served_by_one_scan(self, committed: Project) -> None:
        asked = [each for name in FORMATS for each in ("--format", name, "--output", f"out.{name}")]

        assert committed.scrimp("check", *asked).code == 0
        assert all((committed.root / f"out.{name}").is_file() for name in FORMATS)

    @pytest.mark.parametrize("name", [name for name, able in FORMATS.items() if "diff" not in able])
    def test_a_format_for_whole_trees_refuses_a_diff(self, committed: Project, name: str) -> None:
        outcome = committed.scrimp("diff", "HEAD", "--format", name)

        assert outcome.code == 2
        assert outcome.err.startswith(f"error: --format {name}: scrimp diff doesn't list all findings")
        assert "take scrimp audit or scrimp check" in outcome.err

    def test_warnings_reach_people_whatever_is_written(self, committed: Project) -> None:
        committed.write("scrimp.yaml", f'exclude: ["gone/**"]\n{PRICED}')

        outcome = committed.scrimp("audit", "--format", "json")

        assert "warning: exclude: gone/** matches no file\n" in outcome.err
        assert outcome.document["warnings"] == ["exclude: gone/** matches no file"]

    def test_replaces_a_file_as_a_whole_and_leaves_nothing_else(self, committed: Project) -> None:
        before = committed.write("out/a.json", "old").root / "out" / "a.json"
        inode = before.stat().st_ino

        committed.scrimp("audit", "--format", "json", "--output", "out/a.json")

        assert before.stat().st_ino != inode
        assert valid(committed.text("out/a.json"))
        assert [path.name for path in (committed.root / "out").iterdir()] == ["a.json"]

    def test_is_not_touched_by_a_run_that_fails(self, committed: Project) -> None:
        committed.write("a.json", "old").write("scrimp.yaml", "budgetz: []\n")

        assert committed.scrimp("audit", "--format", "json", "--output", "a.json").code == 2
        assert committed.text("a.json") == "old"

    def test_follows_a_link(self, committed: Project) -> None:
        link = committed.root / "a.json"
        link.symlink_to("b.json")

        committed.scrimp("audit", "--format", "json", "--output", "a.json")

        assert link.is_symlink()
        assert valid(committed.text("b.json"))

    def test_leaves_a_device_a_device(self, committed: Project) -> None:
        assert committed.scrimp("audit", "--format", "json", "--output", "/dev/null").code == 0
        assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)

    @pytest.mark.parametrize("target", ["no/such/folder/a.json", "."])
    def test_that_cannot_be_written_is_an_error(self, committed: Project, target: str) -> None:
        outcome = committed.scrimp("audit", "--format", "json", "--output", target)

        assert outcome.code == 2
        assert f"error: {target}: " in outcome.err

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--format", "json", "--format", "text"], "several formats for one terminal"),
            (["--output", "a", "--output", "b"], "more --output than --format"),
            (["--format", "json", "--output", "a", "--output", "b"], "more --output than --format"),
            (
                ["--format", "json", "--output", "a", "--format", "csv", "--output", "a"],
                "two formats for one",
            ),
            (["--format", "jsno"], "'jsno' is not one of"),
        ],
    )
    def test_that_is_asked_for_wrongly_is_an_error(
        self, committed: Project, arguments: list[str], said: str
    ) -> None:
        outcome = committed.scrimp("audit", *arguments)

        assert outcome.code == 2
        assert said in outcome.err

    @pytest.mark.parametrize(("choice", "coloured"), [("always", True), ("never", False), ("auto", False)])
    def test_has_colours_where_they_are_wanted(self, committed: Project, choice: str, coloured: bool) -> None:
        assert ("\x1b[" in committed.scrimp("audit", "--color", choice).out) is coloured

    def test_shows_what_a_terminal_lacks_as_an_escape(self, committed: Project) -> None:
        committed.write("app.py", call(system="one two three four"))

        outcome = committed.shell("diff", "main", PYTHONIOENCODING="cp1252")

        assert outcome.code == 0, outcome.err
        assert "$1,063.00 \\u2192 $1,059.00" in outcome.out


class TestShow:
    def test_settings_names_files_prices_rules_and_defaults(self, committed: Project) -> None:
        outcome = committed.scrimp("audit", "--show-settings")

        assert outcome.code == 0
        for expected in (
            "configuration: scrimp.yaml",
            "prices: packaged, ",
            "rules: BUD001, ",
            '"match": "**"',
        ):
            assert expected in outcome.out
        assert "2 prompts" not in outcome.out

    def test_settings_heeds_what_the_command_line_selects(self, committed: Project) -> None:
        out = committed.scrimp("check", "--select", "FMT", "--ignore", "FMT002", "--show-settings").out

        (rules,) = (line for line in out.splitlines() if line.startswith("rules: "))
        assert {"FMT001", "FMT002"} & set(rules.removeprefix("rules: ").split(", ")) == {"FMT001"}

    def test_files_lists_what_would_be_read(self, committed: Project) -> None:
        committed.write("vendor/lib.py", call()).write("prompts/a.md").write("logo.png", b"\x89PNG")
        committed.write("scrimp.yaml", f'exclude: ["vendor/**"]\n{PRICED}')

        for command in ("audit", "check", "diff"):
            listed = committed.scrimp(command, "--show-files").out.splitlines()
            assert {"app.py", "prompts/a.md"} <= set(listed)
            assert not {"vendor/lib.py", "logo.png"} & set(listed)


class TestConfig:
    def test_another_file_is_used_instead(self, committed: Project) -> None:
        committed.write("../other.yaml", PRICED.replace("1_000_000", "2_000_000"))

        document = committed.report("audit", "--config", "../other.yaml")

        assert document["totals"]["monthly_usd"]["typical"] == "2126.00"

    def test_may_stand_in_pyproject(self, project: Project) -> None:
        project.write("pyproject.toml", '[tool.scrimp]\nmodel = "gpt-4.1"\n')
        project.write("app.py", call().replace('model="gpt-4o"', "model=MODEL"))

        (request,) = project.report("audit")["requests"]

        assert (request["model"]["name"], request["model"]["source"]) == ("gpt-4.1", "config")


class TestCount:
    def test_counts_a_file_for_several_models(self, project: Project) -> None:
        project.write("p.md", "one two three four")
        outcome = project.scrimp(
            "count", "p.md", "--model", "gpt-4o", "--model", "claude-sonnet-4-5", "--format", "json"
        )

        document = json.loads(outcome.out)
        exact, banded = document["models"]
        assert outcome.code == 0
        assert document["characters"] == 18
        assert exact["tokens"] == {"low": 4, "typical": 4, "high": 4, "grade": "exact"}
        assert banded["tokens"]["grade"] == "calibrated"
        assert banded["tokens"]["low"] < banded["tokens"]["high"]

    def test_counts_standard_input(self, project: Project) -> None:
        outcome = project.scrimp("count", "-", "--model", "gpt-4o", stdin=b"one two three four")

        assert (outcome.code, outcome.err) == (0, "")
        assert re.fullmatch(r"gpt-4o: 4 tokens, exact by o200k_base, \$0\.\d+ a call\n", outcome.out)

    def test_counts_an_image_by_its_size(self, project: Project) -> None:
        png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1024, 1024)
        outcome = project.scrimp(
            "count", "-", "--model", "gpt-4o", "--model", "claude-sonnet-5", "--model", "llama3:8b", stdin=png
        )
        assert outcome.code == 0
        one, other, unknown = outcome.out.splitlines()
        assert one.startswith("gpt-4o: 765 tokens, calibrated by its size in pixels, $")
        assert other.startswith("claude-sonnet-5: 1369 tokens, ")
        assert unknown == "llama3:8b: unknown, nothing is known of how it counts images"
        document = json.loads(project.scrimp("count", "-", "--format", "json", stdin=png).out)
        assert document["image"] == {"width": 1024, "height": 1024}

    def test_of_an_unknown_model_has_no_price(self, project: Project) -> None:
        outcome = project.scrimp("count", "-", "--model", "house-model", stdin=b"one two three four")

        assert outcome.code == 0
        assert outcome.out.endswith("price unknown\n")
        assert "heuristic" in outcome.out

    @pytest.mark.parametrize(("name", "said"), [("gone.md", "No such file"), ("bad.md", "not utf-8")])
    def test_of_what_cannot_be_read_is_an_error(self, project: Project, name: str, said: str) -> None:
        outcome = project.write("bad.md", b"caf\xe9").scrimp("count", name)

        assert outcome.code == 2
        assert outcome.err.startswith(f"error: {name}: ")
        assert said in outcome.err


class TestPrices:
    def test_of_a_model_come_with_their_source_and_date(self, project: Project) -> None:
        outcome = project.scrimp("prices", "gpt-4o")

        assert outcome.code == 0
        assert re.match(r"prices: packaged, \d{4}-\d\d-\d\d, \d+ models, sha256 [0-9a-f]{12}\n", outcome.out)
        assert re.search(r"^  input +\$\S+ per million tokens$", outcome.out, re.MULTILINE)

    def test_of_the_configuration_go_first(self, committed: Project) -> None:
        document = json.loads(committed.scrimp("prices", "gpt-4o", "--format", "json").out)

        row = document["models"]["gpt-4o"]
        assert (row["source"], row["input"], row["output"]) == ("configuration", "1", "10")

    def test_of_an_unknown_model_are_an_error_and_not_zero(self, project: Project) -> None:
        outcome = project.scrimp("prices", "house-model", "gpt-4o")

        assert outcome.code == 2
        assert "house-model: unknown" in outcome.out
        assert "no price is known for house-model" in outcome.err
        assert "gpt-4o of openai" in outcome.out


class TestRules:
    def test_are_listed(self, project: Project) -> None:
        listed: list[dict[str, Any]] = json.loads(project.scrimp("rules", "--format", "json").out)["rules"]
        table = project.scrimp("rules").out

        assert {"FMT001", "FMT002", "DAT002", "CCH001", "RED003", "BUD001"} <= {each["id"] for each in listed}
        assert all(f"{each['id']}  {each['name']}" in table for each in listed)

    @pytest.mark.parametrize("name", ["CCH001", "cch001", "volatile-before-static"])
    def test_are_explained_by_id_or_name(self, project: Project, name: str) -> None:
        outcome = project.scrimp("explain", name)

        assert outcome.code == 0
        assert outcome.out.startswith("CCH001 volatile-before-static\n")
        for heading in ("What it does", "Why it costs", "Example", "Evidence"):
            assert f"\n{heading}\n" in outcome.out


class TestHelp:
    def test_the_version(self, project: Project) -> None:
        assert project.scrimp("--version").out == f"scrimp, version {scrimp.__version__}\n"

    @pytest.mark.parametrize("command", ["audit", "check", "diff", "count", "prices", "rules", "explain"])
    def test_of_each_command_has_an_example(self, project: Project, command: str) -> None:
        outcome = project.scrimp(command, "--help")

        assert outcome.code == 0
        assert re.search(rf"Examples?:\n  .*scrimp {command}", outcome.out)

    def test_names_all_commands_and_exit_codes(self, project: Project) -> None:
        out = project.scrimp("--help").out

        for name in ("audit", "check", "diff", "count", "prices", "rules", "explain", "Exit codes:"):
            assert name in out


def test_several_answers_are_paid_for_each(project: Project) -> None:
    project.write("scrimp.yaml", PRICED)
    one, three = (
        project.write("app.py", call().replace("model=", f"{words}model=")).report("audit")["requests"][0]
        for words in ("", "n=3, ")
    )

    assert three["output_tokens"]["typical"] == 3 * one["output_tokens"]["typical"]
    assert three["input_tokens"] == one["input_tokens"]
