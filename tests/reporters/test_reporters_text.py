import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from reporters.example_reports import (
    attribution,
    bearer,
    finding,
    full_report,
    measured_prompt,
    report,
    reports,
    totals,
    usd,
)
from rich.cells import cell_len

from scrimp.model.amounts import Grade, Interval
from scrimp.model.changes import Cause, Change
from scrimp.model.findings import Safety, Severity, Suppression
from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredVariable
from scrimp.model.prompts import Confidence
from scrimp.model.report import Report
from scrimp.model.savings import SavedByRule
from scrimp.model.source import Skipped
from scrimp.reporters import View, reporter


def shown(of: Report, view: View | None = None) -> str:
    return reporter("text").render(of, view or View())


def row(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(name))


def diff_of(*changes: Change) -> Report:
    return replace(report(command="diff"), changes=changes, base_totals=totals(monthly=usd("0.478")))


# The audit's page


def test_an_audit_begins_with_what_there_is_and_what_it_rests_on() -> None:
    amount = usd("1234.5")
    by_grade = {Grade.ASSUMED: Decimal(1000), Grade.IMPORTED: Decimal(200), Grade.CONFIGURED: Decimal("34.5")}
    of = replace(report(), totals=totals(212, 53210, amount, by_grade))

    assert shown(of).splitlines()[:5] == [
        "212 prompts in 1 request, 53,210 static tokens",
        "About $1,234.50 a month",
        "  $200.00 on imported volumes",
        "  $34.50 on configured volumes",
        "  $1,000.00 on assumed volumes or models",
    ]


def test_a_total_that_leaves_something_out_says_so() -> None:
    known = usd("12", high=None, grade=Grade.CONFIGURED)
    text = shown(replace(report(), totals=totals(monthly=known, unpriced=2)))

    assert "At least $12.00 a month" in text
    assert "2 requests of unknown cost not included" in text


def test_only_the_lower_bound_of_a_total_is_at_least() -> None:
    typical = Interval(Decimal("2.25"), Decimal("29.36"), None, Grade.ASSUMED)

    text = shown(replace(report(), totals=totals(monthly=typical)))

    assert "About $29.36 a month; at least $2.25 at these volumes and models\n" in text


def test_an_unknown_total_is_not_zero() -> None:
    text = shown(replace(report(), totals=totals(monthly=usd(None), by_grade={})))

    assert "Cost per month unknown" in text


def test_a_row_has_the_prompt_its_place_role_tokens_costs_and_confidence() -> None:
    line = row(shown(report(measured_prompt())), "SUMMARY")

    assert line.split() == [
        "SUMMARY",
        "src/app/prompts.py:12",
        "system",
        "412",
        "e",
        "~0.00010",
        "a",
        "~0.10",
        "a",
        "high",
    ]


def test_a_row_marks_what_is_open_and_what_is_unknown() -> None:
    floor = usd("0.5", high=None, grade=Grade.EXACT)
    prompt = measured_prompt(open_size=True, per_call=floor, monthly=usd(None))

    text = shown(report(prompt))

    assert "≥412 e" in row(text, "SUMMARY")
    assert "≥0.50 e" in row(text, "SUMMARY")
    assert " unknown " in row(text, "SUMMARY")
    assert "e exact, ? unknown, ≥ at least\n" in text


def test_a_typical_amount_is_never_shown_as_a_floor() -> None:
    longest = Interval(Decimal("0.25"), Decimal("0.50"), None, Grade.EXACT)
    at_assumed_volume = usd("500", high=None)

    text = shown(report(measured_prompt(per_call=longest, monthly=at_assumed_volume)))

    assert row(text, "SUMMARY").split()[3:] == ["412", "e", "~0.50", "e", "~500.00", "a", "high"]
    assert "e exact, a assumed, ~ about\n" in text


def test_the_grades_that_occur_are_explained_under_the_table() -> None:
    text = shown(report(measured_prompt(grade=Grade.CALIBRATED)))

    assert "c calibrated, a assumed" in text
    assert "exact" not in text


