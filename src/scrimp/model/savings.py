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

    ``monthly`` is ``None`` where that isn't known, ``rule`` is what names the waste. Several of them never count the
    same token.
    """

    prompt: str
    request: str
    monthly: Decimal | None
    rule: str = ""


class SavedByRule(Struct, frozen=True):
    """A rule's share of what a tree costs less without all that is found; shares add up to the whole.

    ``findings`` are those that nothing hides; ``again`` of them save what another finding does, and count there.
    ``tokens`` are typical ones of prompts, each text once; ``monthly`` is US dollars, ``None`` where nothing is known.
    """

    rule: str
    name: str
    findings: int
    again: int
    tokens: int
    monthly: Decimal | None


class Saveable(Struct, frozen=True):
    """What a tree costs less without what its findings name, and the share of each rule in that, the dearest first."""

    saved: tuple[Saved, ...] = ()
    by_rule: tuple[SavedByRule, ...] = ()
