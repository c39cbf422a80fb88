"""Files that are written all or nothing, and read whole or not at all.

A file is made under a name of its own and renamed, so that runs side by side never see half of one; the last to
write wins. It begins with a hash of the rest: what a crash of the machine, a full disk or a failing one left of it is
not taken for what was written.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

MAGIC = b"scrimp\n\1"
SEAL = 16
"""Bytes of a hash."""

TEMPORARY = ".new-"
"""How the name of a file that is being written begins."""


def seal(content: bytes) -> bytes:
    """The hash of some bytes."""
    return blake2b(content, digest_size=SEAL).digest()


def read(file: Path) -> bytes | None:
    """What was written to a file; ``None`` if it isn't there, can't be read, or is not what was written."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    start = len(MAGIC) + SEAL
    content = raw[start:]
    return content if raw[:start] == MAGIC + seal(content) else None


def write(file: Path, content: bytes) -> bool:
    """Write a file all or nothing; whether it was."""
    return replace(file, (MAGIC, seal(content), content))


def replace(file: Path, parts: Iterable[bytes]) -> bool:
    """Put a file made of some parts in the place of another; whether that was possible."""
    temporary = file.with_name(f"{TEMPORARY}{file.name}-{os.getpid()}-{os.urandom(4).hex()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _created(temporary) as stream:
            stream.writelines(parts)
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        return False
    return True


def _created(file: Path) -> BinaryIO:
    """A file that wasn't there before, and that nobody else can read."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(file, flags, 0o600), "wb")
