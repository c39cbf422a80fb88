"""What ``action.yml`` promises, without running it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from runner import commands

ROOT = Path(__file__).parents[2]
LARGE = {"mistral"}
"""Extras that bring more than scrimp itself."""


def definition() -> Any:
    return YAML(typ="safe").load((ROOT / "action.yml").read_text("utf-8"))


def test_inputs_reach_the_step_through_the_environment_only() -> None:
    (step,) = definition()["runs"]["steps"]

    assert "${{" not in step["run"]
    assert {value for value in step["env"].values() if "inputs." in value} == {
        f"${{{{ inputs.{name} }}}}" for name in definition()["inputs"]
    }


def test_by_default_every_language_is_read() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    (everything,) = re.findall(r"\[(.+)\]", extras["all"][0])

    assert set(definition()["inputs"]["extras"]["default"].split(",")) == set(everything.split(",")) - LARGE


def step(folder: Path, **changed: str) -> tuple[int, str, str]:
    """The step by itself, as for a schedule: its exit code, what it printed, and its outputs."""
    event, output = folder / "event.json", folder / "output"
    event.write_text("{}", "utf-8")
    inputs = {name: str(each["default"]) for name, each in definition()["inputs"].items()}
    variables = {
        **{f"SCRIMP_{name.upper().replace('-', '_')}": value for name, value in inputs.items()},
        "GITHUB_EVENT_NAME": "schedule",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_WORKSPACE": str(folder),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        "RUNNER_TEMP": str(folder),
        **changed,
    }
    command = [sys.executable, "-I", str(ROOT / "hooks" / "github")]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, cwd=folder)
    return done.returncode, done.stdout, output.read_text("utf-8")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SCRIMP_FAIL": "yes"}, "fail: 'yes' is neither true nor false"),
        ({"SCRIMP_EXTRAS": "go; touch x"}, "extras: go; touch x is not a list of names"),
        ({"RUNNER_TEMP": ""}, "RUNNER_TEMP is not set"),
        ({"GITHUB_EVENT_PATH": "/nowhere"}, "the event schedule has no payload"),
        ({"GITHUB_EVENT_NAME": "workflow_run"}, "there is no report to post"),
    ],
    ids=["word", "extras", "variable", "event", "report"],
)
def test_what_keeps_the_step_from_judging_is_an_error_of_usage(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    code, printed, outputs = step(tmp_path, **changed)

    (error,) = commands(printed)
    assert (code, outputs, error.name) == (2, "verdict=error\n", "error")
    assert error.data.startswith(said)


def test_a_bug_is_never_taken_for_a_broken_budget(tmp_path: Path) -> None:
    (tmp_path / "file\n::notice::x").write_text("", "utf-8")

    code, printed, outputs = step(tmp_path, RUNNER_TEMP=str(tmp_path / "file\n::notice::x"))

    (error,) = commands(printed)
    assert (code, outputs, error.name) == (3, "verdict=error\n", "error")
    assert error.data.startswith("this is a bug in scrimp's action")


@pytest.mark.parametrize(
    ("ends", "code"), [("exit 0", 3), ("exit 1", 3), ("exit 2", 2), ("exit 3", 3), ("kill -9 $$", 3)]
)
def test_a_scrimp_that_leaves_no_report_never_opens_the_gate(tmp_path: Path, ends: str, code: int) -> None:
    environment = tmp_path / "scrimp-environment"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").write_text(f"#!/bin/sh\n{ends}\n", "utf-8")
    (environment / "bin" / "python").chmod(0o755)
    (environment / "complete-").touch()

    ended, printed, outputs = step(tmp_path, SCRIMP_EXTRAS="")

    (error,) = commands(printed)
    assert (ended, outputs) == (code, "verdict=error\n")
    assert error.data.startswith("scrimp ended without a report")
