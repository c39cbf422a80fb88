"""One pure function over many items, in forked processes.

A forked process starts with everything that is loaded, so nothing but results crosses processes, through files
without names. Each takes the next item when it is done with one, so none waits for another. One that dies, or is ended
at its limit, takes only the item with it that it was at: another one goes on behind it. Where processes can't be
forked, or threads run that a fork would cut off, all is done in this one, without limits.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Generic, TypeAlias, TypeVar

from msgspec import Struct

from scrimp.workers.confine import Limits, Lost, allow, confine

Item = TypeVar("Item")
Result = TypeVar("Result")

_NUMBER = struct.Struct("<I")
_HEAD = struct.Struct("<QQB")
"""What stands before a result in a file: the number of its item, its length, and its state."""
_BEGUN, _DONE, _TO_BE_DONE_HERE = range(3)
MAY_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # macOS's own libraries start threads
PAUSE = 0.002
"""Seconds between looks at what others have done: what each of them does takes about as long."""
Meanwhile: TypeAlias = Callable[[], object]
"""What a process does while others work for it."""
MOST_PORTIONS = 1000
"""Portions that items are handed out in: their numbers fit into a pipe however small the system makes it (4 KiB)."""


class Codec(Struct, Generic[Result], frozen=True):
    """How a result crosses processes; one that is encoded as ``None`` can't, and is made again where it is needed."""

    encode: Callable[[Result], bytes | None]
    decode: Callable[[bytes], Result]


def usable() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    sizes: Sequence[int],
    processes: int,
    codec: Codec[Result],
    limits: Limits,
    apart: Collection[int] = frozenset(),
    meanwhile: Meanwhile = object,
) -> list[Result | Lost]:
    """The results of ``work`` for each of ``items``, in their order; ``Lost`` for one that ended its process.

    ``sizes`` tell how long each item takes, in any unit: the longest are begun first. ``work`` raises nothing. If
    ``processes`` is 1, this one does all items but those ``apart``, by their numbers, which only others do, for whom
    ``limits`` hold. If there are several, others do all items, while this one does ``meanwhile`` and takes in their
    results.
    """
    order = sorted(range(len(items)), key=lambda number: -sizes[number])
    results: list[Result | Lost] = [Lost(0, late=False)] * len(items)
    others_may = MAY_FORK and threading.active_count() == 1
    there = [each for each in order if others_may and (processes > 1 or each in apart)]
    left = set(there)
    job = _Job(items, work, codec, limits)
    with _portions(there) as portions, _ended([]) as others:
        others += [job.start(portions) for _ in range(min(processes, len(there)))]
        if others:
            meanwhile()
        for number in order:
            if number not in left:
                results[number] = work(items[number])
        while others:
            for other in tuple(others):
                lost = other.ended()  # asked before its last results are taken
                for number, raw in other.done():
                    left.discard(number)
                    results[number] = work(items[number]) if raw is None else codec.decode(raw)
                if lost is None:
                    continue
                others.remove(other)
                other.file.close()
                if other.at is not None:
                    left.discard(other.at)
                    results[other.at] = lost
                elif not other.offset:  # it didn't come to begin any: nor would the next one
                    left.clear()
            if left and not others:
                others.append(job.start([number for number in there if number in left]))
            time.sleep(PAUSE)
    return results


def _nameless_file() -> BinaryIO:
    """A file that is gone with its last process; in memory, where the disk can't be full, if the system has such."""
    import tempfile  # noqa: PLC0415  few runs have others work for them

    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("results"), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


class _Portions(Struct):
    """The numbers of items, a portion at a time, for whichever process asks next."""

    order: Sequence[int]
    pipe: int
    """Holds the numbers of the portions that nobody has taken."""

    def __iter__(self) -> Iterator[int]:
        while raw := os.read(self.pipe, _NUMBER.size):
            (first,) = _NUMBER.unpack(raw)
            yield from self.order[first::MOST_PORTIONS]


@contextmanager
def _portions(order: Sequence[int]) -> Iterator[_Portions]:
    ours, theirs = os.pipe()
    try:
        os.write(theirs, b"".join(map(_NUMBER.pack, range(min(len(order), MOST_PORTIONS)))))
    finally:
        os.close(theirs)
    try:
        yield _Portions(order, ours)
    finally:
        os.close(ours)


@contextmanager
def _ended(others: list[_Other]) -> Iterator[list[_Other]]:
    """Other processes, of which none goes on where this one is interrupted."""
    try:
        yield others
    finally:
        for other in others:
            os.kill(other.process, signal.SIGKILL)
            os.waitpid(other.process, 0)
            other.file.close()


class _Job(Struct, Generic[Item, Result]):
    """What is to be done, and within which limits."""

    items: Sequence[Item]
    work: Callable[[Item], Result]
    codec: Codec[Result]
    limits: Limits

    def start(self, numbers: Iterable[int]) -> _Other:
        """Fork a process that does the items of some numbers, and writes their results into a file."""
        file = _nameless_file()
        process = os.fork()
        if process:
            return _Other(process, file)
        try:
            confine(self.limits)
            for number in numbers:
                file.write(_HEAD.pack(number, 0, _BEGUN))
                allow(self.limits)
                raw = self.codec.encode(self.work(self.items[number]))
                state = _TO_BE_DONE_HERE if raw is None else _DONE
                file.write(_HEAD.pack(number, len(raw or b""), state) + (raw or b""))
        finally:
            os._exit(0)  # what is buffered for standard output belongs to the process that was forked


class _Other(Struct):
    """Another process that does a share, by its id, and the file for its results, read up to an offset."""

    process: int
    file: BinaryIO
    offset: int = 0
    at: int | None = None
    """The number of the item that it was at when its file was read last."""

    def ended(self) -> Lost | None:
        """What became of the item that it was at, if it has ended; ``None`` if it goes on."""
        process, status = os.waitpid(self.process, os.WNOHANG)
        return Lost.by(status) if process else None

    def done(self) -> Iterator[tuple[int, bytes | None]]:
        """The numbers of the items that it has done since the last time, with their results (see ``Codec``)."""
        file, size = self.file.fileno(), os.fstat(self.file.fileno()).st_size
        while self.offset + _HEAD.size <= size:
            number, length, state = _HEAD.unpack(os.pread(file, _HEAD.size, self.offset))
            if self.offset + _HEAD.size + length > size:
                return
            self.at = number if state == _BEGUN else None
            if state == _TO_BE_DONE_HERE:
                yield number, None
            elif state == _DONE:
                yield number, os.pread(file, length, self.offset + _HEAD.size)
            self.offset += _HEAD.size + length
