"""Findings of what another rule finds, too: of one waste one of them speaks.

A card names the rules that it gives way to. A finding of it isn't told where one of these begins at the same place, or
where it takes away so much of the same text that what is left saves less than the card asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from math import inf

from scrimp.checks.context import TreeContext
from scrimp.checks.savings import saving
from scrimp.config.cards import Card
from scrimp.model.findings import Finding
from scrimp.model.savings import Change


def told(
    found: Sequence[Finding],
    cards: Sequence[Card],
    tree: TreeContext,
    ruling: Callable[[Card, str], Card | None],
) -> Iterator[Finding]:
    """The findings of cards without those that give way to others among them; ``ruling`` is how a card holds there."""
    giving = {card.id: card for card in cards if card.gives_way}
    followed = {rule for card in giving.values() for rule in card.gives_way}
    by_path: dict[str, list[Finding]] = {}
    for each in found:
        if each.rule in followed:
            by_path.setdefault(each.path, []).append(each)
    for each in found:
        card = giving.get(each.rule)
        if card is None:
            yield each
            continue
        others = [one for one in by_path.get(each.path, ()) if one.rule in card.gives_way]
        least = (ruling(card, each.path) or card).min_saving
        if _beginning(each) not in map(_beginning, others) and _left(each, others, tree) >= least:
            yield each


def _beginning(finding: Finding) -> tuple[int, int]:
    return finding.place.line, finding.place.column


def _left(finding: Finding, others: Sequence[Finding], tree: TreeContext) -> float:
    """The tokens that a finding saves once others have taken away what they do; no limit if that is nothing of it."""
    wastes = [waste for other in others for waste in other.waste]
    for own in finding.waste[:1]:  # in all prompts in which it stands it is the same text
        gone = [change for waste in wastes if waste.prompt == own.prompt for change in waste.changes]
        left = [change for change in own.changes if not _is_within(change, gone)]
        if len(left) < len(own.changes):
            return saving(left, tree.of(tree.prompts[own.prompt])).tokens
    return inf


def _is_within(change: Change, others: Collection[Change]) -> bool:
    return any(each.start <= change.start and change.end <= each.end for each in others)
