"""What a code host must be able to do, and the one comment that is kept up to date with it.

To add a host, write a client of ``Comments`` and name it in the package's table.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from scrimp.forge.connection import GoneError, UncertainError

ATTEMPTS = 3
"""How often a comment is looked for and made before it is given up; it is made once at most."""


class Comment(Struct, frozen=True):
    """A comment that we wrote: its id on the host, its Markdown, and where people see it."""

    id: int
    body: str
    url: str


class Comments(Protocol):
    """The comments of one pull or merge request. All raise ``UserError`` where the host refuses."""

    def find(self, marker: str) -> Comment | None:
        """The first comment that begins with the marker and was written by whoever the token belongs to."""

    def create(self, body: str) -> Comment:
        """A new comment. Raises ``UncertainError`` if it isn't known whether it was made."""

    def update(self, comment: Comment, body: str) -> Comment:
        """The comment with another text. Raises ``GoneError`` if somebody deleted it."""


class Done(StrEnum):
    """What was done with the comment."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SILENT = "silent"


def marker(key: str) -> str:
    """The first line of a comment, by which it is found again; nobody sees it. ``key`` tells several apart."""
    return f"<!-- scrimp comment: {key} -->"


def post(
    comments: Comments, key: str, text: str, *, create: bool, wait: Callable[[float], None] = time.sleep
) -> tuple[Done, Comment | None]:
    """Put a text into the one comment of a key, and say what was done.

    A comment that is there is updated, unless it says the same; without one, it is made only if ``create`` allows.
    ``wait`` waits for some seconds. Raises ``UserError``.
    """
    mark = marker(key)
    body = f"{mark}\n{text}"
    for attempt in range(ATTEMPTS):
        found = comments.find(mark)
        if found is None and not create:
            return Done.SILENT, None
        if found is not None and _same(found.body, body):
            return Done.UNCHANGED, found
        try:
            if found is None:
                return Done.CREATED, comments.create(body)
            return Done.UPDATED, comments.update(found, body)
        except (GoneError, UncertainError):  # somebody deleted it, or it may have been made: look again
            if attempt == ATTEMPTS - 1:
                raise
            wait(2.0**attempt)
    raise AssertionError("the last attempt returns or raises")


def _same(one: str, other: str) -> bool:
    """Whether two texts differ at most in how hosts keep line ends."""
    return one.replace("\r\n", "\n").rstrip() == other.replace("\r\n", "\n").rstrip()
