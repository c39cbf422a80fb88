"""``scrimp explain``: one rule's page, made from its card."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("explain", epilog="\b\nExample:\n  scrimp explain CCH001\n")
@click.argument("rule")
def command(rule: str) -> int:
    """Explain RULE (an id or a name): what it finds, why that costs, examples, its fix and the evidence."""
    from scrimp.commands.printing import show  # noqa: PLC0415
    from scrimp.config.cards import card_named  # noqa: PLC0415  heavy
    from scrimp.pages import terminal  # noqa: PLC0415
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    show(terminal.page(card_named(setup(Worktree(root_for(Path.cwd()))).all_cards, rule)) + "\n")
    return 0
