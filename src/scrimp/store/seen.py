"""Hashes of files that are still as they were when they were read, told by their size, times and inode.

Git's index tells the same of files that it tracks, but its hash is of what it would commit, which filters and line
ends make another text than the file's; and it knows nothing of other files, nor of folders outside of a repository.
So the rule is git's and the hashes are our own. A file that changed just before it was read may change once more
without another time to tell it (git calls it racy): it is not remembered.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.store import sealed
from scrimp.store.names import packed

SETTLED = 2_000_000_000
"""Nanoseconds after which a further change has another time: what FAT, the coarsest file system, keeps."""


SHARE = 200
"""Of so many files that are known one may be read in each run again, before all of them are written anew."""


class State(Struct, frozen=True, array_like=True):
    """What changes if a file does; the time of its inode can't be set by anybody."""

    size: int
    changed: int
    inode_changed: int
    inode: int


class Record(Struct, frozen=True, array_like=True):
    """A file's state, and the hash of its bytes in it."""

    state: State
    blob: str


_DECODER = msgspec.msgpack.Decoder(dict[bytes, Record])


class SeenFiles:
    """The files of a tree as earlier runs saw them; ``None`` for a file is to know and keep nothing.

    ``now`` is the time before the tree is listed, in nanoseconds since the epoch.
    """

    def __init__(self, file: Path | None, now: int | None = None) -> None:
        self._file = file
        self._before = _read(file)
        self._states: dict[str, State] = {}
        self._blobs: dict[str, str] = {}
        self._learned: set[str] = set()
        self._settled = (time.time_ns() if now is None else now) - SETTLED

    def identify(self, path: str, status: os.stat_result) -> str | None:
        """The hash of a file that is listed now, if it is known without reading it."""
        state = State(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        if state.changed >= self._settled or state.inode_changed >= self._settled:
            return None
        self._states[path] = state
        known = self._before.get(packed(path))
        if known is None or known.state != state:
            return None
        self._blobs[path] = known.blob
        return known.blob

    def note(self, path: str, blob: str) -> None:
        """Remember the hash of a file that was read after it was listed."""
        self._blobs[path] = blob
        if path in self._states:
            self._learned.add(path)

    def save(self) -> bool:
        """Write what is known of the files that were listed, if that is much more than was known before."""
        if self._file is None or len(self._learned) * SHARE <= len(self._before):
            return False
        now = {
            packed(path): Record(state, blob)
            for path, blob in self._blobs.items()
            if (state := self._states.get(path)) is not None
        }
        return sealed.write(self._file, msgspec.msgpack.encode(now))


def _read(file: Path | None) -> dict[bytes, Record]:
    content = None if file is None else sealed.read(file)
    try:
        return {} if content is None else _DECODER.decode(content)
    except msgspec.MsgspecError:
        return {}
