"""What is wasted where, and what a tree costs less without it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct


class Change(Struct, frozen=True):
    """Replace ``[start, end)`` of a prompt's text, as checks see it, by ``text``: what would be sent instead."""

    start: int
    end: int
    text: str = ""


class Waste(Struct, frozen=True):
    """What a finding is about in one prompt, by its id: ``changes`` of its text, that don't overlap.

    Waste that isn't text has none; ``cheaper`` is then how many tokens of the prompt's text would cost less than they
    do, 0 where it isn't about these.
    """

    prompt: str
    changes: tuple[Change, ...] = ()
    cheaper: int = 0


class Saved(Struct, frozen=True):
    """US dollars a month that a tree costs less, for one prompt, in one request (by their ids, ``""``: in none alone).

    ``monthly`` is ``None`` where that isn't known. Several of them never count the same token.
    """

    prompt: str
    request: str
    monthly: Decimal | None
