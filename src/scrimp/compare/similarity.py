"""Finds texts that are edits of each other, in time that grows with the texts and not with their pairs.

A text is the set of its shingles, runs of three words; two texts are similar if they share at least half of
the larger set, the share at which git calls a file renamed (git-diff, ``-M``, 50 %). Only the 64 smallest
shingle hashes of a text are indexed (a bottom-k sketch: Broder, "On the resemblance and containment of
documents", 1997): texts that share half of their shingles have about a third of the sketch in common, so
missing one has no practical chance. Shingles of more than 32 texts are boilerplate and propose nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from zlib import crc32

SIMILAR = 0.5
"""Shared shingles over those of the larger text: at least this makes an edit of a text."""

_WORDS_EACH = 3
_SKETCH = 64
_BOILERPLATE = 32
_WORD = re.compile(r"[0-9A-Za-z_]+|[^\s]")


def similar_pairs(base: Sequence[str], head: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """Score (``SIMILAR`` to 1) and both indices of each pair of texts that are edits of each other."""
    known = [_shingles(text) for text in base]
    index: dict[int, list[int]] = defaultdict(list)
    for number, shingles in enumerate(known):
        for shingle in _sketch(shingles):
            index[shingle].append(number)
    for number, text in enumerate(head):
        shingles = _shingles(text)
        proposed = {
            other
            for shingle in _sketch(shingles)
            if len(index.get(shingle, ())) <= _BOILERPLATE
            for other in index[shingle]
        }
        for other in sorted(proposed):
            score = len(shingles & known[other]) / max(len(shingles), len(known[other]))
            if score >= SIMILAR:
                yield score, other, number


def holders(text: str, candidates: Sequence[str]) -> list[int]:
    """Which texts hold at least half of what another says, however much more they say."""
    wanted = _shingles(text)
    return [
        number
        for number, candidate in enumerate(candidates)
        if wanted and len(wanted & _shingles(candidate)) >= SIMILAR * len(wanted)
    ]


def _shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of three words; a shorter text is one shingle, an empty one has none.

    A character outside of ASCII is a word, so that scripts without blanks work alike. crc32 rather than
    ``hash``, which differs from run to run.
    """
    words = _WORD.findall(text)
    runs = (
        zip(*(words[start:] for start in range(_WORDS_EACH)), strict=False)
        if len(words) > _WORDS_EACH
        else [words]
    )
    return frozenset(crc32(" ".join(run).encode("utf-8", "surrogatepass")) for run in runs if run)


def _sketch(shingles: frozenset[int]) -> list[int]:
    return nsmallest(_SKETCH, shingles)
