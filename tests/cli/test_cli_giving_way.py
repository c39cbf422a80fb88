"""A rule that gives way to another is silent where that finds the same place."""

from __future__ import annotations

from typing import Any

from command_line import Project, call

from scrimp.checks import shipped_cards

PACK = """\
pack: house-style
version: 1
language: en
defaults: {severity: warning}
rules:
  - id: HOUSE001
    name: kindness
    summary: It is kind.
    kind: regex
    pattern: kind
    tests: {hit: [kind], miss: [x]}
  - id: HOUSE002
    name: kind-regards
    summary: It is kinder.
    kind: regex
    pattern: kind regards
    tests: {hit: [kind regards], miss: [x]}
"""
PROMPT = "With kind regards to the reader, answer the question in two sentences.\n"
ASKED = "Answer in one word and nothing else."


def _rules(document: Any) -> list[tuple[str, int]]:
    return [(each["rule"], each["line"]) for each in document["findings"]]


def test_of_a_call_without_a_cap_one_rule_speaks(project: Project) -> None:
    project.write("app.py", call())

    assert _rules(project.report("check", "--select", "ALL")) == [("OUT002", 8)]
    assert _rules(project.report("check", "--select", "CAL001")) == [("CAL001", 8)]
    assert _rules(project.report("check", "--select", "ALL", "--ignore", "OUT002")) == [("CAL001", 8)]


def test_where_the_other_has_nothing_to_say_it_does_speak(project: Project) -> None:
    project.write("app.py", call(ASKED))

    assert _rules(project.report("check", "--select", "ALL")) == [("CAL001", 8)]


def test_rules_of_a_project_s_own_may_give_way_too(project: Project) -> None:
    project.write("prompts/a.txt", PROMPT).write("scrimp.yaml", 'packs: ["house.yaml"]\n').write(
        "house.yaml", PACK
    )
    assert _rules(project.report("check", code=1)) == [("HOUSE001", 1), ("HOUSE002", 1)]

    project.write("house.yaml", PACK.replace("pattern: kind\n", "pattern: kind\n    gives_way: [HOUSE002]\n"))
    assert _rules(project.report("check", code=1)) == [("HOUSE002", 1)]


def test_one_to_a_rule_that_isn_t_there_is_an_error(project: Project) -> None:
    wrong = PACK.replace("pattern: kind\n", "pattern: kind\n    gives_way: [HOUSE020]\n")
    outcome = (
        project.write("house.yaml", wrong).write("scrimp.yaml", 'packs: ["house.yaml"]\n').scrimp("check")
    )

    assert outcome.code == 2
    assert "gives_way: there is no rule `HOUSE020`\n  did you mean `HOUSE002`?" in outcome.err


def test_those_that_come_with_scrimp_name_rules_that_do() -> None:
    cards = {card.id: card for card in shipped_cards()}

    assert {rule for card in cards.values() for rule in card.gives_way} <= cards.keys()
