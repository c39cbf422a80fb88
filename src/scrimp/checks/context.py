"""What a check is told besides the prompt and its card: no tree, no configuration, no prices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scrimp.model.source import Place


@dataclass(frozen=True, slots=True)
class TokenLimit:
    """A budget of at most ``tokens`` static tokens a prompt; ``level`` is ``warn`` or ``fail``."""

    budget: str
    tokens: int
    level: str = "fail"


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A call of a model without a price, at some offsets of a file.

    ``tier`` is ``""``, or how the provider is to serve it and a blank.
    """

    model: str
    tier: str
    path: str
    start: int
    end: int


def _none(prompt: str) -> Sequence[Unpriced]:  # noqa: ARG001
    return ()


@dataclass(frozen=True, slots=True)
class Context:
    """What checks may ask about one prompt.

    ``count`` gives the tokens of a text in the prompt's own encoding. ``place`` turns a path and offsets in
    that file's decoded text into a place. ``monthly`` gives what a number of input tokens a call costs in USD
    a month, ``None`` where price or volume are unknown. ``cached_share`` is the price of a cached input token
    as a share of an uncached one (0.1 is a tenth), ``None`` where the model's is unknown; ``cache_minimum``
    the fewest tokens of a prefix that its provider caches, likewise. ``unpriced`` gives the calls without a price that
    send a prompt, by its id.
    """

    count: Callable[[str], int]
    place: Callable[[str, int, int], Place]
    monthly: Callable[[int], Decimal | None]
    limits: tuple[TokenLimit, ...] = ()
    cached_share: Decimal | None = None
    cache_minimum: int | None = None
    unpriced: Callable[[str], Sequence[Unpriced]] = _none
