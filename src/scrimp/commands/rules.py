"""``scrimp rules``: the table of rules."""

from __future__ import annotations

import json
from pathlib import Path

import click

EPILOG = """\b
Examples:
  scrimp rules
  scrimp explain CCH001
"""


@click.command("rules", epilog=EPILOG)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(form: str) -> int:
    """List all rules: id, name, severity, whether it is on by default, and how far its fix can be trusted.

    The rules of this project's own packs are among them. One in preview is still on trial, and runs only if it is
    selected by its id, or with `preview: true` in the configuration.
    """
    from scrimp.pipeline.setup import setup  # noqa: PLC0415  heavy
    from scrimp.reporters.safe import safe  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    cards = setup(Worktree(Path.cwd())).all_cards
    if form == "json":
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
        click.echo(json.dumps({"schema": "scrimp-rules/1", "rules": rows}, indent=1))
        return 0
    width = max(len(card.name) for card in cards)
    for card in cards:
        own = f"  {safe(card.origin)}" if card.origin else ""
        click.echo(
            f"{card.id}  {card.name:<{width}}  {card.severity:<7}  {card.status:<7}  fix: {card.fix}{own}"
        )
    click.echo("\nscrimp explain RULE says what a rule finds and why that costs.")
    return 0
