"""Many values in one file, each read when it is asked for.

The file begins with an index of keys and places, sealed like the values. Whoever saves writes a new file, with the
values that were used, the new ones, and of the others as many as there is room for.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.store.sealed import MAGIC, SEAL, replace, seal

MOST_BYTES = 96 * 2**20
"""Bytes of values in a file; facts of a tree with 10,000 files of code take half of it."""

_HEAD = struct.Struct(f"<{len(MAGIC)}s{SEAL}sQ")


class Slot(Struct, frozen=True, array_like=True):
    """Where a value stands behind the index, and its seal."""

    start: int
    length: int
    seal: bytes


_INDEX = msgspec.msgpack.Decoder(dict[bytes, Slot])


class Pack:
    """The values of a file by their keys; of a file that isn't there, or is damaged, none.

    ``None`` for a file is a pack that nothing is kept of.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._descriptor: int | None = None
        self._slots: dict[bytes, Slot] = {}
        self._start = 0
        self._used: dict[bytes, bytes] = {}
        self._new: dict[bytes, bytes] = {}
        if file is not None:
            self._open(file)

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, ``None`` if there is none."""
        value = self._new.get(key)
        if value is None:
            value = self._used.get(key)
        if value is None and (value := self._read(key)) is not None:
            self._used[key] = value
        return value

    def put(self, key: bytes, value: bytes) -> None:
        """Give a key a value."""
        self._new[key] = value

    def save(self) -> bool:
        """Write the file, if there is anything new; whether it was written."""
        written = self._file is not None and bool(self._new) and replace(self._file, self._parts())
        self.close()
        return written

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in its file."""
        return not self._slots

    @property
    def size(self) -> int:
        """Bytes of the values in its file, and of those that are new."""
        old = sum(slot.length for key, slot in self._slots.items() if key not in self._new)
        return old + sum(map(len, self._new.values()))

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """All values with their keys, those that were written last at the end."""
        return iter(self._values().items())

    def close(self) -> None:
        """Read no more from the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self, file: Path) -> None:
        try:
            self._descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            magic, sealed, length = _HEAD.unpack(os.read(self._descriptor, _HEAD.size))
            index = os.read(self._descriptor, min(length, MOST_BYTES))
            if magic == MAGIC and seal(index) == sealed:
                self._slots = _INDEX.decode(index)
                self._start = _HEAD.size + length
                return
        except (OSError, struct.error, msgspec.MsgspecError):
            pass
        self.close()

    def _read(self, key: bytes) -> bytes | None:
        slot = self._slots.get(key)
        if slot is None or self._descriptor is None:
            return None
        value = b""
        if slot.length:  # most files hold nothing, of which nothing needs to be read
            try:
                os.lseek(self._descriptor, self._start + slot.start, os.SEEK_SET)
                value = os.read(self._descriptor, slot.length)
            except (OSError, ValueError, OverflowError):
                return None
        return value if seal(value) == slot.seal else None

    def _parts(self) -> Iterator[bytes]:
        values = self._values()
        slots: dict[bytes, Slot] = {}
        start = 0
        for key, value in values.items():
            slots[key] = Slot(start, len(value), self._seal(key, value))
            start += len(value)
        index = msgspec.msgpack.encode(slots)
        yield _HEAD.pack(MAGIC, seal(index), len(index))
        yield index
        yield from values.values()

    def _seal(self, key: bytes, value: bytes) -> bytes:
        """The seal of a value: what was read has been found to have the one that it had."""
        return seal(value) if key in self._new else self._slots[key].seal

    def _values(self) -> dict[bytes, bytes]:
        """What is to be written: the new and the used values, then others, those that were written last first."""
        values: dict[bytes, bytes] = {}
        room = MOST_BYTES
        for key, value in self._newest_first():
            room -= len(value)
            if room < 0:
                break
            values[key] = value
        return dict(reversed(values.items()))

    def _newest_first(self) -> Iterator[tuple[bytes, bytes]]:
        yield from self._new.items()
        yield from ((key, value) for key, value in self._used.items() if key not in self._new)
        for key in reversed(self._slots):
            if key not in self._new and key not in self._used:
                value = self._read(key)
                if value is not None:
                    yield key, value
