"""``scrimp audit``: every prompt of a tree, what it costs, and whether an absolute budget is broken."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrimp.commands.options import OutputTarget, ReportCommand, output_options, scan_options
from scrimp.outliving import outlive

if TYPE_CHECKING:
    from scrimp.commands.output import Output
    from scrimp.pipeline.remembering import Memory
    from scrimp.store.answers import Printed
    from scrimp.tree.files import Tree

EPILOG = """\b
Examples:
  scrimp audit                          this folder
  scrimp audit services/search          that part of it
  scrimp audit --format json --output audit.json
  scrimp audit --show unresolved        what could not be followed, and why
  scrimp audit --by owner               what each owner's prompts cost, and how they compare
  scrimp audit --by model --format csv --output models.csv
"""


@click.command("audit", cls=ReportCommand, epilog=EPILOG)
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--show",
    "lists",
    type=click.Choice(("unresolved",)),
    multiple=True,
    help="List what could not be followed, with its place and the reason.",
)
@click.option(
    "--by",
    type=click.Choice(("owner", "model", "provider", "folder", "file")),
    help="Show who or what bears the cost instead of the prompts, and how they compare.",
)
@click.option(
    "--depth",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="With --by folder: levels below the innermost folder that holds everything.",
)
@scan_options
@output_options
def command(
    path: Path,
    by: str | None,
    depth: int,
    targets: tuple[OutputTarget, ...],
    **options: Any,
) -> int:
    """Find every prompt below PATH, count its tokens and price it, in the light of the whole tree around.

    Prompts are listed with their tokens, cost per call and cost per month, the dearest first. Fails (exit 1) when an
    absolute budget is broken.
    """
    from scrimp.commands.answering import answered  # noqa: PLC0415  heavy
    from scrimp.commands.output import Output  # noqa: PLC0415
    from scrimp.pipeline.remembering import remembering  # noqa: PLC0415
    from scrimp.pipeline.roots import inner, root_for  # noqa: PLC0415

    root = root_for(path, options["config"])
    output = Output(
        targets,
        options["quiet"],
        options["verbose"],
        options["color"],
        frozenset({*options["lists"], *(["attribution"] if by else [])}),
        root,
    )
    asked = {"command": "audit", "part": inner(path, root), "by": by, "depth": depth, **options}
    with remembering(root, options["cache"]) as memory:
        return answered(memory, output, asked, lambda: _audit(memory, output, asked))


def _audit(memory: Memory, output: Output, asked: dict[str, Any]) -> tuple[Printed | None, int]:
    """Audit a tree; processes that will read much of it are forked before more is loaded here."""
    from scrimp.pipeline.reading import waiting  # noqa: PLC0415  heavy

    tree = memory.tree
    with waiting(tree.files(), asked["jobs"] if memory.is_blank else 1):
        return _audited(tree, output, asked)


def _audited(tree: Tree, output: Output, asked: dict[str, Any]) -> tuple[Printed | None, int]:
    """Audit a tree, and print what was found."""
    from scrimp.commands.output import exit_code  # noqa: PLC0415  heavy
    from scrimp.commands.progress import progress  # noqa: PLC0415
    from scrimp.commands.show import shown  # noqa: PLC0415
    from scrimp.pipeline.scanning import scanned  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415

    made = setup(tree, asked["config"], jobs=asked["jobs"])
    if shown(tree, made, settings=asked["show_settings"], files=asked["show_files"]):
        return None, 0
    with progress(shown=not asked["quiet"]) as bar:
        scan = scanned(tree, made, progress=bar, then=partial(_make_ready, output))
        from scrimp.pipeline.audit import Grouping, audit  # noqa: PLC0415  loaded while others read

        grouping = Grouping(asked["by"] or "owner", asked["depth"])
        report = audit(tree, scan, made, date.today(), grouping, asked["part"])
    outlive(scan, report)
    code = exit_code(report, allow_incomplete=asked["allow_incomplete"], exit_zero=asked["exit_zero"])
    return output.write(output.completed(report, tree, made), code), code


def _make_ready(output: Output) -> None:
    """Load what comes after the rules, while others read."""
    from scrimp import attribution, gate  # noqa: F401, PLC0415

    output.make_ready()
