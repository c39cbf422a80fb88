"""One run: the base is found, scrimp installed and called once, and its reports handed on."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import outputs
from base import base_of, named
from environment import Scrimp, installed
from git import Clone
from settings import Settings


def run(settings: Settings) -> int:
    """The exit code of the gate. Raises ``Problem`` where there is nothing to judge with, or to compare with."""
    clone = Clone(settings.folder)
    base = named(settings.base, clone) if settings.base else base_of(settings.event, clone)
    scrimp = installed(settings.action, settings.extras, settings.temporary)
    reports = Path(tempfile.mkdtemp(prefix="scrimp-", dir=settings.temporary))
    code = _judged(base, scrimp, settings, reports)
    outputs.write(outputs.of_report(reports / "scrimp.json"), os.environ)
    return code


def _judged(base: str | None, scrimp: Scrimp, settings: Settings, reports: Path) -> int:
    """Compare HEAD with its base as committed, or audit what is checked out; one scan serves every format."""
    command = ["diff", base, "HEAD"] if base else ["audit"]
    command += ["--format", "text", "--format", "json", "--output", str(reports / "scrimp.json")]
    if settings.config:
        command += ["--config", settings.config]
    if settings.allow_incomplete:
        command.append("--allow-incomplete")
    if not settings.fail:
        command.append("--exit-zero")
    return scrimp.run(*command, folder=settings.folder)
