"""``scrimp usage``: what was really called, into a file that people can read and edit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from scrimp.model.errors import UserError

IMPORT_EPILOG = """\b
Examples:
  scrimp usage import usage-october.json litellm.csv
  scrimp usage import spans.json --dry-run          what would be joined, and what not
  scrimp usage import bill.csv --period 2026-10     that month's volumes
\b
Sources: openai, anthropic, litellm, langfuse, otel, focus. Files may be packed with gzip.
"""
SOURCES = ("openai", "anthropic", "litellm", "langfuse", "otel", "focus")


@click.group("usage")
def command() -> None:
    """Take volumes and sizes from what was really called."""


def _tree_options(function: Any) -> Any:
    """What both commands take."""
    for option in (
        click.option("--allow-incomplete", is_flag=True, help="Go on with what could be read."),
        click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing."),
        click.option("--config", metavar="FILE", help="Use this configuration instead of looking for one."),
        click.option(
            "--root",
            default=".",
            show_default=True,
            type=click.Path(path_type=Path, file_okay=False),
            help="The tree whose prompts were called.",
        ),
    ):
        function = option(function)
    return function


@command.command("import", epilog=IMPORT_EPILOG)
@click.argument("exports", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--source", type=click.Choice(SOURCES), help="The files' source, instead of looking at them.")
@click.option("--system", metavar="NAME", help="Which of several systems of one source, such as two proxies.")
@click.option("--period", metavar="FROM..TO", help="Take volumes from these days or this month.")
@click.option(
    "--map",
    "rules",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="More rules of which rows belong to which prompts, before those of the usage file.",
)
@click.option("--no-tags", is_flag=True, help="Leave out tags, where they differ from call to call.")
@click.option("-v", "--verbose", is_flag=True, help="List everything that was joined or not.")
@_tree_options
def import_command(exports: tuple[Path, ...], root: Path, **options: Any) -> int:
    """Read exports of real usage, join them to the prompts of this tree, and write what they say of each.

    Every row counts once, however often it is imported. What belongs to no prompt is listed with what it cost. Fails
    with 3, having written nothing, where rows can't be read.
    """
    from scrimp.commands.usage_report import imported_lines  # noqa: PLC0415  heavy
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.pipeline.usage import import_usage  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415
    from scrimp.usage.file import UsageFile, period  # noqa: PLC0415
    from scrimp.usage.reading import Choices  # noqa: PLC0415

    try:
        days = period(options["period"]) if options["period"] else None
    except ValueError as error:
        raise UserError(f"--period: {error}") from None
    rules = UsageFile(str(options["rules"]), _bytes(options["rules"])).rules if options["rules"] else ()
    tree = Worktree(root_for(root, options["config"]))
    made = setup(tree, options["config"])
    choices = Choices(options["source"], options["system"], days, rules, tags=not options["no_tags"])
    outcome = import_usage(tree, made, exports, choices)
    incomplete = outcome.reading.faulty > 0 or any(each.incomplete for each in outcome.skipped)
    writes = not options["dry_run"] and (not incomplete or options["allow_incomplete"])
    _echo(imported_lines(outcome, made, verbose=options["verbose"]))
    _echo([_written(tree.root, outcome.files) if writes else _unwritten(dry_run=options["dry_run"])])
    return 3 if incomplete and not options["allow_incomplete"] else 0


@command.command("sync")
@_tree_options
def sync_command(root: Path, **options: Any) -> int:
    """Add new prompts to the usage file, keep edits and comments, and mark the prompts that are gone."""
    from scrimp.commands.usage_report import synced_lines  # noqa: PLC0415  heavy
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.pipeline.usage import sync_usage  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    tree = Worktree(root_for(root, options["config"]))
    outcome = sync_usage(tree, setup(tree, options["config"]), date.today())
    incomplete = any(each.incomplete for each in outcome.skipped)
    writes = not options["dry_run"] and (not incomplete or options["allow_incomplete"])
    _echo(synced_lines(outcome))
    _echo([_written(tree.root, outcome.files) if writes else _unwritten(dry_run=options["dry_run"])])
    return 3 if incomplete and not options["allow_incomplete"] else 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}", "check the path given to --map") from error


def _written(root: Path, files: dict[str, str]) -> str:
    """Write the files that differ, and tell which these were."""
    from scrimp.commands.output import write_in_tree  # noqa: PLC0415

    changed = []
    for path, text in files.items():
        target = root / path
        if not target.exists() or target.read_bytes() != text.encode():
            write_in_tree(root, path, text)
            changed.append(path)
    return f"wrote {' and '.join(changed)}" if changed else f"nothing changed in {' and '.join(files)}"


def _unwritten(*, dry_run: bool) -> str:
    return f"nothing was written: {'a dry run' if dry_run else 'not everything could be read'}"


def _echo(lines: list[str]) -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415

    say(*lines)
