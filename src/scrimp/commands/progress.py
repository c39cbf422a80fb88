"""A progress bar on a terminal, once a run takes over a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

QUIET_SECONDS = 1.0  # until then a bar would only flicker


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
        self._started = time.monotonic()
        self._close: Callable[[], None] | None = None
        self._advance: Callable[[int, int], None] | None = None

    def update(self, done: int, total: int) -> None:
        if self._advance is not None:
            self._advance(done, total)
        elif time.monotonic() - self._started > QUIET_SECONDS:
            self._open(total)

    def _open(self, total: int) -> None:
        from rich.console import Console  # noqa: PLC0415  rich takes its time
        from rich.progress import Progress  # noqa: PLC0415

        bar = Progress(console=Console(stderr=True), transient=True)
        task = bar.add_task("Reading files", total=total)
        bar.start()
        self._close = bar.stop
        self._advance = lambda done, every: bar.update(task, completed=done, total=every)

    def close(self) -> None:
        if self._close is not None:
            self._close()
