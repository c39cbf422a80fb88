"""Project files of JavaScript: what a package or an alias of imports stands for.

``package.json`` names the package itself, its ``exports`` and its private ``imports``; ``tsconfig.json`` and
``jsconfig.json`` have ``paths`` and ``baseUrl``, or those of the file that they extend. Each becomes an import whose
alias is what other files write (with one ``*`` at most) and whose module is the path that it stands for, relative to
the file. Its scope is ``*`` if all files of the tree may write it, else it holds for those below the file's folder.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrimp.model.facts import Facts, Import
from scrimp.model.source import Lines, Source

if TYPE_CHECKING:
    from scrimp.readers.document import Document, Scalar

name = "project"
VERSION = 2

EVERYWHERE = "*"
EXTENDS = "extends"
"""The scope of an import that names another file of settings whose aliases hold here as well."""
ENTRIES = ("./src/index", "./index", "./src/main", "./src")
"""Where the sources of a package begin, by custom: what its ``main`` names is often built, not written."""


def read(source: Source) -> Facts:
    """The aliases that a project file declares; malformed places in it are passed over, as builds report them."""
    from scrimp.readers.json import parse  # noqa: PLC0415 - few trees have such files, or ones that changed

    document = parse(source.text)
    package = posixpath.basename(source.path) == "package.json"
    found = _of_package(document) if package else _of_compiler(document)
    return Facts("javascript", "json", Lines.of(source.text).packed, imports=tuple(found))


def _of_package(document: Document) -> Iterator[Import]:
    own = next((scalar.text.value for scalar in _under(document, "name") if len(scalar.keys) == 1), "")
    for scalar in _under(document, "imports"):
        yield Import("", scalar.text.value, "", str(scalar.keys[1]), 0)
    if not own:
        return
    for scalar in _under(document, "exports"):
        at = str(scalar.keys[1]) if len(scalar.keys) > 1 else "."
        if at.startswith("."):
            yield Import(EVERYWHERE, scalar.text.value, "", posixpath.normpath(f"{own}/{at}"), 0)
    for key in ("source", "main", "module"):
        for scalar in _under(document, key):
            yield Import(EVERYWHERE, f"./{scalar.text.value}", "", own, 0)
    for entry in ENTRIES:
        yield Import(EVERYWHERE, entry, "", own, 0)
    for folder in (".", "./src"):
        yield Import(EVERYWHERE, f"{folder}/*", "", f"{own}/*", 0)


def _of_compiler(document: Document) -> Iterator[Import]:
    base = next((scalar.text.value for scalar in _under(document, "compilerOptions", "baseUrl")), "")
    for scalar in _under(document, "compilerOptions", "paths"):
        if len(scalar.keys) > 2:
            yield Import("", f"./{posixpath.join(base, scalar.text.value)}", "", str(scalar.keys[2]), 0)
    if base:
        yield Import("", f"./{posixpath.join(base, '*')}", "", "*", 0)
    for scalar in _under(document, "extends"):
        if scalar.text.value.startswith("."):
            yield Import(EXTENDS, scalar.text.value, "", "", 0)


def _under(document: Document, *keys: str) -> Iterator[Scalar]:
    """The strings at a key path and below it."""
    for scalar in document.scalars:
        if scalar.kind == "string" and scalar.keys[: len(keys)] == keys:
            yield scalar
