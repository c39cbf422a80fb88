"""What ``diff`` says of changes (see ``command_line``): an input token is $1 a month, an output token $10."""

from __future__ import annotations

from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call

Change = dict[str, Any]
SYSTEM, USER = "app.py::SYSTEM", "app.py::USER"


def changes(project: Project, *revisions: str, code: int = 0) -> dict[str, Change]:
    """The changes by prompt, those that are gone by what they were."""
    document = project.report("diff", *(revisions or ("main",)), code=code)
    return {each["prompt"] or each["base_prompt"]: each for each in document["changes"]}


def causes(change: Change) -> dict[str, str]:
    return {each["cause"]: each["monthly_usd"] for each in change["causes"]}


def test_nothing_changed(committed: Project) -> None:
    assert changes(committed) == {}
    assert committed.scrimp("diff").out == "No change in prompts.\n"


class TestTheText:
    @pytest.mark.parametrize(
        ("text", "delta", "money"),
        [(f"{EIGHT} more more more", 3, "3.00"), ("one two three four five six", -2, "-2.00")],
    )
    def test_that_grows_or_shrinks(self, committed: Project, text: str, delta: int, money: str) -> None:
        (only,) = changes(committed.write("app.py", call(system=text))).values()

        assert (only["kind"], only["prompt"], only["base_prompt"]) == ("changed", SYSTEM, SYSTEM)
        assert only["tokens"] == {"before": 8, "after": 8 + delta, "delta": delta}
        assert only["monthly_usd"]["delta"] == money
        assert causes(only) == {"text": money}

    def test_three_imports_away_from_the_call(self, project: Project) -> None:
        project.init().write("scrimp.yaml", PRICED).write("a/__init__.py", "from a.b import SYSTEM\n")
        project.write("a/b.py", "from a.c import SYSTEM\n").write("a/c.py", f'SYSTEM = "{EIGHT}"\n')
        text = call().replace(f'SYSTEM = """{EIGHT}"""', "from a import SYSTEM")
        project.write("app.py", text).commit()

        found = changes(project.write("a/c.py", f'SYSTEM = "{EIGHT} more"\n'))

        assert list(found) == ["a/c.py::SYSTEM"]
        assert causes(found["a/c.py::SYSTEM"]) == {"text": "1.00"}

    def test_that_is_new_or_gone(self, committed: Project) -> None:
        committed.write("more.py", call(system="four score and seven years ago")).commit()

        added = changes(committed, "HEAD~1", "HEAD")
        removed = changes(committed, "HEAD", "HEAD~1")

        assert {each["kind"] for each in added.values()} == {"added"}
        assert {each["kind"] for each in removed.values()} == {"removed"}
        assert set(added) == set(removed) == {"more.py::SYSTEM", "more.py::USER"}


class TestNoChange:
    def test_a_file_that_moves(self, committed: Project) -> None:
        (committed.root / "lib").mkdir()
        committed.git("mv", "app.py", "lib/core.py")

        found = changes(committed)

        assert {each["kind"] for each in found.values()} == {"moved"}
        assert {each["monthly_usd"]["delta"] for each in found.values()} == {"0.00"}
        assert {each["tokens"]["delta"] for each in found.values()} == {0}

    def test_a_prompt_that_is_renamed(self, committed: Project) -> None:
        text = call().replace("SYSTEM", "PERSONA")

        (only,) = changes(committed.write("app.py", text)).values()

        assert (only["kind"], only["prompt"], only["base_prompt"]) == ("moved", "app.py::PERSONA", SYSTEM)
        assert only["monthly_usd"]["delta"] == "0.00"

    @pytest.mark.parametrize(
        "written",
        [
            pytest.param('"one two three four "\n    "five six seven eight"', id="split"),
            pytest.param("'one two three four five six seven eight'", id="other quotes"),
            pytest.param('"""one two three four \\\nfive six seven eight"""', id="continued line"),
            pytest.param('"one two three four " + "five six seven eight"', id="added up"),
            pytest.param('"one\\x20two three four five six seven eight"', id="escapes"),
        ],
    )
    def test_a_text_that_is_written_differently(self, committed: Project, written: str) -> None:
        text = call().replace(f'"""{EIGHT}"""', f"({written})")
        assert written in text

        assert changes(committed.write("app.py", text)) == {}

    def test_lines_that_shift(self, committed: Project) -> None:
        assert changes(committed.write("app.py", "# a comment\n\n\nLIMIT = 3\n" + call())) == {}

    def test_code_that_sends_nothing(self, committed: Project) -> None:
        committed.write("other.py", 'def greet():\n    print("Hello to all of you out there")\n')

        assert changes(committed) == {}

    def test_a_prompt_that_moves_keeps_its_volume_and_owner(self, project: Project) -> None:
        special = '  - match: "app.py"\n    calls_per_month: 5_000_000\n    owner: search\n'
        settings = PRICED.replace("prompts:\n", f"prompts:\n{special}")
        project.init().write("app.py", call()).write("scrimp.yaml", settings).commit()
        project.git("mv", "app.py", "core.py")

        document = project.report("diff", "main")

        assert {each["monthly_usd"]["delta"] for each in document["changes"]} == {"0.00"}
        assert {each["owner"] for each in document["prompts"]} == {"search"}


