"""Parts of a prompt that are shown rather than said: code, quotations, JSON, examples, addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from scrimp.checks.view import EDGE, HOLE, INLINE

SHOWN: Final = "\ufdd3"
"""Stands for each character of a protected part, line ends excepted."""

_STRING_OR_BRACKET: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]]')
_PAIRS: Final = {"}": "{", "]": "["}
_CHARACTER: Final = re.compile(r"[^\n]")
_DEPTH: Final = 60
"""Deeper JSON is no example of anything, and the parser's own stack is finite."""

_PROTECTED: Final = (
    re.compile(r"(?m)^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\1|\Z)"),
    re.compile(r"(?is)<(\w*examples?)\b[^>]*>.*?</\1>"),
    re.compile(
        r"(?m)^[ \t#*]*(?:Examples?\b[^\n]{0,40}:|Q:|A:|User:|Human:|Assistant:|Input:|Output:)[\s\S]*?"
        r"(?=\n[ \t]*\n|\Z)"
    ),
    re.compile(r"`[^`\n]*`"),
    re.compile(r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”"),
    re.compile(r"https?://\S+"),
)


def said(text: str) -> str:
    """A text of the same length in which every protected character is ``SHOWN``."""
    parts: list[str] = []
    at = 0
    for start, end in json_spans(text, min_lines=1):
        parts += (text[at:start], _hidden(text[start:end]))
        at = end
    text = "".join((*parts, text[at:]))
    for pattern in _PROTECTED:
        text = pattern.sub(lambda found: _hidden(found[0]), text)
    return text


def json_spans(text: str, min_lines: int) -> Iterator[tuple[int, int]]:
    """The outermost objects and arrays of valid JSON over at least ``min_lines`` lines, in order.

    A variable may stand for a value or inside a string; JSON with a branch, a loop or another prompt in it is
    left out.
    """
    done = 0
    for start, end in sorted(_balanced(text), key=lambda span: (span[0], -span[1])):
        if start < done or text.count("\n", start, end) + 1 < min_lines:
            continue
        if _is_json(text[start:end]):
            done = end
            yield start, end


def _balanced(text: str) -> Iterator[tuple[int, int]]:
    """Ranges from a bracket to the one that closes it; after one that closes nothing all starts anew."""
    open_brackets: list[tuple[str, int]] = []
    for found in _STRING_OR_BRACKET.finditer(text):
        token = found[0]
        if token in _PAIRS.values():
            open_brackets.append((token, found.start()))
            if len(open_brackets) > _DEPTH:
                open_brackets.clear()
        elif token in _PAIRS:
            if open_brackets and open_brackets[-1][0] == _PAIRS[token]:
                yield open_brackets.pop()[1], found.end()
            else:
                open_brackets.clear()


def _is_json(text: str) -> bool:
    if EDGE in text or INLINE in text:
        return False
    try:
        json.loads(text.replace(HOLE, "0"))
    except ValueError:
        return False
    return True


def _hidden(text: str) -> str:
    return _CHARACTER.sub(SHOWN, text)
