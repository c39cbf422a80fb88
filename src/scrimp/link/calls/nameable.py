"""Which SDKs a tree can name: nothing in it is of any other, so that most patterns needn't be asked about."""

from __future__ import annotations

from msgspec import Struct

from scrimp.link.evaluation.functions import BUILTINS
from scrimp.link.symbols import Symbols
from scrimp.readers.sdks import Pattern, Sdk


class Nameable(Struct, frozen=True):
    """What the full dotted names of a tree begin with.

    ``outside`` are names of what isn't in it: of what its files import, and of what needs no import. ``inside`` are
    those that its own files may go by.
    """

    outside: frozenset[str]
    inside: frozenset[str]

    @classmethod
    def of(cls, symbols: Symbols) -> Nameable:
        """The beginnings of the names of a tree."""
        facts = [module.facts for module in symbols.modules.values()]
        imported = {name for each in facts for found in each.imports for name in (found.module, found.name)}
        parts = {part for path in symbols.modules for part in path.split("/")}
        return cls(BUILTINS.union(map(_beginning, imported)), frozenset(map(_beginning, parts)))

    def may_fit(self, sdk: Sdk, pattern: Pattern) -> bool:
        """Whether something may fit a pattern of an SDK: by its name, or by looks where those are enough."""
        if pattern.on == "client" and (pattern.wire is not None or pattern.distinctive or pattern.known_by):
            return True
        named = [*map(_beginning, sdk.modules)]
        return not self.outside.isdisjoint(named) or (sdk.in_tree and not self.inside.isdisjoint(named))


def _beginning(name: str) -> str:
    """What a dotted name, or the path of a package, begins with."""
    return name.partition(".")[0].partition("/")[0]