class TestTheCall:
    def test_another_model(self, project: Project) -> None:
        settings = PRICED.replace(
            "output: 10.00}}", "output: 10.00}, gpt-4o-mini: {input: 0.50, output: 2.00}}"
        )
        project.init().write("app.py", call()).write("scrimp.yaml", settings).commit()

        found = changes(project.write("app.py", call(model="gpt-4o-mini")))

        assert {tuple(causes(each)) for each in found.values()} == {("model",)}
        # Half of 63 for the input, 800 of 1000 less for the output: 31.50 + 800.
        assert sum(float(each["monthly_usd"]["delta"]) for each in found.values()) == -831.5

    def test_another_cap(self, project: Project) -> None:
        settings = PRICED.replace("    output_tokens: 100\n", "")
        text = call(more="\n        max_tokens=100,")
        project.init().write("app.py", text).write("scrimp.yaml", settings).commit()

        (only,) = changes(project.write("app.py", call(more="\n        max_tokens=130,"))).values()

        assert causes(only) == {"cap": "300.00"}
        assert only["tokens"]["delta"] == 0


class TestTheConfiguration:
    @pytest.mark.parametrize(
        ("before", "after", "cause", "delta"),
        [
            pytest.param("input: 1.00", "input: 2.00", "price", 63, id="price"),
            pytest.param(
                "calls_per_month: 1_000_000", "calls_per_month: 3_000_000", "volume", 2126, id="volume"
            ),
            pytest.param("question: 40", "question: 50", "variables", 10, id="variables"),
        ],
    )
    def test_what_it_says_is_a_cause_of_its_own(
        self, committed: Project, before: str, after: str, cause: str, delta: int
    ) -> None:
        assert before in PRICED

        found = changes(committed.write("scrimp.yaml", PRICED.replace(before, after)))

        assert {name for each in found.values() for name in causes(each)} == {cause}
        assert sum(float(each["monthly_usd"]["delta"]) for each in found.values()) == delta

    def test_entries_that_match_nothing_are_named(self, committed: Project) -> None:
        committed.write("scrimp.yaml", f'exclude: ["gone/**"]\n{PRICED}')

        assert committed.report("diff", "main")["warnings"] == ["exclude: gone/** matches no file"]


class TestWhatIsCompared:
    def test_the_working_tree_staged_or_not(self, committed: Project) -> None:
        committed.write("app.py", call(system=f"{EIGHT} more"))
        unstaged = changes(committed, "HEAD")
        committed.git("add", "app.py")
        staged = changes(committed, "HEAD")

        assert causes(unstaged[SYSTEM]) == causes(staged[SYSTEM]) == {"text": "1.00"}

    def test_files_that_git_does_not_know_yet(self, committed: Project) -> None:
        assert "new.py::SYSTEM" in changes(committed.write("new.py", call(system=f"{EIGHT} nine")))

    def test_two_revisions_whatever_the_working_tree_holds(self, committed: Project) -> None:
        committed.write("app.py", call(system=f"{EIGHT} more")).commit()
        committed.write("app.py", "nothing = None\n")

        assert causes(changes(committed, "HEAD~1", "HEAD")[SYSTEM]) == {"text": "1.00"}

    def test_by_default_the_branch_against_where_it_left_main(self, committed: Project) -> None:
        committed.git("switch", "--quiet", "--create", "topic")
        committed.write("app.py", call(system=f"{EIGHT} more")).commit()
        committed.git("switch", "--quiet", "main")
        committed.write("late.py", call()).commit()
        committed.git("switch", "--quiet", "topic")

        document = committed.report("diff")

        assert [each["prompt"] for each in document["changes"]] == [SYSTEM]

    def test_a_folder_of_a_repository_without_a_configuration(self, project: Project) -> None:
        project.init().write("app.py", call()).write("inner/app.py", call()).commit()
        inner = Project(project.root / "inner")

        document = inner.write("app.py", call(system=f"{EIGHT} more")).report("diff", "HEAD")

        assert [each["prompt"] for each in document["changes"]] == [SYSTEM]


