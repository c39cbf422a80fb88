"""Path patterns: ``*`` stays in a folder, ``**`` crosses folders, and a pattern may begin at any folder."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKENS = re.compile(r"\*\*/|\*\*|\*|\?|\{[^{}]*\}|[^*?{}]+|.")


_WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def compile_globs(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for several patterns, to ``fullmatch`` a POSIX path; without any it matches none."""
    alternatives = "|".join(_translate(pattern) for pattern in patterns)
    return re.compile(rf"(?:.*/)?(?:{alternatives})" if alternatives else r"(?!)", re.DOTALL)


def _translate(pattern: str) -> str:
    return "".join(_token(match[0]) for match in _TOKENS.finditer(pattern))


def _token(token: str) -> str:
    if token[0] == "{" and token[-1] == "}":
        return "(?:" + "|".join(_translate(choice) for choice in token[1:-1].split(",")) + ")"
    return _WILDCARDS.get(token) or re.escape(token)
