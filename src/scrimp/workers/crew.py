"""One pure function over items as they come up, in forked processes that wait for them.

A forked process starts with everything that is loaded; items reach it, and results come back, through files without
names. Each takes the next item when it is done with one, so none waits for another. One that dies, or is ended at its
limit, takes only the item with it that it was at: another one goes on behind it.
"""

from __future__ import annotations

import os
import select
import signal
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO, Generic, TypeAlias, TypeVar

from msgspec import Struct, field

from scrimp.workers.confine import Limits, Lost, allow, confine, rest

Item = TypeVar("Item")
Result = TypeVar("Result")
Value = TypeVar("Value")

MAY_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # macOS's own libraries start threads
Meanwhile: TypeAlias = Callable[[], object]
"""What a process does while others work for it."""
_ORDER = struct.Struct("<QQQ")
"""What a pipe tells of an item: its number, where it begins in the file of items, and its length."""
_HEAD = struct.Struct("<QQB")
"""What stands before a result in a file: the number of its item, its length, and its state."""
_BEGUN, _DONE, _TO_BE_DONE_HERE = range(3)
_MUCH_NEWS = 4096


def usable() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Codec(Struct, Generic[Value], frozen=True):
    """How values cross processes; one that is encoded as ``None`` can't: then what makes it is done here."""

    encode: Callable[[Value], bytes | None]
    decode: Callable[[bytes], Value]


class Crew(Struct, Generic[Item, Result]):
    """Processes that do ``work``, which raises nothing, within ``limits`` for each item; it has to be ended.

    It begins with none: they are forked when they are needed, or when they are hired ahead. Each prepares itself before
    its first item, which may not raise either.
    """

    work: Callable[[Item], Result]
    items: Codec[Item]
    results: Codec[Result]
    limits: Limits
    prepare: Callable[[], object] = object
    _members: list[_Member] = field(default_factory=list)
    _orders: _Orders | None = None
    _given: int = 0
    """How many items were given; the number of an item tells its result from others."""
    _left: dict[int, Item] = field(default_factory=dict)
    """The items that were given and whose results are not here yet, by their numbers."""
    _given_twice: bool = False
    """Whether two processes may have been given one item."""

    @property
    def may_grow(self) -> bool:
        """Whether processes can be forked, which would cut off threads if any ran."""
        return MAY_FORK and threading.active_count() == 1

    @property
    def is_busy(self) -> bool:
        """Whether there are items whose results nobody has."""
        return bool(self._left)

    def hire(self, processes: int) -> None:
        """Have at least so many processes, as far as they can be forked, before there is anything to do."""
        self._grown(processes)

    def give(self, item: Item, processes: int) -> bool:
        """Have an item done by one of at least so many processes, after what was given before; false if it can't be."""
        raw = self.items.encode(item) if self._grown(processes) else None
        if raw is None or self._orders is None:
            return False
        self._given += 1
        self._left[self._given] = item
        self._orders.add(self._given, raw)
        return True

    def done(self) -> Iterator[tuple[Item, Result | Lost]]:
        """All items that were given with their results, as these come in; more may be given meanwhile."""
        orders = self._orders
        if orders is None:
            return
        while self._left and self._members:
            orders.hand_out()
            for member in _with_news(self._members):
                for number, raw in member.results():
                    item = self._left.pop(number, None)
                    if item is not None:
                        yield item, self.work(item) if raw is None else self.results.decode(raw)
                if member.is_gone:
                    yield from self._parted(member, orders)
        while self._left:  # nobody is there to do them
            yield self._left.popitem()[1], Lost(0, late=False)
        if self._given_twice:  # some orders may still be there
            self.end()
            return
        orders.forget()
        for member in self._members:
            member.forget()

    def dismiss(self) -> None:
        """Have all processes end, whatever they are at; ``end`` follows.

        Large ones take some milliseconds, which this process needn't wait.
        """
        for member in self._members:
            member.stop()

    def end(self) -> None:
        """End all processes, whatever they are at, and wait until they have."""
        self.dismiss()  # all of them first
        while self._members:
            self._members.pop().end()
        if self._orders is not None:
            self._orders.close()
        self._orders, self._given_twice = None, False

    def _grown(self, processes: int) -> bool:
        while len(self._members) < processes and self.may_grow:
            self._orders = self._orders or _Orders.new()
            self._members.append(self._hired(self._orders))
        return bool(self._members)

    def _hired(self, orders: _Orders) -> _Member:
        """Fork a process that takes orders as long as there may be any, and writes results into a file."""
        file = _nameless_file()
        news, told = os.pipe()
        process = os.fork()
        if process:
            os.close(told)
            return _Member(process, file, news)
        try:
            os.close(news)
            os.set_blocking(told, False)  # there are news anyway where the pipe is full of them
            confine(self.limits)
            self.prepare()
            for number, given in orders.taken():
                file.write(_HEAD.pack(number, 0, _BEGUN))
                allow(self.limits)
                raw = self.results.encode(self.work(self.items.decode(given)))
                rest()
                state = _TO_BE_DONE_HERE if raw is None else _DONE
                file.write(_HEAD.pack(number, len(raw or b""), state) + (raw or b""))
                with suppress(BlockingIOError):
                    os.write(told, b".")
        finally:
            os._exit(0)  # what is buffered for standard output belongs to the process that was forked

    def _parted(self, member: _Member, orders: _Orders) -> Iterator[tuple[Item, Lost]]:
        """What became of the item that a process was at which has ended; another one goes on behind it."""
        processes = len(self._members)
        self._members.remove(member)
        lost = member.end()
        if member.at is None:  # it may have taken an order without a word
            self._given_twice = True
            for number, item in self._left.items():
                orders.add(number, self.items.encode(item) or b"")
        elif member.at in self._left:
            yield self._left.pop(member.at), lost
        if self._left and member.has_begun:  # else the next one would end like it
            self._grown(processes)


