"""Which scrimp an entry is of: its code and data, the libraries around it, and the Python that runs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from scrimp import __version__

PACKAGE = Path(__file__).resolve().parents[1]

CARDS = PACKAGE.parents[1] / "rules"
"""Where the rule cards lie if nothing was installed, and the code runs where it is written."""

DISTRIBUTIONS = (".dist-info", ".egg-info")


@cache
def build() -> str:
    """A hash of everything that decides what scrimp makes of the same files.

    Of an installed scrimp that is its record of files with their hashes, of one that is being worked on the sizes and
    times of its files; of libraries it is their names and versions, which also tell what extras there are.
    """
    digest = blake2b(digest_size=10)
    for part in (__version__, sys.version, sys.platform, *_code(), *_libraries()):
        digest.update(os.fsencode(part) + b"\0")
    return digest.hexdigest()


def _code() -> Iterator[str]:
    try:
        record = PACKAGE.parent / f"scrimp-{__version__}.dist-info" / "RECORD"
        yield record.read_text("utf-8", "surrogateescape")
    except OSError:
        yield from sorted((*_states(str(PACKAGE)), *_states(str(CARDS))))


def _states(folder: str) -> Iterator[str]:
    """The files below a folder with their sizes and times; compiled code follows from them."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _states(entry.path)
        else:
            status = entry.stat()
            yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"


def _libraries() -> list[str]:
    """The distributions that can be imported, by name and version."""
    names: set[str] = set()
    for folder in filter(None, sys.path):
        try:
            names.update(name for name in os.listdir(folder) if name.endswith(DISTRIBUTIONS))  # noqa: PTH208  quicker
        except OSError:
            continue
    return sorted(names)
