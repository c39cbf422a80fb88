"""What the calls of a tree send, kept by the files that it was linked of: who asks again has it without linking."""

from __future__ import annotations

from contextlib import AbstractContextManager
from contextvars import ContextVar
from pathlib import Path

import msgspec

from scrimp.ambient import holding
from scrimp.link import link
from scrimp.model.prompts import Linked
from scrimp.pipeline.scan import Scan
from scrimp.pipeline.setup import Setup
from scrimp.store import names, sealed
from scrimp.store.shelf import Shelf
from scrimp.store.values import decoded, encoded

MOST_LINKS = 8
"""Linked results of a tree that are kept: a comparison has two, and an edit that is taken back has one again."""
MOST_BYTES = 64 * 2**20
"""Bytes of a linked result that is kept: crewai's takes 0.6 MB, that of 5,000 files with 500 prompts 0.5 MB."""
NOTHING = Shelf(None, MOST_LINKS, MOST_BYTES)

_SHELF: ContextVar[Shelf] = ContextVar("where linked results are kept", default=NOTHING)
_DECODER = msgspec.msgpack.Decoder(Linked)


def keeping_links(folder: Path) -> AbstractContextManager[None]:
    """Lets runs take linked results from a folder, and leave them there."""
    return holding(_SHELF, Shelf(folder, MOST_LINKS, MOST_BYTES))


def linked(scan: Scan, setup: Setup) -> Linked:
    """What is linked of the files of a scan, from before if they were linked before."""
    shelf = _SHELF.get()
    if shelf is NOTHING:
        return link(scan.files, setup.sdks, scan.index)
    key = key_of(scan, setup)
    known = unpacked(shelf.get(key))
    if known is not None:
        return known
    found = link(scan.files, setup.sdks, scan.index)
    content = encoded(found)
    if content is not None:
        shelf.put(key, content)
    return found


def packed(key: bytes) -> bytes | None:
    """A linked result as it is kept; ``None`` if it isn't."""
    return _SHELF.get().get(key)


def unpacked(content: bytes | None) -> Linked | None:
    """The linked result that was packed; ``None`` if there is none, or it is damaged."""
    return decoded(_DECODER, content)


def key_of(scan: Scan, setup: Setup) -> bytes:
    """What is linked of the files of a scan depends on."""
    files = [(names.packed(path), blob) for path, blob in sorted(scan.blobs.items())]
    imported = sorted(map(names.packed, scan.imported))
    what = (files, imported, setup.formats, setup.sdks)
    return sealed.seal(msgspec.msgpack.encode(what, order="deterministic"))
