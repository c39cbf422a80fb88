"""Reporters: one pure function each, from the final report to text.

To add a format, write a module with ``render`` beside the others and name it in ``FORMATS``. A reporter
imports nothing of ours but the nouns of ``scrimp.model``: what it needs to say and doesn't find in the report
belongs in the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from scrimp.model.report import Report
from scrimp.reporters import csv, json, text
from scrimp.reporters.view import View


class Reporter(Protocol):
    """A module that renders reports."""

    def render(self, report: Report, view: View) -> str:
        """The whole output. Pure: no file, clock or environment is read."""
        ...


FORMATS: Mapping[str, Reporter] = {"text": text, "json": json, "csv": csv}
"""The value of ``--format`` -> the reporter."""

__all__ = ["FORMATS", "Reporter", "View"]
