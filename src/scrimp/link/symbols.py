"""The symbol table of a tree: which file is which module, and what each name in it is bound to."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec import Struct, field

from scrimp.link.call_index import CallIndex
from scrimp.link.packages import Packages
from scrimp.link.specifiers import Alias, Specifiers, aliases_of, is_named_by_path
from scrimp.link.structure import mappings
from scrimp.model.algebra import Call
from scrimp.model.algebra import Mapping as MappingNode
from scrimp.model.facts import Binding, Class, Facts, Function, FunctionParameter, Import

CODE_SUFFIXES = frozenset((".py", ".pyi"))
DESCRIBES = ("description",)
"""The keyword whose text describes a field."""
INDEX_STEMS = frozenset(("__init__",))


class Module(Struct, frozen=True):
    """One file of code with its tables by scope and name."""

    path: str
    facts: Facts
    bindings: Mapping[tuple[str, str], Sequence[Binding]]
    functions: Mapping[str, Function]
    classes: Mapping[str, Class]
    imports: Mapping[tuple[str, str], Import]
    renamed: Mapping[str, str]
    """What names that imports give stand for in the modules they come from: of ``import x as y`` ``y`` is ``x``."""
    stars: tuple[Import, ...]
    packages: frozenset[tuple[str, str]]
    """Scope and name of each package that an import of something below it binds: ``import a.b`` binds ``a``."""
    mappings: tuple[MappingNode, ...]
    """Its dictionary literals, outer before inner."""
    decorating: frozenset[int]
    """Where its decorators begin that are calls."""
    known_parameters: dict[str, dict[str, FunctionParameter]]
    """The parameters of the functions that were asked for one, by their names without stars."""
    known_descriptions: dict[str, list[int]]
    """The numbers of the sites that describe fields, by the class; empty until they are asked for."""

    @classmethod
    def of(cls, path: str, facts: Facts) -> Module:
        """Index the facts of a file; of functions and classes with one name the last stays, as at run time."""
        bindings: dict[tuple[str, str], list[Binding]] = defaultdict(list)
        for binding in facts.bindings:
            bindings[binding.scope, binding.name].append(binding)
        imports = {(each.scope, each.alias): each for each in facts.imports if each.name != "*"}
        return cls(
            path,
            facts,
            dict(bindings),
            _by_name(facts.functions),
            _by_name(facts.classes),
            imports,
            {
                each.alias: each.name
                for each in facts.imports
                if each.name not in ("", "*", "default", each.alias)
            },
            tuple(each for each in facts.imports if each.name == "*"),
            frozenset((scope, start) for scope, alias in imports if "." in alias for start in _starts(alias)),
            tuple(mappings(facts)),
            frozenset(
                each.start
                for function in facts.functions
                for each in function.decorators
                if isinstance(each, Call)
            ),
            {},
            {},
        )

    def descriptions(self, scope: str) -> Sequence[int]:
        """The numbers of the sites that describe the fields of a class, by its name with its ordinal."""
        if not self.known_descriptions:
            self.known_descriptions[""] = []
            for number, site in enumerate(self.facts.sites):
                if site.keys[:1] == DESCRIBES:
                    self.known_descriptions.setdefault(site.scope, []).append(number)
        return self.known_descriptions.get(scope, ())

    def parameter(self, function: str, name: str) -> FunctionParameter | None:
        """The parameter of a function of this file by its name without stars; of two the first counts."""
        known = self.known_parameters.get(function)
        if known is None:
            found = self.functions.get(function)
            parameters = () if found is None else reversed(found.parameters)
            known = {each.name.lstrip("*"): each for each in parameters}
            self.known_parameters[function] = known
        return known.get(name)


Named = TypeVar("Named", Function, Class)


def _by_name(found: Iterable[Named]) -> dict[str, Named]:
    """Functions or classes by their names, with and without ordinals."""
    named = {each.name: each for each in found}
    if not any("~" in name for name in named):
        return named
    return named | {plain(name): each for name, each in named.items()}


def defined(last: Named, several: Iterable[Named], name: str, before: int | None) -> Named:
    """The function or class of a name as seen from an offset: the last one before it, else the ``last`` of all."""
    if before is None or last.start < before:
        return last
    earlier = [each for each in several if each.start < before and plain(each.name) == name]
    return max(earlier, key=lambda each: each.start, default=last)


def _starts(dotted: str) -> Iterator[str]:
    """``a.b.c``: ``a.b`` and ``a``."""
    while "." in dotted:
        dotted = dotted.rpartition(".")[0]
        yield dotted


def plain(name: str) -> str:
    """A qualified name without the ordinals that readers give to names defined twice."""
    return ".".join(part.partition("~")[0] for part in name.split(".")) if "~" in name else name


class ModuleNames(Struct):
    """Which file of some is meant by a module's name."""

    by_name: dict[str, list[str]] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    nearest: dict[tuple[str, str], str] = field(default_factory=dict)
    """Which of several files of one name is meant in a folder, as far as it was asked: a monorepo has many."""
    specifiers: Specifiers = field(default_factory=Specifiers)

    @classmethod
    def of(cls, paths: Iterable[str], aliases: Iterable[Alias] = ()) -> ModuleNames:
        """Index files by all names that they may be imported by."""
        names = cls()
        names.specifiers.aliases += aliases
        for path in paths:
            names.paths.add(path)
            names.specifiers.add(path)
            for name in dotted_names(path):
                names.by_name.setdefault(name, []).append(path)
        return names

    def find(self, name: str, importer: str, level: int = 0) -> str | None:
        """The path of the module that ``importer`` gets by this name; of several, the nearest one."""
        if is_named_by_path(importer):
            return self.specifiers.find(name, importer)
        if level:
            return self._relative(name, importer, level)
        found = self.by_name.get(name, [])
        if found and name.partition(".")[0] in sys.stdlib_module_names:
            return self._beside_script(name, importer)
        if len(found) < 2:
            return found[0] if found else None
        key = (name, importer.rpartition("/")[0])
        if key not in self.nearest:
            self.nearest[key] = max(found, key=lambda path: (shared_folders(path, importer), -len(path)))
        return self.nearest[key]

    def _beside_script(self, name: str, importer: str) -> str | None:
        """A module that goes before one of Python's own by the same name: only one in the folder of a script does."""
        is_script = self._relative("", importer, 1) is None
        return self._relative(name, importer, 1) if is_script else None

    def _relative(self, name: str, importer: str, level: int) -> str | None:
        folder = PurePosixPath(importer).parent
        for _ in range(level - 1):
            folder = folder.parent
        base = "" if str(folder) == "." else f"{folder}/"
        stem = base + name.replace(".", "/")
        candidates = (f"{stem}.py", f"{stem}/__init__.py") if name else (f"{base}__init__.py",)
        return next((path for path in candidates if path in self.paths), None)


