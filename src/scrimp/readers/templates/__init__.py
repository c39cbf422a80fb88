"""One scanner a template language, each ``scan(text: Text) -> Expression``: the algebra with exact offsets.

A scanner never raises: what is malformed stays text.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates.detect import sniff

__all__ = ["LANGUAGES", "scan", "sniff"]

LANGUAGES = ("none", "format", "percent", "dollar", "jinja", "mustache")
"""The template languages by the contract's words; all but ``none`` are modules of this package."""


class Scanner(Protocol):
    """A module of this package."""

    def scan(self, text: Text) -> Expression:
        """A template's text, variables and structure."""


def scan(language: str, text: Text) -> Expression:
    """A text as a template of a language (one of ``LANGUAGES``)."""
    if language == "none":
        return text
    return cast("Scanner", import_module(f"{__name__}.{language}")).scan(text)
