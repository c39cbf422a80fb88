"""The linked result of an earlier run, carried over to what was edited since.

Most runs of a hook follow an edit of a few prompts. The scan of before and its linked result hold for all other files,
and an edit of wording is carried over (see ``link.edits``), so that nothing is linked and only the edited files are
read. Where anything else has changed, the run does without: it is slower then, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from scrimp.link.edits.likeness import Edit, edit
from scrimp.link.edits.moves import UncarriedError
from scrimp.model.facts import Facts
from scrimp.model.prompts import Linked
from scrimp.model.source import Skipped
from scrimp.pipeline import links
from scrimp.pipeline.kept import Kept, file_of_scan, ground, kept, paths, state
from scrimp.pipeline.looks import Keys, Look, Looks, looks
from scrimp.pipeline.reading import Unread, reading
from scrimp.pipeline.reread import Reread
from scrimp.pipeline.scan import HEAD, learned, lets_hope
from scrimp.pipeline.setup import Setup
from scrimp.readers import reader_name
from scrimp.readers.sdks import knowing, own_names
from scrimp.tree.decode import blob_hash
from scrimp.tree.files import Tree


class Recalled(Struct, frozen=True):
    """A tree whose linked result was kept, edits since carried over.

    ``facts`` gives those of a file that was ``read``; ``unread`` are those that could not be read.
    """

    linked: Linked
    read: Collection[str]
    unread: Collection[str]
    _source: _Source

    def facts(self, path: str) -> Facts:
        """What a file says. Raises ``UncarriedError`` if it isn't kept."""
        return self._source.facts(path)


def recalled(tree: Tree, setup: Setup, named: Collection[str]) -> Recalled | None:
    """What is kept of a tree as it is now; ``None`` if nothing is, or more changed since than can be carried over."""
    file = file_of_scan()
    known = None if file is None else kept(file)
    if file is None or known is None or known.ground != ground(setup, named) or known.paths != paths(tree):
        return None
    packed = links.packed(known.linked)
    if packed is None:
        return None
    try:
        with knowing(setup.sdks):
            keys = Keys.on(setup.formats, own_names())
            reread = Reread.of(file.with_name(f"{file.name}-since"), known.ground)
            source = _Source(tree, known, packed, setup, keys, looks(), reread)
            edits = {each.path: each for each in source.edits()}
        from scrimp.link.edits.carrying import carried  # noqa: PLC0415  heavy

        linked = carried(source.linked, packed, edits)
    except UncarriedError:
        return None
    return Recalled(linked, known.read.keys(), known.unread.keys(), source)


class _Source(Struct, dict=True):
    """The files of a tree, and what is known of them from before, when they were linked to what is ``packed``."""

    tree: Tree
    kept: Kept
    packed: bytes
    setup: Setup
    keys: Keys
    looks: Looks
    reread: Reread
    edited: dict[str, Facts] = field(default_factory=dict)
    """Facts of the files that changed, as they are now."""

    @cached_property
    def linked(self) -> Linked:
        """What was linked before. Raises ``UncarriedError`` if that is damaged."""
        linked = links.unpacked(self.packed)
        if linked is None:
            raise UncarriedError("what was linked is damaged")
        return linked

    def make_ready(self) -> None:
        """Load what comes after the edited files are read, while another process reads one of them."""
        from scrimp import checks  # noqa: PLC0415  heavy
        from scrimp.link.edits import carrying  # noqa: F401, PLC0415
        from scrimp.measure import outputs  # noqa: PLC0415
        from scrimp.pipeline import lint  # noqa: F401, PLC0415

        _ = self.linked, self.setup.prices
        checks.make_ready(self.setup.cards)
        outputs.make_ready()

    def facts(self, path: str) -> Facts:
        facts = self.edited.get(path) or self._known(path).facts
        if facts is None or path in self.kept.imported:
            raise UncarriedError(f"nothing is kept of {path}")
        return facts

    def edits(self) -> Iterator[Edit]:
        """The edits of all files that were read and have changed. Raises ``UncarriedError`` for any other change."""
        changed = {path: raw for path, raw in self._changed() if not self._is_still_nothing(path, raw)}
        for path, look in self._looks(changed).items():
            before = self._known(path)
            if look.facts is None or before.facts is None or _scanned(look) != _scanned(before):
                raise UncarriedError(f"{path} may be read for another reason")
            self.edited[path] = look.facts
            yield edit(path, before.facts, look.facts)

    def _changed(self) -> Iterator[tuple[str, bytes]]:
        """The files that aren't as they were, of those that say or might say something, with their bytes."""
        before = {**self.kept.read, **self.kept.others}
        for file in self.tree.files():
            blob = before.get(file.path)
            if blob is None or file.blob == blob:
                continue
            raw = self.tree.read(file.path)
            if isinstance(raw, Skipped):
                raise UncarriedError(f"{file.path} can't be read")
            if blob_hash(raw) != blob:
                yield file.path, raw
        if any(state(self.tree, path) != was for path, was in self.kept.unread.items()):
            raise UncarriedError("a file that couldn't be read is another one")

    def _is_still_nothing(self, path: str, raw: bytes) -> bool:
        """Whether a file that held nothing holds nothing now; refuses one that may, by itself or to an importer."""
        if path not in self.kept.others:
            return False
        known = self.looks.get(self.keys.of(path, self.kept.others[path]))
        if reader_name(path, raw[:HEAD], self.setup.formats) is None:
            return True
        if known is None or lets_hope(path, raw, self.setup.formats):
            raise UncarriedError(f"{path} may hold something now")
        if known.bound is not None:
            from scrimp.pipeline.mentions import bound  # noqa: PLC0415  few files are asked for what they bind

            if bound(path, raw) != known.bound:
                raise UncarriedError(f"{path} may hold something that others import")
        return True

    def _known(self, path: str) -> Look:
        """What was learned of a file as it was."""
        look = self.looks.get(self.keys.of(path, self.kept.read[path]))
        if look is None:
            raise UncarriedError(f"nothing is kept of {path}")
        return look

    def _looks(self, changed: Mapping[str, bytes]) -> dict[str, Look]:
        """What is to be learned of some files as they are; those that nobody has seen so yet are read together."""
        blobs = {path: blob_hash(raw) for path, raw in changed.items()}
        known = {path: self.reread.get(path, blob) for path, blob in blobs.items()}
        with reading(1, self.setup.formats, self.make_ready) as desk:
            for path in [path for path, look in known.items() if look is None]:
                desk.take(self._unread(path, changed[path], blobs[path]))
            for each, outcome in desk.outcomes():
                known[each.path] = look = learned(each, outcome)
                self.reread.put(each.path, each.blob, look)
        self.reread.save(known)
        return {path: look for path, look in known.items() if look is not None}

    def _unread(self, path: str, raw: bytes, blob: str) -> Unread:
        reader = reader_name(path, raw[:HEAD], self.setup.formats)
        if reader is None:
            raise UncarriedError(f"{path} is of another format")
        return Unread(path, raw, blob, reader, lets_hope(path, raw, self.setup.formats))


def _scanned(look: Look) -> tuple[object, ...]:
    """What tells for which reason a file is read, and which others are for its sake."""
    return look.wanted, sorted(look.named), look.bound
