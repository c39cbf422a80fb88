"""Rules' pages say what their cards say, in the terminal and in ``docs/rules``."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from command_line import Project

from scrimp.checks import shipped_cards
from scrimp.config.cards import Card
from scrimp.pages import markdown, terminal

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts/generate_pages.py"
CARDS = shipped_cards()


def test_the_pages_and_the_compiled_cards_are_those_that_the_cards_make() -> None:
    script = runpy.run_path(str(SCRIPT))

    assert script["differing"](script["made"]()) == [], script["ADVICE"]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_both_pages_say_all_that_a_card_says(card: Card) -> None:
    said = [card.summary, card.why, card.fix_safety, *(option.help for option in card.options.values())]
    said += [card.evidence.corpus, card.evidence.note] if card.evidence else []
    for page in (terminal.page(card), markdown.page(card).replace("\\", "")):
        words = " ".join(page.replace("`", "").split())
        assert all(" ".join(text.replace("`", "").split()).replace("\\", "") in words for text in said)
        assert f"ignore[{card.id}]" in page


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_examples_stand_in_fences_that_hold_them(card: Card) -> None:
    page = markdown.page(card)
    for hit in card.examples.hit:
        for text in (hit.before, hit.after):
            if text is not None and text.strip():
                [fence] = re.findall(
                    rf"^(`{{3,}})\w+\n{re.escape(text.rstrip(chr(10)))}\n\1$", page, re.MULTILINE
                )[:1]
                assert fence not in text


def test_prose_is_no_markup() -> None:
    assert markdown._escaped("a * b | c <d> `e | f`") == "a \\* b \\| c \\<d> `e | f`"


def test_the_terminal_page_is_what_explain_prints(project: Project) -> None:
    outcome = project.scrimp("explain", "trailing-blanks")

    assert (outcome.code, outcome.out) == (
        0,
        terminal.page(next(c for c in CARDS if c.id == "FMT002")) + "\n",
    )
    assert "How to suppress" in outcome.out


def test_the_index_lists_each_rule_once(project: Project) -> None:
    page = markdown.index(CARDS)

    assert re.findall(r"^\| \[(\w+)\]\(\1\.md\)", page, re.MULTILINE) == [card.id for card in CARDS]
