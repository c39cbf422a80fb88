"""Tables for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from reporters.example_reports import attribution, bearer, finding, full_report, report, reports, usd

from scrimp.model.report import Report
from scrimp.reporters import View, reporter


def rows(of: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reporter("csv").render(of, View()), newline="")))


def test_an_audit_is_who_bears_it_in_columns_that_say_they_are_no_bill() -> None:
    (search, nobody) = rows(full_report("audit"))

    assert all(column.startswith("x_") for column in search)
    assert (search["x_GroupedBy"], search["x_GroupName"]) == ("owner", "search")
    assert (search["x_ProjectedMonthlyCost"], search["x_Currency"]) == ("0.478", "USD")
    assert (search["x_CostGrade"], search["x_CostOnAssumptions"]) == ("assumed", "0.478")
    assert (search["x_CostPerCall"], search["x_CostPerCallFromMedianPercent"]) == ("0.000478", "25")
    assert search["x_Basis"] == "projection at list prices, not a bill"
    assert nobody["x_GroupName"] == "(nobody)"


def test_what_is_unknown_is_empty_and_not_zero() -> None:
    row = rows(full_report("audit"))[1]

    assert (row["x_ProjectedMonthlyCost"], row["x_CostPerCall"], row["x_CostSharePercent"]) == ("", "", "")
    assert row["x_CostGrade"] == "unknown"


def test_findings_and_changes_are_tables_too() -> None:
    check, diff = rows(full_report("check")), rows(full_report("diff"))

    assert [row["rule"] for row in check] == [each.rule for each in full_report("check").findings]
    assert [row["kind"] for row in diff] == ["changed", "added", "removed"]
    assert diff[0]["monthly_usd_delta"] == "23.456"
    assert diff[2]["monthly_usd_before"] == ""


@pytest.mark.parametrize("command", ["audit", "check", "diff"])
def test_columns_are_named_even_if_no_row_is_there(command: str) -> None:
    text = reporter("csv").render(report(command=command), View())

    assert text.count("\r\n") == 1


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@team", " =1", "＝1", '=HYPERLINK("http://x","y")', "\t=1", "\r=1"]
)
def test_text_never_begins_a_formula(name: str) -> None:
    (row,) = rows(replace(report(), attribution=attribution(bearer(name))))

    assert row["x_GroupName"][0] in "'\\"


def test_a_distance_below_the_median_stays_a_number() -> None:
    (row,) = rows(replace(report(), attribution=attribution(bearer("a", from_median="-12.5"))))

    assert row["x_TokensPerCallFromMedianPercent"] == "-12.5"


@given(reports())
@settings(max_examples=60)
def test_every_report_is_a_table_without_formulas(of: Report) -> None:
    for row in rows(of):
        assert None not in row
        for value in row.values():
            assert value[:1] not in ("=", "+", "@", "\t", "\r")
            assert not value.startswith("-") or float(value) <= 0


def test_commas_quotes_and_line_ends_stay_in_their_cell() -> None:
    of = replace(report(command="check"), findings=(finding(message='a, "b"\nc'),))

    assert rows(of)[0]["message"] == 'a, "b"\\nc'


def test_money_has_no_exponent() -> None:
    (row,) = rows(replace(report(), attribution=attribution(bearer("a", usd("0.0000001")))))

    assert row["x_ProjectedMonthlyCost"] == "0.0000001"
