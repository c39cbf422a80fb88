"""Files to facts, by several processes where there is enough to read, or by one that may have to be ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import TypeAlias

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from scrimp.ambient import holding
from scrimp.link import CODE_LANGUAGES
from scrimp.link.steps import steps
from scrimp.link.structure import composed, mapped
from scrimp.model.facts import Facts
from scrimp.model.source import Skipped
from scrimp.pipeline.mentions import bound, named
from scrimp.readers import Formats, is_read, reader_named, usual_reader
from scrimp.readers.formats import NONE
from scrimp.readers.sdks import own_names
from scrimp.readers.tame import is_tame
from scrimp.store.names import packed, unpacked
from scrimp.store.values import encoded
from scrimp.tree.decode import decode
from scrimp.tree.files import TreeFile
from scrimp.workers import Codec, Crew, Limits, Lost, Meanwhile, give_back

MUCH = 1_000_000
"""Bytes of files that this process read, from which on parsers leave much memory behind."""
SMALLEST_SHARE = 200_000
"""Bytes that are worth a process: reading them takes some 0.1 s, a fork and its results a tenth of that."""
MOST_WAITING = 2
"""Processes that wait for files before it is known which of them are worth a look; more are forked when they are."""
LIMITS = Limits(seconds=10, memory=2**30)
"""What reading one file may take; five MiB of code, the most that is read at all, take 3 s and 0.6 GiB."""


class Unread(Struct, frozen=True):
    """A file that is about to be read: its path, its bytes with their hash, and the name of its reader.

    ``wanted`` tells whether its own bytes are the reason, rather than that another file names it.
    """

    path: str
    raw: bytes
    blob: str
    reader: str
    wanted: bool = True


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """The facts of a file, or why there are none, as ``Skipped`` has it.

    ``named`` are the last parts of the names of files that it may mean, ``bound`` the names that it binds, where that
    is why it was read (see ``mentions``).
    """

    facts: Facts | None
    code: str = ""
    reason: str = ""
    named: tuple[str, ...] = ()
    bound: tuple[str, ...] | None = None
    line: int = 0
    incomplete: bool = True

    def skipped(self, path: str) -> Skipped:
        """Why there are no facts of the file at a path."""
        return Skipped(path, self.code, self.reason, self.incomplete, self.line)


class Desk(Struct):
    """Takes files, and has them read as soon as there are enough: the same is read by any number of processes.

    Up to ``jobs`` others read. A file that might hang or end its reader is read by another process, even if that is the
    only one. Where others read, this process does ``meanwhile``.
    """

    read: Callable[[Unread], Outcome]
    crew: Readers
    jobs: int
    meanwhile: Meanwhile
    held: int = 0
    """The bytes of the files that were taken and whose outcomes nobody has."""
    read_here: int = 0
    """The bytes of the files that this process has read."""
    _taken: int = 0
    """The bytes of all that were taken."""
    _here: list[Unread] = field(default_factory=list)
    """Those that no other process was given."""

    def take(self, file: Unread) -> None:
        """Have one more file read."""
        self.held += len(file.raw)
        self._taken += len(file.raw)
        self._here.append(file)
        processes = min(self.jobs, 1 + self._taken // SMALLEST_SHARE)
        if processes > 1 and self.crew.may_grow:
            self._here = [each for each in self._here if not self.crew.give(each, processes)]

    def outcomes(self) -> Iterator[tuple[Unread, Outcome]]:
        """What is read of each file, as soon as it is; files may be taken meanwhile. Ends when there are no more."""
        while self._here or self.crew.is_busy:
            self._here = [each for each in self._here if is_tame(each.raw) or not self.crew.give(each, 1)]
            if self.crew.is_busy:
                self.meanwhile()
            while self._here:
                file = self._here.pop()
                self.read_here += len(file.raw)
                yield self._read(file, self.read(file))
            for file, result in self.crew.done():
                yield self._read(file, _lost(result) if isinstance(result, Lost) else result)

    def _read(self, file: Unread, outcome: Outcome) -> tuple[Unread, Outcome]:
        self.held -= len(file.raw)
        return file, outcome


Readers: TypeAlias = Crew[Unread, Outcome]
"""Processes that read files."""
_WAITING: ContextVar[Readers | None] = ContextVar("processes that wait for files", default=None)


@contextmanager
def waiting(files: Sequence[TreeFile], jobs: int) -> Iterator[None]:
    """Lets processes wait for the files of a tree, if these are large, while it is found out what holds for them.

    They load meanwhile what reading most of the files takes. Where the project has formats or SDKs of its own, of which
    they know nothing, others read.
    """
    sizes = {file.path: file.size for file in files if is_read(file.path)}
    if jobs == 1 or sum(sizes.values()) < MOST_WAITING * SMALLEST_SHARE:
        yield
        return
    prepare = partial(_read_nothing, usual_reader(sizes))
    crew = Readers(partial(_read, NONE), _UNREAD, _OUTCOME, LIMITS, prepare)
    crew.hire(min(jobs, MOST_WAITING))
    try:
        with holding(_WAITING, crew):
            yield
    finally:
        crew.end()


@contextmanager
def reading(jobs: int, formats: Formats = NONE, meanwhile: Meanwhile = object) -> Iterator[Desk]:
    """Where files are read, while this lasts; ``formats`` are the project's own."""
    read = partial(_read, formats)
    ready = None if formats != NONE or own_names() else _WAITING.get()
    crew = ready or Readers(read, _UNREAD, _OUTCOME, LIMITS)
    desk = Desk(read, crew, jobs, meanwhile)
    try:
        yield desk
    finally:
        if ready is None:
            crew.end()
        else:  # whoever had it wait also waits for its end
            crew.dismiss()
    if desk.read_here > MUCH:
        give_back()


