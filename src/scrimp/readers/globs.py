"""Path patterns: ``*`` stays in a folder, ``**`` crosses folders, and a pattern may begin at any folder."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKENS = re.compile(r"\*\*/|\*\*|\*|\?|\{[^{}]*\}|[^*?{}]+|.")


_WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def compile_globs(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for several patterns, to ``fullmatch`` a POSIX path; without any it matches none."""
    return _compiled(patterns, "(?:.*/)?")


def compile_rooted(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for several patterns that begin at the root."""
    return _compiled(patterns, "")


def _compiled(patterns: Iterable[str], before: str) -> re.Pattern[str]:
    alternatives = "|".join(_translate(pattern) for pattern in patterns)
    return re.compile(rf"{before}(?:{alternatives})" if alternatives else r"(?!)", re.DOTALL)


def _translate(pattern: str) -> str:
    return "".join(_token(match[0]) for match in _TOKENS.finditer(pattern))


def _token(token: str) -> str:
    if token[0] == "{" and token[-1] == "}":
        return "(?:" + "|".join(_translate(choice) for choice in token[1:-1].split(",")) + ")"
    return _WILDCARDS.get(token) or re.escape(token)
