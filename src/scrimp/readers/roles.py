"""Roles of texts: from the words of a key, and from marks inside a text that part it into messages."""

from __future__ import annotations

import re
from functools import cache

from scrimp.model.algebra import Text
from scrimp.model.pieces import slice_text
from scrimp.readers.presets import presets, snake

_MARKS = {
    "lines": re.compile(
        r"^[ \t]*+#?[ \t]*+(?P<role>system|user|assistant|developer|tool|function)"
        r"[ \t]*+(?:\[[^\]\n]*\])?:[ \t]*+(?:\n|\Z)",
        re.IGNORECASE | re.MULTILINE,
    ),
    "calls": re.compile(r"\{\{~?\s*role\s+[\"'](?P<role>\w+)[\"']\s*~?\}\}(?:[ \t]*\r?\n)?"),
}
_SPOKEN = frozenset({"developer", "user", "assistant"})
_FILLER = frozenset(
    {
        "prompt",
        "prompts",
        "template",
        "message",
        "messages",
        "msg",
        "instruction",
        "instructions",
        "text",
        "content",
    }
)


def role_of_word(word: str) -> str:
    """The role that a word means (``human`` is ``user``), else ``unknown``."""
    return _words().get(snake(word), "unknown")


def role_of_key(key: str) -> str:
    """The role of a text by its key, else ``unknown``: ``system`` anywhere, other roles at either end."""
    whole = next((role for role, keys in presets().role_keys.items() if snake(key) in keys), "")
    if whole:
        return whole
    words = [word for word in snake(key).split("_") if word not in _FILLER]
    if any(role_of_word(word) == "system" for word in words):
        return "system"
    return next(
        (role for word in (*words[-1:], *words[:1]) if (role := role_of_word(word)) in _SPOKEN), "unknown"
    )


def subject_of_key(key: str) -> str:
    """A key without the words for roles and prompts: keys of which the same remains belong together."""
    words = snake(key).split("_")
    return "_".join(word for word in words if word not in _FILLER and role_of_word(word) == "unknown")


def split_messages(text: Text, marks: str, first: str) -> list[tuple[str, Text]]:
    """A text parted at its marks (``lines`` or ``calls``) into roles and texts, ``first`` before any mark.

    Parts that hold nothing but blanks are left out.
    """
    parts: list[tuple[str, Text]] = []
    role, done = first, 0
    for mark in _MARKS[marks].finditer(text.value):
        parts.append((role, slice_text(text, done, mark.start())))
        role, done = role_of_word(mark["role"]), mark.end()
    parts.append((role, slice_text(text, done, len(text.value))))
    return [(role, part) for role, part in parts if part.value.strip()]


@cache
def _words() -> dict[str, str]:
    return {word: role for role, words in presets().roles.items() for word in words}
