"""The rule cards that come with scrimp."""

from __future__ import annotations

from functools import cache

from scrimp.config.cards import Card, find_cards, load_cards


@cache
def shipped_cards() -> tuple[Card, ...]:
    """All of them, sorted by id."""
    return load_cards(find_cards())
