"""From the byte offsets of a parser to the character offsets of a text."""

from __future__ import annotations

from collections.abc import Callable
from operator import index

from msgspec.structs import replace

from scrimp.model.facts import NOWHERE, Arm

_BLOCK = 256  # bytes
_CONTINUATION = bytes(range(0x80, 0xC0))


class Offsets:
    """A text as UTF-8, with the way back from its bytes to its characters.

    ``bytes`` is what a byte-wise parser is given. Lone surrogates are encoded too, so that no text is
    refused. ``char`` gives the index of the character at a byte offset.
    """

    __slots__ = ("_ascii", "_shifts", "_starts", "bytes", "char")

    char: Callable[[int], int]

    def __init__(self, text: str) -> None:
        self.bytes = text.encode("utf-8", "surrogatepass")
        self._ascii = len(self.bytes) == len(text)
        self._starts: list[int] = []
        """The characters before each block."""
        self._shifts: list[int | None] = []
        """How many fewer these are than bytes, of a block that has as many characters as bytes: most have."""
        self.char = index
        if not self._ascii:
            self._count()
            self.char = self._char

    def _char(self, offset: int) -> int:
        """The bytes before an offset, continuation bytes left out."""
        block = offset // _BLOCK
        shift = self._shifts[block]
        if shift is not None:
            return offset - shift
        return self._starts[block] + len(self.bytes[block * _BLOCK : offset].translate(None, _CONTINUATION))

    def _count(self) -> None:
        start = 0
        for first in range(0, len(self.bytes) + 1, _BLOCK):  # an offset may be behind the last byte
            block = self.bytes[first : first + _BLOCK]
            characters = len(block.translate(None, _CONTINUATION))
            self._starts.append(start)
            self._shifts.append(first - start if characters == len(block) else None)
            start += characters

    def arms(self, arms: tuple[Arm, ...]) -> tuple[Arm, ...]:
        """Arms whose ends are byte offsets, with those of characters."""
        if self._ascii:
            return arms
        return tuple(replace(each, end=self.char(each.end), until=self._until(each.until)) for each in arms)

    def _until(self, offset: int) -> int:
        return offset if offset == NOWHERE else self.char(offset)
