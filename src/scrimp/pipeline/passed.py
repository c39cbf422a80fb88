"""Which of the files that a first look passed over other files name: by their own names, or by those of modules."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from scrimp.link.specifiers import Alias, is_named_by_path
from scrimp.link.symbols import ModuleNames
from scrimp.model.facts import Facts
from scrimp.pipeline.mentions import ANY


class PassedOver(Struct):
    """Files that were passed over, by what they may be named.

    What modules that are named by paths stand for is known when all project files are: until then their importers wait.
    """

    modules: ModuleNames
    by_file: dict[str, list[str]]
    waiting: list[str] = field(default_factory=list)
    """Importers by paths that were asked for what they import, before that could be told."""
    is_complete: bool = False

    @classmethod
    def of(cls, paths: Iterable[str]) -> PassedOver:
        """Index files by their names."""
        by_file: dict[str, list[str]] = defaultdict(list)
        ordered = sorted(paths)
        for path in ordered:
            by_file[posixpath.basename(path)].append(path)
        return cls(ModuleNames.of(ordered), by_file)

    def complete(self, aliases: Iterable[Alias]) -> list[str]:
        """Learn what all project files say; the importers that have waited for it."""
        self.modules.specifiers.aliases += aliases
        self.is_complete = True
        return self.waiting

    def loaded(self, names: Iterable[str]) -> Iterator[str]:
        """The files that have any of some names."""
        for name in names:
            yield from self.by_file.get(name, ())

    def imported(self, path: str, facts: Facts) -> dict[str, set[str]]:
        """The files that a file imports from, with the names imported."""
        by_path = is_named_by_path(path)
        if by_path and not self.is_complete:
            self.waiting.append(path)
            return {}
        found: dict[str, set[str]] = defaultdict(set)
        for each in facts.imports:
            name = each.name or (ANY if by_path else "")
            target = self.modules.find(each.module, path, each.level) if name else None
            if target is not None:
                found[target].add(name)
        return found
