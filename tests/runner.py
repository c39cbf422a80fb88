"""What the runner of a GitHub job takes for a command in the lines that a step prints.

After ``ActionCommand.TryParseV2`` and ``TryParse`` of ``actions/runner`` (read 2026-11-28): the newer form stands at
the start of a line, after blanks, ``::name key=value,…::data``; the older one anywhere in it, ``##[name key=value;…]data``.
Only names that are registered count; which those are is of no matter here, so every name is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n|\r|\n")
"""As .NET's ``StreamReader.ReadLine`` ends lines, through which a runner reads what a process prints."""

_UNESCAPED = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%3B": ";", "%5D": "]", "%25": "%"}
_DATA = ("%0D", "%0A", "%25")
_PROPERTY = ("%0D", "%0A", "%3A", "%2C", "%25")
_OLD = ("%3B", "%0D", "%0A", "%5D", "%25")


@dataclass(frozen=True)
class Command:
    """A command as the runner understands it."""

    name: str
    data: str
    properties: Mapping[str, str] = field(default_factory=dict)


def commands(printed: str) -> list[Command]:
    """The commands among the lines that were printed."""
    found = (_newer(line) or _older(line) for line in _LINE_END.split(printed))
    return [each for each in found if each is not None]


def _newer(line: str) -> Command | None:
    line = line.lstrip()
    if not line.startswith("::"):
        return None
    end = line.find("::", 2)
    if end < 0:
        return None
    name, _, properties = line[2:end].partition(" ")
    pairs = _pairs(properties.strip().split(","), _PROPERTY)
    return Command(name, _unescaped(line[end + 2 :], _DATA), pairs)


def _older(line: str) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, properties = line[start + 3 : end].partition(" ")
    return Command(name, _unescaped(line[end + 1 :], _OLD), _pairs(properties.split(";"), _OLD))


def _pairs(texts: Iterable[str], escapes: Iterable[str]) -> dict[str, str]:
    pairs = (text.split("=", 1) for text in texts if "=" in text)
    return {key: _unescaped(value, escapes) for key, value in pairs if key and value}


def _unescaped(text: str, escapes: Iterable[str]) -> str:
    for each in escapes:
        text = text.replace(each, _UNESCAPED[each])
    return text
