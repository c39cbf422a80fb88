"""A few values in a folder, each in a file of its own; those put there last stay."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from scrimp.store import sealed


class Shelf(Struct, frozen=True):
    """At most so many values, of so many bytes each; ``None`` for a folder is to know and keep nothing."""

    folder: Path | None
    most: int
    most_bytes: int

    def get(self, key: bytes) -> bytes | None:
        """The value of a key; ``None`` if there is none."""
        return None if self.folder is None else sealed.read(self._file(self.folder, key))

    def put(self, key: bytes, value: bytes) -> bool:
        """Keep a value, and let go of those that are too many; whether it was kept."""
        if self.folder is None or len(value) > self.most_bytes:
            return False
        if not sealed.write(self._file(self.folder, key), value):
            return False
        self._forget(self.folder)
        return True

    @staticmethod
    def _file(folder: Path, key: bytes) -> Path:
        return folder / blake2b(key, digest_size=sealed.SEAL).hexdigest()

    def _forget(self, folder: Path) -> None:
        try:
            files = sorted(folder.iterdir(), key=lambda file: -file.stat().st_mtime_ns)
            for file in files[self.most :]:
                file.unlink(missing_ok=True)
        except OSError:
            return  # another run is tidying up