def test_an_inlined_prompt_has_no_cost_of_its_own() -> None:
    line = row(shown(report(measured_prompt(inlined=True))), "SUMMARY")

    assert line.count("inlined") == 2
    assert "0.10" not in line


def test_what_is_no_message_is_named_by_its_kind() -> None:
    assert " tool " in row(shown(report(measured_prompt(kind="tool", role="unknown"))), "SUMMARY")


def test_the_dearest_prompt_comes_first_unknown_ones_after_and_unsure_ones_last() -> None:
    prompts = (
        measured_prompt("CHEAP", monthly=usd("1")),
        measured_prompt("UNSURE", monthly=usd("1000"), confidence=Confidence.LOW),
        measured_prompt("UNPRICED", monthly=usd(None)),
        measured_prompt("DEAR", monthly=usd("100")),
    )

    text = shown(report(*prompts))

    names = re.findall(r"^(CHEAP|UNSURE|UNPRICED|DEAR)", text, re.MULTILINE)
    assert names == ["DEAR", "CHEAP", "UNPRICED", "UNSURE"]


def test_only_the_top_rows_are_shown_and_the_rest_counted() -> None:
    prompts = [measured_prompt(f"P{number}", monthly=usd(str(number))) for number in range(1, 6)]

    text = shown(report(*prompts), View(top=2))

    assert re.findall(r"^P\d", text, re.MULTILINE) == ["P5", "P4"]
    assert "3 cheaper prompts, $6.00 a month (--verbose lists them)" in text
    assert len(re.findall(r"^P\d", shown(report(*prompts), View(top=2, verbose=True)), re.MULTILINE)) == 5


def test_what_could_be_saved_is_shared_out_among_rules() -> None:
    rules = (
        SavedByRule("FMT001", "leaked-indentation", 3, 1, 460, Decimal("24.80")),
        SavedByRule("DAT001", "json-indent-in-prompt", 1, 0, 0, None),
    )

    text = shown(replace(report(), saved_by_rule=rules))

    assert row(text, "FMT001").split() == ["FMT001", "leaked-indentation", "3", "460", "24.80"]
    assert row(text, "DAT001").split() == ["DAT001", "json-indent-in-prompt", "1"]
    assert "1 finding saves what another does, which counts once" in text


def test_costs_are_summed_up_by_owner() -> None:
    borne = attribution(bearer("search", usd("2", high=None), requests=2), bearer("", usd(None)))

    text = shown(replace(report(), attribution=borne))

    assert row(text, "search").split() == ["search", "2", "~2.00", "a"]
    assert row(text, "(nobody)").split() == ["(nobody)", "1", "unknown"]


def test_where_nobody_owns_anything_owners_are_not_spoken_of() -> None:
    assert "(nobody)" not in shown(replace(report(), attribution=attribution(bearer(""))))


BY = View(lists=frozenset({"attribution"}))


def test_rows_that_bear_the_cost_stand_above_their_distance_from_the_median() -> None:
    text = shown(replace(report(), attribution=attribution(bearer("search"), bearer("", usd(None)))), BY)

    lines = text.splitlines()
    first = lines.index(row(text, "search"))
    assert lines[first].split() == [
        "search",
        "~0.48",
        "a",
        "50.0%",
        "0.00048",
        "a",
        "412",
        "e",
        "0.51",
        "a",
        "20.9%",
    ]
    assert lines[first + 1].split() == ["+25%", "+25%", "+25%", "+25pt"]
    assert row(text, "(nobody)").split()[:3] == ["(nobody)", "unknown", "unknown"]
    assert row(text, "Total").split()[:4] == ["Total", "~0.48", "a", "50.0%"]
    assert "distance from the median of 1 owner" in text
    assert "not a bill" in text
    assert "Prompt " not in text


def test_far_from_the_median_is_a_factor() -> None:
    text = shown(replace(report(), attribution=attribution(bearer("a", from_median="2100"))), BY)

    assert "22x" in text


def test_an_amount_that_rounds_to_nothing_is_not_nothing() -> None:
    text = shown(replace(report(), attribution=attribution(bearer("a", usd("0.00")))), BY)

    assert row(text, "a ").split()[1] == "<0.01"


