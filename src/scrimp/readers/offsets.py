"""From the byte offsets of a parser to the character offsets of a text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from operator import index

from msgspec.structs import replace

from scrimp.model.facts import NOWHERE, Arm

_BLOCK = 256
_CONTINUATION = bytes(range(0x80, 0xC0))


class Offsets:
    """A text as UTF-8, with the way back from its bytes to its characters.

    ``bytes`` is what a byte-wise parser is given. Lone surrogates are encoded too, so that no text is
    refused. ``char`` gives the index of the character at a byte offset.
    """

    __slots__ = ("_ascii", "_last", "_starts", "bytes", "char")

    char: Callable[[int], int]

    def __init__(self, text: str) -> None:
        self.bytes = text.encode("utf-8", "surrogatepass")
        self._ascii = len(self.bytes) == len(text)
        self._starts = [] if self._ascii else list(self._block_starts())
        self._last = len(self._starts) - 1
        self.char = index if self._ascii else self._char

    def _char(self, offset: int) -> int:
        """The bytes before an offset, continuation bytes left out."""
        block = offset // _BLOCK
        start, first = self._starts[block], block * _BLOCK
        if block < self._last and self._starts[block + 1] - start == _BLOCK:  # most have no other characters
            return start + offset - first
        return start + len(self.bytes[first:offset].translate(None, _CONTINUATION))

    def arms(self, arms: tuple[Arm, ...]) -> tuple[Arm, ...]:
        """Arms whose ends are byte offsets, with those of characters."""
        if self._ascii:
            return arms
        return tuple(replace(each, end=self.char(each.end), until=self._until(each.until)) for each in arms)

    def _until(self, offset: int) -> int:
        return offset if offset == NOWHERE else self.char(offset)

    def _block_starts(self) -> accumulate[int]:
        blocks = (self.bytes[start : start + _BLOCK] for start in range(0, len(self.bytes), _BLOCK))
        return accumulate((len(block.translate(None, _CONTINUATION)) for block in blocks), initial=0)