class Symbols(Struct):
    """All modules of a tree, found by path and by dotted name."""

    modules: Mapping[str, Module]
    names: ModuleNames
    methods: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Path and qualified name of each method, by its bare name."""
    calls: CallIndex = field(default_factory=CallIndex)
    packages: Packages = field(default_factory=Packages)

    @classmethod
    def of(cls, modules: Mapping[str, Module], calls: CallIndex) -> Symbols:
        """Index all modules of a tree with their calls."""
        aliases = aliases_of((path, module.facts) for path, module in modules.items())
        symbols = cls(modules, ModuleNames.of(modules, aliases), calls=calls)
        symbols.packages = Packages.of({path: module.facts for path, module in modules.items()})
        for path, module in modules.items():
            for name, function in module.functions.items():
                if function.method:
                    symbols.methods.setdefault(name.rpartition(".")[2], []).append((path, name))
        return symbols

    def paths_named(self, name: str, importer: str) -> Iterable[str]:
        """The paths that an import may stand for where modules are named by paths; none elsewhere."""
        return self.names.specifiers.bases(name, importer) if is_named_by_path(importer) else ()

    def module_named(self, name: str, importer: str, level: int = 0) -> str | None:
        """The path of the module that ``importer`` gets by this name."""
        return self.names.find(name, importer, level)


def dotted_names(path: str) -> list[str]:
    """All names that a file may be imported by: ``src/app/a.py`` is ``src.app.a``, ``app.a`` and ``a``."""
    stem, dot, suffix = path.rpartition(".")
    if f"{dot}{suffix}" not in CODE_SUFFIXES or not stem or stem.endswith("/"):
        return []
    parts = stem.split("/")
    if parts[-1] in INDEX_STEMS:
        parts.pop()
    return [".".join(parts[start:]) for start in range(len(parts))]


def shared_folders(one: str, other: str) -> int:
    """How many leading folders two paths share."""
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