class TestSavedAudits:
    @pytest.fixture
    def saved(self, committed: Project) -> Project:
        """A repository whose audits before and after a change lie outside of its tree."""
        committed.scrimp("audit", "--format", "json", "--output", "../before.json")
        committed.write("app.py", call(system=f"{EIGHT} more"))
        committed.scrimp("audit", "--format", "json", "--output", "../after.json")
        return committed

    @pytest.mark.parametrize(
        "sides",
        [
            ("../before.json", "../after.json"),
            ("../before.json",),
            ("main", "../after.json"),
            ("main",),
        ],
        ids=" ".join,
    )
    def test_compare_like_the_trees_they_were_made_of(self, saved: Project, sides: tuple[str, ...]) -> None:
        document = saved.report("diff", *sides)

        (only,) = document["changes"]
        assert (only["prompt"], causes(only)) == (SYSTEM, {"text": "1.00"})
        assert only["tokens"] == {"before": 8, "after": 9, "delta": 1}
        assert document["base_totals"]["monthly_usd"]["typical"] == "1063.00"
        assert document["totals"]["monthly_usd"]["typical"] == "1064.00"

    def test_equal_nothing_changed(self, saved: Project) -> None:
        assert changes(saved, "../after.json") == {}
        assert changes(saved, "../after.json", "../after.json") == {}

    def test_a_prompt_that_moved_since(self, saved: Project) -> None:
        saved.git("mv", "app.py", "core.py")

        found = changes(saved, "../after.json")

        assert {each["kind"] for each in found.values()} == {"moved"}

    def test_are_judged_by_the_budgets_of_the_folder(self, saved: Project) -> None:
        saved.write("scrimp.yaml", PRICED + "budgets: [{name: all, max_monthly_increase: $0.50}]\n")

        document = saved.report("diff", "../before.json", "../after.json", code=1)

        assert [each["actual"] for each in document["verdict"]["breaches"]] == ["+$1.00"]

    def test_that_were_incomplete_make_the_comparison_incomplete(self, committed: Project) -> None:
        committed.write("broken.py", b'PROMPT = "You are \xff a judge"\n')
        assert committed.scrimp("audit", "--format", "json", "--output", "../broken.json").code == 3
        (committed.root / "broken.py").unlink()

        document = committed.report("diff", "../broken.json", code=3)

        assert document["verdict"]["outcome"] == "incomplete"
        assert document["skipped"][0]["reason"].endswith("(in ../broken.json)")

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            pytest.param("{}", "not a document of schema scrimp/1", id="another document"),
            pytest.param("[", "can't be read", id="no JSON"),
            pytest.param('{"schema": "scrimp/1"}', "can't be read", id="half a document"),
            pytest.param("[" * 100_000, "can't be read", id="too deep"),
        ],
    )
    def test_that_are_none_are_refused(self, committed: Project, content: str, said: str) -> None:
        outcome = committed.write("audit.json", content).scrimp("diff", "audit.json")

        assert outcome.code == 2
        assert "audit.json: " in outcome.err
        assert said in outcome.err

    def test_that_are_not_there_are_refused(self, committed: Project) -> None:
        outcome = committed.scrimp("diff", "gone.json")

        assert outcome.code == 2
        assert "gone.json: there is no such file" in outcome.err


CALIBRATED = """\
schema: scrimp-calibration/1
families:
  gpt-6:
    prose: {low: 2, typical: 3, high: 4, encoding: o200k_base, texts: 5, tokens: 900, model: m, date: 2026-11-24}
"""


class TestHowTextsAreCounted:
    def test_a_calibration_alone_is_no_change(self, project: Project) -> None:
        project.init().write("app.py", call(model="gpt-6-sol")).commit()
        assert changes(project.write(".scrimp/calibration.yaml", CALIBRATED)) == {}

    def test_a_change_is_counted_as_base_does(self, project: Project) -> None:
        priced = "prices: {gpt-6-sol: {input: 1, output: 1}}\n"
        project.init().write("scrimp.yaml", priced).write("app.py", call(model="gpt-6-sol"))
        project.write(".scrimp/calibration.yaml", CALIBRATED).commit()
        project.write(".scrimp/calibration.yaml", CALIBRATED.replace("typical: 3", "typical: 2"))
        (only,) = changes(project.write("app.py", call(f"{EIGHT} more", model="gpt-6-sol"))).values()
        assert only["tokens"] == {"before": 24, "after": 27, "delta": 3}
