"""A forecast rendered: one pure function each, from the outlook to text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scrimp.model.outlook import Outlook
from scrimp.reporters.outlook import json, text
from scrimp.reporters.view import View

FORMATS: Mapping[str, Callable[[Outlook, View], str]] = {"text": text.render, "json": json.render}
"""The value of ``--format`` -> what renders it."""
