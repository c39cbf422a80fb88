"""The JSON document in lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from reporters.example_reports import full_report, reports

from scrimp.model.report import Report
from scrimp.reporters import View, reporter
from scrimp.reporters.json import document
from scrimp.reporters.jsonl import ITEMS


def lines(of: Report) -> list[dict[str, Any]]:
    return [json.loads(line) for line in reporter("jsonl").render(of, View()).split("\n")[:-1]]


@pytest.mark.parametrize("command", ["audit", "check", "diff"])
def test_the_lines_are_the_document(command: str) -> None:
    of = full_report(command)
    first, *rest = lines(of)

    whole = {key: value for key, value in first.items() if key != "type"}
    for key, kind in ITEMS.items():
        items = [each for each in rest if each["type"] == kind]
        whole[key] = [{name: value for name, value in each.items() if name != "type"} for each in items]
    assert whole == json.loads(json.dumps(document(of)))


def test_the_first_line_tells_the_schema_and_the_verdict() -> None:
    first = lines(full_report("diff"))[0]

    assert (first["type"], first["schema"], first["verdict"]["outcome"]) == ("report", "scrimp/1", "fail")


@given(reports())
@settings(max_examples=40)
def test_every_line_is_one_object_in_ascii(of: Report) -> None:
    assert all(each["type"] for each in lines(of))
    assert reporter("jsonl").render(of, View()).isascii()
