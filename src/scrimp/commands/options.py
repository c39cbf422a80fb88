"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from scrimp.workers import usable

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

FORMATS = ("text", "json", "csv")


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
                "--no-cache", is_flag=True, help="Read everything anew. This version keeps no cache."
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
    """Where and how the report is written."""
    for option in reversed(
        (
            click.option(
                "--format",
                "formats",
                type=click.Choice(FORMATS),
                multiple=True,
                help="Output format. Repeat it with --output for several at once.",
            ),
            click.option(
                "--output",
                "outputs",
                metavar="FILE",
                multiple=True,
                help="Write to a file instead, all or nothing.",
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
