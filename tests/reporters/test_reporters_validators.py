"""What others' validators say of our formats: the SARIF schema and Microsoft's rules, GitHub's among them; reviewdog's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command_line import Project
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from msgspec.structs import replace
from node import Node
from reporters.example_reports import finding, full_report, report, reports

from scrimp.model.findings import Suppression
from scrimp.model.report import Report
from scrimp.reporters import View, reporter

pytestmark = [
    pytest.mark.packages,
    pytest.mark.skipif(sys.platform != "linux", reason="the packages that are locked are those of Linux"),
]

NO_ADDRESS = "SARIF2005"
"""Asks for the address of a page about the tool, which this one doesn't have yet."""

LEAKY = '''\
from openai import OpenAI

def summarise(text):
    prompt = f"""
        Summarise the text below in three sentences.
        Keep the names and the numbers as they are.

        {text}
        """
    return OpenAI().responses.create(model="gpt-4o", input=prompt)
'''

OPEN_STRING = 'RULES = """You are a judge of songs.\n\ndef judge():\n    return 1\n'


@dataclass(frozen=True)
class Validators:
    """The packages, installed in a folder."""

    node: Node
    packages: Path

    @property
    def schema(self) -> Draft202012Validator:
        """The schema of SARIF 2.1.0 as the tool brings it."""
        text = (self._multitool / "sarif-2.1.0.json").read_text("utf-8-sig")
        return Draft202012Validator(json.loads(text))

    def complaints(self, log: Path) -> set[str]:
        """The rules of the SARIF multitool, its own and GitHub's, that a log breaks; those that only note are left out."""
        found = log.with_suffix(".found.sarif")
        program = self._multitool / "Sarif.Multitool"
        program.chmod(0o755)
        options = ["--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite"]
        environment = {
            **os.environ,
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
            "DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(log.parent / "extracted"),
        }
        done = subprocess.run(
            [str(program), "validate", str(log), *options, "--output", str(found)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert found.exists(), done.stdout + done.stderr
        (run,) = json.loads(found.read_text("utf-8-sig"))["runs"]
        return {each["ruleId"] for each in run["results"]}

    def diagnostics(self, file: Path) -> Any:
        """What reviewdog's validator counts in a file."""
        program = self.packages / "@umbrelladocs/rdformat-validator/bin/rdformat-validator.js"
        command = [
            self.node.program,
            str(program),
            "--strict",
            "--no-extra-fields",
            "--format",
            "json",
            str(file),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return json.loads(done.stdout)

    @property
    def _multitool(self) -> Path:
        return self.packages / "@microsoft/sarif-multitool-linux"


@pytest.fixture(scope="module")
def validators(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Validators:
    """All of them, as locked."""
    folder = node.install(Path(__file__).parent / "validators", tmp_path_factory.mktemp("validators"))
    return Validators(node, folder / "node_modules")


def rendered(of: Report, name: str, folder: Path) -> Path:
    file = folder / f"report.{name}"
    file.write_text(reporter(name).render(of, View(verbose=True)), "utf-8")
    return file


@pytest.fixture
def everything() -> Report:
    """Findings with all there can be, in files whose names need escaping."""
    hidden = finding("RED003", suppressed=Suppression("baseline", "known"))
    odd = finding("CCH001", path="a b/ü\x1b[2J.py", message="see [this](https://e.example) {0}")
    return replace(full_report("check"), findings=(finding(), hidden, odd))


def test_sarif_breaks_no_rule_of_githubs(validators: Validators, everything: Report, tmp_path: Path) -> None:
    assert validators.complaints(rendered(everything, "sarif", tmp_path)) <= {NO_ADDRESS}


def test_sarif_of_a_run_breaks_none_either(validators: Validators, project: Project) -> None:
    project.init().write("app.py", LEAKY).write("broken.py", OPEN_STRING)

    assert project.scrimp("check", "--format", "sarif", "--output", "out.sarif").code == 3
    log = json.loads(project.text("out.sarif"))
    assert log["runs"][0]["results"]
    validators.schema.validate(log)
    assert validators.complaints(project.root / "out.sarif") <= {NO_ADDRESS}


def test_the_rules_would_find_what_github_does_not_take(
    validators: Validators, everything: Report, tmp_path: Path
) -> None:
    file = rendered(everything, "sarif", tmp_path)
    log = json.loads(file.read_text("utf-8"))
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        del rule["fullDescription"], rule["help"]
    file.write_text(json.dumps(log), "utf-8")

    assert validators.complaints(file) - {NO_ADDRESS}


def test_every_sarif_is_valid_by_the_schema(validators: Validators) -> None:
    validator = validators.schema

    @given(reports("check"))
    @settings(max_examples=25)
    def holds(of: Report) -> None:
        for view in (View(), View(verbose=True)):
            validator.validate(json.loads(reporter("sarif").render(of, view)))

    holds()


def test_rdjson_is_what_reviewdog_reads(validators: Validators, project: Project) -> None:
    project.init().write("app.py", LEAKY)
    project.scrimp("check", "--format", "rdjson", "--output", "out.rdjson")
    (made,) = json.loads(project.text("out.rdjson"))["diagnostics"]
    assert made["suggestions"]

    assert validators.diagnostics(project.root / "out.rdjson")["invalidFiles"] == 0


def test_the_validator_would_find_what_is_no_rdjson(validators: Validators, tmp_path: Path) -> None:
    file = rendered(replace(report(command="check"), findings=(finding(),)), "rdjson", tmp_path)
    file.write_text(file.read_text("utf-8").replace('"WARNING"', '"BAD"'), "utf-8")

    assert validators.diagnostics(file)["invalidFiles"] == 1
