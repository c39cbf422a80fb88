"""``scrimp diff``: what a change costs."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from scrimp.commands.options import ReportCommand, output_options, scan_options
from scrimp.model.errors import UserError

EPILOG = """\b
Examples:
  scrimp diff                           my working tree against where it left the default branch
  scrimp diff main                      against main
  scrimp diff v1.2 v1.3                 two revisions
  scrimp diff before.json after.json    two saved audits
  scrimp diff main --show texts         and what changed in the words
  scrimp diff --policy base main        by the budgets and rules of main, as under CI
  scrimp diff --staged                  what I am about to commit, with the commits of this branch
  scrimp diff --staged HEAD             what I am about to commit, by itself
"""


@click.command("diff", cls=ReportCommand, epilog=EPILOG)
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option(
    "--policy",
    metavar="base|head|FILE",
    help="Whose budgets, rules, prices and volumes decide.  [default: base under CI, else head]",
)
@click.option(
    "--show",
    "lists",
    type=click.Choice(("texts",)),
    multiple=True,
    help="Show what changed in the text of prompts; in JSON, put in their texts before and after.",
)
@click.option(
    "--staged",
    is_flag=True,
    help="HEAD is what is staged; where pre-commit compares two revisions, as before a push, these.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("info", "warning", "error", "configured")),
    help="The least severity of new findings that fails; configured: that of the policy.  [default: none fail]",
)
@scan_options
@output_options
def command(base: str | None, head: str | None, *, staged: bool, **options: Any) -> int:
    """Compare the prompts of BASE and HEAD: tokens, cost per call and per month, and what caused the difference.

    Both are git revisions or saved audit JSON files. HEAD defaults to the working tree, BASE to the merge base with
    the default branch. Fails (exit 1) when a budget on growth or on a total is broken. Under CI the change is judged by
    the configuration of BASE, so that it can't loosen the gate.
    """
    from scrimp.commands.output import Output, exit_code  # noqa: PLC0415  heavy
    from scrimp.commands.progress import progress  # noqa: PLC0415
    from scrimp.commands.show import shown  # noqa: PLC0415
    from scrimp.pipeline.diff import Question, diff  # noqa: PLC0415
    from scrimp.pipeline.remembering import remembering  # noqa: PLC0415
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.saved import Saved  # noqa: PLC0415
    from scrimp.pipeline.sides import left_at, side  # noqa: PLC0415
    from scrimp.pipeline.staged import revisions, staged_base, staged_side  # noqa: PLC0415
    from scrimp.tree.git import default_branch  # noqa: PLC0415

    if staged and head is not None:
        raise UserError("--staged and HEAD at once", "name only BASE: HEAD is what is staged")
    config, jobs = options["config"], options["jobs"]
    root = root_for(Path.cwd(), config, partial(revisions, Path.cwd(), base, head))
    output = Output(
        options["targets"],
        options["quiet"],
        options["verbose"],
        options["color"],
        frozenset(options["lists"]),
        root,
    )
    after = staged_side(root, config, jobs) if staged else side(root, head, config, jobs)
    if not isinstance(after.content, Saved) and shown(
        after.content, after.setup, settings=options["show_settings"], files=options["show_files"]
    ):
        return 0
    if staged:
        before = staged_base(root, base, config, jobs)
    else:
        before = (
            left_at(root, default_branch(root), head, config, jobs)
            if base is None
            else side(root, base, config, jobs)
        )
    with (
        remembering(root, options["cache"]) as memory,
        memory.used(),
        progress(shown=not options["quiet"]) as bar,
    ):
        question = Question(options["policy"], root, options["fail_on"])
        report = diff(before, after, date.today(), bar, question)
    code = exit_code(report, allow_incomplete=options["allow_incomplete"], exit_zero=options["exit_zero"])
    output.write(report, code)
    return code
