"""What is too large, or not a regular file, to be read; and files that only stand for others."""

from __future__ import annotations

import os
import stat

from scrimp.model.source import Skipped

SIZE_LIMIT = 5 * 2**20
"""Bytes above which a file is not read: a choice of ours, far above what a person writes in one file."""

POINTER_LIMIT = 1024
"""Bytes below which a file can be a pointer (Git LFS specification, version 1)."""

POINTER_STARTS = (b"version https://git-lfs.github.com/spec/", b"version https://hawser.github.com/spec/")
"""How the first line of a pointer starts: today, and under the earlier name that Git LFS still accepts."""

OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)  # a link that was put in place after the listing
    | getattr(os, "O_NONBLOCK", 0)  # a pipe nobody writes to
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotRegularError(OSError):
    """What was opened is no regular file."""


def read_regular(name: str, limit: int) -> bytes:
    """At most ``limit + 1`` bytes of a regular file, so that a longer answer tells of a larger file.

    Raises ``NotRegularError`` for anything but a regular file, and ``OSError``. Links are not followed.
    """
    descriptor = os.open(name, OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularError(f"{name} is not a regular file")
        expected = min(status.st_size, limit)
        raw = os.read(descriptor, expected + 1)
        return raw if len(raw) == expected else raw + _rest(descriptor, limit + 1 - len(raw))
    finally:
        os.close(descriptor)


def _rest(descriptor: int, size: int) -> bytes:
    """What can still be read of a file that was changed meanwhile, or that the system gives in parts."""
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read(size)


def too_large(path: str, limit: int) -> Skipped:
    """The value for a file above the size limit."""
    reason = f"larger than {limit / 2**20:g} MiB"
    return Skipped(path, "size", reason, incomplete=True)


def not_a_pointer(path: str, raw: bytes) -> bytes | Skipped:
    """The bytes as they are, unless they merely point to a file in Git LFS."""
    if len(raw) < POINTER_LIMIT and raw.startswith(POINTER_STARTS):
        reason = "a Git LFS pointer stands in place of the file; fetch it with: git lfs pull"
        return Skipped(path, "lfs", reason, incomplete=True)
    return raw
