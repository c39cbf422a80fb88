"""``scrimp rules``: the table of rules, and the tests of a project's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scrimp.config.cards import Card

EPILOG = """\b
Examples:
  scrimp rules
  scrimp rules --test
  scrimp explain CCH001
"""


@click.command("rules", epilog=EPILOG)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--test", "testing", is_flag=True, help="Try the examples of your own rules instead.")
def command(form: str, testing: bool) -> int:
    """List all rules: id, name, severity, whether it is on by default, and how far its fix can be trusted.

    The rules of this project's own packs are among them. One in preview is still on trial, and runs only if it is
    selected by its id, or with `preview: true` in the configuration.
    """
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415  heavy
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    cards = setup(Worktree(root_for(Path.cwd()))).all_cards
    if testing:
        return _test([card for card in cards if card.origin])
    (_print_json if form == "json" else _print_table)(cards)
    return 0


def _test(cards: Sequence[Card]) -> int:
    """Try the examples of some rules; exit 1 if one doesn't hold."""
    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.model.written import counted  # noqa: PLC0415
    from scrimp.pipeline.examples import failures  # noqa: PLC0415  heavy

    failed = list(failures(cards))
    for each in failed:
        say(f"{each.card.origin}: {each.card.id}: {each.text!r}: {each.reason}")
    examples = sum(len(card.examples.hit) + len(card.examples.miss) for card in cards)
    own, tried = counted(len(cards), "rule"), counted(examples, "example")
    say(f"{own} of your own, {tried}, {len(failed)} of which don't hold")
    return 1 if failed else 0


def _print_json(cards: Sequence[Card]) -> None:
    from scrimp.commands.printing import show_document  # noqa: PLC0415

    rows = [
        {
            "id": card.id,
            "name": card.name,
            "severity": card.severity,
            "enabled": card.enabled,
            "preview": card.preview,
            "fix": card.fix,
            "summary": card.summary,
            "origin": card.origin or None,
        }
        for card in cards
    ]
    show_document({"schema": "scrimp-rules/1", "rules": rows})


def _print_table(cards: Sequence[Card]) -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415

    width = max(len(card.name) for card in cards)
    for card in cards:
        own = f"  {card.origin}" if card.origin else ""
        say(f"{card.id}  {card.name:<{width}}  {card.severity:<7}  {card.status:<7}  fix: {card.fix}{own}")
    say("", "scrimp explain RULE says what a rule finds and why that costs.")
