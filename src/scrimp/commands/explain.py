"""``scrimp explain``: one rule's page, made from its card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scrimp.config.cards import Card, Evidence


@click.command("explain", epilog="\b\nExample:\n  scrimp explain CCH001\n")
@click.argument("rule")
def command(rule: str) -> int:
    """Explain RULE (an id or a name): what it finds, why that costs, examples, its fix and the evidence."""
    from scrimp.checks.cards import shipped_cards  # noqa: PLC0415  heavy
    from scrimp.config.cards import card_named  # noqa: PLC0415

    click.echo("\n".join(_page(card_named(shipped_cards(), rule))))
    return 0


def _page(card: Card) -> Iterator[str]:
    yield f"{card.id} {card.name}"
    yield f"severity {card.severity}, {'on' if card.enabled else 'off'} by default, fix: {card.fix}"
    yield from ("", "What it does", "", _indented(card.summary))
    if card.why:
        yield from ("", "Why it costs", "", _indented(card.why))
    for number, hit in enumerate(card.examples.hit):
        yield from ("", "Example" if number == 0 else "Another example", "", _indented(hit.before))
        if hit.after is not None:
            yield from ("", "Use instead", "", _indented(hit.after))
    if card.fix_safety:
        yield from ("", "Fix safety", "", _indented(card.fix_safety))
    if card.options:
        yield from ("", "Options", "")
        for name, option in card.options.items():
            yield f"    {name} (default {option.default!r}): {' '.join(option.help.split())}"
    if card.evidence is not None:
        yield from ("", "Evidence", "", *_evidence(card.evidence))
    if card.references:
        yield from ("", "References", "", *(f"    {each}" for each in card.references))


def _evidence(evidence: Evidence) -> Iterator[str]:
    yield f"    {evidence.corpus}, {evidence.date}: {evidence.hits} hits in {evidence.prompts} prompts,"
    yield f"    {evidence.tokens_saved} tokens saved, precision {evidence.precision}"
    if evidence.note:
        yield _indented(evidence.note)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line.strip() else "" for line in text.rstrip("\n").split("\n"))
