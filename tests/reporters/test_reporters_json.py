import json
import re
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from reporters.example_reports import full_report, measured_prompt, report, reports, usd

from scrimp.model.changes import Change
from scrimp.model.report import Report
from scrimp.reporters import View, reporter
from scrimp.reporters.amounts import money

SCHEMA = json.loads(resources.files("scrimp.reporters").joinpath("scrimp-1.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def rendered(of: Report) -> Any:
    return json.loads(reporter("json").render(of, View()), parse_float=pytest.fail)


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("command", ["audit", "check", "diff"])
def test_a_report_with_something_everywhere_is_valid(command: str) -> None:
    document = rendered(full_report(command))

    VALIDATOR.validate(document)
    assert document["command"] == command


@given(reports())
@settings(max_examples=60)
def test_every_report_is_valid_ascii_and_has_only_integers(of: Report) -> None:
    text = reporter("json").render(of, View())

    VALIDATOR.validate(rendered(of))
    assert text.isascii()
    assert text.endswith("}\n")


@given(reports())
@settings(max_examples=60)
def test_no_line_is_a_command_to_the_runner(of: Report) -> None:
    lines = reporter("json").render(of, View()).splitlines()

    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


def test_the_keys_of_the_contract_are_there() -> None:
    document = rendered(full_report("diff"))

    prompt, request, finding = document["prompts"][0], document["requests"][0], document["findings"][0]
    assert document["schema"] == "scrimp/1"
    assert document["tool"] == {"name": "scrimp", "version": "0.1.0"}
    assert prompt["id"] == "src/app/prompts.py::SUMMARY"
    assert (prompt["line"], prompt["column"], prompt["end_line"], prompt["end_column"]) == (12, 11, 31, 4)
    assert prompt["tokens"] == {
        "encoding": "o200k_base",
        "grade": "exact",
        "static": 412,
        "low": 412,
        "typical": 412,
        "high": None,
    }
    assert prompt["cost"]["per_call_usd"] == {"low": "0.000103", "typical": "0.000103", "high": "0.000103"}
    assert prompt["cost"]["monthly_usd"] == {"low": "123.456", "typical": "123.456", "high": None}
    assert request["prompts"][0] == {
        "id": prompt["id"],
        "role": "system",
        "per_call_usd": {"low": None, "typical": None, "high": None},
    }
    assert request["model"].items() >= {"name": "gpt-5-mini", "provider": "openai", "source": "call"}.items()
    assert request["output_tokens"] == {
        "typical": 210,
        "maximum": 800,
        "grade": "assumed",
        "source": None,
        "reasoning": None,
        "lower_bound": False,
        "worst_case": None,
    }
    assert request["calls_per_month"] == {"value": 1000, "grade": "assumed"}
    assert finding["monthly_usd_saved"] == "12.40"
    assert finding["fix"]["edits"][0] == {
        "path": "src/app/prompts.py",
        "line": 14,
        "column": 1,
        "end_line": 14,
        "end_column": 5,
        "text": "",
    }
    assert document["findings"][2]["suppressed"] == {
        "by": "comment",
        "reason": "on purpose",
        "until": None,
        "at": None,
    }
    assert document["skipped"][0] == {
        "path": "bad.py",
        "code": "syntax",
        "reason": "unterminated string",
        "incomplete": True,
        "line": 7,
    }
    assert document["totals"]["monthly_usd_by_grade"] == {
        "imported": "0.00",
        "configured": "100.00",
        "assumed": "0.00",
    }


def test_unknown_amounts_are_null_and_not_zero() -> None:
    document = rendered(report(measured_prompt(per_call=usd(None), monthly=usd(None))))

    cost = document["prompts"][0]["cost"]
    assert cost == {
        "per_call_usd": {"low": None, "typical": None, "high": None},
        "monthly_usd": {"low": None, "typical": None, "high": None},
        "grade": "unknown",
    }


def test_the_text_of_prompts_is_not_in_the_document() -> None:
    assert "secret text" not in reporter("json").render(full_report("audit"), View())


def test_a_path_that_is_not_utf8_is_shown_escaped() -> None:
    document = rendered(report(measured_prompt(path="caf\udce9.py")))

    assert document["prompts"][0]["path"] == r"caf\udce9.py"


def test_a_path_with_other_odd_characters_is_kept_exactly() -> None:
    path = "a\x1b[2J\u202e##[error]\x7fé😀\\udc80.py"

    assert rendered(report(measured_prompt(path=path)))["prompts"][0]["path"] == path


def test_each_prompt_and_finding_has_a_line_of_its_own() -> None:
    lines = reporter("json").render(full_report("audit"), View()).splitlines()

    assert len([line for line in lines if '"text_sha256"' in line]) == 3
    assert len([line for line in lines if '"fingerprint"' in line]) == 3


def test_changes_have_both_sides_and_their_difference() -> None:
    before, after = (
        measured_prompt(static=412, monthly=usd("10")),
        measured_prompt(static=530, monthly=usd("12.5")),
    )
    unpriced = measured_prompt("NEW", monthly=usd(None))
    of = replace(
        report(after, unpriced, command="diff"),
        changes=(
            Change("changed", before, after, ()),
            Change("added", None, unpriced, ()),
            Change("removed", before, None, ()),
        ),
    )

    changed, added, removed = rendered(of)["changes"]

    assert changed["tokens"] == {"before": 412, "after": 530, "delta": 118}
    assert changed["monthly_usd"] == {"before": "10.00", "after": "12.50", "delta": "2.50"}
    assert (added["base_prompt"], added["prompt"]) == (None, "src/app/prompts.py::NEW")
    assert added["tokens"] == {"before": 0, "after": 412, "delta": 412}
    assert added["monthly_usd"] == {"before": "0.00", "after": None, "delta": None}
    assert (removed["base_prompt"], removed["prompt"]) == ("src/app/prompts.py::SUMMARY", None)
    assert removed["monthly_usd"] == {"before": "10.00", "after": "0.00", "delta": "-10.00"}


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "0.00"),
        ("12.4", "12.40"),
        ("0.103", "0.103"),
        ("0.0001030", "0.000103"),
        ("1E-7", "0.0000001"),
        ("0.000478123456", "0.000478123"),
        ("1234567.891", "1234567.89"),
        ("1E+9", "1000000000.00"),
        ("-2.5", "-2.50"),
        ("-1E-30", "0.00"),
    ],
)
def test_money_has_no_exponent_and_sensible_digits(amount: str, shown: str) -> None:
    assert money(Decimal(amount)) == shown


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False))
def test_money_is_right_to_six_digits_or_the_cent(amount: Decimal) -> None:
    shown = money(amount)

    assert shown is not None
    assert re.fullmatch(r"-?\d+\.\d{2,15}", shown)
    error = abs(Decimal(shown) - amount)
    assert error <= max(abs(amount) * Decimal("0.000005"), Decimal("1e-15"))


def test_what_a_request_asks_to_cache_is_there_with_what_stands_before_it() -> None:
    request = rendered(full_report("audit"))["requests"][0]
    assert request["cache_markers"] == [
        {"name": "cache_control", "covers": 1, "lifetime": "1h", "mode": None},
        {"name": "prompt_cache_key", "covers": None, "lifetime": None, "mode": None},
    ]
