"""Cards for tests of kinds, and what they make of a text."""

from __future__ import annotations

from collections.abc import Mapping

from checks.written import Files

from scrimp.checks.cards import OPTIONS
from scrimp.config.cards import Card
from scrimp.config.read_cards import read_card
from scrimp.fix.shift import splice
from scrimp.model.findings import Finding

BASE = """\
id: ABC001
name: some-waste
summary: It wastes.
tests: {hit: [x], miss: [y]}
"""


def card_of(text: str) -> Card:
    """A card with the keys of some YAML besides the ones that every card has."""
    return read_card("ABC001.yaml", (BASE + text).encode(), OPTIONS)


def findings(card: Card, text: str, path: str = "prompts/a.txt") -> tuple[Finding, ...]:
    """What a rule finds in one file, which is whole."""
    results = Files({path: text}).checked(card)
    assert results.skipped == ()
    return results.findings


def fixed(texts: Mapping[str, str], found: tuple[Finding, ...]) -> dict[str, str]:
    """Files with the fixes of some findings made."""
    edits = [edit for finding in found if finding.fix for edit in finding.fix.edits]
    return {path: splice(text, [edit for edit in edits if edit.path == path]) for path, text in texts.items()}


def after(card: Card, text: str, path: str = "prompts/a.txt") -> str:
    """A file once its findings are fixed."""
    return fixed({path: text}, findings(card, text, path))[path]
