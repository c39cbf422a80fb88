"""The tags, attributes and texts of a POML file, with their places; what is malformed is text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scrimp.model.algebra import Expression, Text
from scrimp.model.pieces import Writer
from scrimp.readers.templates.parts import Parts

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][\w.-]*)(?P<attributes>(?:\s++[^\s\"'<>/=]++(?:\s*=\s*(?:\"[^\"]*+\"|'[^']*+'))?+)*+)\s*+(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'))?")
_ESCAPE = re.compile(r"[&#](?P<name>quot|apos|amp|lt|gt|hash|lbrace|rbrace);|(?P<blank>\s*\n\s*|[ \t]{2,})")
_NAMED = {
    "quot": '"',
    "apos": "'",
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "hash": "#",
    "lbrace": "{",
    "rbrace": "}",
}
_HOLE = re.compile(r"\{\{(?P<expression>(?:[^{}]|\{(?!\{)|\}(?!\}))++)\}\}")
_LONGEST_NAME = 60


class Value(NamedTuple):
    """The value of an attribute and where it stands."""

    value: str
    start: int
    end: int


class Tag(NamedTuple):
    """A tag: ``name`` in lower case without dashes; attributes by their names, written so too."""

    name: str
    attributes: Mapping[str, Value]
    start: int
    end: int
    closes: bool
    is_empty: bool


class Span(NamedTuple):
    """Text between tags; that of a CDATA section is ``literal``."""

    start: int
    end: int
    literal: bool


def tokens(text: str) -> Iterator[Tag | Span]:
    """All tags and texts from left to right; comments are left out."""
    done = 0
    for token in _TOKEN.finditer(text):
        if token.start() > done:
            yield Span(done, token.start(), literal=False)
        done = token.end()
        if token["data"] is not None:
            yield Span(*token.span("data"), literal=True)
        elif token["tag"]:
            found = _ATTRIBUTE.finditer(text, *token.span("attributes"))
            yield Tag(
                plain(token["tag"]),
                {plain(each["name"]): _value(each) for each in found},
                token.start(),
                token.end(),
                bool(token["close"]),
                bool(token["empty"]),
            )
    if done < len(text):
        yield Span(done, len(text), literal=False)


def plain(name: str) -> str:
    """A name as it is compared: ``output-format``, ``OutputFormat`` and ``outputFormat`` are one."""
    return name.replace("-", "").lower()


def content(source: str, span: Span, *, keeps_blanks: bool) -> Expression:
    """What a text sends: escapes and, unless it ``keeps_blanks``, runs of blanks are decoded; ``{{ … }}`` are holes."""
    writer = Writer()
    done = span.start
    for escape in () if span.literal else _ESCAPE.finditer(source, span.start, span.end):
        if escape["blank"] and keeps_blanks:
            continue
        writer.copy(source, done, escape.start())
        writer.unit(_NAMED[escape["name"]] if escape["name"] else " ", escape.start(), escape.end())
        done = escape.end()
    writer.copy(source, done, span.end)
    return holes(writer.text())


def holes(text: Text) -> Expression:
    """A text with its expressions as variables, by their source."""
    parts = Parts(text)
    for hole in _HOLE.finditer(text.value):
        parts.variable(" ".join(hole["expression"].split())[:_LONGEST_NAME], hole.start(), hole.end())
    return parts.expression()


def _value(attribute: re.Match[str]) -> Value:
    group = "double" if attribute["double"] is not None else "single"
    return Value(attribute[group] or "", *attribute.span(group))
