"""Modules that are named by paths, as JavaScript's are: relative ones, aliases, and packages of the same tree."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from scrimp.expressions import compiled_late
from scrimp.model.facts import Facts
from scrimp.readers.paths import is_project_file
from scrimp.readers.project import EXTENDS

SUFFIXES = (
    *(".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"),
    *(".vue", ".svelte", ".astro"),
)
"""Suffixes of files that are imported by paths, the preferred ones first."""
INDEX = "index"
MOST_EXTENDED = 8  # files of settings one after the other
ROOTED = compiled_late(r"^(?:@/|~/?|#/?|\$lib/|\$/|src/|/)")
"""Beginnings that by custom stand for a folder of sources, where no project file says which."""


class Alias(Struct, frozen=True):
    """``pattern`` (with one ``*`` at most) stands for ``target``, for files below ``folder`` (``""``: for all)."""

    folder: str
    pattern: str
    target: str

    def apply(self, name: str) -> str | None:
        """The path that a name stands for; ``None`` if it doesn't fit."""
        head, star, tail = self.pattern.partition("*")
        if not star:
            return self.target if name == self.pattern else None
        if not name.startswith(head) or not name.endswith(tail) or len(name) < len(head) + len(tail):
            return None
        return self.target.replace("*", name[len(head) : len(name) - len(tail)])


def aliases_of(files: Iterable[tuple[str, Facts]]) -> list[Alias]:
    """All aliases that project files among some files declare, those of the deepest folders first."""
    projects = {path: facts for path, facts in files if is_project_file(path)}
    found = [alias for path in projects for alias in _declared(path, projects)]
    return sorted(found, key=lambda alias: (-len(alias.folder), "*" in alias.pattern, -len(alias.pattern)))


def _declared(path: str, projects: Mapping[str, Facts]) -> Iterator[Alias]:
    """The aliases of a project file, then those of the files that it extends, for the files in its folder."""
    folder, waiting = posixpath.dirname(path), [path]
    for _ in range(MOST_EXTENDED):
        if not waiting:
            return
        current = waiting.pop()
        for each in projects[current].imports:
            target = _below(current, each.module)
            if each.scope == EXTENDS:
                named = (target, f"{target}.json", f"{target}/tsconfig.json")
                waiting += [one for one in named if one in projects][:1]
            else:
                yield Alias("" if each.scope else folder, each.alias, target)


class Specifiers(Struct):
    """Finds files by what an import of them says."""

    by_stem: dict[str, str] = field(default_factory=dict)
    by_tail: dict[str, list[str]] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)

    def add(self, path: str) -> None:
        """Index a file by its path with and without suffix, an index file by its folder too."""
        stem, suffix = posixpath.splitext(path)
        if suffix not in SUFFIXES:
            return
        self.by_stem[path] = path
        stems = [stem, posixpath.dirname(stem)] if posixpath.basename(stem) == INDEX else [stem]
        for each in stems:
            known = self.by_stem.get(each)
            if known is None or _rank(path) < _rank(known):
                self.by_stem[each] = path
            self.by_tail.setdefault(posixpath.basename(each), []).append(each)

    def find(self, name: str, importer: str) -> str | None:
        """The path of the module that ``importer`` gets by this name."""
        for base in self.bases(name, importer):
            found = self._file(base)
            if found is not None:
                return found
        rooted = ROOTED.match(name)
        return self._nearest(_without_query(name[rooted.end() :]), importer) if rooted else None

    def bases(self, name: str, importer: str) -> Iterator[str]:
        """The paths that a name may stand for, suffixes left open."""
        name = _without_query(name)
        if name.startswith("."):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(importer), name))
            return
        for alias in self.aliases:
            if not alias.folder or importer.startswith(alias.folder + "/"):
                base = alias.apply(name)
                if base is not None:
                    yield base

    def _file(self, base: str) -> str | None:
        """The file at a path; compiled names stand for their sources (``./x.js`` for ``x.ts``)."""
        found = self.by_stem.get(base)
        stem, suffix = posixpath.splitext(base)
        return self.by_stem.get(stem) if found is None and suffix in SUFFIXES else found

    def _nearest(self, rest: str, importer: str) -> str | None:
        """The file whose path ends so, of several the one nearest to the importer."""
        stem, suffix = posixpath.splitext(rest)
        rest = stem if suffix in SUFFIXES else rest
        candidates = [
            each for each in self.by_tail.get(posixpath.basename(rest), ()) if f"/{each}".endswith(f"/{rest}")
        ]
        if not rest or not candidates:
            return None
        nearest = max(
            candidates, key=lambda each: (len(posixpath.commonprefix([each, importer])), -len(each))
        )
        return self.by_stem[nearest]


def is_named_by_path(importer: str) -> bool:
    """Whether a file's imports name modules by paths."""
    return importer.endswith(SUFFIXES)


def _without_query(name: str) -> str:
    """What bundlers take for options left out (``./text.md?raw``)."""
    return name.partition("?")[0]


def _rank(path: str) -> tuple[bool, int]:
    return posixpath.splitext(posixpath.basename(path))[0] == INDEX, SUFFIXES.index(
        posixpath.splitext(path)[1]
    )


def _below(path: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
