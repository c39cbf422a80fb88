"""Which rules run."""

from __future__ import annotations

import msgspec
import pytest

from scrimp.checks import shipped_cards
from scrimp.config.cards import card_named
from scrimp.config.selection import check_ids, enabled, ignored
from scrimp.model.errors import UserError

ALL = ["BUD001", "CCH001", "DAT002", "FMT001", "FMT002", "PRC001", "RED003"]
"""The rules that the tests choose from, whatever others there are."""
CARDS = tuple(  # on and none of them on trial, but one that is off
    msgspec.structs.replace(card, enabled=card.id != "RED003", preview=False)
    for card in shipped_cards()
    if card.id in ALL
)


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ([], [], [one for one in ALL if one != "RED003"]),
        (["ALL"], [], ALL),
        (["ALL"], ["ALL"], []),
        (["ALL"], ["FMT"], ["BUD001", "CCH001", "DAT002", "PRC001", "RED003"]),
        (["FMT"], ["FMT001"], ["FMT002"]),
        (["FMT001"], ["FMT"], ["FMT001"]),
        (["FMT001"], ["FMT001"], []),
        (["RED003", "F"], [], ["FMT001", "FMT002", "RED003"]),
        ([], ["FMT00"], ["BUD001", "CCH001", "DAT002", "PRC001"]),
        ([], ["ALL"], []),
    ],
)
def test_the_longer_selector_wins(select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert [card.id for card in enabled(CARDS, select, ignore)] == expected


def test_a_card_is_covered_by_its_id_prefixes_of_it_and_all() -> None:
    card = card_named(CARDS, "FMT001")
    assert all(ignored(card, [selector]) for selector in ("ALL", "F", "FMT", "FMT001"))
    assert not any(ignored(card, [selector]) for selector in ("FMT002", "RED", "FMT0011", ""))


def test_known_selectors_pass() -> None:
    check_ids(["ALL", "FMT", "CCH001", "BUD0"], CARDS)


@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        ("FTM001", "did you mean `FMT001`? `scrimp rules` lists all"),
        ("fmt001", "did you mean `FMT001`? `scrimp rules` lists all"),
        ("RDE", "did you mean `RED`? `scrimp rules` lists all"),
    ],
)
def test_misspelt_selectors_are_refused_with_a_suggestion(selector: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        check_ids(["FMT", selector], CARDS)
    assert selector in caught.value.message
    assert caught.value.hint == hint
