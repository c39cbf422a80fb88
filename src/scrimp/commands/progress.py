"""A progress bar on a terminal, once a run takes over a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

QUIET_SECONDS = 1.0  # until then a bar would only flicker
REFRESH_SECONDS = 0.1  # between two drawings


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Gives what a scan is to call with the files done and in all; ``None`` where nobody watches."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.update
    finally:
        bar.close()


class _Bar:
    """Rich's bar, imported and drawn only when it is due."""

    def __init__(self) -> None:
        self._started = self._drawn = time.monotonic()
        self._close: Callable[[], None] | None = None
        self._advance: Callable[[int, int], None] | None = None

    def update(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._advance is None:
            if now - self._started > QUIET_SECONDS:
                self._open(total)
        elif now - self._drawn > REFRESH_SECONDS:
            self._drawn = now
            self._advance(done, total)

    def _open(self, total: int) -> None:
        from rich.console import Console  # noqa: PLC0415  rich takes its time
        from rich.progress import Progress  # noqa: PLC0415

        # A bar that draws itself does so from a thread, and where threads run no process is forked to read.
        bar = Progress(console=Console(stderr=True), transient=True, auto_refresh=False)
        task = bar.add_task("Reading files", total=total)
        bar.start()
        self._close = bar.stop
        self._advance = lambda done, every: bar.update(task, completed=done, total=every, refresh=True)

    def close(self) -> None:
        if self._close is not None:
            self._close()
