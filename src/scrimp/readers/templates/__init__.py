"""One scanner a template language, each ``scan(text: Text) -> Expression``: the algebra with exact offsets.

A scanner never raises: what is malformed stays text.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates import holes
from scrimp.readers.templates.detect import sniff
from scrimp.readers.templates.holes import FORMS

__all__ = ["LANGUAGES", "language_of", "scan", "sniff"]

LANGUAGES = (
    *("none", "format", "percent", "dollar", "jinja", "mustache", "liquid"),
    *("semantic-kernel", "dify", "n8n", "ragflow", "angle", "input"),
)
"""The template languages by the contract's words: modules of this package, those of the second row all in ``holes``."""

_NAMES = {
    "f-string": "format",
    "fstring": "format",
    "jinja2": "jinja",
    "nunjucks": "jinja",
    "handlebars": "mustache",
}
"""What formats call template languages, where that is not our word."""


class Scanner(Protocol):
    """A module of this package."""

    def scan(self, text: Text) -> Expression:
        """A template's text, variables and structure."""


def scan(language: str, text: Text) -> Expression:
    """A text as a template of a language (one of ``LANGUAGES``)."""
    if language == "none":
        return text
    if language in FORMS:
        return holes.scan(language, text)
    return cast("Scanner", import_module(f"{__name__}.{language}")).scan(text)


def language_of(word: str) -> str:
    """The template language that a format's word names, ``""`` if it names none."""
    language = _NAMES.get(word.lower(), word.lower())
    return language if language in LANGUAGES else ""
