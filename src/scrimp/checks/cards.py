"""The rule cards that come with scrimp."""

from __future__ import annotations

from functools import cache
from typing import Final

from scrimp.checks.kinds import KINDS
from scrimp.config.cards import Card, find_cards
from scrimp.config.read_cards import Kinds, load_cards

OPTIONS: Final[Kinds] = {name: kind.options for name, kind in KINDS.items()}
"""The options of each kind of check."""


@cache
def shipped_cards() -> tuple[Card, ...]:
    """All of them, sorted by id."""
    return load_cards(find_cards(), OPTIONS)
