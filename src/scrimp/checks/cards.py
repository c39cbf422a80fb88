"""The rule cards that come with scrimp, and those of a project's own packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

import msgspec
from msgspec import Struct

from scrimp.checks import patterns
from scrimp.checks.hits import settings
from scrimp.checks.kinds import KINDS
from scrimp.config.cards import Card, find_cards
from scrimp.config.documents import KeyPath
from scrimp.config.read_cards import Kinds, load_cards, read_pack, taken_apart
from scrimp.config.selectors import meant
from scrimp.model.errors import UserError


class _Options(Mapping[str, type[Struct]]):
    """The options of each kind of check, by its name."""

    def __getitem__(self, kind: str) -> type[Struct]:
        return KINDS[kind].options

    def __contains__(self, kind: object) -> bool:
        return kind in KINDS

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


OPTIONS: Final[Kinds] = _Options()

COMPILED: Final = "cards.json"
"""The file beside the cards that holds what all of them say: the cards themselves take fifty times as long to read."""


def written_cards() -> tuple[Card, ...]:
    """All cards that come with scrimp as they are written, sorted by id; a located ``UserError`` if one isn't right."""
    return load_cards(find_cards(), OPTIONS)


def compiled(cards: Iterable[Card]) -> bytes:
    """Cards as JSON, each on a line."""
    return b"[\n" + b",\n".join(msgspec.json.encode(each) for each in cards) + b"\n]\n"


@cache
def shipped_cards() -> tuple[Card, ...]:
    """The same as ``scripts/generate_pages.py`` compiled them."""
    return msgspec.json.decode((find_cards() / COMPILED).read_bytes(), type=tuple[Card, ...])


def all_cards(packs: Mapping[str, bytes]) -> tuple[Card, ...]:
    """The shipped cards and those in the bytes of some packs, by path; sorted by id.

    Raises a located ``UserError`` for a pack that can't be understood, for an id or a name that is taken, and for a
    rule that isn't there for one to give way to.
    """
    cards = list(shipped_cards())
    taken = {word: card for card in cards for word in (card.id, card.name)}
    for path, raw in packs.items():
        for card in read_pack(path, raw, OPTIONS, option_problems):
            for word in (card.id, card.name):
                if word in taken:
                    owner = taken[word].origin or "a rule that comes with scrimp"
                    raise UserError(
                        f"{card.origin}: `{word}` is taken by {owner}", "give your rule another one"
                    )
                taken[word] = card
            cards.append(card)
    for card in cards[len(shipped_cards()) :]:
        for rule in card.gives_way:
            if rule not in taken:
                raise UserError(f"{card.origin}: gives_way: there is no rule `{rule}`", meant(rule, taken))
    return tuple(sorted(cards, key=lambda card: card.id))


def make_ready(cards: Iterable[Card]) -> None:
    """Load the kinds of some cards and compile their patterns, while other processes read."""
    for card in cards:
        patterns.make_ready(card, settings(card, KINDS[card.kind].options))


def option_problems(card: Card) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with the options of a card besides their types: the path of one, or of a part of it, and why."""
    try:
        options = msgspec.convert(card.values, OPTIONS[card.kind])
    except msgspec.ValidationError as error:
        what, where = taken_apart(str(error))
        yield where, what
    else:
        yield from patterns.problems(options)
