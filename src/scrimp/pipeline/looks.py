"""What a scan learns of one file: whether it is worth reading, its facts, and the files that it names."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Protocol

import msgspec
from msgspec import Struct, field

from scrimp.ambient import holding
from scrimp.model.facts import Facts
from scrimp.readers import Formats
from scrimp.store.layered import LayeredPack
from scrimp.store.sealed import seal
from scrimp.store.values import decoded, encoded


class Look(msgspec.Struct, frozen=True, array_like=True):
    """What follows from a file's path and bytes alone.

    ``wanted`` tells whether its bytes let hope for a prompt; ``facts`` are there if it was read, ``named`` are then the
    last parts of the names of files that it may mean. ``bound`` are the names that it binds, if that was asked.
    """

    wanted: bool
    facts: Facts | None = None
    named: tuple[str, ...] = ()
    bound: tuple[str, ...] | None = None


PASSED_OVER = Look(wanted=False)


class Keys(Struct, frozen=True):
    """Makes keys of looks: ``ground`` is what they depend on besides the file."""

    ground: bytes

    @classmethod
    def on(cls, formats: Formats, names: Iterable[bytes]) -> Keys:
        """The keys where a project has ``formats`` of its own, and its own SDKs call ``names``."""
        return cls(msgspec.msgpack.encode((formats, sorted(names))))

    def of(self, path: str, blob: str) -> bytes:
        """The key for a file with these bytes, by their hash, at this path."""
        return seal(b"\0".join((path.encode("utf-8", "surrogateescape"), blob.encode(), self.ground)))


class Looks(Protocol):
    """Looks by their keys."""

    def get(self, key: bytes) -> Look | None:
        """What was learned; ``None`` if nothing was."""
        ...

    def put(self, key: bytes, look: Look) -> None:
        """Remember what was learned."""
        ...


class LooksOfRun(Struct, frozen=True):
    """Looks of one run: of two trees that it reads, equal files at equal paths are looked at once."""

    known: dict[bytes, Look] = field(default_factory=dict)

    def get(self, key: bytes) -> Look | None:
        """As ``Looks`` says."""
        return self.known.get(key)

    def put(self, key: bytes, look: Look) -> None:
        """As ``Looks`` says."""
        self.known[key] = look


_DECODER = msgspec.msgpack.Decoder(Look)
_NOT_WANTED = b""
"""What is kept of a look that let hope for nothing: most files of a repository."""


class KeptLooks(Struct, frozen=True):
    """Looks that outlive a run, in a pack; each is decoded once."""

    pack: LayeredPack
    run: LooksOfRun = field(default_factory=LooksOfRun)

    def get(self, key: bytes) -> Look | None:
        """As ``Looks`` says."""
        look = self.run.get(key)
        if look is None and (look := self._kept(key)) is not None:
            self.run.put(key, look)
        return look

    def put(self, key: bytes, look: Look) -> None:
        """As ``Looks`` says."""
        self.run.put(key, look)
        raw = _NOT_WANTED if look == PASSED_OVER else encoded(look)
        if raw is not None:  # else the file is read each time
            self.pack.put(key, raw)

    def _kept(self, key: bytes) -> Look | None:
        raw = self.pack.get(key)
        return PASSED_OVER if raw == _NOT_WANTED else decoded(_DECODER, raw)


_PACK: ContextVar[LayeredPack | None] = ContextVar("where looks are kept", default=None)


def keeping(pack: LayeredPack) -> AbstractContextManager[None]:
    """Lets scans take looks from a pack, and leave them there."""
    return holding(_PACK, pack)


def looks() -> Looks:
    """Where a scan takes looks from, and leaves them."""
    pack = _PACK.get()
    return LooksOfRun() if pack is None else KeptLooks(pack)
