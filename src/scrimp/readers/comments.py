"""What comments of all languages have in common: how they end, and which lines are nothing but comments."""

from __future__ import annotations

from scrimp.expressions import compiled_late

CLOSINGS = ("*/", "//}", "-->", "--}}", "}}", "-#}", "#}")
"""What closes a comment that is no line comment."""

_ONLY_COMMENT = compiled_late(r"[ \t]*(?:#|//|/\*|\*|<!--|\{#|\{\{!)")
_LINE = compiled_late(r"[^\n]*\n?")


def inner_end(comment: str) -> int:
    """Where what a comment says ends, without the blanks and the mark that close it."""
    stripped = comment.rstrip()
    closing = next((mark for mark in CLOSINGS if stripped.endswith(mark)), "")
    return len(stripped) - len(closing)


def has_its_lines(text: str, start: int, end: int) -> bool:
    """Whether nothing but blanks stands beside a comment on the lines that it begins and ends on."""
    line = text.rfind("\n", 0, start) + 1
    until = text.find("\n", end)
    return not text[line:start].strip() and not text[end : len(text) if until < 0 else until].strip()


def line_below(text: str, end: int) -> int | None:
    """The first character of the line under a comment, further comments passed over; ``None`` if it is blank."""
    at = text.find("\n", end) + 1
    while at and (line := _LINE.match(text, at)) is not None and line[0].strip():
        if _ONLY_COMMENT.match(line[0]) is None:
            return at + len(line[0]) - len(line[0].lstrip())
        at = line.end()
    return None
