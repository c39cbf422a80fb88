"""Sources to facts, spread over processes where there is enough to read, or where one may have to be ended."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from scrimp.link import CODE_LANGUAGES
from scrimp.link.steps import steps
from scrimp.link.structure import composed, mapped
from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.pipeline.mentions import bound, named
from scrimp.readers import Reader
from scrimp.readers.tame import is_tame
from scrimp.store.values import encoded
from scrimp.workers import Codec, Limits, Lost, Meanwhile, spread

SMALLEST_SHARE = 200_000
"""Characters that are worth a process: reading them takes some 0.1 s, a fork and its results a tenth of that."""
LIMITS = Limits(seconds=10, memory=2**30)
"""What reading one file may take; five MiB of code, the most that is read at all, take 3 s and 0.6 GiB."""


class Unread(Struct, frozen=True):
    """A file that is about to be read: its bytes, their text, and who reads it.

    ``wanted`` tells whether its own bytes are the reason, rather than that another file names it.
    """

    raw: bytes
    source: Source
    reader: Reader
    wanted: bool = True


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """The facts of a file, or why there are none: the code of what is skipped, and the reason.

    ``named`` are the last parts of the names of files that it may mean, ``bound`` the names that it binds, where that
    is why it was read (see ``mentions``).
    """

    facts: Facts | None
    code: str = ""
    reason: str = ""
    named: tuple[str, ...] = ()
    bound: tuple[str, ...] | None = None


_CODEC = Codec[Outcome](encoded, msgspec.msgpack.Decoder(Outcome).decode)


def read_all(files: Sequence[Unread], jobs: int, meanwhile: Meanwhile = object) -> list[Outcome]:
    """The outcome for each file, in order, made in up to ``jobs`` processes; the same for any number of them.

    A file that might hang or end its reader is read by another process, even if that is one more. Where others read,
    this process does ``meanwhile``.
    """
    sizes = [len(each.source.text) for each in files]
    processes = min(jobs, 1 + sum(sizes) // SMALLEST_SHARE)
    wild = {number for number, each in enumerate(files) if not is_tame(each.raw)}
    results = spread(files, _read, sizes, processes, _CODEC, LIMITS, wild, meanwhile)
    return [_lost(each) if isinstance(each, Lost) else each for each in results]


def _read(file: Unread) -> Outcome:
    reader = file.reader.name
    try:
        return _told(file, file.reader.read(file.source))
    except RecursionError:
        return Outcome(None, "depth", f"the {reader} reader found no end to its nesting; it was not read")
    except MemoryError:
        return Outcome(
            None, "memory", f"the {reader} reader needs more than {LIMITS.memory >> 20:,} MiB for it"
        )
    except Exception as error:  # noqa: BLE001  one file's reader may not stop the run; it makes it incomplete
        return Outcome(None, "crash", f"the {reader} reader failed: {type(error).__name__}: {error}"[:300])


def _told(file: Unread, facts: Facts) -> Outcome:
    """All that a file alone has to say: it is found here, side by side, and kept with the facts."""
    path = file.source.path
    told = facts
    if facts.language in CODE_LANGUAGES:
        found = composed(facts)
        told = replace(facts, steps=steps(facts, found), mapped=mapped(found))
    names = None if file.wanted else bound(path, file.raw)
    return Outcome(told, named=tuple(named(path, file.raw, told)), bound=names)


def _lost(why: Lost) -> Outcome:
    if why.late:
        return Outcome(
            None, "timeout", f"reading it took more than {LIMITS.seconds:g} s; exclude it, or split it"
        )
    return Outcome(None, "crash", f"reading it failed: {why}")
