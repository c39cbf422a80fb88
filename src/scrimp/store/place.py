"""Where the cache lies: in the user's cache folder, and never inside of what is scanned."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from scrimp.store.build import build

VARIABLE = "SCRIMP_CACHE_DIR"
"""The environment variable that names another folder."""

LAYOUT = "v1"
"""The folder inside of it that is ours alone; another arrangement of files gets another name."""

NAME_BYTES = 10
"""Length of the hashes that folders are named by: a trillion of them are still all different."""


def base(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path | None:
    """The folder of the whole cache, which may not exist; ``None`` if the user has no folder for caches.

    Elsewhere than on Windows and macOS it is the XDG Base Directory Specification's (version 0.8), which tells to
    pass over a relative path.
    """
    named = environment.get(VARIABLE)
    if named:
        return Path(named).absolute() / LAYOUT
    home = environment.get("HOME", "")
    if platform == "win32":
        return _below(environment.get("LOCALAPPDATA", ""), "scrimp", "Cache", LAYOUT)
    if platform == "darwin":
        return _below(home, "Library", "Caches", "scrimp", LAYOUT)
    return _below(environment.get("XDG_CACHE_HOME", ""), "scrimp", LAYOUT) or _below(
        home, ".cache", "scrimp", LAYOUT
    )


def of_tree(root: Path) -> Path | None:
    """The folder with what is known of a tree by this build; ``None`` if the cache can't be used for it.

    It is not used where the tree could hold its entries, or where others than the user can write them.
    """
    whole = base()
    if whole is None:
        return None
    try:
        real = root.resolve()
        if whole.resolve().is_relative_to(real) or not _is_private(whole):
            return None
    except (OSError, RuntimeError):
        return None
    name = blake2b(os.fsencode(real), digest_size=NAME_BYTES).hexdigest()
    return whole / build() / name


def _below(folder: str, *names: str) -> Path | None:
    return Path(folder, *names) if os.path.isabs(folder) else None  # noqa: PTH117  of the empty name, too


def _is_private(whole: Path) -> bool:
    """Whether only the user writes what is in the folder; it is made so if it isn't there."""
    whole.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not hasattr(os, "geteuid"):
        return True  # Windows: a user's own folder is not writable by others
    status = whole.stat()
    mine = status.st_uid == os.geteuid() or os.geteuid() == 0
    return mine and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
