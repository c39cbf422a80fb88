"""``scrimp forecast``: the coming months' spend, with an interval."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from scrimp.commands.options import scan_options

EPILOG = """\b
Examples:
  scrimp forecast                        from the usage that was imported
  scrimp forecast --since 2026-01-01     from how the prompts grew since then
  scrimp forecast --owner @acme/search   what one owner's calls will cost
  scrimp forecast --months 6 --format json --output forecast.json
"""


@click.command("forecast", epilog=EPILOG)
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--months", type=click.IntRange(1, 12), default=3, show_default=True, help="Months to look ahead."
)
@click.option(
    "--since",
    metavar="DATE|REV",
    help="Continue the growth of the repository's own prompts since a day (or month, or revision) instead of usage.",
)
@click.option(
    "--owner", metavar="NAME", default="", help="Forecast what one owner's calls cost instead of all."
)
@click.option(
    "--as-of",
    type=click.DateTime(("%Y-%m-%d",)),
    metavar="DATE",
    help="Forecast as on this day, from what is older.  [default: today]",
)
@scan_options
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--output", metavar="FILE", help="Write to a file instead, all or nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Only the essential lines.")
@click.option("-v", "--verbose", is_flag=True, help="Show all months of the past.")
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colours in text.",
)
def command(
    path: Path,
    months: int,
    since: str | None,
    owner: str,
    as_of: datetime | None,
    form: str,
    output: str | None,
    **options: Any,
) -> int:
    """Tell what the coming months of the tree around PATH will cost, with the range that holds 80 % of what may come.

    Past months are those of imported usage, or, with --since, what the prompts would have cost at each month's end at
    today's volumes and prices. Budgets on the monthly total, of the whole repository or of --owner, are told the month
    in which they are likely to break; that fails nothing. Too short a history is refused (exit 2).
    """
    from scrimp.commands.output import Output  # noqa: PLC0415  heavy
    from scrimp.commands.progress import progress  # noqa: PLC0415
    from scrimp.commands.show import shown  # noqa: PLC0415
    from scrimp.pipeline.forecast import from_growth, from_usage  # noqa: PLC0415
    from scrimp.pipeline.remembering import remembering  # noqa: PLC0415
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.reporters.outlook import FORMATS  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    today = as_of.date() if as_of else date.today()
    tree = Worktree(root_for(path, options["config"]))
    made = setup(tree, options["config"], jobs=options["jobs"])
    if shown(tree, made, settings=options["show_settings"], files=options["show_files"]):
        return 0
    whose = owner.strip().lstrip("@")
    with remembering(tree.root, options["cache"]) as memory, memory.used():
        if since is None:
            outlook = from_usage(tree, made, months, today, whose)
        else:
            with progress(shown=not options["quiet"]) as bar:
                outlook = from_growth(tree.root, since, made, months, today, bar, whose)
    written = Output(((form, output),), options["quiet"], options["verbose"], options["color"])
    written.put(lambda name, view: FORMATS[name](outlook, view))
    incomplete = any(each.incomplete for each in outlook.skipped)
    return 3 if incomplete and not options["allow_incomplete"] else 0