def _packed(file: Unread) -> bytes:
    return msgspec.msgpack.encode((packed(file.path), file.raw, file.blob, file.reader, file.wanted))


def _unpacked(packed_file: bytes) -> Unread:
    path, raw, blob, reader, wanted = _PARTS.decode(packed_file)
    return Unread(unpacked(path), raw, blob, reader, wanted)


_PARTS = msgspec.msgpack.Decoder(tuple[bytes, bytes, str, str, bool])
_UNREAD = Codec[Unread](_packed, _unpacked)
_OUTCOME = Codec[Outcome](encoded, msgspec.msgpack.Decoder(Outcome).decode)


def _read(formats: Formats, file: Unread) -> Outcome:
    source = decode(file.path, file.raw, file.blob)
    if isinstance(source, Skipped):
        return Outcome(None, source.code, source.reason, line=source.line, incomplete=source.incomplete)
    reader = reader_named(file.reader, file.path, formats)
    try:
        return _told(file, reader.read(source))
    except RecursionError:
        return Outcome(
            None, "depth", f"the {reader.name} reader found no end to its nesting; it was not read"
        )
    except MemoryError:
        return Outcome(
            None, "memory", f"the {reader.name} reader needs more than {LIMITS.memory >> 20:,} MiB for it"
        )
    except Exception as error:  # noqa: BLE001  one file's reader may not stop the run; it makes it incomplete
        return Outcome(
            None, "crash", f"the {reader.name} reader failed: {type(error).__name__}: {error}"[:300]
        )


def _read_nothing(reader: str) -> None:
    """Read an empty file, which loads all that reading others takes."""
    _read(NONE, Unread("", b"", "", reader))


def _told(file: Unread, facts: Facts) -> Outcome:
    """All that a file alone has to say: it is found here, side by side, and kept with the facts."""
    path = file.path
    told = facts
    if facts.language in CODE_LANGUAGES:
        found = composed(facts)
        told = replace(facts, steps=steps(facts, found), mapped=mapped(facts, found))
    names = None if file.wanted else bound(path, file.raw)
    return Outcome(told, named=tuple(named(path, file.raw, told)), bound=names)


def _lost(why: Lost) -> Outcome:
    if why.late:
        return Outcome(
            None, "timeout", f"reading it took more than {LIMITS.seconds:g} s; exclude it, or split it"
        )
    return Outcome(None, "crash", f"reading it failed: {why}")
