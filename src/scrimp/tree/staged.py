"""The files that are staged: what the next commit will hold, whatever lies in the working tree."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from scrimp.model.errors import UserError
from scrimp.model.revision import Revision
from scrimp.tree.command import records, run
from scrimp.tree.limits import SIZE_LIMIT
from scrimp.tree.objects import ObjectTree, TreeEntry

INDEX = "GIT_INDEX_FILE"
"""Where git tells its hooks which index it is about to commit: for ``git commit FILE`` it is one of its own."""


class StagedTree(ObjectTree):
    """The files of git's index, below ``root`` if that is a folder of the repository.

    Raises ``UserError`` if the root is in no repository, or while files are unmerged.
    """

    def __init__(self, root: Path, size_limit: int = SIZE_LIMIT) -> None:
        super().__init__(root, Revision("staged", None), size_limit)

    @cached_property
    def entries(self) -> tuple[TreeEntry, ...]:
        """What git lists of the index."""
        listed = run(self.root, "ls-files", "-z", "--stage", "--cached", told=_index(os.environ))
        return tuple(map(_entry, records(listed)))

    @property
    def objects(self) -> str:
        """All that the index holds."""
        return "--indexed-objects"

    @property
    def place(self) -> str:
        """As in a message."""
        return "what is staged"


def _index(variables: Mapping[str, str]) -> dict[str, str]:
    """The index that git is about to commit, if it tells one."""
    named = variables.get(INDEX)
    return {INDEX: str(Path(named).absolute())} if named and Path(named).is_file() else {}


def _entry(line: str) -> TreeEntry:
    """A record of ``git ls-files --stage``: ``<mode> <hash> <stage>``, a tab, and the path as it is."""
    fields, _, path = line.partition("\t")
    mode, name, stage = fields.split(" ")
    if stage != "0":
        raise UserError(f"{path} is not merged yet", "resolve the conflict and stage the file")
    return TreeEntry(mode, name, path)
