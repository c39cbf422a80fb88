"""``scrimp rules``: the table of rules."""

from __future__ import annotations

import json

import click

EPILOG = """\b
Examples:
  scrimp rules
  scrimp explain CCH001
"""


@click.command("rules", epilog=EPILOG)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(form: str) -> int:
    """List all rules: id, name, severity, whether it is on by default, and how far its fix can be trusted."""
    from scrimp.checks.cards import shipped_cards  # noqa: PLC0415  heavy

    cards = shipped_cards()
    if form == "json":
        rows = [
            {
                "id": card.id,
                "name": card.name,
                "severity": card.severity,
                "enabled": card.enabled,
                "fix": card.fix,
                "summary": card.summary,
            }
            for card in cards
        ]
        click.echo(json.dumps({"schema": "scrimp-rules/1", "rules": rows}, indent=1))
        return 0
    width = max(len(card.name) for card in cards)
    for card in cards:
        on = "on " if card.enabled else "off"
        click.echo(f"{card.id}  {card.name:<{width}}  {card.severity:<7}  {on}  fix: {card.fix}")
    click.echo("\nscrimp explain RULE says what a rule finds and why that costs.")
    return 0
