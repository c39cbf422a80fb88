"""The listing of a folder without git: everything but what ignore files and ``ignore.DEFAULTS`` leave out."""

from __future__ import annotations

import os
from pathlib import Path

from scrimp.tree.files import OnDisk
from scrimp.tree.ignore import DEFAULTS, Rules, is_ignored, rules


def on_disk(root: Path) -> OnDisk:
    """What is below a folder; links are named, never followed, and repositories walked like any folder."""
    paths: list[str] = []
    unreadable: list[str] = []
    waiting: list[tuple[str, tuple[Rules, ...]]] = [("", ())]
    while waiting:
        folder, above = waiting.pop()
        try:
            folders, others = _entries(root, folder)
        except OSError:
            unreadable.append(folder or "./")
            continue
        own = rules(root, folder)
        applying = above if own is None else (own, *above)
        paths.extend(path for path in others if not is_ignored(path, applying))
        waiting.extend((path, applying) for path in folders if not is_ignored(path, applying))
    return OnDisk(paths=tuple(paths), unreadable=tuple(unreadable))


def _entries(root: Path, folder: str) -> tuple[list[str], list[str]]:
    """The folders in a folder, each ending with a slash, and everything else. Raises ``OSError``."""
    folders: list[str] = []
    others: list[str] = []
    with os.scandir(f"{root}/{folder}") as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                others.append(folder + entry.name)
            elif entry.name not in DEFAULTS:
                folders.append(f"{folder}{entry.name}/")
    return folders, others
