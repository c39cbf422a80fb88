"""One pure function over many items, in forked processes.

A forked process starts with everything that is loaded, so nothing but results crosses processes, through files
without names. Each takes the next item when it is done with one, so none waits for another. One that dies takes only
the item with it that it was at: another one goes on behind it. Where processes can't be forked, or threads run that a
fork would cut off, all is done in this one.
"""

from __future__ import annotations

import os
import struct
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

from msgspec import Struct

Item = TypeVar("Item")
Result = TypeVar("Result")

_NUMBER = struct.Struct("<I")
_HEAD = struct.Struct(
    "<QQ?"
)  # of what stands in a file: number, length of the result behind it, whether it is done
_MAY_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # macOS's own libraries start threads
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


def _nothing() -> None:
    pass


def spread(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    sizes: Sequence[int],
    processes: int,
    codec: Codec[Result],
    meanwhile: Callable[[], object] = _nothing,
) -> list[Result | None]:
    """The results of ``work`` for each of ``items``, in their order; ``None`` for one that ended its process.

    ``sizes`` tell how long each item takes, in any unit: the longest are begun first. ``work`` raises nothing. This
    process does its share too, and all of them if ``processes`` is 1; it does ``meanwhile`` first if there are others.
    """
    order = sorted(range(len(items)), key=lambda number: -sizes[number])
    results: list[Result | None] = [None] * len(items)
    if processes < 2 or not _MAY_FORK or threading.active_count() > 1:
        for number in order:
            results[number] = work(items[number])
        return results
    begun: set[int] = set()
    with ExitStack() as files, _portions(order) as portions:
        others = [
            _Other.start(
                files.enter_context(tempfile.TemporaryFile(buffering=0)), portions, items, work, codec
            )
            for _ in range(processes - 1)
        ]
        meanwhile()
        for number in portions:
            begun.add(number)
            results[number] = work(items[number])
        while others:
            other = others.pop()
            for number, raw in other.wait():
                begun.add(number)
                results[number] = None if raw is None else codec.decode(raw)
            left = [number for number in order if number not in begun]
            if left and not others:
                others.append(_Other.start(other.emptied(), left, items, work, codec))
    return results


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


class _Other(Struct):
    """Another process that does a share, by its id, and the file for its results."""

    process: int
    file: BinaryIO

    @classmethod
    def start(
        cls,
        file: BinaryIO,
        numbers: Iterable[int],
        items: Sequence[Item],
        work: Callable[[Item], Result],
        codec: Codec[Result],
    ) -> _Other:
        """Fork a process that does the items of some numbers."""
        process = os.fork()
        if process:
            return cls(process, file)
        try:
            for number in numbers:
                file.write(_HEAD.pack(number, 0, False))
                raw = codec.encode(work(items[number]))
                file.write(_HEAD.pack(number, len(raw), True) + raw)
        finally:
            os._exit(0)  # what is buffered for standard output belongs to the process that was forked

    def wait(self) -> Iterator[tuple[int, bytes | None]]:
        """The numbers of the items that it began, once it has ended; with their results, where they are whole."""
        os.waitpid(self.process, 0)
        self.file.seek(0)
        content = self.file.read()
        at = 0
        while at + _HEAD.size <= len(content):
            number, length, done = _HEAD.unpack_from(content, at)
            at += _HEAD.size + length
            yield number, content[at - length : at] if done and at <= len(content) else None

    def emptied(self) -> BinaryIO:
        """Its file, for another one."""
        self.file.seek(0)
        self.file.truncate()
        return self.file
