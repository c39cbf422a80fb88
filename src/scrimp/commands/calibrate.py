"""``scrimp calibrate``: token factors measured against the providers' own counting endpoints."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

if TYPE_CHECKING:
    from scrimp.pipeline.calibrate import Question
    from scrimp.tokens.calibration import Calibration

EPILOG = """\b
Examples:
  scrimp calibrate --dry-run                     what would be sent, and where
  scrimp calibrate                               for the models that this folder's calls name
  scrimp calibrate --model claude-sonnet-5 --most-texts 20
\b
Keys are read from OPENAI_API_KEY, ANTHROPIC_API_KEY, and GEMINI_API_KEY or
GOOGLE_API_KEY; other addresses from OPENAI_BASE_URL, ANTHROPIC_BASE_URL and
GOOGLE_GEMINI_BASE_URL.
"""


@click.command("calibrate", epilog=EPILOG)
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--model",
    "models",
    metavar="MODEL",
    multiple=True,
    help="Measure this model's family; repeat it for several.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent and where, and send nothing.")
@click.option(
    "--most-texts",
    metavar="N",
    type=click.IntRange(3, 1000),
    default=40,
    show_default=True,
    help="Texts sent for one model at most.",
)
@click.option(
    "--most-characters",
    metavar="N",
    type=click.IntRange(300, 5_000_000),
    default=200_000,
    show_default=True,
    help="Characters sent for one model at most.",
)
@click.option("--config", metavar="FILE", help="Use this configuration instead of looking for one.")
def command(
    path: Path,
    models: tuple[str, ...],
    dry_run: bool,
    most_texts: int,
    most_characters: int,
    config: str | None,
) -> int:
    """Ask providers how many tokens the prompts below PATH have, and keep the factors in .scrimp/calibration.yaml.

    This sends the text of prompts, without what fills their holes, to the provider of each model. Later runs count with
    what was measured, and say so (grade `calibrated`).
    """
    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.pipeline.audit import read_tree  # noqa: PLC0415  heavy
    from scrimp.pipeline.calibrate import place_of, questions  # noqa: PLC0415
    from scrimp.pipeline.part import below  # noqa: PLC0415
    from scrimp.pipeline.roots import inner, root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.tokens.sampling import Limits  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    root = root_for(path, config)
    tree, part = Worktree(root), below(inner(path, root))
    made = setup(tree, config)
    target = place_of(root, made)
    measured = read_tree(tree, made).measured
    here = [each for each in measured.prompts if part.covers(each.prompt.path)]
    asked = questions(
        replace(measured, prompts=tuple(here)), made, models, Limits(most_texts, most_characters)
    )
    if not asked:
        say("Nothing to measure: every model that is named by a call is counted exactly, or by nobody.")
    elif dry_run:
        _show(asked)
    else:
        _measure(asked, made.tokenizers.calibration, tree.root, target)
    return 0


def _show(asked: Sequence[Question]) -> None:
    """What would be sent: the beginning of each text, so that a person recognises it."""
    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.model.written import counted  # noqa: PLC0415
    from scrimp.reporters.safe import safe  # noqa: PLC0415

    for question in asked:
        url = question.provider.url(question.model.name, os.environ)
        texts, characters = counted(len(question.texts), "text"), counted(question.characters, "character")
        say(f"{question.model.name}: {texts}, {characters} to {url}")
        for text in question.texts:
            say(f"  {len(text):>7}  {safe(' '.join(text.split()))[:60]}")


def _measure(asked: Sequence[Question], known: Calibration, root: Path, target: Path) -> None:
    from scrimp.commands.output import write_in_tree  # noqa: PLC0415
    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.model.written import counted  # noqa: PLC0415
    from scrimp.pipeline.calibrate import merged  # noqa: PLC0415
    from scrimp.tokens.calibration import write  # noqa: PLC0415
    from scrimp.tokens.endpoints import Endpoint  # noqa: PLC0415

    for question in asked:
        question.provider.key(os.environ)  # none is asked if a key for another is missing
    for question in asked:
        found = question.answered(Endpoint(question.provider, os.environ), date.today().isoformat())
        known = merged(known, found)
        for family, kinds in found.items():
            if not kinds:
                say(f"{family}: too few texts of any kind; at least three of 100 characters are needed")
            for kind, measured in kinds.items():
                band = measured.band
                say(
                    f"{family} {kind}: {band.typical / 1000:.3f} "
                    f"({band.low / 1000:.3f} to {band.high / 1000:.3f}) by {counted(measured.texts, 'text')}"
                )
    write_in_tree(root, str(target.absolute()), write(known))
    say(f"Wrote {target}")
