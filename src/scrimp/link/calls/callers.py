"""The calls of a tree's functions, by which what parameters bring is followed outwards."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from scrimp.link.callees import is_super
from scrimp.link.calls.once import Once
from scrimp.link.calls.passed import handed
from scrimp.link.calls.sending import MOST_CALLERS, Site
from scrimp.link.evaluation import Evaluator
from scrimp.link.evaluation.names import class_around
from scrimp.link.values import NOTHING_GIVEN, ClassValue, Environment
from scrimp.model.facts import CallSite

MOST_WRAPPERS = 4  # functions around a call that hand a parameter on to it
MOST_WAYS = 200
"""Ways to one call over callers of callers that are followed: where each has several, there are thousands."""


class Ways(Struct):
    """How many more ways over callers of callers are followed to one call; below 0 once there was one too many."""

    left: int = MOST_WAYS

    def take(self) -> bool:
        """Count one more way; false if it is one too many."""
        self.left -= 1
        return self.left >= 0


@dataclass(slots=True)
class Callers:
    """Which calls run which functions, as far as they are found."""

    evaluator: Evaluator
    functions: Container[str] = frozenset()
    """Last names of functions, of the tree and of SDKs: what else is handed to a call is none that it calls."""
    fitting: set[int] = field(default_factory=set)
    """The identities of call sites that fit a pattern themselves: they call nothing that they are handed."""
    crowded: set[tuple[str, str]] = field(default_factory=set)
    """Path and name of the functions that have more calls than are followed."""
    senders: set[int] = field(default_factory=set)
    """The identities of call sites that send themselves: they are no callers of a wrapper beneath them."""
    _sites: dict[str, list[Site]] = field(default_factory=dict)
    """The calls of what has been asked for, by its last name."""
    _given: Once[Environment] = field(default_factory=Once)
    """What the callers on a way give."""

    def of(self, path: str, scope: str, sink: Site, chain: tuple[Site, ...]) -> list[Site]:
        """The calls of a function of the tree, of a class if it is its constructor.

        Those that are on the way from it to the call ``sink`` already, over ``chain``, are none.
        """
        name = scope.rpartition(".")[2]
        searched = scope.rpartition(".")[0].rpartition(".")[2] if name == "__init__" else name
        known = {id(site.call) for site in (sink, *chain)}
        found: list[Site] = []
        sites = [*self._named(searched), *(self._named(name) if name != searched else ())]
        for site in sites:
            if id(site.call) in known or id(site.call) in self.senders:
                continue
            function = self.evaluator.function_run(site.call.call, site.path, (path, scope))
            if function is not None:
                found.append(replace(site, runs=function))
            if len(found) > MOST_CALLERS:
                self.crowded.add((path, scope))
                break
        return found[:MOST_CALLERS]

    def _named(self, name: str) -> list[Site]:
        """The calls of whatever has a name, decorators left out, in the order of the tree."""
        if name not in self._sites:
            sites = [*self._own(name)]
            if passed := [*self._handed(name)]:
                sites = sorted(sites + passed, key=lambda site: (site.path, site.call.call.start))
            self._sites[name] = sites
        return self._sites[name]

    def _own(self, name: str) -> Iterator[Site]:
        for path, call in self.evaluator.symbols.calls.of(name):
            if not self._is_decorator(path, call):
                yield Site(path, call)

    def _handed(self, name: str) -> Iterator[Site]:
        """The calls of a function that is handed to another one."""
        handing = self.evaluator.symbols.calls.handed(name) if name in self.functions else ()
        for path, call in handing:
            if id(call) not in self.fitting and not self._is_decorator(path, call):
                for _, virtual in handed(call, (name,)):
                    yield Site(path, virtual)

    def _is_decorator(self, path: str, call: CallSite) -> bool:
        return call.call.start in self.evaluator.symbols.modules[path].decorating

    def concerns(self, caller: Site, sink: Site) -> bool:
        """Whether a caller may make the object whose method the call is in: the constructor of another class doesn't.

        ``super().__init__(…)`` of a class that is neither derived from that method's class nor a base of it makes
        objects of a sibling.
        """
        if not is_super(caller.call.call.function):
            return True
        modules = self.evaluator.symbols.modules
        made, own = (class_around(modules[each.path], each.call.scope) for each in (caller, sink))
        return made is None or own is None or own in self._lineage(made) or made in self._lineage(own)

    def _lineage(self, value: ClassValue) -> list[ClassValue]:
        """A class with all of its bases that the tree holds."""
        found = [value]
        for each in found:
            found += [base for base in self.evaluator.bases(each) if base not in found]
        return found

    def given(self, callers: tuple[Site, ...]) -> Environment:
        """What callers, innermost first, give to the parameters of the functions between them and a call."""
        if not callers:
            return NOTHING_GIVEN
        run = tuple(None if each.runs is None else each.runs.function.name for each in callers)
        return self._given.of(tuple(each.call for each in callers), lambda: self._bound(callers), run)

    def _bound(self, callers: tuple[Site, ...]) -> Environment:
        """What the innermost of some callers gives, where the others give what they do."""
        inner, given = callers[0], self.given(callers[1:])
        if inner.runs is None:
            return given
        bound = self.evaluator.bound_arguments(inner.runs, inner.call.call, inner.path, given)
        return self.evaluator.course.environments.same({**given, **bound})
