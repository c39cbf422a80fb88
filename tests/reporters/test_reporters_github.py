"""Annotations: what the runner of a job makes of them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from msgspec.structs import replace
from reporters.example_reports import PASS, finding, full_report, report, reports
from runner import Command, commands

from scrimp.model.findings import Severity
from scrimp.model.report import Report
from scrimp.model.source import Place, Skipped
from scrimp.reporters import View, reporter


def told(of: Report) -> list[Command]:
    text = reporter("github").render(of, View())
    made = commands(text)
    assert len(made) == text.count("\n")
    return made


def test_a_finding_stands_at_its_place_with_what_it_saves() -> None:
    (made,) = told(replace(report(command="check"), findings=(finding(),)))

    assert made.name == "warning"
    assert made.data == "leaked indentation (saves 230 tokens, $12.40 a month)"
    assert made.properties == {
        "file": "src/app/prompts.py",
        "line": "14",
        "endLine": "14",
        "col": "1",
        "endColumn": "5",
        "title": "FMT001 leaked-indentation",
    }


def test_a_range_of_lines_has_no_columns() -> None:
    of = replace(report(command="check"), findings=(replace(finding(), place=Place(3, 5, 9, 2)),))

    (made,) = told(of)

    assert (made.properties["line"], made.properties["endLine"]) == ("3", "9")
    assert not {"col", "endColumn"} & made.properties.keys()


def test_a_diff_tells_what_is_broken_not_judged_and_dearer_the_gate_first() -> None:
    made = told(full_report("diff"))

    assert [(each.name, each.properties["title"]) for each in made] == [
        ("error", "budget repository"),
        ("error", "not judged"),
        ("error", "CCH001 leaked-indentation"),
        ("warning", "judged all the same"),
        ("warning", "milder policy"),
        ("warning", "FMT001 leaked-indentation"),
        ("notice", "SUMMARY +$23.46 a month"),
        ("notice", "FIX +$0.10 a month"),
    ]
    assert made[0].data == "limit $20.00, actual $23.46 (growth a month)"
    assert "file" not in made[0].properties
    assert made[3].data == "a new comment hides FMT002: 14 tokens, $0.42 a month"
    assert (made[3].properties["file"], made[3].properties["line"]) == ("src/app.py", "12")
    assert made[4].data.startswith("budgets.repository.max_monthly: $12,000 → none, which counts")
    assert made[6].data == "changed: 300 → 412 static tokens, +$23.46 a month, assumed (by text)"


def test_what_is_hidden_is_not_told() -> None:
    assert not [each for each in told(full_report("check")) if "RED003" in each.properties["title"]]


def test_no_more_than_the_platform_shows_those_worth_most_first_and_the_rest_counted() -> None:
    findings = [
        finding(f"FMT{number:03}", monthly_saved=Decimal(number), severity=severity)
        for severity in Severity
        for number in range(25)
    ]
    made = told(replace(report(command="check"), findings=tuple(findings), verdict=PASS))

    assert Counter(each.name for each in made) == {"error": 10, "warning": 10, "notice": 10}
    assert [each.properties["title"][:6] for each in made[:3]] == ["FMT024", "FMT023", "FMT022"]
    assert made[-1].data.startswith("15 errors, 15 warnings, 16 notices more than GitHub shows of a step")


def test_what_was_not_judged_is_an_error_before_any_finding() -> None:
    skipped = (Skipped("a.py", "timeout", "took too long", True), Skipped("b.png", "binary", "", False))
    dear = finding(severity=Severity.ERROR, monthly_saved=Decimal(10**6))

    made = told(replace(report(command="check"), findings=(dear,), skipped=skipped))

    assert [each.properties["file"] for each in made] == ["a.py", "src/app/prompts.py"]
    assert made[0].data == "timeout: took too long"


def test_nothing_to_say_is_an_empty_output() -> None:
    assert reporter("github").render(report(command="check"), View()) == ""


def test_what_a_property_or_data_would_end_comes_through() -> None:
    of = replace(report(command="check"), findings=(finding(path="a,b:c%2C.py", message="100% ::x"),))

    (made,) = told(of)

    assert made.properties["file"] == "a,b:c%2C.py"
    assert made.data.startswith("100% ::x (saves")


@given(reports())
@settings(max_examples=60)
def test_each_line_is_one_annotation_whose_place_is_its_own(of: Report) -> None:
    for made in told(of):
        assert made.name in {"error", "warning", "notice"}
        assert made.properties.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert made.properties.get("line", "1").isdigit()
