"""One run: the base is found, scrimp installed and called once, and its reports handed on."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import outputs
from base import base_of, named
from environment import Scrimp, installed
from git import Clone
from problem import Problem, annotation
from settings import Settings

REPORT = "scrimp.json"
SUMMARY = "scrimp.md"
ANNOTATIONS = "annotations"
FILES = {"json": REPORT, "markdown": SUMMARY, "github": ANNOTATIONS}
"""The formats that are written besides the text of the log -> their files; one scan serves them all."""


def run(settings: Settings) -> int:
    """The exit code of the gate. Raises ``Problem`` where there is nothing to judge with, or to compare with."""
    if settings.event.only_comments:
        return _post(settings)
    clone = Clone(settings.folder, settings.access)
    base = named(settings.base, clone) if settings.base else base_of(settings.event, clone)
    scrimp = _installed(settings)
    reports = Path(tempfile.mkdtemp(prefix="scrimp-", dir=settings.temporary))
    code, report = _judge(base, scrimp, settings, reports), reports / REPORT
    if not report.exists():
        raise Problem("scrimp ended without a report", "the lines above say why", 2 if code == 2 else 3)
    if settings.sarif and base:
        _list_findings(scrimp, settings, reports / outputs.SARIF)
    outputs.write(outputs.of_report(report), os.environ)
    _tell(reports, settings.summary)
    if settings.comment and settings.event.pull_request:
        _comment(scrimp, settings, report)
    return code


def _judge(base: str | None, scrimp: Scrimp, settings: Settings, reports: Path) -> int:
    """Compare HEAD with its base as committed, or audit what is checked out."""
    command = ["diff", base, "HEAD", "--show", "texts"] if base else ["audit"]
    command += ["--format", "text"]
    files = FILES if base or not settings.sarif else {**FILES, "sarif": outputs.SARIF}
    for name, file in files.items():
        command += ["--format", name, "--output", str(reports / file)]
    command += settings.configuration
    if base and settings.policy:
        command += ["--policy", settings.policy]
    if settings.allow_incomplete:
        command.append("--allow-incomplete")
    if not settings.fail:
        command.append("--exit-zero")
    return scrimp.run(*command, folder=settings.folder)


def _list_findings(scrimp: Scrimp, settings: Settings, file: Path) -> None:
    """List what is wasted in all that is checked out: code scanning takes what a list lacks for mended."""
    to_file = ("--format", "sarif", "--output", str(file))
    lenient = ("--exit-zero", "--allow-incomplete", "--quiet")  # the verdict is there already
    scrimp.run("audit", *to_file, *lenient, *settings.configuration, folder=settings.folder)


def _tell(reports: Path, summary: Path) -> None:
    """Hand the runner what scrimp wrote for it: annotations, which are its commands, and the page of the job."""
    annotations, page = reports / ANNOTATIONS, reports / SUMMARY
    if annotations.exists():
        print(annotations.read_text("utf-8"), end="", flush=True)
    if page.exists():
        with page.open("rb") as source, summary.open("ab") as target:
            shutil.copyfileobj(source, target)


def _comment(scrimp: Scrimp, settings: Settings, report: Path) -> None:
    """Comment on the pull request; a token that may not, as a fork's, changes nothing about the verdict."""
    if _posted(scrimp, settings, report):
        message = "no comment was made; the summary says the same. docs/ci.md shows how forks get one"
        print(annotation("warning", message), flush=True)


def _post(settings: Settings) -> int:
    """Post a report that another workflow left; whether that one is to be believed, scrimp judges."""
    report = settings.workspace / settings.report
    if not settings.report or not report.is_file():
        raise Problem(
            "there is no report to post", "download the artifact, and name its file as input report"
        )
    return _posted(_installed(settings), settings, report)


def _posted(scrimp: Scrimp, settings: Settings, report: Path) -> int:
    key = ["--key", settings.comment_key] if settings.comment_key else []
    token = {"GITHUB_TOKEN": settings.access.token}
    return scrimp.run("comment", str(report), "--post", *key, folder=settings.folder, variables=token)


def _installed(settings: Settings) -> Scrimp:
    return installed(settings.action, settings.extras, settings.temporary)
