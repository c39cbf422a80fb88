"""``scrimp comment``: saved reports as the comment on a pull request, printed or posted."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scrimp.commands.printing import put, say
from scrimp.model.errors import UserError

if TYPE_CHECKING:
    from scrimp.forge.hosts import Target
    from scrimp.reporters.review import Document

EPILOG = """\b
Examples:
  scrimp diff main --format json --show texts --output /tmp/diff.json
  scrimp comment /tmp/diff.json              what would be posted
  scrimp comment /tmp/diff.json --post       in a job of GitHub Actions or GitLab
  scrimp comment /tmp/diff.json /tmp/check.json --post
\b
The token is read from GITHUB_TOKEN (or GH_TOKEN), or from GITLAB_TOKEN. Other
addresses are read from GITHUB_API_URL and CI_API_V4_URL.
"""
_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_./]|-(?!-)){0,63}")
_ROWS = 20


@click.command("comment", epilog=EPILOG)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--post", "posted", is_flag=True, help="Post it: make the comment, or bring it up to date.")
@click.option(
    "--forge",
    type=click.Choice(("github", "gitlab")),
    help="The code host.  [default: that of the job, else github]",
)
@click.option(
    "--repository", metavar="NAME", help="OWNER/NAME, or a project of GitLab.  [default: the job's]"
)
@click.option(
    "--pull-request",
    "number",
    metavar="N",
    type=click.IntRange(min=1),
    help="Its number. After another workflow ran, it must be at that one's commit.  [default: the job's]",
)
@click.option(
    "--author",
    metavar="LOGIN",
    default="",
    help="Who the token writes as on GitHub.  [default: GitHub is asked]",
)
@click.option(
    "--key",
    metavar="NAME",
    default="default",
    show_default=True,
    help="Tells several comments of ours apart.",
)
@click.option("--config", metavar="FILE", help="Use this configuration instead of looking for one.")
@click.option("--output", metavar="FILE", help="Write it to a file instead of printing it.")
def command(
    files: Sequence[Path],
    posted: bool,
    forge: str | None,
    repository: str | None,
    number: int | None,
    author: str,
    key: str,
    config: str | None,
    output: str | None,
) -> int:
    """Render saved JSON reports as one comment, and post it with --post.

    FILEs are documents of audit, check and diff; nothing that they say is trusted. A comment that is there is updated,
    and left alone if it says the same. Below the thresholds of the configuration (`comment`) none is made.
    """
    from scrimp.commands.output import write_atomically  # noqa: PLC0415  heavy
    from scrimp.forge.hosts import Target  # noqa: PLC0415
    from scrimp.pipeline.review import documents  # noqa: PLC0415
    from scrimp.reporters.review import page  # noqa: PLC0415

    if not _KEY.fullmatch(key):
        raise UserError(f"--key {key}: not a name", "take up to 64 letters, digits and - _ . /")
    read = documents(files)
    if posted:
        _post(read, key, forge, Target(repository, number, author), config)
    if output is not None:
        write_atomically(Path(output), page(read, _ROWS))
    elif not posted:
        put(page(read, _ROWS))
    return 0


def _post(read: Sequence[Document], key: str, forge: str | None, target: Target, config: str | None) -> None:
    """Post the page below its marker, and say what was done."""
    from scrimp.forge.comments import Done, marker, post  # noqa: PLC0415
    from scrimp.forge.hosts import comments, host_of  # noqa: PLC0415
    from scrimp.pipeline.review import thresholds  # noqa: PLC0415
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.reporters.review import LIMIT, page  # noqa: PLC0415

    text = page(read, _ROWS, LIMIT - len(marker(key)) - 1)
    speaks = not thresholds(root_for(Path.cwd(), config), config).silence(read)
    done, comment = post(comments(forge or host_of(os.environ), target, os.environ), key, text, create=speaks)
    said = "nothing to say: the change is below the thresholds" if done is Done.SILENT else f"comment {done}"
    say(f"{said}: {comment.url}" if comment is not None and comment.url else said, err=True)
