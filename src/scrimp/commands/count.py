"""``scrimp count``: tokens and cost of a text or an image for one or several models."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrimp.model.errors import UserError

if TYPE_CHECKING:
    from scrimp.model.amounts import Interval
    from scrimp.pipeline.counting import Asked
    from scrimp.pipeline.setup import Setup
    from scrimp.prices.book import Price

EPILOG = """\b
Examples:
  scrimp count prompts/triage.md
  scrimp count --model gpt-5-mini --model claude-sonnet-4-5 prompts/triage.md
  scrimp count --model claude-sonnet-5 screenshot.png
  echo "Answer in one word." | scrimp count -
"""
STDIN = "-"
SOURCES = {"file": "the file's model", "config": "the configured model", "default": "a model assumed"}
"""Who names a model, where that isn't the command line."""


@click.command("count", epilog=EPILOG)
@click.argument("file", default="-", metavar="[FILE|-]")
@click.option(
    "--model",
    "models",
    metavar="MODEL",
    multiple=True,
    help="A model; repeat it to compare several.  [default: the one that the file names, or the configuration]",
)
@click.option("--config", metavar="FILE", help="Use this configuration instead of looking for one.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(file: str, models: tuple[str, ...], config: str | None, form: str) -> int:
    """Count the tokens of FILE (or standard input) as one text or image, and price them as input of one call.

    Counts are exact where a model's vocabulary is published, else an interval; the grade says which. Images (PNG, JPEG,
    GIF, WebP) are counted by their size, in high detail.
    """
    from scrimp.commands.printing import say, show_document  # noqa: PLC0415
    from scrimp.pipeline.counting import Asked  # noqa: PLC0415  heavy
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.tokens.pixels import size_of  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    raw = _read(file)
    size = size_of(raw)
    text = "" if size else _text(file, raw)
    root = root_for(Path.cwd(), config)
    project = setup(Worktree(root), config)
    count = partial(_image_row, size) if size else partial(_text_row, text)
    asked = tuple(Asked(each, "option") for each in models) or _asked(file, root, raw, text, project)
    rows = [{**count(each.model, project), "source": each.source} for each in asked]
    if form == "json":
        what = {"image": {"width": size[0], "height": size[1]}} if size else {"characters": len(text)}
        show_document({"schema": "scrimp-count/1", **what, "models": rows})
        return 0
    say(*map(_line, rows))
    return 0


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError as error:
        raise UserError(f"{file}: {error.strerror}", "check the path") from error


def _text(file: str, raw: bytes) -> str:
    from scrimp.model.source import Skipped  # noqa: PLC0415
    from scrimp.tree.decode import decode  # noqa: PLC0415

    source = decode("stdin" if file == STDIN else Path(file).name, raw)
    if isinstance(source, Skipped):
        raise UserError(f"{file}: {source.reason}", "scrimp counts text and images")
    return source.text


def _asked(file: str, root: Path, raw: bytes, text: str, project: Setup) -> tuple[Asked, ...]:
    """The models that a file is counted for, where none is named."""
    from scrimp.pipeline.counting import models  # noqa: PLC0415

    place = Path(os.path.abspath(file))  # noqa: PTH100  Path.resolve follows links
    inside = file != STDIN and place.is_relative_to(root.absolute())
    return models(place.relative_to(root.absolute()).as_posix() if inside else place.name, raw, text, project)


def _text_row(text: str, name: str, project: Setup) -> dict[str, Any]:
    from scrimp.tokens.families import encoding_for  # noqa: PLC0415

    model = project.tokenizers.resolve(name)
    return _row(name, project, project.tokenizers.count(text, model), encoding_for(model))


def _image_row(size: tuple[int, int], name: str, project: Setup) -> dict[str, Any]:
    from scrimp.tokens.images import image_tokens  # noqa: PLC0415

    return _row(name, project, image_tokens(project.tokenizers.resolve(name), *size), None)


def _row(name: str, project: Setup, tokens: Interval[int], encoding: str | None) -> dict[str, Any]:
    model = project.tokenizers.resolve(name)
    return {
        "model": name,
        "provider": model.provider if model else None,
        "encoding": encoding,
        "tokens": {"low": tokens.low, "typical": tokens.typical, "high": tokens.high, "grade": tokens.grade},
        "input_usd": _cost(tokens, project.prices.price(name)),
    }


def _cost(tokens: Interval[int], price: Price | None) -> str | None:
    from scrimp.measure.charges import Charge  # noqa: PLC0415
    from scrimp.model.written import exact  # noqa: PLC0415

    usd = Charge(price, tokens, 0).plain.typical
    return None if usd is None else exact(usd)


def _line(row: dict[str, Any]) -> str:
    tokens = row["tokens"]
    if tokens["typical"] is None:
        return f"{row['model']}: unknown, nothing is known of how it counts images"
    band = "" if tokens["low"] == tokens["high"] else f" ({tokens['low']} to {tokens['high']})"
    by = row["encoding"] or "its size in pixels"
    cost = "price unknown" if row["input_usd"] is None else f"${row['input_usd']} a call"
    who = f"; {SOURCES[row['source']]}" if row["source"] in SOURCES else ""
    noun = "token" if tokens["typical"] == 1 else "tokens"
    return f"{row['model']}: {tokens['typical']} {noun}{band}, {tokens['grade']} by {by}, {cost}{who}"
