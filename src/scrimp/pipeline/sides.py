"""The two things that are compared: trees with their configuration, or saved audits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from scrimp.model.errors import UserError
from scrimp.pipeline.saved import Saved, load
from scrimp.pipeline.setup import Setup, setup
from scrimp.tree import git
from scrimp.tree.files import Tree
from scrimp.tree.worktree import Worktree

SAVED = ".json"
"""How the name of a saved audit ends."""


class Side(Struct, frozen=True):
    """One of two things to compare, by the name that the user knows it by: a tree, or a saved audit.

    A tree has the setup that its own configuration makes, a saved audit that of the folder the user stands in.
    ``gate`` gives the side whose configuration is BASE's policy, where that isn't its own.
    """

    name: str
    content: Tree | Saved
    setup: Setup
    gate: Callable[[], Side] | None = None

    @property
    def is_configured(self) -> bool:
        """Whether it brings a configuration of its own."""
        return not isinstance(self.content, Saved) and bool(self.setup.loaded.files)


def side(root: Path, name: str | None, explicit: str | None, jobs: int = 1) -> Side:
    """A side by what the user calls it: a saved audit, a revision, or ``None`` for the working tree.

    ``explicit`` is a configuration file to use instead of each tree's own; up to ``jobs`` processes read the tree.
    Raises ``UserError``.
    """
    if name is None:
        return tree_side("the working tree", Worktree(root), explicit, jobs)
    file = Path(name)
    if file.suffix != SAVED:
        return tree_side(name, git.GitTree(root, name), explicit, jobs)
    if not file.is_file():
        raise UserError(
            f"{name}: there is no such file", "save one with: scrimp audit --format json --output FILE"
        )
    return Side(name, load(file), setup(Worktree(root), explicit))


def tree_side(name: str, tree: Tree, explicit: str | None, jobs: int) -> Side:
    """A tree as a side, with the setup that its own configuration makes, or the ``explicit`` one."""
    return Side(name, tree, setup(tree, explicit, jobs=jobs))


def left_at(root: Path, branch: str, head: str | None, explicit: str | None, jobs: int = 1) -> Side:
    """The merge base of HEAD with a branch.

    Whoever makes a branch chooses where it begins, before there was a budget for instance: so the policy is that of
    the branch that is left, as it is now.
    """
    base = side(root, git.merge_base(root, branch, head or "HEAD"), explicit, jobs)
    return replace(
        base, name=f"the merge base with {branch}", gate=partial(side, root, branch, explicit, jobs)
    )
