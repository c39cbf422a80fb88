"""Files to facts: those that a cheap look at their bytes lets through, and whatever these import or load by name.

A prompt constant often lives in a file that looks like nothing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.config.schema import Settings
from scrimp.link import CODE_LANGUAGES
from scrimp.link.index import Index
from scrimp.link.specifiers import aliases_of
from scrimp.model.facts import Facts
from scrimp.model.source import Lines, Skipped
from scrimp.pipeline.looks import PASSED_OVER, Keys, Look, Looks, looks
from scrimp.pipeline.mentions import ANY, bound
from scrimp.pipeline.passed import PassedOver
from scrimp.pipeline.reading import Desk, Outcome, Unread, reading
from scrimp.readers import Formats, is_data, missing_extra, reader_name, wanted
from scrimp.readers.formats import NONE
from scrimp.readers.imports import AGENT, MOST_HOPS, includes, target
from scrimp.readers.paths import imports_files
from scrimp.readers.sdks import own_names
from scrimp.tree.decode import blob_hash, decode
from scrimp.tree.files import Tree, TreeFile
from scrimp.tree.scope import Scoped
from scrimp.workers import Meanwhile

Progress = Callable[[int, int], None]
"""Told how many files of how many are done."""
FirstLook = Callable[[str, bytes, Formats], bool]
"""Whether a file is worth being read by its path and bytes alone."""

MOST_HELD = 16_000_000  # bytes of files that are held to be read together, and of those that others may name
HEAD = 4096  # bytes that tell what a file without a suffix is


class Scan(Struct, frozen=True):
    """What was read of a tree: facts by path, hashes of the files' bytes, and what was skipped.

    ``passed_over`` counts the files of no format that is read, and those whose bytes let hope for nothing.
    ``read`` are the bytes of files that were read, rather than known from before. ``pictures`` are the sizes in pixels
    of the images that its prompts show, by path.
    """

    files: dict[str, Facts]
    blobs: dict[str, str]
    skipped: tuple[Skipped, ...]
    passed_over: int
    read: int = 0
    pictures: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    """Hashes of files that hold nothing: those passed over, and those whose beginning is of no format."""
    imported: frozenset[str] = frozenset()
    """Files that instructions of agents import, whose facts are more than their own reader made of them."""
    index: Index = field(default_factory=Index)
    """What the linker asks of files alone, looked up of those that were read, while others were."""

    @property
    def lines(self) -> dict[str, bytes]:
        """Line starts by path."""
        return {path: facts.lines for path, facts in self.files.items()}


def lets_hope(path: str, raw: bytes, formats: Formats) -> bool:
    """Whether a file's bytes let hope for a prompt, or for a call of one of the project's own SDKs."""
    return wanted(path, raw, formats) or any(name in raw for name in own_names())


class Scanner(Struct):
    """Scans trees; equal files at equal paths are looked at and read once, and those of ``looks`` not at all.

    ``meanwhile`` is done while other processes read. ``hopes`` is the first look: whether a file is read that no other
    one names.
    """

    looks: Looks = field(default_factory=looks)
    meanwhile: Meanwhile = object
    hopes: FirstLook = lets_hope

    def scan(
        self,
        tree: Tree,
        settings: Settings,
        formats: Formats = NONE,
        progress: Progress | None = None,
        named: Collection[str] = (),
        jobs: int = 1,
    ) -> Scan:
        """All facts of a tree; what the settings exclude is left out, unless it is ``named``.

        ``formats`` are the project's own formats of prompt files; up to ``jobs`` processes read.
        """

        def excluded(path: str) -> bool:
            return path not in named and settings.excludes.covers(path)

        scoped = Scoped(tree, excluded, _in_scope(formats))
        files = scoped.files()
        with reading(jobs, formats, self.meanwhile) as desk:
            run = _Run(self.looks, Keys.on(formats, own_names()), scoped, formats, desk, self.hopes)
            for number, file in enumerate(sorted(files, key=_urgency)):
                if progress is not None:
                    progress(number, len(files))
                run.first_look(file)
            run.follow()
        run.follow_imports()
        ordered = dict(sorted(run.files.items()))
        # One mistake may leave several faults on a line, of which one is enough.
        skipped = dict.fromkeys(
            sorted((*scoped.skipped(), *run.skipped), key=lambda each: (each.path, each.line))
        )
        unread = {file.path for file in files} - run.files.keys() - {each.path for each in skipped}
        return Scan(
            ordered,
            run.blobs,
            tuple(skipped),
            len(unread),
            run.read,
            others={**run.passed_over, **run.formless},
            imported=frozenset(run.imported),
            index=run.index,
        )


def _urgency(file: TreeFile) -> tuple[bool, int]:
    """Sorts files as they are looked at: the largest first, so that none of them is begun when all others are read.

    JSON comes last: it takes longest to look at, and little of it is read.
    """
    return file.path.endswith(".json"), -file.size


def learned(file: Unread, outcome: Outcome) -> Look:
    """What reading a file told of it."""
    return Look(file.wanted, outcome.facts, outcome.named, outcome.bound)


def _in_scope(formats: Formats) -> Callable[[str], bool]:
    """Tells whether a file that can't be read might have held a prompt."""
    return lambda path: reader_name(path, b"", formats) is not None


