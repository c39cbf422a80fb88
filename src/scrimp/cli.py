"""The command line: a table of commands, each imported when it is asked for, and the one error boundary."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from scrimp import __version__
from scrimp.frames import with_room
from scrimp.model.errors import UserError
from scrimp.outliving import outliving

COMMANDS = {
    "audit": "Every prompt of a tree: where it is, its tokens and what it costs.",
    "check": "Lint prompts, and fix what can be fixed safely.",
    "diff": "What a change costs: two revisions, or saved audits, compared.",
    "comment": "The comment on a pull request, from saved JSON; posts it, too.",
    "count": "Tokens and cost of a text for one or several models.",
    "forecast": "What the coming months will cost, with a range.",
    "prices": "The prices in force, with their date and source.",
    "init": "Write a starting configuration, and run scrimp in hooks and workflows.",
    "usage": "Take volumes and sizes from what was really called.",
    "calibrate": "Token factors, measured by the providers' own counts of your prompts.",
    "baseline": "Record today's findings, so that only new ones fail.",
    "rules": "The table of rules.",
    "explain": "One rule: what it finds, why that costs, and how to fix it.",
    "cache": "What earlier runs left behind; `cache clean` empties it.",
}
"""Each command is the ``command`` of the module of its name in ``scrimp.commands``."""

EPILOG = """\b
Examples:
  scrimp audit                     what the prompts of this folder cost
  scrimp diff main                 what my change adds to the bill
  scrimp check --fix               lint, and mend what can be mended safely

\b
Exit codes:
  0  clean
  1  findings at or above the level, or a budget broken
  2  usage, configuration or revision error: nothing was judged
  3  the scan is incomplete, or an internal error
"""


class Commands(click.Group):
    """Commands that are imported when they are needed, as ``--version`` and hooks must answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"scrimp.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but a misspelt command gets a suggestion."""
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415  only this error needs it

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scrimp")
def main() -> None:
    """A prompt-efficiency linter: find every prompt, count it, price it, and gate what a change costs."""


@with_room
def start() -> NoReturn:
    """The entry point of a process: ``run``, and an end without taking down all that it made.

    To free a million small values one by one, just before the process ends, took a twelfth of an audit's time.
    """
    code: object = 3
    kept: list[object] = []
    try:
        with outliving(kept):
            run()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # full, or closed: the code says what matters
            stream.flush()
    os._exit(code if isinstance(code, int) else 3)


def run() -> NoReturn:
    """Run a command: what it returns is the exit code, and every failure gets one here."""
    # A run makes many small values and few cycles: looking for these often takes a tenth of its time.
    gc.set_threshold(1_000_000, 20, 50)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal or pipe of another encoding shows what it lacks as an escape, which is no reason to fail.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = main.main(standalone_mode=False)
        sys.stdout.flush()
    except UserError as error:
        _complain(f"error: {error.message}", error.hint)
        code = 2
    except click.exceptions.Abort:
        code = 130
    except click.ClickException as error:
        _complain_of_usage(error)
        code = 2
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception:  # noqa: BLE001  the one boundary: whatever it is, it is our bug
        _show_traceback()
        _complain("error: this is a bug in scrimp", "please report the lines above")
        code = 3
    sys.exit(code or 0)


def _complain(message: str, hint: str) -> None:
    """An error and what to do about it."""
    from scrimp.commands.printing import say  # noqa: PLC0415  only errors need it

    say(message, *([f"  {hint}"] if hint else []), err=True)


def _complain_of_usage(error: click.ClickException) -> None:
    """What click says of arguments, which may be names of files that a hook was given."""
    from scrimp.commands.printing import show  # noqa: PLC0415

    said = io.StringIO()
    error.show(said)
    show(said.getvalue(), err=True)


def _show_traceback() -> None:
    import traceback  # noqa: PLC0415  only a bug needs it

    from scrimp.commands.printing import show  # noqa: PLC0415

    show(traceback.format_exc(), err=True)
