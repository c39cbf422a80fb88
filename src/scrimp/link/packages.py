"""Namespaces that several files share: which file declares a name of a package.

Packages of Go are folders, those of Java, C# and PHP are declared, those of Rust follow from the path of the file; all
Ruby files are one. A class within others is known by its whole name and, if no other is called so, by its last part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from scrimp.model.facts import Facts

Declared = tuple[str, str]
"""The path of a file, and the qualified name of what it declares."""


class Packages(Struct):
    """The packages of a tree, by their language and name."""

    files: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    names: dict[tuple[str, str], dict[str, list[Declared]]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    ends: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Mapping[str, Facts]) -> Packages:
        """Index the files that belong to packages."""
        packages = cls()
        for path, each in facts.items():
            if each.package is not None:
                key = (each.language, each.package)
                packages.languages[path] = each.language
                packages.files[key].append(path)
                names = packages.names.setdefault(key, {})
                for name, qualified in _declared(each):
                    names.setdefault(name, []).append((path, qualified))
        return packages

    def find(self, package: str | None, name: str, importer: str) -> Declared | None:
        """What declares a name of a package, as the file ``importer`` sees it; of several, the nearest."""
        language = self.languages.get(importer)
        if language is None or package is None:
            return None
        found = self.names.get((language, package), {}).get(name, [])
        if len({qualified for _, qualified in found}) > 1:
            found = [each for each in found if each[1] == name]
        return max(found, key=lambda each: _nearness(each[0], importer), default=None)

    def file_of(self, package: str, importer: str) -> str | None:
        """A file of the package that ``importer`` imports by this name.

        Go imports a folder by a path that begins with the module's name, so the longest end of it that is one counts.
        """
        language = self.languages.get(importer, "")
        found = self.files.get((language, package), [])
        rest = package
        while not found and language == "go" and "/" in rest:
            rest = rest.partition("/")[2]
            found = [path for folder in self._folders(rest) for path in self.files["go", folder]]
        return max(found, key=lambda path: _nearness(path, importer), default=None)

    def _folders(self, end: str) -> list[str]:
        """The folders of Go whose paths end so."""
        if not self.ends:
            for language, folder in self.files:
                parts = folder.split("/") if language == "go" and folder else []
                for start in range(len(parts)):
                    self.ends.setdefault("/".join(parts[start:]), []).append(folder)
        return self.ends.get(end, [])


def _declared(facts: Facts) -> Iterator[tuple[str, str]]:
    """The names by which other files know what a file declares."""
    for binding in facts.bindings:
        if not binding.scope:
            yield binding.name, binding.name
    for function in facts.functions:
        if "." not in function.name:
            yield function.name, function.name
    for each in facts.classes:
        yield each.name, each.name
        if "." in each.name:
            yield each.name.rpartition(".")[2], each.name


def _nearness(path: str, importer: str) -> tuple[int, int]:
    return sum(1 for _ in _shared(path.split("/")[:-1], importer.split("/")[:-1])), -len(path)


def _shared(one: Iterable[str], other: Iterable[str]) -> Iterator[str]:
    for left, right in zip(one, other, strict=False):
        if left != right:
            return
        yield left