def _nameless_file() -> BinaryIO:
    """A file that is gone with its last process; in memory, where the disk can't be full, if the system has such."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("scrimp"), "w+b", buffering=0)
    import tempfile  # noqa: PLC0415  few systems need it

    return tempfile.TemporaryFile(buffering=0)


class _Orders(Struct):
    """Items for whichever process asks next: a file with their bytes, and a pipe that tells of one at a time."""

    file: BinaryIO
    taking: int
    giving: int
    size: int = 0
    waiting: deque[bytes] = field(default_factory=deque)
    """Orders that the pipe had no room for."""

    @classmethod
    def new(cls) -> _Orders:
        """No items yet."""
        taking, giving = os.pipe()
        os.set_blocking(giving, False)
        return cls(_nameless_file(), taking, giving)

    def add(self, number: int, raw: bytes) -> None:
        """One more item, by its number."""
        self.file.write(raw)
        self.waiting.append(_ORDER.pack(number, self.size, len(raw)))
        self.size += len(raw)
        self.hand_out()

    def hand_out(self) -> None:
        """Tell of as many items as the pipe has room for."""
        with suppress(BlockingIOError):
            while self.waiting:
                os.write(self.giving, self.waiting[0])
                self.waiting.popleft()

    def taken(self) -> Iterator[tuple[int, bytes]]:
        """Items that nobody else has taken, by their numbers, in the process that takes them; until orders end."""
        os.close(self.giving)
        while order := os.read(self.taking, _ORDER.size):
            number, start, length = _ORDER.unpack(order)
            yield number, os.pread(self.file.fileno(), length, start)

    def forget(self) -> None:
        """Give back what the items take, of which none is left."""
        _emptied(self.file)
        self.size = 0

    def close(self) -> None:
        """Let go of it."""
        os.close(self.taking)
        os.close(self.giving)
        self.file.close()


class _Member(Struct):
    """A process, by its id, the file for its results, read up to an offset, and the pipe that tells of new ones."""

    process: int
    file: BinaryIO
    news: int
    offset: int = 0
    at: int | None = None
    """The number of the item that it was at when its file was read last."""
    has_begun: bool = False
    """Whether it has begun any item so far."""
    is_gone: bool = False

    def results(self) -> Iterator[tuple[int, bytes | None]]:
        """The numbers of the items that it has done since the last time, with their results (see ``Codec``)."""
        file, size = self.file.fileno(), os.fstat(self.file.fileno()).st_size
        while self.offset + _HEAD.size <= size:
            number, length, state = _HEAD.unpack(os.pread(file, _HEAD.size, self.offset))
            if self.offset + _HEAD.size + length > size:
                return
            self.at, self.has_begun = number if state == _BEGUN else None, True
            start = self.offset + _HEAD.size
            self.offset = start + length
            if state != _BEGUN:
                yield number, os.pread(file, length, start) if state == _DONE else None

    def forget(self) -> None:
        """Give back what results take, of which none is left: the process writes on where the file begins."""
        _emptied(self.file)
        self.offset = 0

    def stop(self) -> None:
        """End it, whatever it is at, if it hasn't ended."""
        if not self.is_gone:
            os.kill(self.process, signal.SIGKILL)

    def end(self) -> Lost:
        """Wait for its end, and let go of it; what became of the item that it was at."""
        _, status = os.waitpid(self.process, 0)
        os.close(self.news)
        self.file.close()
        return Lost.by(status)


def _with_news(members: Iterable[_Member]) -> list[_Member]:
    """Those of some processes that have done something or have ended; waits for one that has."""
    by_news = {member.news: member for member in members}
    poll = select.poll()
    for news in by_news:
        poll.register(news, select.POLLIN)
    found = [by_news[news] for news, _ in poll.poll()]
    for member in found:
        member.is_gone = not os.read(member.news, _MUCH_NEWS)
    return found


def _emptied(file: BinaryIO) -> None:
    """Empty a file that several processes write into, one after the other: they share the place where they are."""
    file.seek(0)
    file.truncate()
