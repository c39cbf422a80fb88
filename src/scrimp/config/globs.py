"""Patterns in the style of gitignore, bound to the folder of the file they were written in.

A pattern of a nested configuration is matched against paths relative to its folder, so nothing is ever
rewritten or escaped. pathspec is imported at the first match: a run without patterns does not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import translate
from functools import cache
from re import compile as compiled
from typing import Self, TypeAlias

from msgspec import Struct

Decision: TypeAlias = Callable[[str], bool | None]
"""A path to: matched, taken back by a later ``!`` pattern, or neither (``None``)."""

ID_MARK = "::"


class Target(Struct, frozen=True):
    """A prompt as patterns see it: its id, its path relative to the root, and its name."""

    id: str
    path: str
    name: str


class Pattern:
    """One glob, for prompts or for paths.

    Not a dataclass, because the validator would then look for a mapping where people write plain text.
    Raises ``ValueError`` for text that could never match or whose meaning would surprise.
    """

    __slots__ = ("folder", "text")

    def __init__(self, text: str, folder: str = "") -> None:
        check_line(text)
        self.text = text
        self.folder = folder

    @classmethod
    def parse(cls, value: object) -> Self:
        """A pattern of a root configuration."""
        if not isinstance(value, str):
            raise ValueError("expected text, a glob such as src/search/**")
        return cls(value)

    def within(self, folder: str) -> Self:
        """The same pattern, written in a file of ``folder``."""
        return type(self)(self.text, folder)

    def matches_path(self, path: str) -> bool:
        """Whether a path relative to the root matches, or lies in a folder that does."""
        inner = relative(path, self.folder)
        return inner is not None and bool(_decision((self.text,))(inner))

    def matches(self, target: Target) -> bool:
        """Whether a prompt matches by its path, its id or its name.

        A pattern with ``::`` speaks of ids (both sides of the mark may be globs), one with a slash of paths,
        any other of names and of single components of paths.
        """
        inner = relative(target.path, self.folder)
        if inner is None:
            return False
        if ID_MARK in self.text:
            return self._matches_id(inner, target)
        by_name = "/" not in self.text and _matches_name(self.text, target.name)
        return by_name or bool(_decision((self.text,))(inner))

    def _matches_id(self, inner: str, target: Target) -> bool:
        path, _, name = self.text.partition(ID_MARK)
        if not _matches_name(name, target.id.partition(ID_MARK)[2]):
            return False
        return path in {"", inner} or bool(_decision((path,))(inner))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and (self.text, self.folder) == (other.text, other.folder)

    def __hash__(self) -> int:
        return hash((self.text, self.folder))

    def __repr__(self) -> str:
        return f"Pattern({self.text!r}, {self.folder!r})"

    def __str__(self) -> str:
        return f"{self.text} (in {self.folder}/)" if self.folder else self.text


class ExcludeList(Struct, frozen=True):
    """The ``exclude`` lines of one file, in order: the last line that matches decides, ``!`` takes back."""

    folder: str
    lines: tuple[str, ...]

    def decide(self, path: str) -> bool | None:
        """Whether a path relative to the root is excluded, kept, or not spoken of."""
        inner = relative(path, self.folder)
        return None if inner is None else _decision(self.lines)(inner)


class Excludes(Struct, frozen=True):
    """What is left out of the scan: of the lists of all files, nearest first, the first that decides."""

    lists: tuple[ExcludeList, ...] = ()

    def covers(self, path: str) -> bool:
        """Whether a path relative to the root is left out."""
        for entry in self.lists:
            decided = entry.decide(path)
            if decided is not None:
                return decided
        return False


def relative(path: str, folder: str) -> str | None:
    """A path relative to a folder of the tree (``""``: its root), ``None`` if it lies elsewhere."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else None


def check_line(text: str) -> None:
    """Raise ``ValueError`` for text that is no pattern of gitignore, or one that could never match."""
    if not text.strip():
        raise ValueError("an empty pattern matches nothing")
    if text.startswith(("!", "#")):
        raise ValueError(
            f"a pattern cannot start with {text[0]!r} here; write \\{text[0]} to mean the character"
        )
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - see above

    try:
        GitIgnoreSpec.from_lines([text])
    except ValueError:
        raise ValueError(f"{text!r} is not a pattern as in .gitignore") from None


@cache
def _decision(lines: tuple[str, ...]) -> Decision:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - see above

    spec = GitIgnoreSpec.from_lines(lines)
    return lambda path: spec.check_file(path).include


@cache
def _name_matcher(glob: str) -> Callable[[str], object]:
    return compiled(translate(glob)).match


def _matches_name(glob: str, name: str) -> bool:
    """Equal, or by glob: names hold brackets (``steps[0]``), which a glob would read as a set."""
    return glob == name or _name_matcher(glob)(name) is not None
