"""The linked result of an earlier run, kept, and carried over to what was edited since.

Most runs of a hook follow an edit of a few prompts. The scan of before and its linked result hold for all other files,
and an edit of wording is carried over (see ``link.edits``), so that nothing is linked and only the edited files are
read. Where anything else has changed, the run does without: it is slower then, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.checks.handled import Handled
from scrimp.link.edits import Edit, UncarriedError, carried, edit
from scrimp.model.facts import Facts
from scrimp.model.prompts import Linked
from scrimp.model.source import Skipped
from scrimp.pipeline.looks import Keys, Look, Looks, looks
from scrimp.pipeline.reading import Unread, read_all
from scrimp.pipeline.scan import HEAD, Scan
from scrimp.pipeline.setup import Setup
from scrimp.readers import reader_for, wanted
from scrimp.readers.sdks import knowing, own_names
from scrimp.store import sealed
from scrimp.tree.decode import blob_hash, decode
from scrimp.tree.files import Tree

_FILE: ContextVar[Path | None] = ContextVar("where the linked result is kept", default=None)


@contextmanager
def keeping_linked(file: Path) -> Iterator[None]:
    """Lets runs leave their linked result in a file, and take it from there."""
    token = _FILE.set(file)
    try:
        yield
    finally:
        _FILE.reset(token)


class Kept(Struct, frozen=True, array_like=True):
    """What a run read and linked.

    ``ground`` is what it depends on besides the files, ``paths`` tells which of these there were. ``read`` and
    ``others`` are hashes of the files that were read and of those that hold nothing, by path; ``unread`` tells of what
    could not be read what it was. ``imported`` are files that stand for more than they say by themselves.
    """

    ground: bytes
    paths: bytes
    read: dict[str, str]
    others: dict[str, str]
    unread: dict[str, str]
    imported: frozenset[str]
    handled: Handled
    linked: msgspec.Raw


_DECODER = msgspec.msgpack.Decoder(Kept)


def keep(tree: Tree, scan: Scan, linked: Linked, setup: Setup, named: Collection[str]) -> None:
    """Keep what was read and linked of a tree, if results are kept; files that were ``named`` were read in any case."""
    file = _FILE.get()
    if file is None:
        return
    unread = {each.path for each in scan.skipped if each.path not in scan.files}
    try:
        kept = Kept(
            _ground(setup, named),
            _paths(tree),
            scan.blobs,
            dict(scan.others),
            {path: _state(tree, path) for path in sorted(unread & set(tree.paths()))},
            scan.imported,
            Handled.of(scan.files),
            msgspec.Raw(msgspec.msgpack.encode(linked)),
        )
        sealed.write(file, msgspec.msgpack.encode(kept))
    except (UnicodeEncodeError, OverflowError):
        return  # half of a surrogate pair, or a number beyond 64 bits


def _ground(setup: Setup, named: Collection[str]) -> bytes:
    """What is read and linked depends on, besides the files."""
    settings = setup.settings
    named_anyway = sorted(path for path in named if settings.excludes.covers(path))
    asked = (settings.excludes, setup.formats, setup.sdks, named_anyway)
    return sealed.seal(msgspec.msgpack.encode(asked, order="deterministic"))


def _paths(tree: Tree) -> bytes:
    """What tells whether files came or went."""
    skipped = ((each.path, each.code) for each in tree.skipped())
    return sealed.seal(repr((sorted(tree.paths()), *skipped)).encode("utf-8", "surrogatepass"))


def _state(tree: Tree, path: str) -> str:
    """What a file is that can't be read: why, or the hash of its bytes."""
    raw = tree.read(path)
    return raw.code if isinstance(raw, Skipped) else blob_hash(raw)


class Recalled(Struct, frozen=True):
    """A tree whose linked result was kept, edits since carried over.

    ``facts`` gives those of a file that was ``read``. ``handled`` is what all files tell of names, and ``unread`` are
    those that could not be read.
    """

    linked: Linked
    handled: Handled
    read: Collection[str]
    unread: Collection[str]
    _source: _Source

    def facts(self, path: str) -> Facts:
        """What a file says. Raises ``UncarriedError`` if it isn't kept."""
        return self._source.facts(path)


