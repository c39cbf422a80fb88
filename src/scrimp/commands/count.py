"""``scrimp count``: tokens and cost of a text for one or several models."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrimp.model.errors import UserError

if TYPE_CHECKING:
    from scrimp.model.amounts import Interval
    from scrimp.pipeline.setup import Setup
    from scrimp.prices.book import Price

EPILOG = """\b
Examples:
  scrimp count prompts/triage.md
  scrimp count --model gpt-5-mini --model claude-sonnet-4-5 prompts/triage.md
  echo "Answer in one word." | scrimp count -
"""


@click.command("count", epilog=EPILOG)
@click.argument("file", default="-", metavar="[FILE|-]")
@click.option(
    "--model", "models", metavar="MODEL", multiple=True, help="A model; repeat it to compare several."
)
@click.option("--config", metavar="FILE", help="Use this configuration instead of looking for one.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(file: str, models: tuple[str, ...], config: str | None, form: str) -> int:
    """Count the tokens of FILE (or standard input) as one text, and price them as input of one call.

    Counts are exact where a model's vocabulary is published, else an interval; the grade says which.
    """
    from scrimp.measure import DEFAULT_MODEL  # noqa: PLC0415  heavy
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    text = _text(file)
    project = setup(Worktree(Path.cwd()), config)
    rows = [_row(text, model, project) for model in models or (DEFAULT_MODEL,)]
    if form == "json":
        click.echo(
            json.dumps({"schema": "scrimp-count/1", "characters": len(text), "models": rows}, indent=1)
        )
        return 0
    for row in rows:
        click.echo(_line(row))
    return 0


def _text(file: str) -> str:
    from scrimp.model.source import Skipped  # noqa: PLC0415
    from scrimp.tree.decode import decode  # noqa: PLC0415

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}", "check the path") from error
    source = decode("stdin" if file == "-" else Path(file).name, raw)
    if isinstance(source, Skipped):
        raise UserError(f"{file}: {source.reason}", "scrimp counts text")
    return source.text


def _row(text: str, name: str, project: Setup) -> dict[str, Any]:
    from scrimp.tokens.families import encoding_for  # noqa: PLC0415

    model = project.tokenizers.resolve(name)
    tokens = project.tokenizers.count(text, model)
    return {
        "model": name,
        "provider": model.provider if model else None,
        "encoding": encoding_for(model),
        "tokens": {"low": tokens.low, "typical": tokens.typical, "high": tokens.high, "grade": tokens.grade},
        "input_usd": _cost(tokens, project.prices.price(name)),
    }


def _cost(tokens: Interval[int], price: Price | None) -> str | None:
    if price is None or tokens.typical is None:
        return None
    return format(tokens.typical * price.input / Decimal(1_000_000), "f")


def _line(row: dict[str, Any]) -> str:
    tokens = row["tokens"]
    band = "" if tokens["low"] == tokens["high"] else f" ({tokens['low']} to {tokens['high']})"
    cost = "price unknown" if row["input_usd"] is None else f"${row['input_usd']} a call"
    return f"{row['model']}: {tokens['typical']} tokens{band}, {tokens['grade']} by {row['encoding']}, {cost}"
