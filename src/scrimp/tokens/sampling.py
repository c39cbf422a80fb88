"""Which texts are asked about to measure a factor, and what the answers make of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import zip_longest

from msgspec import Struct

from scrimp.tokens.calibration import Measured
from scrimp.tokens.counting import count
from scrimp.tokens.families import Band
from scrimp.tokens.kinds import Kind, kind_of

SHORTEST = 100
"""Characters from which on a text is asked about: one token more or less is much of a shorter one."""
LEAST_TEXTS = 3
"""Texts of a kind from which on a factor is made of them."""
PROBE = "a"
"""A text of one token in any vocabulary: what a request with it has more is framing."""


class Limits(Struct, frozen=True):
    """How much is sent at most for one model: texts, and characters in all."""

    texts: int
    characters: int


def chosen(texts: Iterable[str], limits: Limits) -> tuple[str, ...]:
    """Texts to ask about, of all kinds in turns, in an order that depends on nothing but themselves."""
    by_kind: dict[Kind, list[str]] = defaultdict(list)
    for text in sorted(set(texts), key=_shuffled):
        if len(text) >= SHORTEST:
            by_kind[kind_of(text)].append(text)
    taken: list[str] = []
    left = limits.characters
    for turn in zip_longest(*(by_kind[kind] for kind in Kind)):
        for text in turn:
            if text is not None and len(text) <= left and len(taken) < limits.texts:
                taken.append(text)
                left -= len(text)
    return tuple(taken)


def measured(
    texts: Sequence[str], ask: Callable[[str], int], encoding: str, model: str, date: str
) -> Mapping[Kind, Measured]:
    """The factors by kind that a provider's counts of some texts make, relative to an encoding.

    ``ask`` counts a text as the one message of a request; framing is taken off. Kinds with fewer than ``LEAST_TEXTS``
    texts are left out.
    """
    framing = ask(PROBE) - 1
    samples: dict[Kind, list[tuple[int, int]]] = defaultdict(list)
    for text in texts:
        samples[kind_of(text)].append((count(text, encoding), max(1, ask(text) - framing)))
    return {
        kind: Measured(
            _band(found), encoding, len(found), sum(reference for reference, _ in found), model, date
        )
        for kind, found in samples.items()
        if len(found) >= LEAST_TEXTS
    }


def _band(samples: Sequence[tuple[int, int]]) -> Band:
    """The factor of all texts together, and the span of the single ones.

    Of few texts the least and the greatest are nearer together than of many, so the span is made wider on both sides by
    its ``n - 1``th part for ``n`` texts: our own allowance, which is half of it for three and little for twenty.
    """
    ratios = sorted(Decimal(counted) / reference for reference, counted in samples)
    more = (ratios[-1] - ratios[0]) / (len(ratios) - 1)
    typical = Decimal(sum(counted for _, counted in samples)) / sum(reference for reference, _ in samples)
    low, high = max(ratios[0] - more, ratios[0] / 2), ratios[-1] + more
    highest = int((high * 1000).to_integral_value(ROUND_CEILING))
    return Band(int(low * 1000), round(typical * 1000), highest)


def _shuffled(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