class _Run(Struct):
    looks: Looks
    keys: Keys
    tree: Tree
    formats: Formats
    desk: Desk
    hopes: FirstLook
    read: int = 0
    """The bytes of files that were read."""
    files: dict[str, Facts] = field(default_factory=dict)
    blobs: dict[str, str] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    passed_over: dict[str, str] = field(default_factory=dict)
    """The hashes of files in which a first look found nothing."""
    held: dict[str, bytes] = field(default_factory=dict)
    """What these hold, as far as it was looked at here and is little: another file may name them."""
    bytes_held: int = 0
    data: set[str] = field(default_factory=set)
    """Those of them that were named and are data: code looks up none of their values by its name."""
    formless: dict[str, str] = field(default_factory=dict)
    """The hashes of files whose beginning is of no format."""
    imported: set[str] = field(default_factory=set)
    index: Index = field(default_factory=Index)
    fresh: list[str] = field(default_factory=list)
    """Files whose facts are here, but not yet the files that they name."""
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The last parts of the names of files that these may mean."""
    bound: dict[str, frozenset[str]] = field(default_factory=dict)
    """The names that files bind which were passed over."""

    def first_look(self, file: TreeFile) -> None:
        """Have a file read if its path and bytes let hope for anything."""
        path = file.path
        # What has no size may be a blob that this clone lacks.
        if file.blob is not None and file.size and self._recalled(path, file.blob):
            return
        reader = reader_name(path, b"", self.formats) if "." in posixpath.basename(path) else None
        if reader is None and "." in posixpath.basename(path):
            return
        extra = missing_extra(path)
        if extra is not None:
            reason = f"the grammar of {extra} is not installed: pip install 'scrimp[{extra}]'"
            self.skipped.append(Skipped(path, "not-installed", reason, incomplete=False))
            return
        raw = self.tree.read(path)
        if isinstance(raw, Skipped):
            self.skipped.append(raw)
            return
        blob = file.blob or blob_hash(raw)
        if file.blob is None and self._recalled(path, blob):
            return
        reader = reader or reader_name(path, raw[:HEAD], self.formats)
        if reader is None:
            self.formless[path] = blob
            return
        if self.hopes(path, raw, self.formats):
            self.desk.take(Unread(path, raw, blob, reader))
            if self.desk.held > MOST_HELD:
                for _ in self._taken_in():
                    pass
        else:
            self.looks.put(self.keys.of(path, blob), PASSED_OVER)
            self.passed_over[path] = blob
            if self.bytes_held + len(raw) <= MOST_HELD:
                self.held[path] = raw
                self.bytes_held += len(raw)

    def _recalled(self, path: str, blob: str) -> bool:
        """Take a first look from those that were taken before; whether there was one."""
        look = self.looks.get(self.keys.of(path, blob))
        if look is None:
            return False
        if look.wanted and look.facts is not None:
            self._add(path, blob, look.facts, look.named)
        else:
            self.passed_over[path] = blob
        return True

    def _taken_in(self) -> Iterator[None]:
        """Take in what is read, file by file, until no more are to be read."""
        for each, outcome in self.desk.outcomes():
            if outcome.facts is None:
                self.skipped.append(outcome.skipped(each.path))
            else:
                self.read += len(each.raw)
                look = learned(each, outcome)
                self.looks.put(self.keys.of(each.path, each.blob), look)
                self._add(each.path, each.blob, outcome.facts, look.named)
                if outcome.facts.language in CODE_LANGUAGES:
                    self.index.add(each.path, outcome.facts)
            yield

    def _add(self, path: str, blob: str, facts: Facts, named: tuple[str, ...]) -> None:
        self.files[path] = facts
        self.blobs[path] = blob
        self.fresh.append(path)
        if named:
            self.named[path] = named
        lines = Lines(facts.lines)
        for fault in facts.faults:
            line, _ = lines.position(fault.start)
            self.skipped.append(Skipped(path, fault.code, fault.reason, fault.incomplete, line))

    def follow(self) -> None:
        """Read files that were passed over at first, as soon as one that is read names them."""
        passed_over = PassedOver.of(self.passed_over)
        self._follow_fresh(passed_over)
        for _ in self._taken_in():
            self._follow_fresh(passed_over)
        self.fresh += passed_over.complete(aliases_of(sorted(self.files.items())))
        self._follow_fresh(passed_over)
        for _ in self._taken_in():
            self._follow_fresh(passed_over)

    def _follow_fresh(self, passed_over: PassedOver) -> None:
        """Have the files read that those name which were added since the last time, as many as may be held."""
        while self.fresh and self.desk.held <= MOST_HELD:
            path = self.fresh.pop()
            for each in passed_over.loaded(self.named.pop(path, ())):
                self._second_look(each, {ANY})
            for each, names in passed_over.imported(path, self.files[path]).items():
                self._second_look(each, names)

    def follow_imports(self) -> None:
        """Read what agents' instruction files import, hop by hop."""
        seen = {path for path, facts in self.files.items() if facts.format == AGENT and imports_files(path)}
        importers = sorted(seen)
        for _ in range(MOST_HOPS):
            named = {target(include, path) for path in importers for include in includes(self.files[path])}
            fresh = {path for path in named if path is not None and path in self.tree.paths()} - seen
            importers = [path for path in sorted(fresh) if self._import(path)]
            seen |= fresh

    def _import(self, path: str) -> bool:
        """Read a file for its whole text, besides what its own reader made of it; tell whether it can be read."""
        from scrimp.readers.agent import imported  # noqa: PLC0415 - few trees have imports

        raw = self.tree.read(path)
        source = raw if isinstance(raw, Skipped) else decode(path, raw)
        if isinstance(source, Skipped):
            if all(each.path != path for each in self.skipped):
                self.skipped.append(source)
            return False
        self.files[path] = imported(source, self.files.get(path))
        self.blobs[path] = source.blob
        self.imported.add(path)
        return True

    def _second_look(self, path: str, names: set[str]) -> None:
        """Have a file read if it was passed over and binds any of some names; any file does ``ANY``."""
        if path not in self.passed_over or path in self.data:
            return
        if ANY not in names and self._bound(path).isdisjoint({*names, ANY}):
            return
        blob = self.passed_over[path]
        look = self.looks.get(self.keys.of(path, blob))
        if look is not None and look.facts is not None:
            del self.passed_over[path]
            self._add(path, blob, look.facts, look.named)
            return
        raw, blob = self._content(path)
        if isinstance(raw, bytes) and is_data(path, raw):
            self.data.add(path)
            return
        del self.passed_over[path]
        reader = None if isinstance(raw, Skipped) else reader_name(path, raw[:HEAD], self.formats)
        if isinstance(raw, bytes) and reader is not None:
            self.desk.take(Unread(path, raw, blob, reader, wanted=False))

    def _content(self, path: str) -> tuple[bytes | Skipped, str]:
        """What a file holds that was passed over, with its hash; it may have been written since."""
        raw = self.held.get(path)
        if raw is not None:
            return raw, self.passed_over[path]
        found = self.tree.read(path)
        return found, "" if isinstance(found, Skipped) else blob_hash(found)

    def _bound(self, path: str) -> frozenset[str]:
        """The names that a file binds which was passed over; ``ANY`` is any name."""
        known = self.bound.get(path)
        if known is None:
            known = self.bound[path] = frozenset(self._asked(path))
        return known

    def _asked(self, path: str) -> Collection[str]:
        key = self.keys.of(path, self.passed_over[path])
        look = self.looks.get(key) or PASSED_OVER
        if look.bound is not None:
            return look.bound
        raw, blob = self._content(path)
        if isinstance(raw, Skipped):
            return ()
        names = bound(path, raw)
        if blob == self.passed_over[path]:
            self.looks.put(key, replace(look, bound=names))
        return names


def files_in_scope(tree: Tree, settings: Settings, formats: Formats) -> list[str]:
    """The files of a tree that are read, at least for a first look."""
    in_scope = _in_scope(formats)
    return [
        file.path for file in Scoped(tree, settings.excludes.covers, in_scope).files() if in_scope(file.path)
    ]
