"""Files in which a project adds to scrimp's own tables: what ``formats``, ``sdks`` and ``packs`` name."""

from __future__ import annotations

from typing import Literal, TypeAlias

from scrimp.config.globs import Pattern
from scrimp.config.load import ConfigFiles, Loaded

Table: TypeAlias = Literal["formats", "sdks", "packs"]

_WILDCARDS = frozenset("*?[")


def own_files(files: ConfigFiles, loaded: Loaded, table: Table) -> dict[str, bytes]:
    """The bytes of the files that the root's configuration names for a table, by path, in its order.

    A name is a path from the root, or a glob, whose files come in the order of their paths. Raises a located
    ``UserError`` for one that is no file of the tree.
    """
    found: dict[str, bytes] = {}
    for index, name in enumerate(getattr(loaded.settings, table)):
        read = {path: raw for path in _paths(files, name) if (raw := files.read(path)) is not None}
        if not read:
            hint = "write its path from the root, or a glob"
            loaded.files[-1].located.refuse_value((table, index), f"{table}: there is no file {name}", hint)
        found |= {path: raw for path, raw in read.items() if path not in found}
    return found


def _paths(files: ConfigFiles, name: str) -> list[str]:
    if _WILDCARDS.isdisjoint(name):
        return [name.removeprefix("./")]
    pattern = Pattern(name)
    return sorted(path for path in files.paths() if pattern.matches_path(path))
