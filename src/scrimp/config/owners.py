"""Who owns what: from a CODEOWNERS file of GitHub or GitLab, or from the configuration's mapping.

Patterns are those of gitignore without ``!``; in a CODEOWNERS file the last line that matches wins, and a
line without owners takes ownership away. A section of GitLab (``[Name] @default``) gives its lines a default
owner. Of several owners the first is taken: a cost has one owner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from scrimp.config.globs import check_line

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where code hosts look, first match first (docs.github.com, "About code owners"; the last is GitLab's)."""

_SECTION = re.compile(r"\^?\[[^\]]+\](?:\[\d+\])?\s*(.*)")
_WORD = re.compile(r"(?:\\.|\S)+")
_COMMENT = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True, slots=True)
class Owners:
    """Patterns and their owners, the first match winning; an empty owner is nobody."""

    patterns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def of(self, path: str) -> str | None:
        """Who owns a path relative to the root."""
        pairs = zip(_matchers(self.patterns), self.names, strict=True)
        return next((name for matches, name in pairs if matches(path)), None) or None


def from_mapping(owners: dict[str, str]) -> Owners:
    """The configuration's mapping, whose first match wins."""
    return Owners(tuple(owners.keys()), tuple(owners.values()))


def from_codeowners(raw: bytes) -> Owners:
    """The bytes of a CODEOWNERS file, whose last match wins; lines that are no patterns are skipped."""
    lines = _lines(raw.decode("utf-8", "surrogateescape").splitlines())
    valid = [(pattern, owner) for pattern, owner in lines if _means_something(pattern)]
    return Owners(
        tuple(pattern for pattern, _ in reversed(valid)), tuple(owner for _, owner in reversed(valid))
    )


def _lines(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Each line's pattern and owner."""
    default = ""
    for line in lines:
        content = _COMMENT.split(line, maxsplit=1)[0].strip()
        section = _SECTION.fullmatch(content)
        if section:
            default = _first(section[1].split())
        elif content:
            pattern, *owners = _WORD.findall(content)
            yield pattern, _first(owners) or default


def _first(words: list[str]) -> str:
    """The first owner without its ``@``; an address stays whole."""
    return words[0].removeprefix("@") if words else ""


def _means_something(pattern: str) -> bool:
    try:
        check_line(pattern)
    except ValueError:
        return False
    return True


@cache
def _matchers(patterns: tuple[str, ...]) -> tuple[Callable[[str], object], ...]:
    """One by one: as a whole specification, a pattern of a file would go before a later one of its folder."""
    if not patterns:
        return ()
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - a tree without owners does not pay for it

    return tuple(pattern.match_file for pattern in GitIgnoreSpec.from_lines(patterns).patterns)
