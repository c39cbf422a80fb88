"""Joins what was called with the calls of a repository: every row has one place, and what fits none is listed.

A row is asked in this order what it knows of its call, and the first that fits decides: the user's own rules, the name
of its prompt, the code that made it, its tags, its model and project. Where several calls fit, those for the row's
model are meant, if there are any. What still fits several calls is divided: evenly, or by their configured volumes if
each has one. It is only divided among calls of one owner; what would spread over several owners is listed as ambiguous
instead, since whoever divides it decides who pays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from fractions import Fraction

from msgspec import Struct

from scrimp.config.globs import Pattern
from scrimp.usage.ledger import Cell, Key
from scrimp.usage.targets import CallTarget, Index


class Rule(Struct, frozen=True):
    """A rule of the user: rows for which all of its globs fit belong ``to`` the calls that a pattern matches."""

    to: Pattern
    globs: tuple[tuple[str, str], ...]
    """The names of a key's parts, ``tag`` for any of its tags, each with its glob."""

    def fits(self, key: Key) -> bool:
        """Whether the rule speaks of a row."""
        return all(any(fnmatchcase(value, glob) for value in _values(key, name)) for name, glob in self.globs)


def _values(key: Key, name: str) -> Sequence[str]:
    if name == "tag":
        return key.tags
    value = str(getattr(key, "stream" if name == "source" else name))
    return (value, value.partition(":")[0]) if name == "source" else (value,)


class Share(Struct, frozen=True):
    """A part of a cell that belongs to a target; ``split`` is the number of targets that share it."""

    cell: Cell
    weight: Fraction
    by: str
    split: int


@dataclass(slots=True)
class Joined:
    """Cells by the target they belong to (by its place in the list), and those that belong to none."""

    shares: dict[int, list[Share]] = field(default_factory=dict)
    ambiguous: list[tuple[Cell, tuple[int, ...]]] = field(default_factory=list)
    unmatched: list[Cell] = field(default_factory=list)
    bills: list[Cell] = field(default_factory=list)
    """Money without calls or tokens, which other rows may count."""


class Match(Struct, frozen=True):
    """The targets that a key may mean, and by what they were found."""

    numbers: tuple[int, ...]
    by: str


@dataclass(slots=True)
class Matcher:
    """Finds the targets of keys; equal keys are looked up once."""

    targets: Sequence[CallTarget]
    rules: Sequence[Rule] = ()
    _index: Index = field(init=False)
    _known: dict[Key, Match] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._index = Index(self.targets)

    def join(self, cells: Iterable[Cell]) -> Joined:
        """All cells, each once: their sums are the sums of all four parts of the result."""
        joined = Joined()
        for cell in cells:
            if cell.sums.is_bill:
                joined.bills.append(cell)
                continue
            found = self.match(cell.key)
            if not found.numbers:
                joined.unmatched.append(cell)
            elif len({self.targets[number].owner for number in found.numbers}) > 1:
                joined.ambiguous.append((cell, found.numbers))
            else:
                for number, weight in zip(found.numbers, self._weights(found.numbers), strict=True):
                    share = Share(cell, weight, found.by, len(found.numbers))
                    joined.shares.setdefault(number, []).append(share)
        return joined

    def match(self, key: Key) -> Match:
        """The targets that a key means."""
        timeless = key._replace(day=date.min)
        if timeless not in self._known:
            self._known[timeless] = self._match(timeless)
        return self._known[timeless]

    def _match(self, key: Key) -> Match:
        for rule in self.rules:
            if rule.fits(key):
                found = {
                    number
                    for number, target in enumerate(self.targets)
                    if any(rule.to.matches(seen) for seen in target.seen_as)
                }
                return self._narrowed(found, key, "the usage file's rule")
        ways = (
            (self._index.named(key.prompt), "prompt name"),
            (self._by_code(key), "code"),
            (self._by_tags(key), "tag"),
        )
        for found, by in ways:
            if found:
                return self._narrowed(found, key, by)
        return self._by_model(key)

    def _narrowed(self, found: set[int], key: Key, by: str) -> Match:
        for_model = self._index.of_model(found, key.model) if len(found) > 1 and key.model else set()
        return Match(tuple(sorted(for_model or found)), by)

    def _by_code(self, key: Key) -> set[int]:
        at = self._index.at(key.path) if key.path else set()
        if not key.function:
            return at
        everywhere: Iterable[int] = range(len(self.targets))
        return self._index.of_function(at or (everywhere if not key.path else ()), key.function) or at

    def _by_tags(self, key: Key) -> set[int]:
        found: set[int] = set()
        for tag in key.tags:
            found |= next(filter(None, map(self._index.named, _words(tag))), set())
        return found

    def _by_model(self, key: Key) -> Match:
        found = self._index.of_model(range(len(self.targets)), key.model) if key.model else set()
        in_project = self._index.of_project(found, key.project)
        by = "model and project" if in_project else "model"
        return Match(tuple(sorted(in_project or found)), by)

    def _weights(self, numbers: Sequence[int]) -> list[Fraction]:
        volumes = [self.targets[number].calls for number in numbers]
        known = [volume for volume in volumes if volume]
        if len(known) == len(volumes):
            return [Fraction(volume, sum(known)) for volume in known]
        return [Fraction(1, len(numbers))] * len(numbers)


def _words(tag: str) -> tuple[str, ...]:
    """A tag, and its value where it is a pair: ``prompt=summary``, ``task:summary``."""
    pair = tag.partition("=")[2] or (tag.partition(":")[2] if "::" not in tag else "")
    return (tag, pair) if pair else (tag,)
