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
import tempfile
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Generic, TypeVar

from msgspec import Struct

from scrimp.workers.confine import Limits, Lost, allow, confine

Item = TypeVar("Item")
Result = TypeVar("Result")

_NUMBER = struct.Struct("<I")
_HEAD = struct.Struct(
    "<QQ?"
)  # of what stands in a file: number, length of the result behind it, whether it is done
MAY_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # macOS's own libraries start threads
MOST_PORTIONS = 1000
"""Portions that items are handed out in: their numbers fit into a pipe however small the system makes it (4 KiB)."""


@dataclass(frozen=True)
class Codec(Generic[Result]):
    """How a result crosses processes."""

    encode: Callable[[Result], bytes]
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
) -> list[Result | Lost]:
    """The results of ``work`` for each of ``items``, in their order; ``Lost`` for one that ended its process.

    ``sizes`` tell how long each item takes, in any unit: the longest are begun first. ``work`` raises nothing. This
    process does its share too, and all of them if ``processes`` is 1.
    Items ``apart``, by their numbers, are only done by others, for whom ``limits`` hold, even if that takes one more.
    """
    order = sorted(range(len(items)), key=lambda number: -sizes[number])
    results: list[Result | Lost] = [Lost(0, late=False)] * len(items)
    others_needed = max(processes - 1, 1 if apart else 0)
    if not others_needed or not MAY_FORK or threading.active_count() > 1:
        for number in order:
            results[number] = work(items[number])
        return results
    begun: set[int] = set()
    job = _Job(items, work, codec, limits)
    others: list[_Other] = []
    with (
        ExitStack() as files,
        _portions([each for each in order if each in apart]) as theirs,
        _portions([each for each in order if each not in apart]) as everyone_s,
        _ended(others),
    ):
        for _ in range(others_needed):
            numbers = chain(theirs, everyone_s if processes > 1 else ())
            others.append(job.start(numbers, files.enter_context(_nameless_file())))
        for number in everyone_s:
            begun.add(number)
            results[number] = work(items[number])
        while others:
            other = others[-1]
            lost = other.wait()
            others.pop()
            for number, raw in other.begun():
                begun.add(number)
                results[number] = lost if raw is None else codec.decode(raw)
            left = [number for number in order if number not in begun]
            if left and not others:
                others.append(job.start(left, other.emptied()))
    return results


def _nameless_file() -> BinaryIO:
    """A file that is gone with its last process; in memory, where the disk can't be full, if the system has such."""
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
def _ended(others: list[_Other]) -> Iterator[None]:
    """Where this process is interrupted, no other one goes on."""
    try:
        yield
    finally:
        for other in others:
            os.kill(other.process, signal.SIGKILL)
            os.waitpid(other.process, 0)


class _Job(Struct, Generic[Item, Result]):
    """What is to be done, and within which limits."""

    items: Sequence[Item]
    work: Callable[[Item], Result]
    codec: Codec[Result]
    limits: Limits

    def start(self, numbers: Iterable[int], file: BinaryIO) -> _Other:
        """Fork a process that does the items of some numbers, and writes their results into a file."""
        process = os.fork()
        if process:
            return _Other(process, file)
        try:
            confine(self.limits)
            for number in numbers:
                file.write(_HEAD.pack(number, 0, False))
                allow(self.limits)
                raw = self.codec.encode(self.work(self.items[number]))
                file.write(_HEAD.pack(number, len(raw), True) + raw)
        finally:
            os._exit(0)  # what is buffered for standard output belongs to the process that was forked


class _Other(Struct):
    """Another process that does a share, by its id, and the file for its results."""

    process: int
    file: BinaryIO

    def wait(self) -> Lost:
        """Wait until it has ended; what became of an item that it began, and didn't end."""
        _, status = os.waitpid(self.process, 0)
        self.file.seek(0)
        return Lost.by(status)

    def begun(self) -> Iterator[tuple[int, bytes | None]]:
        """The numbers of the items that it began, once it has ended; with their results, where they are whole."""
        while len(head := self.file.read(_HEAD.size)) == _HEAD.size:
            number, length, done = _HEAD.unpack(head)
            result = self.file.read(length)
            yield number, result if done and len(result) == length else None

    def emptied(self) -> BinaryIO:
        """Its file, for another one."""
        self.file.seek(0)
        self.file.truncate()
        return self.file
