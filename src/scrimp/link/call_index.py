"""The calls of a tree by the names that tell what they may be.

A tree has many calls, of which few matter to any one question: who asks knows the names of what is called, of what is
handed on, or of arguments, and meets no others. Files are added in any order, as they are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct, field

from scrimp.link.callees import last_name
from scrimp.model.algebra import Argument, Call
from scrimp.model.facts import CallSite

TAKING = frozenset(("fn", "func", "function", "target"))
"""Keywords of arguments that are functions."""

Located: TypeAlias = tuple[str, CallSite]
"""A call with the path of its file."""
Numbers: TypeAlias = dict[str, list[int]]
"""Numbers of calls by a name."""


class CallIndex(Struct):
    """All calls, numbered as they are added; names are the last ones of dotted names.

    What an import renamed is there by the name that it has in its own module, too.
    """

    sites: list[Located] = field(default_factory=list)
    places: Sequence[tuple[int, int]] = ()
    """Where each call stands in the order of the tree: the place of its file, and its number."""
    named: Numbers = field(default_factory=lambda: defaultdict(list))
    """By the names of what they call."""
    handing: Numbers = field(default_factory=lambda: defaultdict(list))
    """By the names of arguments that may be functions which they, or what they call, are handed."""
    giving: Numbers = field(default_factory=lambda: defaultdict(list))
    """By the keywords of their arguments."""

    def add(self, path: str, calls: Iterable[CallSite], renamed: Mapping[str, str]) -> None:
        """Add the calls of a file, whose imports give ``renamed`` names."""
        named, handing, giving = self.named, self.handing, self.giving
        for site in calls:
            number = len(self.sites)
            self.sites.append((path, site))
            last = site.callee.rpartition(".")[2]
            named[last].append(number)
            if site.callee in renamed and renamed[site.callee] != last:
                named[renamed[site.callee]].append(number)
            handed: list[Argument] = []
            for argument in site.call.arguments:
                if argument.name:
                    giving[argument.name].append(number)
                if not argument.name or argument.name in TAKING:
                    handed.append(argument)
            if isinstance(site.call.function, Call):  # with_retry(create)(…)
                handed += site.call.function.arguments
            for argument in handed:
                name = last_name(argument.value)
                if name:
                    handing[name].append(number)
                    if name in renamed:
                        handing[renamed[name]].append(number)

    def order(self, paths: Iterable[str]) -> None:
        """Say in which order the files stand in the tree, when all are there."""
        ranks = {path: rank for rank, path in enumerate(paths)}
        self.places = [(ranks[path], number) for number, (path, _) in enumerate(self.sites)]

    def of(self, name: str, most: int | None = None) -> Sequence[Located]:
        """The first calls of whatever has a name, in the order of the tree."""
        return [self.sites[number] for number in self.ordered(self.named.get(name, ()))[:most]]

    def handed(self, name: str) -> Sequence[Located]:
        """The calls that are handed what has a name, each once, in the order of the tree."""
        return [self.sites[number] for number in self.ordered(set(self.handing.get(name, ())))]

    def ordered(self, numbers: Iterable[int]) -> list[int]:
        """Numbers of calls in the order of the tree."""
        return sorted(numbers, key=self.places.__getitem__)

    def by_path(self, *several: Iterable[int]) -> dict[str, list[CallSite]]:
        """Calls of some numbers by the paths of their files, each once, in the order of the tree."""
        found: dict[str, list[CallSite]] = {}
        for number in self.ordered(set().union(*several)):
            path, site = self.sites[number]
            found.setdefault(path, []).append(site)
        return found


def among(known: Numbers, names: Iterable[str]) -> Iterable[int]:
    """The numbers of the calls that go by any of some names."""
    return [number for name in names for number in known.get(name, ())]
