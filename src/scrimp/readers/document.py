"""What YAML, TOML and JSON become: their scalars in order, each with its key path and its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct, field

from scrimp.model.algebra import Text
from scrimp.model.facts import Fault

Key: TypeAlias = str | int
"""A key of a mapping or the index of an item of a list."""

DEPTH = 100
"""How deep a document may nest: far beyond what people write, far below what exhausts a stack."""


LOADABLE = 2_000
"""The most scalars of a file that are reported as text that code may load; a file with more is data."""


class Scalar(Struct, frozen=True):
    """A value that holds no others. ``start`` and ``end`` are its offsets, quotes and block header included.

    ``kind`` is ``string``, ``other`` (a number, a truth value, nothing) or ``alias`` (the name of what it
    repeats).
    """

    keys: tuple[Key, ...]
    text: Text
    start: int
    end: int
    kind: str = "string"


class Document(Struct, frozen=True, dict=True):
    """A parsed file. Where it is malformed, the scalars are those that could be read around it."""

    scalars: tuple[Scalar, ...]
    faults: tuple[Fault, ...] = field(default=())

    @cached_property
    def siblings(self) -> Mapping[tuple[Key, ...], Mapping[Key, Scalar]]:
        """The scalars directly under each key path, by their last key."""
        under: dict[tuple[Key, ...], dict[Key, Scalar]] = defaultdict(dict)
        for scalar in self.scalars:
            under[scalar.keys[:-1]][scalar.keys[-1] if scalar.keys else ""] = scalar
        return under

    @cached_property
    def names(self) -> frozenset[str]:
        """All keys of all mappings, as written."""
        return frozenset(key for scalar in self.scalars for key in scalar.keys if isinstance(key, str))

    @cached_property
    def members(self) -> Mapping[tuple[Key, ...], frozenset[Key]]:
        """The keys directly under each key path, whatever they hold."""
        under: dict[tuple[Key, ...], set[Key]] = defaultdict(set)
        for scalar in self.scalars:
            for depth, key in enumerate(scalar.keys):
                under[scalar.keys[:depth]].add(key)
        return {path: frozenset(keys) for path, keys in under.items()}


def key_path(keys: Iterable[Key]) -> str:
    """A key path as people write it: ``messages[0].content``."""
    written = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return written.removeprefix(".")


def too_deep(offset: int, what: str) -> Document:
    """What becomes of a file that nests deeper than ``DEPTH``: nothing of it is read."""
    reason = f"{what} nests deeper than {DEPTH} levels, so it was not read"
    return Document((), (Fault("depth", reason, offset, incomplete=True),))


BREAK = re.compile(r"\r\n|\n|\r")
"""What ends a line in all three formats."""