def recalled(tree: Tree, setup: Setup, named: Collection[str]) -> Recalled | None:
    """What is kept of a tree as it is now; ``None`` if nothing is, or more changed since than can be carried over."""
    file = _FILE.get()
    content = None if file is None else sealed.read(file)
    if content is None:
        return None
    try:
        kept = _DECODER.decode(content)
        if kept.ground != _ground(setup, named) or kept.paths != _paths(tree):
            return None
        with knowing(setup.sdks):
            source = _Source(tree, kept, setup, Keys.on(setup.formats, own_names()), looks())
            edits = {each.path: each for each in source.edits()}
            linked = carried(bytes(kept.linked), edits)
    except (UncarriedError, msgspec.MsgspecError):
        return None
    return Recalled(linked, kept.handled, kept.read.keys(), kept.unread.keys(), source)


class _Source(Struct):
    """The files of a tree, and what is known of them from before."""

    tree: Tree
    kept: Kept
    setup: Setup
    keys: Keys
    looks: Looks
    edited: dict[str, Facts] = msgspec.field(default_factory=dict)
    """Facts of the files that changed, as they are now."""

    def facts(self, path: str) -> Facts:
        facts = self.edited.get(path) or self._known(path).facts
        if facts is None or path in self.kept.imported:
            raise UncarriedError(f"nothing is kept of {path}")
        return facts

    def edits(self) -> Iterator[Edit]:
        """The edits of all files that were read and have changed. Raises ``UncarriedError`` for any other change."""
        for path in self._changed():
            raw = self.tree.read(path)
            if isinstance(raw, Skipped) or path in self.kept.unread or path in self.kept.imported:
                raise UncarriedError(f"{path} is another file")
            if path in self.kept.others:
                self._refuse_if_wanted(path, raw)
                continue
            before, now = self._known(path), self._look(path, raw)
            if now.facts is None or before.facts is None or _scanned(now) != _scanned(before):
                raise UncarriedError(f"{path} may be read for another reason")
            self.edited[path] = now.facts
            yield edit(path, before.facts, now.facts)

    def _changed(self) -> Iterator[str]:
        """The paths of the files that aren't as they were, of those that say or might say something."""
        before = {**self.kept.read, **self.kept.others}
        for file in self.tree.files():
            path, blob = file.path, before.get(file.path)
            if blob is not None and (file.blob or self._hash(path)) != blob:
                yield path
        for path, state in self.kept.unread.items():
            if _state(self.tree, path) != state:
                yield path

    def _hash(self, path: str) -> str:
        raw = self.tree.read(path)
        return "" if isinstance(raw, Skipped) else blob_hash(raw)

    def _known(self, path: str) -> Look:
        """What was learned of a file as it was."""
        look = self.looks.get(self.keys.of(path, self.kept.read[path]))
        return look or _missing(path)

    def _look(self, path: str, raw: bytes) -> Look:
        """What is to be learned of a file as it is."""
        blob = blob_hash(raw)
        known = self.looks.get(self.keys.of(path, blob))
        if known is not None:
            return known
        reader, source = reader_for(path, raw[:HEAD], self.setup.formats), decode(path, raw, blob)
        if reader is None or isinstance(source, Skipped):
            return _missing(path)
        is_wanted = self._is_wanted(path, raw)
        outcome = read_all([Unread(raw, source, reader, is_wanted)], 1)[0]
        look = Look(is_wanted, outcome.facts, outcome.named, outcome.bound)
        self.looks.put(self.keys.of(path, blob), look)
        return look

    def _is_wanted(self, path: str, raw: bytes) -> bool:
        return wanted(path, raw, self.setup.formats) or any(name in raw for name in own_names())

    def _refuse_if_wanted(self, path: str, raw: bytes) -> None:
        """Refuse a file that held nothing, and may now: by itself, or to one that imports something from it."""
        known = self.looks.get(self.keys.of(path, self.kept.others[path]))
        if reader_for(path, raw[:HEAD], self.setup.formats) is None:
            return
        if known is None or self._is_wanted(path, raw):
            raise UncarriedError(f"{path} may hold something now")
        if known.bound is not None:
            from scrimp.pipeline.mentions import bound  # noqa: PLC0415  few files are asked for what they bind

            if bound(path, raw) != known.bound:
                raise UncarriedError(f"{path} may hold something that others import")


def _scanned(look: Look) -> tuple[object, ...]:
    """What tells for which reason a file is read, and which others are for its sake."""
    return look.wanted, sorted(look.named), look.bound


def _missing(path: str) -> Look:
    raise UncarriedError(f"nothing is kept of {path}")
