"""Files to facts, in two waves.

First the files that a cheap look at their bytes lets through, then whatever these import or load by name: a prompt
constant often lives in a file that looks like nothing.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.config.schema import Settings
from scrimp.link.specifiers import aliases_of, is_named_by_path
from scrimp.link.symbols import ModuleNames
from scrimp.model.facts import Facts
from scrimp.model.source import Lines, Skipped
from scrimp.pipeline.looks import PASSED_OVER, Keys, Look, Looks, looks
from scrimp.pipeline.mentions import ANY, bound
from scrimp.pipeline.reading import Desk, Outcome, Unread, reading
from scrimp.readers import Formats, missing_extra, reader_name, wanted
from scrimp.readers.formats import NONE
from scrimp.readers.imports import AGENT, MOST_HOPS, includes, target
from scrimp.readers.paths import imports_files
from scrimp.readers.sdks import own_names
from scrimp.tree.decode import blob_hash, decode
from scrimp.tree.files import Tree, TreeFile
from scrimp.tree.scope import Scoped
from scrimp.workers import Meanwhile, give_back

Progress = Callable[[int, int], None]
"""Told how many files of how many are done."""

MOST_WAVES = 6  # of files that name further files
MOST_HELD = 16_000_000  # bytes of files that are held to be read together
MUCH = 1_000_000  # bytes of files that were read, from which on parsers leave much memory behind
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

    @property
    def lines(self) -> dict[str, bytes]:
        """Line starts by path."""
        return {path: facts.lines for path, facts in self.files.items()}


class Scanner(Struct):
    """Scans trees; equal files at equal paths are looked at and read once, and those of ``looks`` not at all.

    ``meanwhile`` is done while other processes read.
    """

    looks: Looks = field(default_factory=looks)
    meanwhile: Meanwhile = object

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
            run = _Run(self.looks, Keys.on(formats, own_names()), scoped, formats, desk)
            # The largest are looked at first, so that none of them is begun when all others are read.
            for number, file in enumerate(sorted(files, key=lambda file: -file.size)):
                if progress is not None:
                    progress(number, len(files))
                run.first_look(file)
            run.take_in()
            run.follow()
        run.follow_imports()
        if run.read > MUCH:
            give_back()
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
        )


def lets_hope(path: str, raw: bytes, formats: Formats) -> bool:
    """Whether a file's bytes let hope for a prompt, or for a call of one of the project's own SDKs."""
    return wanted(path, raw, formats) or any(name in raw for name in own_names())


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
    read: int = 0
    """The bytes of files that were read."""
    files: dict[str, Facts] = field(default_factory=dict)
    blobs: dict[str, str] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    passed_over: dict[str, str] = field(default_factory=dict)
    """The hashes of files in which a first look found nothing."""
    formless: dict[str, str] = field(default_factory=dict)
    """The hashes of files whose beginning is of no format."""
    imported: set[str] = field(default_factory=set)
    named_files: set[str] = field(default_factory=set)

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
        if lets_hope(path, raw, self.formats):
            self._read(Unread(path, raw, blob, reader))
        else:
            self.looks.put(self.keys.of(path, blob), PASSED_OVER)
            self.passed_over[path] = blob

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

    def _read(self, file: Unread) -> None:
        self.desk.take(file)
        if self.desk.held > MOST_HELD:
            self.take_in()

    def take_in(self) -> None:
        """Take in what was read of all files that were to be read."""
        for each, outcome in self.desk.outcomes():
            if outcome.facts is None:
                self.skipped.append(outcome.skipped(each.path))
                continue
            self.read += len(each.raw)
            look = learned(each, outcome)
            self.looks.put(self.keys.of(each.path, each.blob), look)
            self._add(each.path, each.blob, outcome.facts, look.named)

    def _add(self, path: str, blob: str, facts: Facts, named: Iterable[str]) -> None:
        self.files[path] = facts
        self.blobs[path] = blob
        self.named_files.update(named)
        lines = Lines(facts.lines)
        for fault in facts.faults:
            line, _ = lines.position(fault.start)
            self.skipped.append(Skipped(path, fault.code, fault.reason, fault.incomplete, line))

    def follow(self) -> None:
        """Read files that were passed over at first, as long as those read name them."""
        passed_over = sorted(self.passed_over)
        modules = ModuleNames.of(passed_over, aliases_of(sorted(self.files.items())))
        by_file: dict[str, list[str]] = defaultdict(list)
        for path in passed_over:
            by_file[posixpath.basename(path)].append(path)
        fresh = list(self.files)
        for _ in range(MOST_WAVES):
            loaded = {path for name in self.named_files for path in by_file.get(name, ())}
            imported = self._imported(fresh, modules)
            before = set(self.files)
            for path in sorted((loaded | imported.keys()) & self.passed_over.keys()):
                self._second_look(path, imported.get(path))
            self.take_in()
            fresh = [path for path in self.files if path not in before]
            if not fresh:
                return

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

    def _imported(self, paths: Iterable[str], modules: ModuleNames) -> dict[str, set[str]]:
        """Files passed over that some files import from, with the names imported."""
        found: dict[str, set[str]] = defaultdict(set)
        for path in paths:
            for each in self.files[path].imports:
                name = each.name or (ANY if is_named_by_path(path) else "")
                target = modules.find(each.module, path, each.level) if name else None
                if target is not None:
                    found[target].add(name)
        return found

    def _second_look(self, path: str, names: set[str] | None) -> None:
        """Have a file read that others name, or import ``names`` from: if it binds any of these."""
        look = self.looks.get(self.keys.of(path, self.passed_over[path])) or PASSED_OVER
        raw: bytes | Skipped | None = None
        if names is not None and ANY not in names:
            if look.bound is None:
                raw = self.tree.read(path)
                look = look if isinstance(raw, Skipped) else self._asked(path, raw, look)
            if names.union((ANY,)).isdisjoint(look.bound or ()):
                return
        blob = self.passed_over.pop(path)
        if look.facts is not None:
            self._add(path, blob, look.facts, look.named)
            return
        raw = self.tree.read(path) if raw is None else raw
        reader = None if isinstance(raw, Skipped) else reader_name(path, raw[:HEAD], self.formats)
        if isinstance(raw, bytes) and reader is not None:
            self._read(Unread(path, raw, blob_hash(raw), reader, wanted=False))

    def _asked(self, path: str, raw: bytes, look: Look) -> Look:
        """A look that tells what its file binds."""
        asked = replace(look, bound=bound(path, raw))
        blob = self.passed_over[path]
        if blob_hash(raw) == blob:  # it may have been written since
            self.looks.put(self.keys.of(path, blob), asked)
        return asked


def files_in_scope(tree: Tree, settings: Settings, formats: Formats) -> list[str]:
    """The files of a tree that are read, at least for a first look."""
    in_scope = _in_scope(formats)
    return [
        file.path for file in Scoped(tree, settings.excludes.covers, in_scope).files() if in_scope(file.path)
    ]
