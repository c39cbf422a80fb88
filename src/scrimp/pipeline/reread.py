"""What was learned of files that changed since a tree was linked: of each, as it was seen last."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec
from msgspec import Struct, field

from scrimp.pipeline.looks import Look
from scrimp.store import sealed
from scrimp.store.values import decoded, encoded


class _Seen(Struct, frozen=True, array_like=True):
    """What was learned of a file whose bytes have a hash."""

    blob: str
    look: Look


class _File(Struct, frozen=True, array_like=True):
    ground: bytes
    seen: dict[str, _Seen]


_DECODER = msgspec.msgpack.Decoder(_File)


class Reread(Struct):
    """Looks at files by their paths, kept in a file; ``ground`` is what they depend on besides the files."""

    file: Path
    ground: bytes
    seen: dict[str, _Seen] = field(default_factory=dict)
    is_new: bool = False

    @classmethod
    def of(cls, file: Path, ground: bytes) -> Reread:
        """What is kept in a file; nothing if that was of another ground, or is damaged."""
        kept = decoded(_DECODER, sealed.read(file))
        return cls(file, ground, kept.seen if kept is not None and kept.ground == ground else {})

    def get(self, path: str, blob: str) -> Look | None:
        """What was learned of a file with these bytes."""
        seen = self.seen.get(path)
        return seen.look if seen is not None and seen.blob == blob else None

    def put(self, path: str, blob: str, look: Look) -> None:
        """Remember what was learned of a file, in place of what was."""
        self.seen[path] = _Seen(blob, look)
        self.is_new = True

    def save(self, paths: Collection[str]) -> None:
        """Write what was learned of some files, if anything of it is new."""
        if not self.is_new:
            return
        seen = {path: seen for path, seen in self.seen.items() if path in paths}
        content = encoded(_File(self.ground, seen))
        if content is not None:
            sealed.write(self.file, content)
