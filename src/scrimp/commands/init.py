"""``scrimp init``: a starting configuration, and scrimp in hooks and workflows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrimp.model.errors import UserError
from scrimp.workers import usable

if TYPE_CHECKING:
    from scrimp.pipeline.starting import Proposal, Wanted
    from scrimp.starting.origin import Origin
    from scrimp.starting.stack import Stack

EPILOG = """\b
Examples:
  scrimp init                                   ask, show, and write once you agree
  scrimp init --pre-commit --workflow --diff    show what would be written
  scrimp init --budget 200 --pre-commit --yes   write it
"""


@click.command("init", epilog=EPILOG)
@click.option("--pre-commit", "hooks", is_flag=True, help="Run scrimp in .pre-commit-config.yaml.")
@click.option(
    "--workflow", is_flag=True, help="Write .github/workflows/prompts.yml, which judges pull requests."
)
@click.option("--budget", metavar="USD", help="Fail a change that adds more than this a month.")
@click.option(
    "--pyproject", "in_project", is_flag=True, help="Configure in pyproject.toml instead of scrimp.yaml."
)
@click.option(
    "--source", metavar="URL", help="Where scrimp's repository lives.  [default: where it was installed from]"
)
@click.option(
    "--rev", metavar="COMMIT", help="Its revision that hooks and workflow use.  [default: the installed one]"
)
@click.option("--diff", is_flag=True, help="Only show what would be written.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), default=usable, hidden=True)
@click.option("-q", "--quiet", is_flag=True, help="Show no differences.")
def command(**options: Any) -> int:
    """Write a scrimp.yaml with what is found here: models, owners, and the folders that send prompts.

    What nobody tells stands in it as a comment to fill in. Files that are there are never written over: hooks are added
    to an existing .pre-commit-config.yaml, all else in it stays as it is. Every change is shown before it is written.
    """
    from scrimp.commands.printing import say, show  # noqa: PLC0415  heavy
    from scrimp.commands.progress import progress  # noqa: PLC0415
    from scrimp.fix import difference  # noqa: PLC0415
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.pipeline.starting import found_in, propose  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    if options["diff"] and options["yes"]:
        raise UserError("--diff and --yes at once", "--diff only shows, --yes writes")
    tree = Worktree(root_for(Path.cwd()))
    made = setup(tree, jobs=options["jobs"])
    with progress(shown=not options["quiet"]) as bar:
        found = found_in(tree, made, bar)
    say(*_told(found))
    asks = not options["diff"] and not options["yes"] and sys.stdin.isatty() and sys.stdout.isatty()
    origin = _origin(options["source"], options["rev"])
    proposed = propose(tree, made, found, _wanted(options, origin, asks=asks), origin)
    say(*proposed.left)
    if proposed.files and not options["quiet"]:
        show("".join(difference(each.path, each.before, each.after) for each in proposed.files))
    if options["diff"] or not proposed.files:
        return 0
    if asks and not click.confirm(f"Write {_files(proposed.files)}?"):
        say("Nothing was written.")
        return 0
    if not asks and not options["yes"]:
        raise UserError("nothing was written, as nobody can be asked", "look at it, then say --yes")
    for each in proposed.files:
        _write(tree.root, each)
        say(f"wrote {each.path}")
    return 0


def _wanted(options: dict[str, Any], origin: Origin | None, *, asks: bool) -> Wanted:
    """What the options say, and what is answered where somebody can be asked."""
    from scrimp.pipeline.starting import Wanted  # noqa: PLC0415

    hooks, workflow = options["hooks"], options["workflow"]
    if asks and origin is not None:
        hooks = hooks or click.confirm("Check prompts before each commit, with pre-commit?")
        on_github = origin.on_github is not None
        workflow = workflow or (
            on_github and click.confirm("Judge pull requests, with a workflow of GitHub?")
        )
    return Wanted(hooks, workflow, options["in_project"], options["budget"])


def _origin(source: str | None, rev: str | None) -> Origin | None:
    """The repository of scrimp that was named, or that the installed one came from."""
    from scrimp.starting.origin import Origin, installed  # noqa: PLC0415

    known = installed()
    if source is None and rev is None:
        return known
    address = source or (known.address if known else "")
    commit = rev or (known.commit if known else "")
    if not address or not commit:
        raise UserError(
            "a repository and a revision of it belong together",
            "name both: --source https://github.com/OWNER/scrimp --rev COMMIT",
        )
    return Origin(address, commit)


def _told(found: Stack) -> Iterable[str]:
    """What was found, in a few lines."""
    from scrimp.model.written import counted  # noqa: PLC0415

    calls = ", ".join(f"{name} ({number})" for name, number in found.sdks)
    languages = ", ".join(found.languages) or "no language that calls models"
    yield f"Found {counted(found.prompts, 'prompt')} in {languages}."
    yield f"Calls: {calls or 'none'}. Owners: {found.owners or 'unknown'}."
    if found.extras:
        yield f"Some files need a grammar: pip install 'scrimp[{','.join(found.extras)}]'"


def _files(files: tuple[Proposal, ...]) -> str:
    return ", ".join(each.path for each in files)


def _write(root: Path, proposal: Proposal) -> None:
    """Write a file that is still as it was when the change was shown. Raises ``UserError`` if it isn't."""
    from scrimp.commands.output import write_atomically  # noqa: PLC0415

    target = root / proposal.path
    changed = UserError(
        f"{proposal.path} has changed meanwhile, and was not written", "run scrimp init again"
    )
    if proposal.before is None:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with target.open("x", encoding="utf-8", newline="") as stream:
                stream.write(proposal.after)
        except FileExistsError:
            raise changed from None
        except OSError as error:
            raise UserError(f"{proposal.path}: {error.strerror}", "check who may write there") from error
        return
    if os.fsencode(proposal.before) != target.read_bytes():
        raise changed
    write_atomically(target, proposal.after)
