"""What the calls of a tree send, kept by the files that it was linked of: who asks again has it without linking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import msgspec

from scrimp.link import link
from scrimp.model.prompts import Linked
from scrimp.pipeline.scan import Scan
from scrimp.pipeline.setup import Setup
from scrimp.store import sealed
from scrimp.store.shelf import Shelf

MOST_LINKS = 8
"""Linked results of a tree that are kept: a comparison has two, and an edit that is taken back has one again."""
MOST_BYTES = 64 * 2**20
"""Bytes of a linked result that is kept: crewai's takes 0.6 MB, that of 5,000 files with 500 prompts 0.5 MB."""
NOTHING = Shelf(None, MOST_LINKS, MOST_BYTES)

_SHELF: ContextVar[Shelf] = ContextVar("where linked results are kept", default=NOTHING)
_DECODER = msgspec.msgpack.Decoder(Linked)


@contextmanager
def keeping_links(folder: Path) -> Iterator[None]:
    """Lets runs take linked results from a folder, and leave them there."""
    token = _SHELF.set(Shelf(folder, MOST_LINKS, MOST_BYTES))
    try:
        yield
    finally:
        _SHELF.reset(token)


def linked(scan: Scan, setup: Setup) -> Linked:
    """What is linked of the files of a scan, from before if they were linked before."""
    key = key_of(scan, setup)
    known = None if key is None else packed(key)
    found = None if known is None else unpacked(known)
    if found is not None:
        return found
    found = link(scan.files, setup.sdks)
    if key is not None and _SHELF.get() is not NOTHING:
        try:
            _SHELF.get().put(key, msgspec.msgpack.encode(found))
        except (UnicodeEncodeError, OverflowError):
            return found  # half of a surrogate pair, or a number beyond 64 bits
    return found


def packed(key: bytes) -> bytes | None:
    """A linked result as it is kept; ``None`` if it isn't."""
    return _SHELF.get().get(key)


def unpacked(content: bytes) -> Linked | None:
    """The linked result that was packed; ``None`` if that is damaged."""
    try:
        return _DECODER.decode(content)
    except msgspec.MsgspecError:
        return None


def key_of(scan: Scan, setup: Setup) -> bytes | None:
    """What is linked of the files of a scan depends on; ``None`` if a path can't be part of a key."""
    files = sorted(scan.blobs.items())
    try:
        what = (files, sorted(scan.imported), setup.formats, setup.sdks)
        return sealed.seal(msgspec.msgpack.encode(what, order="deterministic"))
    except UnicodeEncodeError:
        return None
