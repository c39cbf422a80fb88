"""Sentences that could be taken out of a prompt, and what goes with them."""

from __future__ import annotations

from typing import Final

from scrimp.checks.context import Context
from scrimp.checks.units import Span
from scrimp.expressions import compiled_late

_BULLET: Final = compiled_late(r"[ \t]*(?:[-*+•][ \t]+)?")
_NUMBER: Final = compiled_late(r"(?:^|\n)[ \t]*\d+[.)][ \t]+\Z")
_NEAR: Final = 80


def removal(text: str, span: Span) -> Span:
    """What goes with a sentence: its line and bullet where it stands alone, else the blanks before it."""
    start, end = span
    line = text.rfind("\n", 0, start) + 1
    if _BULLET.fullmatch(text, line, start) and text[end : end + 1] in {"", "\n"}:
        return (line - 1, end) if line else (line, min(end + 1, len(text)))
    blanks = len(text[line:start]) - len(text[line:start].rstrip(" \t"))
    return start - blanks, end


def paragraph_removal(text: str, span: Span) -> Span:
    """What goes with a paragraph that stands alone: what parts it from the one before, or else from the next."""
    start, end = span
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip() or text[end : end + 1] not in {"", "\n"}:
        return start, end
    before = len(text[:line].rstrip("\n"))
    return (before, end) if before else (line, end + len(text[end:]) - len(text[end:].lstrip("\n")))


def is_numbered(text: str, start: int) -> bool:
    """Whether a number stands before a sentence: without it the numbers below, and what refers to them, are wrong."""
    return _NUMBER.search(text, max(0, start - _NEAR), start) is not None


def line_of(context: Context, span: Span) -> int | None:
    """The line of its file on which a part of a prompt's text begins; ``None`` if it was written nowhere."""
    written = context.view.written(*span)
    return context.place(*written[0]).line if written else None
