"""One scanner a template language, each ``scan(text: Text) -> Expression``: the algebra with exact offsets.

A scanner never raises: what is malformed stays text.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from scrimp.model.algebra import Expression, Text
from scrimp.readers.templates.detect import sniff

__all__ = ["LANGUAGES", "language_of", "scan", "sniff"]

HOLES = ("semantic-kernel", "dify", "n8n", "ragflow", "angle", "input")
"""The template languages that only have holes, by the contract's words: all in ``holes``."""

LANGUAGES = ("none", "format", "percent", "dollar", "jinja", "mustache", "liquid", *HOLES)
"""All template languages; each of the others but ``none`` is a module of this package."""

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
    if language in HOLES:
        from scrimp.readers.templates import holes  # noqa: PLC0415 - few texts are

        return holes.scan(language, text)
    return cast("Scanner", import_module(f"{__name__}.{language}")).scan(text)


def language_of(word: str) -> str:
    """The template language that a format's word names, ``""`` if it names none."""
    language = _NAMES.get(word.lower(), word.lower())
    return language if language in LANGUAGES else ""
