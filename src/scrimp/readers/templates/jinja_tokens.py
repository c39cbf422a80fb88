"""The tags of a Jinja template and the tokens in them, with exact offsets; nothing is evaluated.

Jinja's own lexer loses characters and its nodes know only lines, so the delimiters are found here, by Jinja's
rules: a tag ends at its closing delimiter outside strings and brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPENING = re.compile(r"\{([{%#])([-+]?)")
_TOKEN = re.compile(
    r"(?P<string>'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\")"
    r"|(?P<end>[-+]?(?:%\}|\}\}))"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)"
    r"|(?P<blank>\s++)|(?P<other>.)",
    re.DOTALL,
)
_RAW = re.compile(r"\s*raw\s*([-+]?)%\}")
_END_RAW = re.compile(r"\{%([-+]?)\s*endraw\s*([-+]?)%\}")


class Token(NamedTuple):
    """A token of an expression: ``string name open close other``, at these offsets of the template."""

    kind: str
    value: str
    start: int
    end: int


class Tag(NamedTuple):
    """A tag at ``start`` to ``end``: ``{{``, ``{%``, ``{#``, or ``raw`` with its text at ``inner``.

    ``left`` and ``right`` tell whether blanks before and after it are left out.
    """

    kind: str
    start: int
    end: int
    left: bool
    right: bool
    tokens: tuple[Token, ...] = ()
    inner: tuple[int, int] = (0, 0)


class Unclosed(NamedTuple):
    """A tag that never ends: what follows ``start`` is text."""

    start: int


def tags(value: str) -> Iterator[Tag | Unclosed]:
    """All tags from left to right; an unclosed one is the last."""
    position = 0
    while opening := _OPENING.search(value, position):
        tag = _next(value, opening)
        if tag is None:
            yield Unclosed(opening.start())
            return
        yield tag
        position = tag.end


def _next(value: str, opening: re.Match[str]) -> Tag | None:
    """The tag that an opening delimiter begins, None if it never ends."""
    if opening[1] == "#":
        return _comment(value, opening)
    begin = _RAW.match(value, opening.end()) if opening[1] == "%" else None
    return _raw(value, opening, begin) if begin else _tag(value, opening)


def _comment(value: str, opening: re.Match[str]) -> Tag | None:
    end = value.find("#}", opening.end())
    if end < 0:
        return None
    return Tag("{#", opening.start(), end + 2, opening[2] == "-", value[end - 1] == "-")


def _raw(value: str, opening: re.Match[str], begin: re.Match[str]) -> Tag | None:
    finish = _END_RAW.search(value, begin.end())
    if finish is None:
        return None
    first, last = begin.end(), finish.start()
    if begin[1] == "-":
        first = skip_blanks(value, first, last)
    if finish[1] == "-":
        last = first + len(value[first:last].rstrip())
    return Tag("raw", opening.start(), finish.end(), opening[2] == "-", finish[2] == "-", (), (first, last))


def _tag(value: str, opening: re.Match[str]) -> Tag | None:
    closing = "}}" if opening[1] == "{" else "%}"
    tokens: list[Token] = []
    depth = 0
    position = opening.end()
    while token := _TOKEN.match(value, position):
        kind = token.lastgroup or "other"
        if kind == "end" and depth == 0 and token[0].endswith(closing):
            left, right = opening[2] == "-", token[0][0] == "-"
            return Tag("{" + opening[1], opening.start(), token.end(), left, right, tuple(tokens))
        if kind == "end":  # a closing delimiter that ends nothing: its first character stands for itself
            kind, end = ("close" if token[0][0] == "}" else "other"), token.start() + 1
        else:
            end = token.end()
        depth += (kind == "open") - (kind == "close" and depth > 0)
        if kind != "blank":
            tokens.append(Token(kind, value[position:end], position, end))
        position = end
    return None


def skip_blanks(value: str, start: int, end: int) -> int:
    """The offset of the first character from ``start`` on that is no blank, at most ``end``."""
    blanks = _BLANKS.match(value, start, end)
    return blanks.end() if blanks else start


_BLANKS = re.compile(r"\s*+")
