"""Memory that this process no longer uses, handed back to the system."""

from __future__ import annotations

import sys


def give_back() -> None:
    """Hand back what was freed: parsers leave holes of ten megabytes and more, which Python's objects don't fill.

    glibc keeps them, unless it is told otherwise; elsewhere this does nothing. Takes some milliseconds.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415  (a run that reads nothing doesn't need it)

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
