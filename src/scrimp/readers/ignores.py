"""Comments that hide findings, in every host language.

``scrimp: ignore[CCH001, FMT] reason`` hides what certain rules find on its lines and beside it; ``ignore-start[…]`` and
``ignore-end`` do so for all between them, ``ignore-file[…]`` for a file. ``until 2027-03-01`` names the last day on
which it holds. What is wrong in it is said with it, for whoever judges what it hides.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from scrimp.expressions import compiled_late
from scrimp.model.facts import Ignore, Selector, Stretch
from scrimp.readers.comments import has_its_lines, inner_end, line_below

FORMS = {"ignore": "line", "ignore-file": "file", "ignore-start": "start", "ignore-end": "end"}
"""What a comment is called, and how far it reaches."""

CALL = "scrimp:"

_RULES = compiled_late(r"[ \t]*\[(?P<rules>[^\]\n]*)(?P<close>\]?)")
_WORD = compiled_late(r"[^\s,]+")
_OTHER = compiled_late(r"[ \t]+(?=(?:#|//)(?:[ \t]|$))", re.MULTILINE)
_EXPIRY = compiled_late(r"\(?\buntil[ \t:]+(?P<day>\d[\w./-]*)\)?")
_DAY = compiled_late(r"\d{4}-\d{2}-\d{2}")
_EDGES = " \t\r:,;-–—"
_MARK = compiled_late(r"#|//")


class Comment(NamedTuple):
    """A comment's offsets, where the word for its form begins, and where the text right behind it has begun."""

    start: int
    end: int
    word: int
    until: int


def read(text: str, kind: str, comment: Comment) -> Ignore:
    """What a comment says that is called ``kind``, one of ``FORMS``."""
    at = comment.word + len(kind)
    inner = comment.start + inner_end(text[comment.start : comment.end])
    rules = _RULES.match(text, at, inner)
    rest_start = rules.end() if rules else at
    rest_end = _rest_end(text, rest_start, inner)
    rest = text[rest_start:rest_end]
    reason, expires, wrong_day = said(rest)
    selectors = _selectors(text, rules)
    is_alone = has_its_lines(text, comment.start, comment.end)
    below = line_below(text, comment.end) if is_alone else None
    return Ignore(
        FORMS[kind],
        selectors,
        reason,
        expires,
        _trouble(kind, rules, selectors) or wrong_day,
        comment.start,
        comment.end,
        comment.until,
        _removal(text, comment, inner if not text[rest_end:inner].strip() else -1, rest_end),
        is_alone,
        None if below is None else Stretch(below, below + 1),
    )


def said(rest: str) -> tuple[str, str, str]:
    """The reason that stands behind the rules, the last day on which the comment holds, and what is wrong with that."""
    expires, wrong = _expiry(rest)
    return " ".join(_EXPIRY.sub(" ", rest, count=1).split()).strip(_EDGES), expires, wrong


def _rest_end(text: str, start: int, inner: int) -> int:
    """Where the reason ends: with its line, or where another comment begins (``# noqa``)."""
    line = text.find("\n", start, inner)
    end = inner if line < 0 else line
    other = _OTHER.search(text, start, end)
    return other.start() if other else end


def _selectors(text: str, rules: re.Match[str] | None) -> tuple[Selector, ...]:
    words = _WORD.finditer(text, *rules.span("rules")) if rules else ()
    return tuple(Selector(word[0], word.start(), word.end()) for word in words)


def _trouble(kind: str, rules: re.Match[str] | None, selectors: tuple[Selector, ...]) -> str:
    """What is wrong in how the rules are written."""
    if rules is None:
        return "" if kind == "ignore-end" else f"which rules? Write {kind}[CCH001], or {kind}[ALL] for all"
    if not rules["close"]:
        return "the bracket around the rules is not closed"
    return "" if selectors else f"the brackets hold no rule: write {kind}[CCH001], or {kind}[ALL] for all"


def _expiry(rest: str) -> tuple[str, str]:
    """The day that a comment names, and what is wrong with it."""
    found = _EXPIRY.search(rest)
    if found is None:
        return "", ""
    day = found["day"].rstrip(".")
    try:
        if _DAY.fullmatch(day):
            return date.fromisoformat(day).isoformat(), ""
    except ValueError:
        pass
    return "", f"{day} is no day: write it as until 2027-03-01"


def _removal(text: str, comment: Comment, whole_to: int, rest_end: int) -> Stretch:
    """What goes if the comment goes: all of it with its line or the blanks before it, or its part of a longer one.

    Around a comment in a template blanks and line ends may be sent, so that they stay.
    """
    said = text.rfind(CALL, comment.start, comment.word)
    before = text[comment.start : said]
    is_first = not re.search(r"\w", before)
    if is_first and whole_to >= 0:
        return _with_blanks(text, comment.start, comment.end)
    start = (
        comment.start if is_first else max(mark.start() for mark in _MARK.finditer(text, comment.start, said))
    )
    if whole_to >= 0:
        return Stretch(start - _blanks_before(text, start), whole_to)
    return Stretch(
        start, rest_end + len(text[rest_end : comment.end]) - len(text[rest_end : comment.end].lstrip())
    )


def _with_blanks(text: str, start: int, end: int) -> Stretch:
    if text.startswith("{#", start):
        return Stretch(start, end)
    if has_its_lines(text, start, end):
        line = text.find("\n", end)
        return Stretch(text.rfind("\n", 0, start) + 1, len(text) if line < 0 else line + 1)
    if text.startswith(("{", "<"), start):
        return Stretch(start, end)
    return Stretch(start - _blanks_before(text, start), end)


def _blanks_before(text: str, start: int) -> int:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return len(line) - len(line.rstrip(" \t"))
