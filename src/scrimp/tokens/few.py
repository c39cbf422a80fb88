"""Exact counts of a few texts without loading a vocabulary, which takes longer than all else that an edit asks for.

Of 200,000 tokens a text needs some hundreds. They are looked up in parts that an earlier run has written, and put
together as byte pair encoding does it: of all pairs of neighbours the one of the lowest rank becomes one, until none is
a token. Only texts of ASCII and of further punctuation and symbols are counted so: what else a pattern takes for a
letter or a blank is for its own engine to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import pairwise
from math import inf
from pathlib import Path
from unicodedata import category
from zlib import crc32

import msgspec
from msgspec import Struct, field

from scrimp.ambient import holding
from scrimp.expressions import compiled_late
from scrimp.store.pack import Pack
from scrimp.tokens.vocabularies import ranks_of

PARTS = 4096
"""Parts of a vocabulary, of fifty tokens each."""

MOST_CHARACTERS = 300_000
"""Characters of a run that are counted so: from then on the vocabulary itself is quicker, loading it included."""

LONGEST = 512
"""Bytes of a piece, such as a word or a line of dashes, that is put together here, in the square of its length."""

# The patterns of ``vocabularies`` for texts of ASCII without control characters but tabs and line ends: of letters
# there are capitals and small ones, of blanks four. Other punctuation and symbols are to them what those of ASCII are:
# neither letters nor numbers nor blanks.
_ENDING = r"(?:'(?:[sStTmMdD]|[rR][eE]|[vV][eE]|[lL]{2}))?"
_O200K = compiled_late(
    "|".join(
        (
            rf"[^\r\nA-Za-z0-9]?[A-Z]*[a-z]+{_ENDING}",
            rf"[^\r\nA-Za-z0-9]?[A-Z]+[a-z]*{_ENDING}",
            r"[0-9]{1,3}",
            r" ?[^\sA-Za-z0-9]+[\r\n/]*",
            r"\s*[\r\n]+",
            r"\s+(?!\S)",
            r"\s+",
        )
    ),
    re.ASCII,
)
_CL100K = compiled_late(
    r"'(?:[sdmtSDMT]|[lL]{2}|[vV][eE]|[rR][eE])|[^\r\nA-Za-z0-9]?+[A-Za-z]++|[0-9]{1,3}+"
    r"| ?[^\sA-Za-z0-9]++[\r\n]*+|\s++\Z|\s*[\r\n]|\s+(?!\S)|\s",
    re.ASCII,
)
PATTERNS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "o200k_base": ("o200k_base", _O200K),
    "o200k_harmony": ("o200k_base", _O200K),
    "cl100k_base": ("cl100k_base", _CL100K),
}
"""Of a vocabulary the one whose tokens it has, and what parts a text into pieces."""

_ODD = compiled_late(r"[^\t\n\r -~]")
_PART = msgspec.msgpack.Decoder(dict[bytes, int])


class Ranks(Struct):
    """The tokens of a vocabulary with their ranks, part by part."""

    pack: Pack
    parts: dict[int, dict[bytes, int]] = field(default_factory=dict)
    pieces: dict[str, int] = field(default_factory=dict)
    """Tokens of the pieces that were met."""

    def of(self, token: bytes) -> int | None:
        """The rank of a token, ``None`` if it is none. Raises ``KeyError`` for a part that isn't there."""
        number = crc32(token) % PARTS
        part = self.parts.get(number)
        if part is None:
            part = self.parts[number] = self._read(number)
        return part.get(token)

    def count(self, pieces: list[str]) -> int:
        """The tokens of some pieces. Raises ``KeyError`` where they can't be told."""
        known, total = self.pieces, 0
        for piece in pieces:
            tokens = known.get(piece)
            if tokens is None:
                tokens = known[piece] = self._of_piece(piece.encode())
            total += tokens
        return total

    def _of_piece(self, piece: bytes) -> int:
        if self.of(piece) is not None:
            return 1
        if len(piece) > LONGEST:
            raise KeyError(piece)
        parts = [piece[at : at + 1] for at in range(len(piece))]
        ranks = [self._of_pair(*pair) for pair in pairwise(parts)]
        while (lowest := min(ranks, default=inf)) < inf:
            at = ranks.index(lowest)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
            del ranks[at]
            for beside in range(max(0, at - 1), min(at + 1, len(ranks))):
                ranks[beside] = self._of_pair(parts[beside], parts[beside + 1])
        return len(parts)

    def _of_pair(self, one: bytes, other: bytes) -> float:
        """The rank of what two neighbours make together."""
        rank = self.of(one + other)
        return inf if rank is None else rank

    def _read(self, number: int) -> dict[bytes, int]:
        raw = self.pack.get(_key(number))
        if raw is None:
            raise KeyError(number)
        try:
            return _PART.decode(raw)
        except msgspec.MsgspecError:
            raise KeyError(number) from None


class FewTexts(Struct):
    """Counts what it can with the parts of vocabularies that are kept in a folder."""

    folder: Path
    room: int = MOST_CHARACTERS
    """How many more characters may be counted so."""
    ranks: dict[str, Ranks] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)
    """Vocabularies whose parts would have been of use, and aren't there."""

    def count(self, text: str, encoding: str) -> int | None:
        """The tokens of a text; ``None`` if that is for the vocabulary itself to tell."""
        self.room -= len(text)
        if encoding not in PATTERNS or self.room < 0 or not all(map(_is_sign, set(_ODD.findall(text)))):
            return None
        name, pattern = PATTERNS[encoding]
        try:
            return self._ranks(name).count(pattern.findall(text))
        except KeyError:
            return None

    def write(self, name: str, ranks: Mapping[bytes, int]) -> None:
        """Write the parts of a vocabulary."""
        parts: list[dict[bytes, int]] = [{} for _ in range(PARTS)]
        for token, rank in ranks.items():
            parts[crc32(token) % PARTS][token] = rank
        pack = Pack(self._file(name))
        for number, part in enumerate(parts):
            pack.put(_key(number), msgspec.msgpack.encode(part))
        pack.save()

    def close(self) -> None:
        """Read no more."""
        for each in self.ranks.values():
            each.pack.close()

    def _ranks(self, name: str) -> Ranks:
        if name not in self.ranks:
            pack = Pack(self._file(name))
            if pack.is_empty:
                self.lacking.add(name)
            self.ranks[name] = Ranks(pack)
        return self.ranks[name]

    def _file(self, name: str) -> Path:
        return self.folder / name


@cache
def _is_sign(character: str) -> bool:
    """Whether a character is punctuation or a symbol, by its general category in Unicode."""
    return category(character)[0] in "PS"


def _key(number: int) -> bytes:
    return number.to_bytes(2, "big")


FEW: ContextVar[FewTexts | None] = ContextVar("how a few texts are counted", default=None)


@contextmanager
def counting_few(folder: Path) -> Iterator[None]:
    """Lets a few texts be counted by the parts of vocabularies in a folder.

    Those that would have been of use to a run of few texts, and aren't there, are written for the next.
    """
    few = FewTexts(folder)
    try:
        with holding(FEW, few):
            yield
    finally:
        few.close()
    if few.room >= 0:
        for name in few.lacking:
            few.write(name, ranks_of(name))