def test_cheap_rows_are_summed_up_and_what_nobody_owns_is_shown_all_the_same() -> None:
    many = [bearer(f"team{number}", usd("2")) for number in range(5)]
    of = replace(report(), attribution=attribution(*many, bearer("", usd("1"))))

    text = shown(of, replace(BY, top=2))

    assert "team2" not in text
    assert row(text, "(nobody)")
    assert "3 more rows, $6.00 a month (--verbose lists them)" in text


def test_a_file_is_its_name_above_its_folder() -> None:
    found = attribution(bearer("src/very/deep/folder/prompts.py"), by="file")

    lines = shown(replace(report(), attribution=found), BY).splitlines()
    name = next(index for index, line in enumerate(lines) if line.startswith("prompts.py"))
    assert lines[name + 1].startswith("src/")


def test_a_long_folder_leaves_out_whole_ones() -> None:
    found = attribution(bearer(f"src/{'x' * 60}/agents/"), by="folder")

    assert row(shown(replace(report(), attribution=found), BY), "src/…/agents/ ")


def test_without_prompts_there_is_no_table() -> None:
    of = replace(report(), measured=Measured((), ()), totals=totals(0, 0, usd("0", grade=Grade.EXACT), {}))

    assert shown(of).startswith("0 prompts in 0 requests, 0 static tokens\n$0.00 a month\n")
    assert "Prompt " not in shown(of)


def test_what_was_not_judged_is_listed_and_what_was_skipped_is_counted() -> None:
    skipped = (
        Skipped("a.py", "syntax", "unterminated string", True, 7),
        Skipped("b.png", "binary", "", False),
        Skipped("c.png", "binary", "", False),
    )
    of = replace(report(), skipped=skipped)

    assert "Not judged: a.py:7: syntax: unterminated string\nSkipped: 2 binaries\n" in shown(of)
    assert "Skipped: b.png: binary\n" in shown(of, View(verbose=True))


def test_a_quiet_audit_still_says_what_breaks_the_gate() -> None:
    lines = shown(full_report("audit"), View(quiet=True)).splitlines()

    assert "  fail  repository: limit $20.00, actual $23.46 (growth a month)" in lines
    assert "Not judged: bad.py:7: syntax: unterminated string" in lines
    assert not [line for line in lines if line.startswith(("Prompt", "SUMMARY", "Coverage", "warning"))]


# The check's page


def test_a_finding_is_one_line_with_its_place_rule_and_savings() -> None:
    of = replace(report(command="check"), findings=(finding(),))

    assert shown(of, View(quiet=True)) == (
        "src/app/prompts.py:14:1 FMT001 [*] leaked indentation (saves 230 tokens, $12.40 a month)\n"
    )


@pytest.mark.parametrize(
    ("tokens", "monthly", "end"),
    [
        (None, None, "leaked indentation"),
        (1, None, "leaked indentation (saves 1 token)"),
        (None, Decimal("0.0004"), "leaked indentation (saves $0.00040 a month)"),
    ],
)
def test_only_known_savings_are_named(tokens: int | None, monthly: Decimal | None, end: str) -> None:
    of = replace(report(command="check"), findings=(finding(tokens_saved=tokens, monthly_saved=monthly),))

    assert shown(of).splitlines()[0].endswith(end)


def test_what_one_call_saves_is_named_between_its_tokens_and_the_month() -> None:
    one = replace(finding(), per_call_saved=Decimal("0.0000124"))
    of = replace(report(command="check"), findings=(one,))

    assert shown(of).splitlines()[0].endswith("(saves 230 tokens, $0.000012 a call, $12.40 a month)")


