"""What an item may take in a process of its own.

The kernel ends the process at its limit, whatever it is busy with: a parser that hangs in another language's code
never comes back to Python, where a signal's handler would run.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

WAITING = 6
"""How many times its seconds of the processor an item may take by the clock, on a machine that others use too."""


class Limits(Struct, frozen=True):
    """What one item may take: ``seconds`` of the processor, and ``memory`` in bytes on top of what there is."""

    seconds: float
    memory: int


class Lost(Struct, frozen=True):
    """An item without a result: it ended its process, by ``signal`` (0: without one), or ``late``, at its limit."""

    signal: int
    late: bool

    @classmethod
    def by(cls, status: int) -> Lost:
        """What became of the item that a process was at, by the status that the process left."""
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return cls(number, number in (signal.SIGPROF, signal.SIGALRM))

    def __str__(self) -> str:
        return (
            f"it ended the process: {signal.strsignal(self.signal)}"
            if self.signal
            else "it ended the process"
        )


def confine(limits: Limits) -> None:
    """Bound this process, which was forked to work: its memory, its last words, and that it ends at its limits."""
    import resource  # noqa: PLC0415  (it is not to be had everywhere, as little as forks)

    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGPROF, signal.SIGALRM))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # no such file, or a lower limit is set from outside
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory, hard))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a parser without memory says so, and aborts


def allow(limits: Limits) -> None:
    """Give this process the time for one item, from now."""
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds * WAITING)


def rest() -> None:
    """Let the time go by: this process is done with its item, and may wait for the next one."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
