"""Patterns of key paths: ``a.b``, ``messages[].content``, ``prompts.*``, ``**.prompt``, ``*_prompt``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrimp.readers.document import Key, key_path
from scrimp.readers.presets import snake

_STEP = re.compile(r"\[\]|\*\*|[^.\[\]]+")


class KeyPattern:
    """One pattern for key paths, compared without regard to case and to how words are parted."""

    def __init__(self, pattern: str) -> None:
        self._expression = re.compile("".join(_step(step) for step in _STEP.findall(pattern)), re.DOTALL)

    def matches(self, keys: tuple[Key, ...]) -> bool:
        """Whether a whole key path fits."""
        return self._expression.fullmatch(written(keys)) is not None


def group_of(keys: tuple[Key, ...]) -> str:
    """The key path of the list or mapping whose members make one request, above the last item or key."""
    above = keys[:-1]
    while above and isinstance(above[-1], int):
        above = above[:-1]
    return key_path(above)


def any_ending(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for several patterns that a key path may end with, to be used with ``fullmatch``."""
    alternatives = "|".join("".join(_step(step) for step in _STEP.findall(pattern)) for pattern in patterns)
    return re.compile(rf"(?:/[^/]*)*?(?:{alternatives})" if alternatives else r"(?!)", re.DOTALL)


def written(keys: tuple[Key, ...]) -> str:
    """A key path as patterns see it: each key after a slash, items of lists as ``#``."""
    return "".join("/#" if isinstance(key, int) else "/" + snake(key).replace("/", " ") for key in keys)


def _step(step: str) -> str:
    if step == "[]":
        return "/#"
    if step == "**":
        return "(?:/[^/]*)+"
    return "/" + "".join("[^/#]*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", step))
