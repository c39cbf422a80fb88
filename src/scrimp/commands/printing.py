"""The one way out for text: all that is printed, on standard output and standard error, goes through here.

Much of it comes from the scanned repository: names of files, texts of prompts, what a parser quotes. It must not move
the cursor of a terminal or give the runner of a CI job a command.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import Any

import click

from scrimp.reporters.safe import safe

_LOGGED = ("CI", "GITHUB_ACTIONS", "TF_BUILD")
"""Variables that say that what is printed becomes the log of a job, which its runner reads for commands."""


def say(*lines: str, err: bool = False) -> None:
    """Print lines, each made safe as a whole: a line end within one becomes visible."""
    _echo("".join(f"{safe(line)}\n" for line in lines), err=err)


def show(text: str, *, err: bool = False) -> None:
    """Print a text of several lines, each made safe but for its tabs. It ends with a line end."""
    shown = ("\t".join(map(safe, line.split("\t"))) for line in text.removesuffix("\n").split("\n"))
    _echo("".join(f"{line}\n" for line in shown), err=err)


def show_document(document: Any) -> None:
    """Print a document as JSON that is indented, and safe."""
    from scrimp.reporters.json import encoded  # noqa: PLC0415  heavy

    _echo(encoded(document, indent=1) + "\n")


def put(rendered: str) -> None:
    """Print what a reporter rendered, which made everything in it safe where its form is known."""
    _echo(rendered)


def pass_on(text: str) -> None:
    """Print what programs take as it is, such as a patch; people and a job's log get it made safe."""
    if sys.stdout.isatty() or (not _is_file() and any(map(os.environ.get, _LOGGED))):
        show(text)
    else:
        _echo(text)


def pass_on_bytes(content: bytes) -> None:
    """Hand a file's content back to whoever gave it, byte for byte."""
    click.echo(content, nl=False)


def _is_file() -> bool:
    """Whether standard output is a file, which no runner reads."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:
        return False


def _echo(text: str, *, err: bool = False) -> None:
    click.echo(text, nl=False, err=err, color=True)  # the view decided on colours, and pipes may want them