def test_findings_are_counted_by_severity_and_by_what_can_be_fixed() -> None:
    of = replace(
        report(command="check"),
        findings=(
            finding(),
            finding(safety=Safety.UNSAFE),
            finding(severity=Severity.ERROR, safety=None),
            finding("RED003", suppressed=Suppression("comment", "on purpose")),
        ),
    )

    text = shown(of)

    assert text.endswith(
        "3 findings: 1 error, 2 warnings\n"
        "[*] 1 can be fixed with --fix\n"
        "[*] 1 can be fixed with --unsafe-fixes\n"
        "1 finding suppressed\n"
    )
    assert "RED003" not in text
    assert "RED003" in shown(of, View(verbose=True))
    assert "(suppressed by comment: on purpose)" in shown(of, View(verbose=True))


def test_a_clean_check_says_so_in_one_line() -> None:
    assert shown(report(command="check")) == "No findings.\n"
    assert shown(report(command="check"), View(quiet=True)) == ""


# The diff's page


def test_a_diff_without_changes_is_one_line() -> None:
    assert shown(report(command="diff")) == "No change in prompts.\n"


def test_a_diff_begins_with_the_verdict_the_broken_budgets_and_the_totals() -> None:
    assert shown(full_report("diff")).splitlines()[:3] == [
        "Verdict: fail",
        "  fail  repository: limit $20.00, actual $23.46 (growth a month)",
        "About $100.00 → $123.46 a month (+$23.46, +23.5%)",
    ]


def test_a_broken_budget_shows_even_if_no_prompt_changed() -> None:
    text = shown(replace(full_report("diff"), changes=(), findings=()))

    assert text.startswith("Verdict: fail\n")
    assert "No change in prompts." in text


def test_a_change_shows_both_sides_and_the_causes() -> None:
    text = shown(full_report("diff"))

    lines = text.splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("SUMMARY"))
    assert lines[first].split()[2:] == ["changed", "300", "→", "412", "100.00", "→", "123.46", "a"]
    assert lines[first + 1].split() == ["text", "+112", "+$23.46"]


def test_unpriced_changes_come_first_moves_last() -> None:
    def prompt(name: str, monthly: str | None) -> MeasuredPrompt:
        return measured_prompt(name, monthly=usd(monthly))

    text = shown(
        diff_of(
            Change("moved", prompt("MOVED", "500"), prompt("MOVED", "500"), ()),
            Change("changed", prompt("SMALL", "1"), prompt("SMALL", "2"), ()),
            Change("removed", prompt("BIG", "50"), None, ()),
            Change("added", None, prompt("UNPRICED", None), ()),
        )
    )

    assert re.findall(r"^[A-Z]{3,}", text, re.MULTILINE) == ["UNPRICED", "BIG", "SMALL", "MOVED"]
    assert "0.00 → unknown" in text


def test_from_a_base_that_cost_nothing_no_percentage_is_made_up() -> None:
    change = Change("added", None, measured_prompt(), ())
    of = replace(diff_of(change), base_totals=totals(0, 0, usd("0")))

    assert "About $0.00 → $0.48 a month (+$0.48)\n" in shown(of)


# Every page


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize(
    "name", ["SUMMARY", "A_NAME_THAT_IS_LONGER_THAN_ANY_COLUMN_CAN_BE" * 3, "提示詞" * 30]
)
def test_tables_fit_the_width(width: int, name: str) -> None:
    path = "src/a/very/long/path/" * 12 + "prompts.py"
    prompts = [
        measured_prompt(name, path, static=10**6, monthly=usd("1234567.89", high=None), open_size=True)
    ]
    audit = shown(report(*prompts), View(width=width))
    diff = shown(diff_of(Change("changed", prompts[0], prompts[0], ())), View(width=width))

    for text in (audit, diff):
        assert max(cell_len(line) for line in text.splitlines()) <= width
        assert "…" in text


@pytest.mark.parametrize(
    ("path", "cut"),
    [
        ("src/" + "x" * 100 + "/prompts.py", "src/…/prompts.py:12"),
        ("src/app/" + "x" * 100 + "/agents/prompts.py", "src/…/agents/prompts.py:12"),
        ("x" * 100 + "/agents/prompts.py", "…/agents/prompts.py:12"),
    ],
)
def test_a_long_path_leaves_out_whole_folders(path: str, cut: str) -> None:
    assert cut in [line.split("  ")[0] for line in shown(report(measured_prompt(path=path))).splitlines()]


