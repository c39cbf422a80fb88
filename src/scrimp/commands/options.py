"""The options that commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from itertools import groupby, takewhile
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

import click

from scrimp.model.errors import UserError
from scrimp.reporters import FORMATS
from scrimp.workers import usable

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

OutputTarget: TypeAlias = tuple[str, str | None]
"""A format, and the file that it is written to; ``None`` is standard output."""

STDOUT = "-"


def scan_options(function: Decorated) -> Decorated:
    """What every command that reads a tree takes."""
    for option in reversed(
        (
            click.option(
                "--config", metavar="FILE", help="Use this configuration instead of looking for one."
            ),
            click.option(
                "--jobs",
                metavar="N",
                type=click.IntRange(min=1),
                default=usable,
                help="Processes that read files; the results are the same for any number.  [default: one a processor]",
            ),
            click.option(
                "--cache/--no-cache",
                default=None,
                help="Take what earlier runs found out, or do all anew.  [default: --cache, under CI --no-cache]",
            ),
            click.option(
                "--allow-incomplete",
                is_flag=True,
                help="Judge what could be read, even if something could not.",
            ),
            click.option("--exit-zero", is_flag=True, help="Exit with 0 instead of 1."),
            click.option("--show-settings", is_flag=True, help="Print the settings in force and stop."),
            click.option("--show-files", is_flag=True, help="Print the files that would be read and stop."),
        )
    ):
        function = option(function)
    return function


def output_options(function: Decorated) -> Decorated:
    """Where and how the report is written: for a ``ReportCommand``, which gives formats and files as ``targets``."""
    for option in reversed(
        (
            click.option(
                "--format",
                "formats",
                type=click.Choice(tuple(FORMATS)),
                multiple=True,
                help="Output format. Repeat it with --output for several at once.",
            ),
            click.option(
                "--output",
                "outputs",
                metavar="FILE",
                multiple=True,
                help="Write the format before it to a file instead, all or nothing.",
            ),
            click.option("-q", "--quiet", is_flag=True, help="Only the essential lines."),
            click.option("-v", "--verbose", is_flag=True, help="List what is otherwise only counted."),
            click.option(
                "--color",
                type=click.Choice(("auto", "always", "never")),
                default="auto",
                show_default=True,
                help="Colours in text.",
            ),
        )
    ):
        function = option(function)
    return function


class ReportCommand(click.Command):
    """A command that writes a report in several formats, each to the file that the order of the options tells."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, but formats and files, whose order it forgets, become pairs."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        rest = super().parse_args(ctx, args)
        if ctx.resilient_parsing:  # a shell asks what could come next
            return rest
        values = {name: iter(ctx.params.pop(name, None) or ()) for name in ("formats", "outputs")}
        given = [(each.name, next(values[each.name])) for each in order if each.name in values]
        ctx.params["targets"] = _rendered_by(self.name or "", paired(given))
        return rest


class NamesFiles(ReportCommand):
    """A command that is given names of files, which others may have chosen: pre-commit passes what is staged.

    A file called ``--config=loose.yaml`` must be neither taken for an option nor passed over.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, after a look at what may be a file or an option. Raises ``UserError``."""
        for word in takewhile(lambda each: each != "--", args):
            if word.startswith("-") and word != "-" and os.path.lexists(word):
                raise UserError(
                    f"{word} is an option and the name of a file here", f"for the file, write: ./{word}"
                )
        return super().parse_args(ctx, args)


def paired(given: Iterable[tuple[str, str]]) -> tuple[OutputTarget, ...]:
    """Formats with their files, from the values of both options in the order in which they were given.

    A file belongs to the format before it; of several formats in a row, the last ones get the files that follow them,
    in their order. A file without a format before it goes to the next one that comes, or is text. Raises
    ``UserError`` if they don't pair.
    """
    targets: list[OutputTarget] = []
    free: list[int] = []  # the formats just before, which have no file yet
    waiting: list[str] = []
    for option, values in groupby(given, key=itemgetter(0)):
        if option == "formats":
            free = []
            for _, name in values:
                if not waiting:
                    free.append(len(targets))
                targets.append((name, waiting.pop(0) if waiting else None))
        else:
            files = [file for _, file in values]
            takers = free[-len(files) :]
            for taker, file in zip(takers, files, strict=False):
                targets[taker] = (targets[taker][0], file)
            waiting += files[len(takers) :]
            free = []
    if not targets:
        targets.append(("text", waiting.pop(0) if waiting else None))
    if waiting:
        raise UserError("more --output than --format", "give a --format for each --output")
    return _each_in_its_place(targets)


def _each_in_its_place(targets: Iterable[OutputTarget]) -> tuple[OutputTarget, ...]:
    """The targets, of which no two may be written to one place."""
    placed = tuple((name, None if file == STDOUT else file) for name, file in targets)
    files = [file for _, file in placed]
    if files.count(None) > 1:
        raise UserError("several formats for one terminal", "give all but one --format an --output")
    for file in files:
        if files.count(file) > 1:
            raise UserError(f"--output {file}: two formats for one file", "give each a file of its own")
    return placed


def _rendered_by(command: str, targets: tuple[OutputTarget, ...]) -> tuple[OutputTarget, ...]:
    """The targets, if all of their formats can say what the command finds."""
    for name, _ in targets:
        commands = FORMATS[name]
        if command not in commands:
            able = " or ".join(f"scrimp {each}" for each in sorted(commands))
            raise UserError(
                f"--format {name}: scrimp {command} doesn't list all findings, and who keeps such lists would take the"
                " others for mended",
                f"take {able}",
            )
    return targets
