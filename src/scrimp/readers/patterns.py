"""Patterns of key paths: ``a.b``, ``messages[].content``, ``prompts.*``, ``**.prompt``, ``*_prompt``, ``{a,b}.c``.

``**`` is any number of keys; at the end of a pattern it is at least one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from scrimp.readers.document import Key, key_path
from scrimp.readers.presets import snake

_CHOICE = re.compile(r"\{([^{}]*)\}")
_STEP = re.compile(r"\[\]|\*\*|[^.\[\]]+")


class KeyPattern:
    """One pattern for key paths, compared without regard to case and to how words are parted."""

    def __init__(self, pattern: str) -> None:
        steps = _steps(pattern)
        self._expression = re.compile(rf"(?P<above>(?:/[^/]*)*?){steps}", re.DOTALL)
        self._beginning = re.compile(rf"{steps}(?=/|\Z)", re.DOTALL)

    def matches(self, keys: tuple[Key, ...]) -> bool:
        """Whether a whole key path fits."""
        return self.above(keys) == 0

    def above(self, keys: tuple[Key, ...]) -> int:
        """How many keys stand above the end of a key path that fits, as few as can be; -1 if none does."""
        found = self._expression.fullmatch(written(keys))
        return found["above"].count("/") if found else -1

    def covers(self, keys: tuple[Key, ...]) -> int:
        """How many keys at the beginning of a key path fit, as few as can be; 0 if none do."""
        found = self._beginning.match(written(keys))
        return found[0].count("/") if found else 0


def group_of(keys: tuple[Key, ...]) -> str:
    """The key path of the list or mapping whose members make one request, above the last item or key."""
    above = keys[:-1]
    while above and isinstance(above[-1], int):
        above = above[:-1]
    return key_path(above)


def any_ending(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for several patterns that a key path may end with, to be used with ``fullmatch``."""
    alternatives = "|".join(_steps(pattern) for pattern in patterns)
    return re.compile(rf"(?:/[^/]*)*?(?:{alternatives})" if alternatives else r"(?!)", re.DOTALL)


@lru_cache(maxsize=4096)
def written(keys: tuple[Key, ...]) -> str:
    """A key path as patterns see it: each key after a slash, items of lists as ``#``."""
    return "".join("/#" if isinstance(key, int) else "/" + snake(key).replace("/", " ") for key in keys)


def _steps(pattern: str) -> str:
    """A pattern as a regular expression; each choice between braces makes one of its alternatives."""
    choice = _CHOICE.search(pattern)
    if choice:
        before, after = pattern[: choice.start()], pattern[choice.end() :]
        return "(?:" + "|".join(_steps(before + each + after) for each in choice[1].split(",")) + ")"
    *first, last = _STEP.findall(pattern)
    return "".join("(?:/[^/]*)*?" if step == "**" else _step(step) for step in first) + _step(last)


def _step(step: str) -> str:
    if step == "[]":
        return "/#"
    if step == "**":
        return "(?:/[^/]*)+"
    return "/" + "".join("[^/#]*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", step))
