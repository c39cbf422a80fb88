"""``scrimp explain``: one rule's page, made from its card."""

from __future__ import annotations

import click


@click.command("explain", epilog="\b\nExample:\n  scrimp explain CCH001\n")
@click.argument("rule")
def command(rule: str) -> int:
    """Explain RULE (an id or a name): what it finds, why that costs, examples, its fix and the evidence."""
    from scrimp.checks.cards import shipped_cards  # noqa: PLC0415  heavy
    from scrimp.config.cards import card_named  # noqa: PLC0415
    from scrimp.pages import terminal  # noqa: PLC0415

    click.echo(terminal.page(card_named(shipped_cards(), rule)))
    return 0
