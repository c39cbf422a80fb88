"""One pure function over many items, in forked processes.

A forked process starts with everything that is loaded, so nothing but results crosses processes, through files
without names. One that dies takes only the item with it that it was at: another one goes on behind it. Where
processes can't be forked, or threads run that a fork would cut off, all is done in this one.
"""

from __future__ import annotations

import os
import struct
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

from msgspec import Struct

Item = TypeVar("Item")
Result = TypeVar("Result")

_LENGTH = struct.Struct("<Q")
_MAY_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # macOS's own libraries start threads


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
) -> list[Result | None]:
    """The results of ``work`` for each of ``items``, in their order; ``None`` for one that ended its process.

    ``sizes`` tell how long each item takes, in any unit. ``work`` raises nothing. This process does a share too,
    and all of them if ``processes`` is 1.
    """
    if not _MAY_FORK or threading.active_count() > 1:
        processes = 1
    results: list[Result | None] = [None] * len(items)
    own, *others = _shares(sizes, max(1, processes))
    with ExitStack() as files:
        shares = [
            _Share(numbers, files.enter_context(tempfile.TemporaryFile(buffering=0))) for numbers in others
        ]
        children = [(share, share.start(items, work, codec)) for share in shares]
        _do(own, items, work, results)
        while children:
            share, process = children.pop()
            os.waitpid(process, 0)
            for number, raw in zip(share.numbers, share.written(), strict=False):
                results[number] = codec.decode(raw)
            rest = share.behind()
            if rest is not None:
                children.append((rest, rest.start(items, work, codec)))
    return results


def _do(
    numbers: Sequence[int],
    items: Sequence[Item],
    work: Callable[[Item], Result],
    results: list[Result | None],
) -> None:
    """Do a share here: as deep in calls as another process is, so that recursion ends at the same place in both."""
    for number in numbers:
        results[number] = work(items[number])


class _Share(Struct):
    """The items that one process does, by their numbers, and the file for its results."""

    numbers: list[int]
    file: BinaryIO

    def start(self, items: Sequence[Item], work: Callable[[Item], Result], codec: Codec[Result]) -> int:
        """Fork a process that does the share; returns its id."""
        process = os.fork()
        if process:
            return process
        try:
            for number in self.numbers:
                raw = codec.encode(work(items[number]))
                self.file.write(_LENGTH.pack(len(raw)) + raw)
        finally:
            os._exit(0)  # what is buffered for standard output belongs to the process that was forked

    def written(self) -> list[bytes]:
        """The results that are there as a whole, in the order of the numbers."""
        self.file.seek(0)
        content = self.file.read()
        found: list[bytes] = []
        at = 0
        while at + _LENGTH.size <= len(content):
            (length,) = _LENGTH.unpack_from(content, at)
            at += _LENGTH.size + length
            if at <= len(content):
                found.append(content[at - length : at])
        return found

    def behind(self) -> _Share | None:
        """What is left behind the item that ended the process, ``None`` if nothing is."""
        rest = self.numbers[len(self.written()) + 1 :]
        if not rest:
            return None
        self.file.seek(0)
        self.file.truncate()
        return _Share(rest, self.file)


def _shares(sizes: Sequence[int], processes: int) -> list[list[int]]:
    """The numbers of items in that many shares of about the same size, each in order."""
    shares: list[list[int]] = [[] for _ in range(processes)]
    loads = [0] * processes
    for number in sorted(range(len(sizes)), key=lambda number: -sizes[number]):
        least = loads.index(min(loads))
        shares[least].append(number)
        loads[least] += sizes[number]
    return [sorted(share) for share in shares]
