"""Who owns what: from a CODEOWNERS file of GitHub or GitLab, or from the configuration's mapping.

Patterns are those of gitignore without ``!``, but ``docs/*`` means the files right in ``docs`` (docs.github.com,
"About code owners", and docs.gitlab.com, "Syntax of CODEOWNERS file", 2026-11). In a CODEOWNERS file the last line
that matches wins, and a line without owners takes ownership away, as GitLab's ``!pattern`` does. A section of GitLab
(``[Name] @default``) gives its lines a default owner. Of several owners the first is taken: a cost has one owner.

Names are kept without the ``@`` that code hosts write in front: wherever an owner is named, both spellings mean the
same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Self

from msgspec import Struct

from scrimp.config.globs import check_line
from scrimp.expressions import compiled_late

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where code hosts look, first match first (docs.github.com, "About code owners"; the last is GitLab's)."""

_SECTION = compiled_late(r"\^?\[[^\]]+\](?:\[\d+\])?\s*(.*)")
_WORD = compiled_late(r"(?:\\.|\S)+")
_COMMENT = compiled_late(r"(?:^|\s)#")


class Owner(str):
    """The name of a person, a team or a department, without a leading ``@``; an address stays whole."""

    __slots__ = ()

    @classmethod
    def parse(cls, value: object) -> Self:
        """A name as people write it, with or without ``@``. Raises ``ValueError`` where there is none."""
        name = value.strip().lstrip("@") if isinstance(value, str) else ""
        if not name:
            raise ValueError("expected the name of an owner, such as search or @acme/search")
        return cls(name)


class Owners(Struct, frozen=True):
    """Patterns and their owners, the first match winning; an empty owner is nobody.

    A pattern is one or several lines of gitignore, of which the last that matches decides.
    """

    patterns: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()

    def of(self, path: str) -> str | None:
        """Who owns a path relative to the root."""
        pairs = zip(_matchers(self.patterns), self.names, strict=True)
        return next((name for matches, name in pairs if matches(path)), None) or None


def from_mapping(owners: Mapping[str, str]) -> Owners:
    """The configuration's mapping, whose first match wins."""
    return Owners(tuple((pattern,) for pattern in owners), tuple(owners.values()))


def from_codeowners(raw: bytes) -> Owners:
    """The bytes of a CODEOWNERS file, whose last match wins; lines that are no patterns are skipped."""
    lines = _lines(raw.decode("utf-8", "surrogateescape").splitlines())
    valid = [(_levels(pattern), owner) for pattern, owner in lines if _means_something(pattern)]
    return Owners(
        tuple(pattern for pattern, _ in reversed(valid)), tuple(owner for _, owner in reversed(valid))
    )


def _levels(pattern: str) -> tuple[str, ...]:
    """A pattern as gitignore's lines: one that ends in ``/*`` doesn't reach into the folders that it matches."""
    return (pattern, f"!{pattern}/**") if pattern.endswith("/*") else (pattern,)


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
            taken_away = pattern.startswith("!") and not owners
            yield (pattern[1:], "") if taken_away else (pattern, _first(owners) or default)


def _first(words: list[str]) -> str:
    """The first owner, without the ``@`` of people and teams and the ``@@`` of GitLab's roles."""
    return words[0].lstrip("@") if words else ""


def _means_something(pattern: str) -> bool:
    try:
        check_line(pattern)
    except ValueError:
        return False
    return True


@cache
def _matchers(patterns: tuple[tuple[str, ...], ...]) -> tuple[Callable[[str], object], ...]:
    """One by one: as a whole specification, a pattern of a file would go before a later one of its folder."""
    if not patterns:
        return ()
    from pathspec import GitIgnoreSpec, PathSpec  # noqa: PLC0415 - a tree without owners does not pay for it

    return tuple(PathSpec(GitIgnoreSpec.from_lines(lines).patterns).match_file for lines in patterns)
