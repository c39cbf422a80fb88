"""Texts that are nearly the same, found without comparing each with each.

A text is the set of its *shingles*: runs of a few words. Two texts are alike by the share of their shingles that both
have (Jaccard's index). If that is at least ``t``, they share one of the rarest ``1 - t`` of the shingles of either, so
an index of those alone finds every such pair, and what many texts have in common, boilerplate, is looked up last or
never (prefix filtering: Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007). Unlike winnowing or MinHash it
misses nothing, and for shares of a half and more it keeps fewer shingles than a window of winnowing does.

Texts that are like an earlier one are not indexed themselves: a hundred copies cost a hundred comparisons, not five
thousand, so that the work grows with the text whatever the texts are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from math import ceil
from typing import Final, TypeAlias

from msgspec import Struct, field

Shingles: TypeAlias = frozenset[int]
"""The shingles of a text, each by its hash: of 64 bits, so that two are taken for one in hardly any tree."""

SIZE: Final = 5
"""Words of a shingle: fewer are common by accident, more are broken by every changed word."""

_WORD: Final = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|[^\w\s]"
"""A word, a character of a script that puts no blanks between words, or a mark."""


class Likeness(Struct, frozen=True):
    """The number of an earlier text that a text is like, and the share of the shingles of both that both have."""

    earlier: int
    share: Fraction


def words(text: str) -> list[str]:
    """The words of a text in small letters, its punctuation included."""
    return _word().findall(text.casefold())


@cache
def _word() -> re.Pattern[str]:
    return re.compile(_WORD)


def shingles(sequence: Sequence[str], size: int = SIZE) -> Shingles:
    """The shingles of some words; of fewer than ``size`` words the one that they make."""
    last = max(1, len(sequence) - size + 1)
    return frozenset(hash(tuple(sequence[at : at + size])) for at in range(last)) if sequence else frozenset()


def share(one: Shingles, other: Shingles) -> Fraction:
    """Jaccard's index of two sets that aren't both empty."""
    both = len(one & other)
    return Fraction(both, len(one) + len(other) - both)


def likenesses(texts: Sequence[Shingles], least: Fraction) -> Iterator[Likeness | None]:
    """For each text the earlier one that it is most like, by at least the share ``least`` (above 0); else ``None``.

    Of the earlier texts those count that are like none before them; of equally alike ones the first does. A text
    without words is like nothing.
    """
    rarity = Counter(each for text in texts for each in text)
    index = _Index(texts, least, rarity)
    for number in range(len(texts)):
        yield index.placed(number)


class _Index(Struct):
    """The texts so far that are like none before them, by their rarest shingles."""

    texts: Sequence[Shingles]
    least: Fraction
    rarity: Counter[int]
    holders: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def placed(self, number: int) -> Likeness | None:
        """What a text is like; it is kept for later ones if it is like nothing."""
        text = self.texts[number]
        if not text:
            return None
        telling = self._telling(text)
        near = (Likeness(each, share(self.texts[each], text)) for each in self._candidates(text, telling))
        best = max(near, key=lambda each: (each.share, -each.earlier), default=None)
        if best is not None and best.share >= self.least:
            return best
        for each in telling:
            self.holders[each].append(number)
        return None

    def _telling(self, text: Shingles) -> list[int]:
        """The rarest shingles of a text, of which it shares one with every text that is enough like it."""
        ordered = sorted(text, key=lambda each: (self.rarity[each], each))
        return ordered[: len(ordered) - ceil(self.least * len(ordered)) + 1]

    def _candidates(self, text: Shingles, telling: Iterable[int]) -> set[int]:
        """Earlier texts with a telling shingle in common, those left out that are too long or too short."""
        found = {number for each in telling for number in self.holders[each]}
        size = len(text)
        return {
            number
            for number in found
            if self.least * size <= len(self.texts[number]) and self.least * len(self.texts[number]) <= size
        }
