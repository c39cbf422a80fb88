"""The size of the cache, and how it is emptied."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from scrimp.store.place import LAYOUT
from scrimp.store.sealed import TEMPORARY

MOST_BYTES = 512 * 2**20
"""Bytes of the whole cache; the trees that were written longest ago go first."""

ABANDONED = 3600
"""Seconds after which a file that is being written is what a killed run left."""


class Folder(Struct, frozen=True):
    """What is kept of one tree by one build: its size in bytes, and when it was written last."""

    path: Path
    size: int
    written: float


def trim(whole: Path, keep: Path, most: int = MOST_BYTES) -> None:
    """Let go of trees until the cache is within its size, never of ``keep``, and of what killed runs left.

    What a build shares among its trees goes with the last of them.
    """
    room = most
    for folder in sorted(_folders(whole), key=lambda each: -each.written):
        room -= folder.size
        if room < 0 and folder.path != keep:
            _remove(folder.path)
    for build in _inside(whole):
        if build.path != str(keep.parent) and not any(map(_is_folder, _inside(build.path))):
            _remove(build.path)


def empty(whole: Path) -> int:
    """Remove the whole cache; the bytes that it held. What isn't ours is left alone, links are not followed."""
    if whole.name != LAYOUT or whole.is_symlink():
        return 0
    size = sum(status.st_size for status in _files(str(whole)))
    _remove(whole)
    return size


def _remove(folder: str | Path) -> None:
    """Remove a folder as far as that is possible."""
    import shutil  # noqa: PLC0415  most runs find nothing to remove

    shutil.rmtree(folder, ignore_errors=True)


def _folders(whole: Path) -> Iterator[Folder]:
    for build in _inside(whole):
        for tree in filter(_is_folder, _inside(build.path)):
            files = list(_files(tree.path))
            yield Folder(
                Path(tree.path),
                sum(status.st_size for status in files),
                max((status.st_mtime for status in files), default=0.0),
            )


def _files(folder: str) -> Iterator[os.stat_result]:
    """The files below a folder, but for those that a killed run left, which go."""
    for entry in _inside(folder):
        try:
            status = entry.stat(follow_symlinks=False)
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.name.startswith(TEMPORARY) and status.st_mtime < time.time() - ABANDONED:
                Path(entry.path).unlink()
            else:
                yield status
        except OSError:
            continue  # another run took it away


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _inside(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder))
    except OSError:
        return []
