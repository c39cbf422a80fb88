"""Rules of a project's own, rules on trial, and what holds of rules for some paths only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Project

from scrimp.checks import KINDS, Hit, OfPrompts

PACK = """\
pack: house-style
version: 2
language: en
defaults: {severity: warning, fix: safe}
rules:
  - id: HOUSE001
    name: company-phrase
    summary: A phrase of the company's says nothing to a model.
    kind: substitute
    at: sentence_start
    map: {"with kind regards to the reader, ": ""}
    tests:
      hit: ["With kind regards to the reader, answer the question."]
      miss: ["Answer the question with kind regards to the reader."]
      out: {"With kind regards to the reader, answer the question.": "Answer the question."}
  - {id: HOUSE002, name: long-file, summary: It is long., kind: limit, measure: words, options: {max: {default: 9, help: h}}, fix: none, tests: {hit: [x], miss: [y]}}
"""
PROMPT = "With kind regards to the reader, answer the question in two sentences.\n"
CONFIGURATION = 'packs: [".scrimp/rules/*.yaml"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("prompts/a.txt", PROMPT)
    project.write("other/prompts/a.txt", PROMPT)
    project.write(".scrimp/rules/house.yaml", PACK)
    project.write("scrimp.yaml", CONFIGURATION)
    return project


def found(document: Any) -> set[tuple[str, str, str]]:
    return {
        (each["path"], each["rule"], each["severity"])
        for each in document["findings"]
        if not each["suppressed"]
    }


def test_rules_of_a_pack_run_like_all_others(project: Project) -> None:
    assert found(project.report("check", code=1)) == {
        (path, rule, "warning")
        for path in ("prompts/a.txt", "other/prompts/a.txt")
        for rule in ("HOUSE001", "HOUSE002")
    }


def test_they_are_fixed_selected_ignored_and_graded_anew(project: Project) -> None:
    assert project.scrimp("check", "--fix", "--select", "HOUSE001", "prompts").code == 0
    assert project.text("prompts/a.txt") == "Answer the question in two sentences.\n"

    project.write(
        "scrimp.yaml", CONFIGURATION + "ignore: [HOUSE001]\nrules: {HOUSE002: {severity: info, max: 11}}\n"
    )
    assert found(project.report("check")) == {("other/prompts/a.txt", "HOUSE002", "info")}


def test_they_are_listed_and_explained_with_their_place(project: Project) -> None:
    rows = {each["id"]: each for each in json.loads(project.scrimp("rules", "--format", "json").out)["rules"]}
    assert rows["HOUSE001"]["origin"] == ".scrimp/rules/house.yaml:6:5"
    assert rows["FMT002"]["origin"] is None
    page = project.scrimp("explain", "company-phrase").out
    assert page.startswith("HOUSE001 company-phrase\n")
    assert "Answer the question." in page


def test_a_file_may_hold_one_card(project: Project) -> None:
    card = "id: ONE001\nname: word-todo\nsummary: S.\nseverity: error\nkind: regex\npattern: two\ntests: {hit: [two], miss: [one]}\n"
    project.write(".scrimp/rules/one.yaml", card)
    assert ("prompts/a.txt", "ONE001", "error") in found(project.report("check", code=1))


def test_a_card_may_be_of_a_kind_that_code_finds(project: Project) -> None:
    card = "id: ONE001\nname: thinking\nsummary: S.\nkind: reasoning-request\npatterns: [PATTERN]\ntests: {hit: [x], miss: [y]}\n"
    project.write(
        "prompts/a.yaml", "model: o3\nprompt: Answer the question in two sentences. Ponder it well.\n"
    )
    project.write(".scrimp/rules/one.yaml", card.replace("PATTERN", "ponder it well"))
    assert ("prompts/a.yaml", "ONE001", "info") in found(project.report("check", code=1))

    project.write(".scrimp/rules/one.yaml", card.replace("PATTERN", "'(ponder'"))
    assert ".scrimp/rules/one.yaml:5:12: this pattern can't be used" in project.scrimp("check").err


def test_settings_hold_for_the_paths_of_a_glob_and_the_first_that_matches_counts(project: Project) -> None:
    project.write(
        "scrimp.yaml",
        CONFIGURATION
        + "select: [HOUSE]\nper_path:\n"
        + '  "other/**": {ignore: [HOUSE001], rules: {HOUSE002: {max: 10}}}\n'
        + '  "**": {rules: {HOUSE002: {max: 12, severity: info}, HOUSE001: {severity: error}}}\n',
    )
    assert found(project.report("check", code=1)) == {
        ("other/prompts/a.txt", "HOUSE002", "info"),
        ("prompts/a.txt", "HOUSE001", "error"),
    }


@pytest.mark.parametrize(
    ("before", "after", "error"),
    [
        ("measure: words", "measure: word", ".scrimp/rules/house.yaml:16:72: Invalid enum value"),
        ("    kind: substitute", "    kind: substitut", ".scrimp/rules/house.yaml:9:5: no kind of check is called `substitut`"),
        ("    at: sentence_start", "    att: sentence_start", ".scrimp/rules/house.yaml:10:5: a card has no key `att`"),
        ("version: 2", "versoin: 2", ".scrimp/rules/house.yaml:2:1: Object contains unknown field `versoin`"),
        ("fix: safe}", "fixx: safe}", ".scrimp/rules/house.yaml:4:31: a pack has no default for `fixx`"),
        ("    tests:\n      hit", "    test:\n      hit", ".scrimp/rules/house.yaml:12:5: a card has no key `test`"),
        (", tests: {hit: [x], miss: [y]}", "", ".scrimp/rules/house.yaml:16:5: a rule without examples"),
        ("miss: [y]", "miss: []", ".scrimp/rules/house.yaml:16:"),
        ("HOUSE002", "HOUSE001", ".scrimp/rules/house.yaml:16:6: `HOUSE001` is taken by .scrimp/rules/house.yaml:6:5"),
        ("HOUSE001", "FMT002", ".scrimp/rules/house.yaml:6:5: `FMT002` is taken by a rule that comes with scrimp"),
        ("company-phrase", "trailing-blanks", "`trailing-blanks` is taken by a rule that comes with scrimp"),
        ("    map: {", "    regex: true\n    map: {'(': '', ", ".scrimp/rules/house.yaml:12:11: this pattern can't be used"),
        ("    map: {", "    regex: true\n    map: {'(a)': '\\2', ", ".scrimp/rules/house.yaml:12:11: this pattern can't be used"),
        ("rules:", "rules: &x", ".scrimp/rules/house.yaml:5:"),
        ("pack: house-style", "pack: [", ".scrimp/rules/house.yaml:"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_pack_is_said_at_its_place(
    project: Project, before: str, after: str, error: str
) -> None:
    assert before in PACK
    project.write(".scrimp/rules/house.yaml", PACK.replace(before, after))
    outcome = project.scrimp("check")
    assert (outcome.code, outcome.out) == (2, "")
    assert error in outcome.err


@pytest.mark.parametrize(
    ("configuration", "error"),
    [
        ("rules: {HOUSE002: {maxx: 3}}\n", "scrimp.yaml:2:20: HOUSE002 has no option `maxx`"),
        (
            "rules: {HOUSE002: {max: many}}\n",
            "scrimp.yaml:2:20: option `max` of HOUSE002 must be a whole number",
        ),
        (
            'per_path: {"a/**": {rules: {HOUSE009: {max: 3}}}}\n',
            'scrimp.yaml:2:29: no rule is called "HOUSE009"',
        ),
        (
            'per_path: {"a/**": {rules: {HOUSE002: {mx: 3}}}}\n',
            "scrimp.yaml:2:40: HOUSE002 has no option `mx`",
        ),
    ],
)
def test_what_is_wrong_with_settings_is_said_at_its_place(
    project: Project, configuration: str, error: str
) -> None:
    project.write("scrimp.yaml", CONFIGURATION + configuration)
    outcome = project.scrimp("check")
    assert outcome.code == 2
    assert error in outcome.err


def test_a_pack_that_is_not_there_is_an_error(project: Project) -> None:
    project.write("scrimp.yaml", "packs: [rules/none.yaml]\n")
    outcome = project.scrimp("check")
    assert (outcome.code, "scrimp.yaml:1:9: packs: there is no file rules/none.yaml" in outcome.err) == (
        2,
        True,
    )


def test_a_pattern_that_takes_for_ever_costs_its_own_rule_and_makes_the_run_incomplete(
    project: Project,
) -> None:
    slow = "id: SLOW001\nname: slow\nsummary: S.\nkind: regex\npattern: '(a|aa)+$'\ntests: {hit: [a], miss: [b]}\n"
    project.write(".scrimp/rules/slow.yaml", slow)
    project.write("prompts/a.txt", PROMPT.strip() + " aaaaaaaaaaaaaaaaaaaa" * 2 + "a" * 60 + "!" + "\n")
    project.write("prompts/b.txt", PROMPT.strip() + " aaaaaaaaaaaaaaaaaaaa" * 2 + "a" * 60 + "!" + "\n")
    project.write("scrimp.yaml", CONFIGURATION + "select: [SLOW001, HOUSE001]\n")

    document = project.report("check", code=3)

    (skipped,) = document["skipped"]
    assert (skipped["code"], skipped["incomplete"]) == ("timeout", True)
    assert "SLOW001 (.scrimp/rules/slow.yaml:1:1)" in skipped["reason"]
    assert {rule for _, rule, _ in found(document)} == {"HOUSE001"}


def test_a_rule_that_is_slow_on_many_texts_is_given_up_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrimp.checks.patterns.LIMIT_OF_RULE", 0.0)
    document = project.report("check", "--select", "HOUSE001", code=3)
    (skipped,) = document["skipped"]
    assert (skipped["code"], skipped["path"]) == ("timeout", "prompts/a.txt")
    assert "HOUSE001 (.scrimp/rules/house.yaml:6:5)" in skipped["reason"]


def test_a_rule_that_breaks_costs_its_own_result_and_makes_the_run_incomplete(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_anything: object) -> list[Hit]:
        raise ValueError("no idea")

    monkeypatch.setitem(KINDS, "limit", OfPrompts(broken, KINDS["limit"].options))
    document = project.report("check", "--select", "HOUSE", code=3)

    assert {(each["code"], each["path"]) for each in document["skipped"]} == {
        ("crash", "prompts/a.txt"),
        ("crash", "other/prompts/a.txt"),
    }
    reasons = [each["reason"] for each in document["skipped"]]
    assert any("HOUSE002 (.scrimp/rules/house.yaml:16:6) failed on" in reason for reason in reasons)
    assert {rule for _, rule, _ in found(document)} == {"HOUSE001"}
    assert project.scrimp("check", "--select", "HOUSE", "--allow-incomplete").code == 1


def test_patterns_that_people_set_are_checked_and_limited_too(project: Project) -> None:
    pack = PACK.replace(
        "kind: limit, measure: words, options: {max: {default: 9, help: h}}",
        "kind: regex, options: {pattern: {default: zzz, help: h}}",
    )
    project.write(".scrimp/rules/house.yaml", pack)
    project.write("scrimp.yaml", CONFIGURATION + "rules: {HOUSE002: {pattern: '('}}\n")
    outcome = project.scrimp("check")
    assert (outcome.code, outcome.out) == (2, "")
    assert "scrimp.yaml:2:20: option `pattern` of HOUSE002: this pattern can't be used" in outcome.err


class TestExamples:
    def test_hold(self, project: Project) -> None:
        limit = "tests: {hit: ['Answer in two sentences, and name the page that the number is from.'], miss: [Answer it.]}"
        project.write(".scrimp/rules/house.yaml", PACK.replace("tests: {hit: [x], miss: [y]}", limit))
        outcome = project.scrimp("rules", "--test")
        assert (outcome.code, outcome.out) == (0, "2 rules of your own, 4 examples, 0 of which don't hold\n")

    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            ('["With kind regards to the reader, answer the question."]', '["With regards, answer the question."]', "it should be found, and is not"),
            ('miss: ["Answer the question with', 'miss: ["With', "it should be left alone, and is found"),
            ('"Answer the question."}', '"Say it."}', "it should become 'Say it.', and becomes 'Answer the question.'"),
        ],
    )  # fmt: skip
    def test_that_do_not_hold_are_told(self, project: Project, before: str, after: str, said: str) -> None:
        pack = PACK[: PACK.index("  - {id: HOUSE002")]
        assert before in pack
        pack = pack.replace(before, after)
        if "With regards" in after:
            pack = pack[: pack.index("      out:")]
        if "miss" in after:
            pack = pack.replace("kind regards to the reader.", "kind regards to the reader, answer.")
        project.write(".scrimp/rules/house.yaml", pack)
        outcome = project.scrimp("rules", "--test")
        assert outcome.code == 1
        assert ".scrimp/rules/house.yaml:6:5: HOUSE001" in outcome.out
        assert said in outcome.out


class TestPreview:
    @pytest.fixture
    def trial(self, project: Project) -> Project:
        project.write(
            ".scrimp/rules/house.yaml", PACK.replace("    kind: sub", "    preview: true\n    kind: sub")
        )
        return project

    @pytest.mark.parametrize(
        ("configuration", "runs"),
        [
            ("", False),
            ("select: [HOUSE]\n", False),
            ("select: [ALL]\n", False),
            ("select: [HOUSE001]\n", True),
            ("preview: true\n", True),
            ("preview: true\nselect: [FMT]\n", False),
            ("preview: true\nignore: [HOUSE001]\n", False),
        ],
    )
    def test_a_rule_on_trial_runs_only_if_it_is_asked_for(
        self, trial: Project, configuration: str, runs: bool
    ) -> None:
        trial.write("scrimp.yaml", CONFIGURATION + configuration)
        document = json.loads(trial.scrimp("check", "--format", "json").out)
        assert ("HOUSE001" in {rule for _, rule, _ in found(document)}) is runs

    def test_its_status_is_shown(self, trial: Project) -> None:
        (line,) = [each for each in trial.scrimp("rules").out.splitlines() if each.startswith("HOUSE001")]
        assert " preview " in line
        assert "severity warning, in preview, safe fix" in trial.scrimp("explain", "HOUSE001").out
