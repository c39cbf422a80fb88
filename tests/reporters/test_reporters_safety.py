"""Whatever a repository holds, no format lets it command a runner, move a cursor or hide what is read."""

from __future__ import annotations

import inspect
import unicodedata
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from reporters.example_reports import TEXTS
from reporters.example_reports import reports as any_reports
from runner import commands

from scrimp import reporters
from scrimp.model.report import Report
from scrimp.reporters import FORMATS, View, reporter
from scrimp.reporters.safe import disarmed, safe

ANNOTATIONS = {"error", "warning", "notice"}
NEVER = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
RENDERED = [(name, command) for name, able in FORMATS.items() for command in sorted(able)]


@pytest.mark.parametrize(("name", "command"), RENDERED)
def test_nothing_commands_a_runner_or_a_terminal(name: str, command: str) -> None:
    @given(any_reports(command))
    @settings(max_examples=25)
    def holds(of: Report) -> None:
        text = reporter(name).render(of, View(verbose=True))

        known = ANNOTATIONS if name == "github" else set()
        assert [each for each in commands(text) if each.name not in known] == []
        assert not any(mark in text.lower() for mark in ("##[", "##vso[", "##teamcity["))
        assert {unicodedata.category(each) for each in set(text) - {"\n", "\r"}} & NEVER == set()
        assert "\r" not in text.replace("\r\n", "" if name == "csv" else "\r\n")

    holds()


def test_the_table_names_every_module_that_renders_reports() -> None:
    modules = (import_module(f"scrimp.reporters.{each.name}") for each in iter_modules(reporters.__path__))
    rendering = {each.__name__.rpartition(".")[2] for each in modules if hasattr(each, "render")}

    assert rendering == set(FORMATS)
    assert all(
        inspect.signature(reporter(name).render).parameters.keys() == {"report", "view"} for name in FORMATS
    )


@given(TEXTS, TEXTS)
def test_two_safe_texts_make_no_command_once_their_line_is_disarmed(one: str, other: str) -> None:
    line = disarmed(safe(one) + safe(other))

    assert commands(line) == []
    assert disarmed(line) == line


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("::error file=a.py::x", "error"),
        ("  \t::add-mask::x", "add-mask"),
        ("text ##[set-env name=PATH;]x", "set-env"),
        ("\r::stop-commands::x", "stop-commands"),
    ],
)
def test_the_model_of_the_runner_knows_its_commands(line: str, name: str) -> None:
    assert [each.name for each in commands(line)] == [name]