def test_a_file_too_long_for_its_column_keeps_both_ends() -> None:
    text = shown(report(measured_prompt(path="src/p" + "x" * 100 + "prompts.py")))

    assert re.search(r"^src/px+…x+prompts\.py:12", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("Generator." + "x" * 60 + ".style_of_the_answer.system", "….style_of_the_answer.system"),
        ("Generator.write_" + "x" * 60 + "_prompt", "…" + "x" * 20),
    ],
)
def test_a_long_name_keeps_its_end(name: str, cut: str) -> None:
    lines = shown(report(measured_prompt(name))).splitlines()

    first = next(line for line in lines if line.startswith(cut)).split("  ")[0]
    assert name.endswith(first.removeprefix("…"))


def test_amounts_that_look_alike_are_written_once() -> None:
    before, after = measured_prompt(monthly=usd("0.8701")), measured_prompt(monthly=usd("0.8704"))

    text = shown(diff_of(Change("changed", before, after, ())))

    assert row(text, "SUMMARY").split()[2:] == ["changed", "412", "0.87", "a"]
    assert "About $0.48 a month (+$0.00, +0.0%)\n" in text
    assert "+$0.00030" in text


def test_a_change_of_an_inlined_prompt_costs_where_it_stands() -> None:
    before, after = measured_prompt(inlined=True, static=70), measured_prompt(inlined=True, static=131)

    text = shown(diff_of(Change("changed", before, after, (Cause("text", Decimal(0)),))))

    assert row(text, "SUMMARY").split()[2:] == ["changed", "70", "→", "131", "inlined"]
    assert "inlined: paid for by the prompts that it stands in" in text
    assert "$0.00" not in text.partition("Prompt ")[2]


def test_how_sure_it_is_is_explained_where_it_isn_t_high() -> None:
    assert "Sure: " not in shown(report(measured_prompt()))
    assert "Sure: whether it reaches a model" in shown(report(measured_prompt(confidence=Confidence.MEDIUM)))


def test_colour_is_used_only_if_allowed() -> None:
    of = full_report("diff")

    assert "\x1b[" not in shown(of)
    colored = shown(of, View(color=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", colored).split() == shown(of).split()
    assert "\x1b[" in colored


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = shown(full_report("audit"))

    for name, value in {"COLUMNS": "20", "FORCE_COLOR": "1", "TERM": "dumb", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)

    assert shown(full_report("audit")) == expected
    assert "\x1b[" in shown(full_report("audit"), View(color=True))


def test_markup_in_names_is_text() -> None:
    assert "[red]x[/red]" in shown(report(measured_prompt("[red]x[/red]")))


@given(reports())
@settings(max_examples=60)
def test_no_text_of_an_attacker_does_anything_to_a_terminal_or_a_runner(of: Report) -> None:
    for view in (View(), View(verbose=True), View(quiet=True)):
        text = shown(of, view)

        lines = text.split("\n")
        assert all(line.isprintable() for line in lines)
        assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


def test_a_verbose_audit_says_what_answers_and_variables_rest_on() -> None:
    of = full_report("audit")
    request = replace(
        of.measured.requests[0],
        output_tokens=Interval(0, 210, 800, Grade.ASSUMED),
        output_source="task: answer",
        is_least=True,
    )
    variables = (
        MeasuredVariable("docs", 3, 1, "request", 1500, Grade.HEURISTIC, "example at tests.yaml:4"),
        MeasuredVariable("tone", 3, 9, "constant", None, Grade.UNKNOWN),
    )
    prompt = replace(of.measured.prompts[0], variables=variables)
    measured = replace(of.measured, requests=(request,), prompts=(prompt,))

    text = shown(replace(of, measured=measured), View(verbose=True))

    assert "~210 a +  800  task: answer" in text
    assert "+ and thoughts: the model thinks first" in text
    assert "1,500 h  example at tests.yaml:4" in text
    assert "1 variable of unknown size" in text
    assert "Answers in tokens" not in shown(of)
