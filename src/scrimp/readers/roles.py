"""Roles of texts, from the words of a key or of a class."""

from __future__ import annotations

from functools import cache

from scrimp.readers.presets import presets, snake

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


def role_of_value(value: str) -> str:
    """The role that a value means: a role's word, or the name of a class of messages; else ``unknown``."""
    role = role_of_word(value)
    return role_of_key(value) if role == "unknown" and "message" in snake(value) else role


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


@cache
def _words() -> dict[str, str]:
    return {word: role for role, words in presets().roles.items() for word in words}
