"""The units of a tree: string expressions and entries of files, each of which may turn out to be a prompt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from scrimp.link.loader import entry_key
from scrimp.link.structure import parts
from scrimp.link.symbols import plain
from scrimp.link.values import SiteKey
from scrimp.model.algebra import File, Text
from scrimp.model.facts import Entry, Facts, Site


class CodeUnit(Struct, frozen=True):
    """A string expression of code, or the steps in which a text is put together (``text += …``).

    ``first`` is the one of its sites that starts it, ``words`` are those of its own text.
    """

    key: SiteKey
    path: str
    sites: tuple[Site, ...]
    first: Site
    words: int

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return min(site.start for site in self.sites)

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return max(site.end for site in self.sites)

    @property
    def text(self) -> str:
        """Its own text, holes left out."""
        return "".join(
            node.value for site in self.sites for node in parts(site.expression) if isinstance(node, Text)
        )

    @property
    def role(self) -> str:
        """The role that the dictionary around it gives it, or ``""``."""
        keys = self.first.keys
        return keys[1].removeprefix("role=") if len(keys) > 1 and keys[1].startswith("role=") else ""

    @property
    def qualified(self) -> str:
        """Its qualified name: scope, then the symbol or the keys that it is known by."""
        site = self.first
        scope = plain(site.scope)
        if site.holder in ("return", "docstring"):
            return scope
        names = [key for key in reversed(site.keys) if not key.startswith("role=")]
        own = "" if site.name in (*names, scope.rpartition(".")[2]) else site.name
        return ".".join(part for part in (scope, own, *names) if part)


class FileUnit(Struct, frozen=True):
    """A text that a file's format declares."""

    key: SiteKey
    path: str
    entry: Entry

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.entry.start

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.entry.end

    @property
    def qualified(self) -> str:
        """The key that it stands under, ``""`` for a whole file."""
        return self.entry.key


Unit: TypeAlias = CodeUnit | FileUnit
Scopes: TypeAlias = dict[str, list[CodeUnit]]
"""The units of one file by the qualified name of the function or class around them."""


def code_units(path: str, facts: Facts, aliases: Mapping[SiteKey, SiteKey]) -> Iterator[CodeUnit]:
    """The units of a file of code, steps of one text together."""
    units: dict[SiteKey, list[Site]] = defaultdict(list)
    for number, site in enumerate(facts.sites):
        key = f"{path}:{number}"
        units[aliases.get(key, key)].append(site)
    for key, sites in units.items():
        if len(sites) == 1:  # as most are
            yield CodeUnit(key, path, (sites[0],), sites[0], sites[0].words)
            continue
        sites.sort(key=lambda site: site.start)
        yield CodeUnit(key, path, tuple(sites), sites[0], sum(site.words for site in sites))


def by_scope(units: Iterable[CodeUnit]) -> Scopes:
    """The units of a file by what is around them, in the order of the file."""
    scopes: Scopes = defaultdict(list)
    for unit in units:
        scopes[plain(unit.first.scope)].append(unit)
    return dict(scopes)


def file_units(path: str, facts: Facts) -> Iterator[FileUnit]:
    """The units of a file whose format says where the text is; references to other files are none."""
    for number, entry in enumerate(facts.entries):
        if not isinstance(entry.expression, File):
            yield FileUnit(entry_key(path, number), path, entry)
