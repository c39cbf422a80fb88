"""``scrimp baseline``: what is found today is known from then on, and only new findings fail."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrimp.commands.options import scan_options

if TYPE_CHECKING:
    from scrimp.baseline import Baseline
    from scrimp.pipeline.recording import Recording

EPILOG = """\b
Examples:
  scrimp baseline                       the first time: record all that is found
  scrimp baseline                       later: take out what is gone
  scrimp baseline --grow                add what is new, too
"""
MOST_SHOWN = 20


@click.command("baseline", epilog=EPILOG)
@click.option("--grow", is_flag=True, help="Add findings that are new, instead of refusing them.")
@scan_options
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def command(*, grow: bool, quiet: bool, **options: Any) -> int:
    """Record what is found today in .scrimp/baseline.json, so that `check` fails on new findings only.

    A baseline only shrinks: run again, this takes out what is gone and refuses what is new, unless --grow adds it.
    Nothing is taken out on the word of an incomplete scan (exit 3). The configuration may name another file.
    """
    from scrimp.baseline import written  # noqa: PLC0415  heavy
    from scrimp.commands.output import write_in_tree  # noqa: PLC0415
    from scrimp.commands.progress import progress  # noqa: PLC0415
    from scrimp.commands.show import shown  # noqa: PLC0415
    from scrimp.pipeline.recording import record  # noqa: PLC0415
    from scrimp.pipeline.remembering import remembering  # noqa: PLC0415
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    tree = Worktree(root_for(Path.cwd(), options["config"]))
    made = setup(tree, options["config"], jobs=options["jobs"])
    if shown(tree, made, settings=options["show_settings"], files=options["show_files"]):
        return 0
    with (
        remembering(tree.root, options["cache"]) as memory,
        memory.used(),
        progress(shown=not quiet) as bar,
    ):
        recording = record(tree, made, date.today(), bar)
    if not recording.is_complete and not options["allow_incomplete"]:
        _say_incomplete(recording)
        return 3
    grows = grow or recording.before is None
    after = recording.everything if grows else recording.kept
    if recording.before is None or recording.before.entries != after.entries:
        write_in_tree(tree.root, after.file, written(after))
    if not quiet:
        _say(recording, after)
    return 0


def _say(recording: Recording, after: Baseline) -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415

    if recording.before is None:
        say(f"Recorded {_findings(after.count)} in {after.file}.")
        return
    held = f"{after.file} holds {_findings(after.count)}: {recording.gone:,} gone"
    if after is recording.everything:
        say(f"{held}, {len(recording.new):,} added.")
        return
    say(f"{held}.")
    if recording.new:
        say(f"{_findings(len(recording.new))} not added, as a baseline only shrinks (--grow adds):", err=True)
        for finding in recording.new[:MOST_SHOWN]:
            where = f"{finding.path}:{finding.place.line}:{finding.place.column}"
            say(f"  {where} {finding.rule} {finding.message}", err=True)
        if len(recording.new) > MOST_SHOWN:
            say(f"  and {len(recording.new) - MOST_SHOWN:,} more", err=True)


def _say_incomplete(recording: Recording) -> None:
    from scrimp.commands.printing import say  # noqa: PLC0415

    said = "The baseline stays as it is: something was not judged, so that nobody knows what is gone."
    say(said, err=True)
    for each in recording.skipped:
        if each.incomplete:
            say(f"  {each.path}:{each.line}: {each.code}: {each.reason}", err=True)


def _findings(number: int) -> str:
    return f"{number:,} finding{'' if number == 1 else 's'}"
