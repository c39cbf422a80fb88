"""The examples of every card: what is hit is hit and fixed as it says, what is missed is missed."""

from __future__ import annotations

import pytest
from checks.written import Files, facts

from scrimp.checks import KINDS, shipped_cards
from scrimp.config.cards import Card, Hit, Miss
from scrimp.fix import rewrite, verifier
from scrimp.model.findings import Finding, Safety
from scrimp.model.prompts import Confidence
from scrimp.model.source import Source

CARDS = shipped_cards()


HITS = [pytest.param(card, hit, id=f"{card.id}-{hit.path}") for card in CARDS for hit in card.examples.hit]
FIXED = [
    pytest.param(card.configured(hit.options), hit.path, hit.after, id=f"{card.id}-{hit.path}")
    for card in CARDS
    for hit in card.examples.hit
    if hit.after is not None
]
MISSES = [
    pytest.param(card, miss, id=f"{card.id}-{miss.path}") for card in CARDS for miss in card.examples.miss
]


def findings(card: Card, path: str, text: str) -> tuple[Finding, ...]:
    files = Files({path: text})
    assert [one.prompt.path for one in files.prompts if one.prompt.confidence is not Confidence.LOW]
    results = files.checked(card)
    assert results.skipped == ()
    return results.findings


def marked(text: str, finding: Finding) -> str:
    lines = text.split("\n")
    place = finding.place
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return text[starts[place.line - 1] + place.column - 1 : starts[place.end_line - 1] + place.end_column - 1]


@pytest.mark.parametrize(("card", "example"), HITS)
def test_an_example_is_found_where_its_card_marks_it_and_fixed_as_it_shows(card: Card, example: Hit) -> None:
    (finding,) = findings(card.configured(example.options), example.path, example.before)

    assert finding.rule == card.id
    assert finding.severity == card.severity
    assert marked(example.before, finding) == example.marks
    if example.after is None:
        assert finding.fix is None
        return
    source = Source(example.path, example.before, "")
    outcome = rewrite([finding], frozenset(Safety), lambda _path: source, verifier(facts))
    assert outcome.refused == ()
    assert [done.text for done in outcome.rewrites] == [example.after]


@pytest.mark.parametrize(("card", "path", "fixed"), FIXED)
def test_a_fixed_example_has_nothing_left_to_fix(card: Card, path: str, fixed: str) -> None:
    assert findings(card, path, fixed) == ()


@pytest.mark.parametrize(("card", "example"), MISSES)
def test_what_a_card_leaves_alone_is_left_alone(card: Card, example: Miss) -> None:
    assert findings(card.configured(example.options), example.path, example.text) == ()


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_has_a_check_and_says_how_far_its_fix_goes(card: Card) -> None:
    assert card.kind in KINDS
    assert (card.fix == "none") == all(hit.after is None for hit in card.examples.hit)
    assert card.fix_safety
