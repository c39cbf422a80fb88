"""What a run read of a tree, kept for those that follow (see ``recall``)."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from contextvars import ContextVar
from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.ambient import holding
from scrimp.model.source import Skipped
from scrimp.pipeline import links
from scrimp.pipeline.scan import Scan
from scrimp.pipeline.setup import Setup
from scrimp.store import names, sealed
from scrimp.store.values import decoded, encoded
from scrimp.tree.decode import blob_hash
from scrimp.tree.files import Tree

_FILE: ContextVar[Path | None] = ContextVar("where a scan is kept", default=None)


def keeping_scan(file: Path) -> AbstractContextManager[None]:
    """Lets runs leave what they read in a file, and take it from there."""
    return holding(_FILE, file)


class Kept(Struct, frozen=True, array_like=True):
    """What a run read.

    ``ground`` is what that depends on besides the files, ``paths`` tells which of these there were. ``read`` and
    ``others`` are hashes of the files that were read and of those that hold nothing, by path; ``unread`` tells of what
    could not be read what it was. ``imported`` are files that stand for more than they say by themselves. What all of
    it was linked to is kept under the key ``linked`` (see ``links``).
    """

    ground: bytes
    paths: bytes
    read: dict[str, str]
    others: dict[str, str]
    unread: dict[str, str]
    imported: frozenset[str]
    linked: bytes


_DECODER = msgspec.msgpack.Decoder(Kept)


def file_of_scan() -> Path | None:
    """Where a scan is kept; ``None`` if none is."""
    return _FILE.get()


def kept(file: Path) -> Kept | None:
    """What is kept in a file; ``None`` if it isn't there, or is damaged."""
    return decoded(_DECODER, sealed.read(file))


def keep(tree: Tree, scan: Scan, setup: Setup, named: Collection[str]) -> None:
    """Keep what was read of a tree, if results are kept; files that were ``named`` were read in any case."""
    file = _FILE.get()
    if file is None:
        return
    unread = {each.path for each in scan.skipped if each.path not in scan.files}
    result = Kept(
        ground(setup, named),
        paths(tree),
        scan.blobs,
        dict(scan.others),
        {path: state(tree, path) for path in sorted(unread & set(tree.paths()))},
        scan.imported,
        links.key_of(scan, setup),
    )
    content = encoded(result)
    if content is not None:
        sealed.write(file, content)


def ground(setup: Setup, named: Collection[str]) -> bytes:
    """What is read and linked depends on, besides the files."""
    settings = setup.settings
    named_anyway = sorted(names.packed(path) for path in named if settings.excludes.covers(path))
    asked = (settings.excludes, setup.formats, setup.sdks, named_anyway)
    return sealed.seal(msgspec.msgpack.encode(asked, order="deterministic"))


def paths(tree: Tree) -> bytes:
    """What tells whether files came or went."""
    skipped = ((each.path, each.code) for each in tree.skipped())
    return sealed.seal(repr((sorted(tree.paths()), *skipped)).encode("utf-8", "surrogatepass"))


def state(tree: Tree, path: str) -> str:
    """What a file is that can't be read: why, or the hash of its bytes."""
    raw = tree.read(path)
    return raw.code if isinstance(raw, Skipped) else blob_hash(raw)
