"""Finds the configuration files of a tree and reads them into ``Settings``.

Files come through a small protocol, so that the same code reads a working tree and a revision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Protocol

from msgspec import Struct

from scrimp.config.checked import ConfigFile, check_nested, check_root
from scrimp.config.globs import Excludes
from scrimp.config.join import excludes, join
from scrimp.config.located import Located, error_at
from scrimp.config.owners import PLACES, Owners, from_codeowners, from_mapping
from scrimp.config.schema import Settings
from scrimp.model.errors import UserError

TABLE = ("tool", "scrimp")
PROJECT = "pyproject.toml"
NAMES = ("scrimp.yaml", "scrimp.yml", PROJECT)
"""The files that may hold a configuration."""
CODEOWNERS = "CODEOWNERS"
PIPELINES = (".github/workflows/", ".gitlab/")
"""Where code hosts keep what runs tools: a ``scrimp.yml`` there is no configuration, but runs scrimp."""


class ConfigFiles(Protocol):
    """Where files come from. Paths are POSIX and relative to the root."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, ``None`` if there is none."""

    def paths(self) -> Iterable[str]:
        """All paths of the tree; their order does not matter."""


class Loaded(Struct, frozen=True):
    """The settings, the path of the root's file (``None``: none), and all files read, nearest first."""

    settings: Settings
    path: str | None
    files: tuple[ConfigFile, ...]


def load(files: ConfigFiles, explicit: str | None = None) -> Loaded:
    """All configuration of a tree; ``explicit`` is used as the root's file instead of looking for one.

    Files in folders that the root excludes are not read. Raises a ``UserError`` with its place for anything
    that cannot be understood.
    """
    found = _find(files)
    at_root = found.pop("", [])
    root = _read_folder(files, at_root) if explicit is None else _read_explicit(files, explicit)
    checked = (check_root(root),) if root else ()
    excluded = excludes(checked)
    nested = []
    for folder in sorted(found, key=lambda name: (-name.count("/"), name)):
        inner = _read_folder(files, [path for path in found[folder] if not excluded.covers(path)])
        if inner is not None:
            nested.append(check_nested(folder, inner))
    everything = (*nested, *checked)
    settings = join(everything, _owners(files, checked))
    return Loaded(settings, root.file if root else None, everything)


def excluded_by(folder: str, read: Callable[[str], bytes | None]) -> Excludes:
    """What the configuration of a folder leaves out, by itself. Raises ``UserError`` as ``load`` does."""
    paths = [f"{folder}/{name}" if folder else name for name in NAMES]
    raws = ((path, read(path)) for path in paths)
    located = [_located(path, raw) for path, raw in raws if raw is not None]
    return excludes(tuple(check_root(each) for each in located if each is not None))


def _find(files: ConfigFiles) -> dict[str, list[str]]:
    """The paths that may hold a configuration, by folder."""
    found: dict[str, list[str]] = {}
    for path in files.paths():
        folder, _, name = path.rpartition("/")
        if name in NAMES and not path.startswith(PIPELINES):
            found.setdefault(folder, []).append(path)
    return found


def _read_folder(files: ConfigFiles, names: list[str]) -> Located | None:
    """The one configuration of a folder; two at once would leave open which counts."""
    read = ((path, files.read(path)) for path in sorted(names))
    parsed = (_located(path, raw) for path, raw in read if raw is not None)
    located = [each for each in parsed if each is not None]
    if len(located) > 1:
        first, second = (each.file for each in located[:2])
        raise error_at(second, (1, 1), f"{first} configures the same folder", "keep one of the two")
    return located[0] if located else None


def _read_explicit(files: ConfigFiles, path: str) -> Located:
    raw = files.read(path)
    if raw is None:
        raise UserError(f"{path}: there is no such configuration file", "check the path given to --config")
    located = (in_project if path.endswith(".toml") else _yaml)(path, raw)
    if located is None:
        raise error_at(
            path, (1, 1), "there is no table [tool.scrimp] in this file", "add it or name another file"
        )
    return located


def _yaml(path: str, raw: bytes) -> Located | None:
    from scrimp.config.read_yaml import read_yaml  # noqa: PLC0415 - its parser takes 40 ms to import

    return read_yaml(path, raw)


def in_project(path: str, raw: bytes) -> Located | None:
    """The tool's table of a project file, ``None`` if it has none.

    A file that never names the tool isn't parsed: its errors are not ours.
    """
    if TABLE[-1].encode() not in raw:
        return None
    from scrimp.config.read_toml import read_toml  # noqa: PLC0415 - most trees configure nothing in TOML

    return read_toml(path, raw, TABLE)


def _located(path: str, raw: bytes) -> Located | None:
    return (in_project if PurePosixPath(path).name == PROJECT else _yaml)(path, raw)


def _owners(files: ConfigFiles, root: tuple[ConfigFile, ...]) -> Owners:
    """From the mapping or the file that the root names; without either, from CODEOWNERS if there is one."""
    named = root[0].document.owners if root else None
    if isinstance(named, dict):
        return from_mapping(named)
    places = PLACES if named in {None, CODEOWNERS} else (str(named),)
    raw = next((raw for place in places if (raw := files.read(place)) is not None), None)
    if raw is None and named is not None:
        hint = f"looked for {', '.join(places)}"
        root[0].located.refuse_value(("owners",), f"owners: there is no file {named}", hint)
    return Owners() if raw is None else from_codeowners(raw)
