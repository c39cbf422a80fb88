"""Many values that rarely change in one pack, and what came since in another, so that saving costs what is new."""

from __future__ import annotations

import contextlib
from pathlib import Path

from scrimp.store.pack import Pack

SHARE = 8
"""The smaller pack is joined to the larger one once it is more than its eighth: a large one is seldom written."""


class LayeredPack:
    """The values of two files by their keys, those of ``file`` and what came since; see ``Pack``."""

    def __init__(self, file: Path | None) -> None:
        self._recent_file = None if file is None else file.with_name(f"{file.name}-recent")
        self._base = Pack(file)
        self._recent = Pack(self._recent_file)

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, ``None`` if there is none."""
        value = self._recent.get(key)
        return self._base.get(key) if value is None else value

    def put(self, key: bytes, value: bytes) -> None:
        """Give a key a value."""
        self._recent.put(key, value)

    def save(self) -> bool:
        """Write what is new, if there is anything; whether it was written."""
        if self._recent.size * SHARE <= self._base.size:
            self._base.close()
            return self._recent.save()
        for key, value in self._recent.items():
            self._base.put(key, value)
        written = self._base.save()
        self._recent.close()
        if written and self._recent_file is not None:
            with contextlib.suppress(OSError):
                self._recent_file.unlink(missing_ok=True)
        return written

    def close(self) -> None:
        """Read no more from the files."""
        self._base.close()
        self._recent.close()
