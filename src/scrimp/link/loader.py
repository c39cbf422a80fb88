"""Finds the templates of a tree by the names that other templates and settings give them.

A name is relative to the file that says it or to a folder above it, one of which is the root that the template
engine was given. Handlebars and Dotprompt leave out the suffix, put a ``_`` before a partial's name or keep partials
in a folder of that name (handlebarsjs.com, "Partials"; Dotprompt's ``stores/dir.ts``, both read in November 2026). In
BAML a name is a declaration of any file below ``baml_src``. What is outside of the tree is never found.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from scrimp.link import structure
from scrimp.link.values import SiteKey
from scrimp.model.algebra import Expression, File, Include, Text
from scrimp.model.facts import Facts
from scrimp.readers.globs import compile_globs

_SUFFIXES = (".prompt", ".hbs", ".handlebars", ".mustache")
_FOLDERS = ("", "partials", "_partials")


def entry_key(path: str, number: int) -> SiteKey:
    """The key of a file's entry while linking."""
    return f"{path}@{number}"


def find(files: Mapping[str, Facts], target: str, path: str) -> str | None:
    """The file that a template in ``path`` means by a name, the nearest first; None if the tree has none."""
    names = _names(target, path)
    for folder in _folders(path):
        for name in names:
            found = posixpath.normpath(posixpath.join(folder, name))
            if found in files and found != path:
                return found
    return None


def find_all(files: Mapping[str, Facts], target: str, path: str) -> list[str]:
    """The files that a name with ``*`` means, seen from the folder of ``path``; of another name ``find``'s."""
    if "*" not in target:
        found = find(files, target, path)
        return [] if found is None else [found]
    pattern = compile_globs([target])
    folder = posixpath.dirname(path)
    below = f"{folder}/" if folder else ""
    return [each for each in files if each.startswith(below) and pattern.fullmatch(each.removeprefix(below))]


def units(files: Mapping[str, Facts], target: str, path: str) -> list[SiteKey]:
    """The texts that a template in ``path`` includes by a name: a file's messages, or a declaration."""
    if files[path].language == "baml":
        return [
            entry_key(each, number)
            for each, facts in files.items()
            if facts.language == "baml" and namespace(each) == namespace(path)
            for number, entry in enumerate(facts.entries)
            if entry.key == target
        ]
    found = find(files, target, path)
    return [] if found is None else whole(files[found], found)


def namespace(path: str) -> str:
    """The folder whose BAML files see each other's declarations: ``baml_src``, else the file's own."""
    before, found, _ = path.rpartition("baml_src/")
    return before + found if found else posixpath.dirname(path)


def whole(facts: Facts, path: str) -> list[SiteKey]:
    """The entries that make up a file's text: the one that is all of it, else its messages or its prompts."""
    for number, entry in enumerate(facts.entries):
        if entry.key == "" and not isinstance(entry.expression, File):
            return [entry_key(path, number)]
    is_text = facts.text is not None
    parts = [number for number, entry in enumerate(facts.entries) if is_text or entry.certainty != "none"]
    return [entry_key(path, number) for number in parts]


def named(facts: Facts, path: str) -> set[str]:
    """The last parts of the names of files that a file's templates and settings may mean."""
    targets = {target for entry in facts.entries for target in _targets(entry.expression)}
    return {posixpath.basename(name) for target in targets for name in _names(target, path)}


def target_of(expression: Expression) -> str:
    """The name that a reference to a file gives, ``""`` if it is none."""
    named_by = expression.path if isinstance(expression, File) else None
    return named_by.value if isinstance(named_by, Text) else ""


def _targets(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Text):
        return
    for part in structure.parts(expression):
        if isinstance(part, Include):
            yield part.target
        elif isinstance(part, File):
            yield target_of(part)


def _names(target: str, path: str) -> list[str]:
    """The ways in which a file that is called so may be written, as it stands first."""
    folder, name = posixpath.split(target)
    if posixpath.splitext(name)[1] or not path.endswith(_SUFFIXES):
        return [target]
    own = posixpath.splitext(path)[1]
    return [target] + [
        posixpath.join(folder, inner, f"{mark}{name}{suffix}")
        for inner in _FOLDERS
        for mark in ("_", "")
        for suffix in dict.fromkeys((own, *_SUFFIXES))
    ]


def _folders(path: str) -> Iterator[str]:
    """The folder of a file and those above it."""
    folder = posixpath.dirname(path)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""
