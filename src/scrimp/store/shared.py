"""What is the same for all trees, such as data of the package in a form that is quicker to read.

It is found by a name alone, as it depends on nothing but the build whose folder it lies in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from scrimp.store import sealed

_FOLDER: ContextVar[Path | None] = ContextVar("what is kept of a build", default=None)


@contextmanager
def sharing(folder: Path) -> Iterator[None]:
    """Lets what is asked for by name be found in a folder, and be kept there."""
    token = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(token)


def recalled(name: str) -> bytes | None:
    """What is kept under a name; ``None`` if nothing is."""
    folder = _FOLDER.get()
    return None if folder is None else sealed.read(folder / name)


def keep(name: str, content: bytes) -> None:
    """Keep something under a name, if anything is kept."""
    folder = _FOLDER.get()
    if folder is not None:
        sealed.write(folder / name, content)
