"""Sentences, lines and paragraphs of a prompt's text, as spans of its view."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, Literal, TypeAlias

from scrimp.checks.view import EDGE

Span: TypeAlias = tuple[int, int]
Unit: TypeAlias = Literal["sentence", "line", "paragraph", "prompt"]

SENTENCE: Final = re.compile(
    rf"[^\s.!?{EDGE}](?:[^\n.!?{EDGE}]++|[.!?](?![\s{EDGE}]|$)|\n(?=[ \t]*[a-z]))*[.!?]*"
)
"""A sentence: it may go on in the next line, if that begins with a small letter."""

_LINE: Final = re.compile(rf"[^\s{EDGE}][^\n{EDGE}]*")
_PARAGRAPH: Final = re.compile(rf"[^\s{EDGE}](?:[^\n{EDGE}]++|\n(?![ \t]*(?:\n|\Z)))*")

_UNITS: Final[dict[Unit, Callable[[str], Iterator[re.Match[str]]]]] = {
    "sentence": SENTENCE.finditer,
    "line": _LINE.finditer,
    "paragraph": _PARAGRAPH.finditer,
    "prompt": re.compile(r"\S[\s\S]*").finditer,
}


def units(text: str, unit: Unit) -> Iterator[Span]:
    """The units of a text in order: no edge of a branch or loop is in one, but for the whole prompt."""
    for found in _UNITS[unit](text):
        yield found.start(), found.start() + len(found[0].rstrip())
