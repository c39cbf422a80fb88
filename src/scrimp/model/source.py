"""Files, places in them, and what could not be read.

Offsets are indices of characters in the decoded text (line ends as they stand in the file, the byte order mark
left out). Lines and columns are 1-based and count characters; an end is one past the last character.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct


class Source(Struct, frozen=True):
    """The decoded text of one file.

    ``path`` is POSIX and relative to the root; ``encoding`` is a Python codec name; ``mark`` is the byte order mark
    that was cut off, or empty; ``blob`` is the git blob hash of the file's bytes.
    """

    path: str
    text: str
    blob: str
    encoding: str = "utf-8"
    mark: bytes = b""


class Skipped(Struct, frozen=True):
    """Something in the tree that was not read, or not whole. A value, not an exception: it belongs in the report.

    ``code`` is one of ``syntax timeout memory size depth encoding lfs binary submodule link not-installed crash missing
    permission alias special marker``; ``incomplete`` tells whether the run may not be trusted to have seen everything.
    ``line`` is 0 where no line is known.
    """

    path: str
    code: str
    reason: str
    incomplete: bool
    line: int = 0


class Place(Struct, frozen=True, order=True):
    """A range in a file, by lines and columns: 1-based, the end one past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Lines(Struct, frozen=True):
    """Where the lines of a text start, to turn offsets into places without holding the text.

    ``packed`` are the offsets, four bytes each as the machine writes them: a tenth of what a tuple of numbers takes.
    """

    packed: bytes

    @classmethod
    def of(cls, text: str) -> Lines:
        """The line starts of a text; only a line feed ends a line."""
        lengths = map(len, text.split("\n")[:-1])
        starts = [*accumulate(map((1).__add__, lengths), initial=0)]  # an array grows slowly by itself
        return cls(array("I", starts).tobytes())

    @property
    def starts(self) -> Sequence[int]:
        """The offsets, one for each line."""
        return memoryview(self.packed).cast("I")

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        starts = self.starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def place(self, start: int, end: int) -> Place:
        """The place of a range of offsets."""
        return Place(*self.position(start), *self.position(end))
