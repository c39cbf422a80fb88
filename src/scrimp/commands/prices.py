"""``scrimp prices``: the prices in force, with their date and source."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrimp.model.errors import UserError

if TYPE_CHECKING:
    from scrimp.prices.book import Price, PriceBook

EPILOG = """\b
Examples:
  scrimp prices gpt-5-mini
  scrimp prices azure/gpt-4o claude-sonnet-4-5
"""


@click.command("prices", epilog=EPILOG)
@click.argument("models", nargs=-1, metavar="[MODEL]...")
@click.option("--config", metavar="FILE", help="Use this configuration instead of looking for one.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(models: tuple[str, ...], config: str | None, form: str) -> int:
    """Show what each MODEL costs, in USD per million tokens, and which price list says so.

    The configuration's own prices go before the packaged list.
    """
    from scrimp.pipeline.setup import setup  # noqa: PLC0415  heavy
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    book = setup(Worktree(Path.cwd()), config).prices
    prices = {name: book.price(name) for name in models}
    if form == "json":
        click.echo(json.dumps(_document(book, prices), indent=1))
    else:
        stamp = book.stamp
        click.echo(
            f"prices: {stamp.source}, {stamp.date}, {len(book.snapshot.rows)} models, sha256 {stamp.sha256[:12]}"
        )
        for name, price in prices.items():
            click.echo(f"{name}: unknown" if price is None else "\n".join(_lines(name, price)))
    unknown = [name for name, price in prices.items() if price is None]
    if unknown:
        raise UserError(
            f"no price is known for {', '.join(unknown)}",
            "state it under prices: in scrimp.yaml, in USD per million tokens",
        )
    return 0


FIGURES = ("input", "cached_input", "cache_write", "output")


def _lines(name: str, price: Price) -> list[str]:
    since = f" ({price.date})" if price.date else ""
    lines = [f"{name}: {price.model} of {price.provider or 'any provider'}, from {price.source}{since}"]
    for figure in FIGURES:
        amount = getattr(price, figure)
        if amount is not None:
            lines.append(f"  {figure.replace('_', ' '):<13} ${_plain(amount)} per million tokens")
    for service, rates in price.services.items():
        lines.append(f"  {service:<13} input ${_plain(rates.input)}, output ${_plain(rates.output)}")
    return lines + [
        f"  above {tier.above} input tokens: input ${_plain(tier.input)}, output ${_plain(tier.output)}"
        for tier in price.long_input
    ]


def _document(book: PriceBook, prices: dict[str, Price | None]) -> dict[str, Any]:
    stamp = book.stamp
    return {
        "schema": "scrimp-prices/1",
        "prices": {"source": stamp.source, "date": stamp.date, "sha256": stamp.sha256},
        "models": {name: None if price is None else _row(price) for name, price in prices.items()},
    }


def _row(price: Price) -> dict[str, Any]:
    figures = {figure: getattr(price, figure) for figure in FIGURES}
    return {
        "model": price.model,
        "provider": price.provider,
        "source": price.source,
        "date": str(price.date) if price.date else None,
        **{name: None if amount is None else _plain(amount) for name, amount in figures.items()},
        "batch_input": _plain(price.services["batch"].input) if "batch" in price.services else None,
        "batch_output": _plain(price.services["batch"].output) if "batch" in price.services else None,
    }


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f")
