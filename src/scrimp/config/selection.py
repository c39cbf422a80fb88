"""Which rules run: selectors are rule ids, prefixes of them (``FMT``, ``FMT0``) or ``ALL``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from scrimp.config.cards import Card
from scrimp.config.selectors import meant
from scrimp.model.errors import UserError

ALL: Final = "ALL"


def enabled(
    cards: Iterable[Card], select: Sequence[str], ignore: Sequence[str], *, preview: bool = False
) -> tuple[Card, ...]:
    """The cards that run: those selected (without a selection those that are on by default) and not ignored.

    The longer of two selectors that cover a rule wins, so that ``select: [FMT001]`` with ``ignore: [FMT]``
    leaves FMT001 on; of equally long ones ``ignore`` does. Rules in preview run only if they are selected by their
    whole id, unless all of them are wanted. Selectors are checked by ``check_ids``.
    """
    return tuple(
        card
        for card in cards
        if (preview or not card.preview or card.id in select) and _on(card, select, ignore)
    )


def ignored(card: Card, selectors: Iterable[str]) -> bool:
    """Whether one of some selectors covers a card."""
    return _precision(card, selectors) >= 0


def check_ids(selectors: Iterable[str], cards: Iterable[Card]) -> None:
    """Raise a ``UserError`` with a suggestion for the first selector that covers no rule."""
    known = [card.id for card in cards]
    for selector in selectors:
        if selector != ALL and not (selector and any(one.startswith(selector) for one in known)):
            words = {ALL, *known, *(one[:3] for one in known)}
            raise UserError(f"`{selector}` is no rule and no prefix of one", meant(selector, words))


def _on(card: Card, select: Sequence[str], ignore: Sequence[str]) -> bool:
    chosen = _precision(card, select)
    on = chosen >= 0 if select else card.enabled
    return on and _precision(card, ignore) < (chosen if chosen >= 0 else 0)


def _precision(card: Card, selectors: Iterable[str]) -> int:
    """The length of the longest selector that covers a card, 0 for ``ALL``, -1 if none does."""
    lengths = (
        0 if one == ALL else len(one) for one in selectors if one == ALL or (one and card.id.startswith(one))
    )
    return max(lengths, default=-1)
