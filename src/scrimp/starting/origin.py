"""Where this scrimp came from: hooks and workflows have to name its repository and a revision of it."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import url2pathname

from msgspec import Struct

from scrimp.model.errors import UserError
from scrimp.tree import git

RECORD = "direct_url.json"
"""What an installer keeps of where a distribution came from (PEP 610, packaging.python.org, 2026-11)."""

_ON_GITHUB = re.compile(
    r"(?:https://(?:www\.)?|ssh://git@|git@)github\.com[/:]([\w.-]+/[\w.-]+?)(?:\.git)?/?"
)


class Origin(Struct, frozen=True):
    """The address of a repository and a commit of it."""

    address: str
    commit: str

    @property
    def on_github(self) -> str | None:
        """``owner/name`` where the repository is one of GitHub's, as a workflow names it."""
        found = _ON_GITHUB.fullmatch(self.address)
        return found[1] if found else None


def installed() -> Origin | None:
    """Where the installed scrimp came from; ``None`` if that isn't recorded, or is no repository."""
    try:
        record = distribution("scrimp").read_text(RECORD)
    except PackageNotFoundError:
        return None
    said = json.loads(record) if record else {}
    address, commit = str(said.get("url", "")), said.get("vcs_info", {}).get("commit_id")
    if commit is not None:
        return Origin(_without_user(address), str(commit))
    if not address.startswith("file:") or "dir_info" not in said:
        return None
    return _of_clone(Path(url2pathname(urlsplit(address).path)))


def _of_clone(folder: Path) -> Origin | None:
    """The repository that a folder is a clone of, or the folder itself if it is a clone of none."""
    try:
        if not folder.is_dir() or not git.is_top(folder):
            return None
        address = git.remote(folder)
        return Origin(_without_user(address) if address else folder.as_uri(), git.resolve(folder, "HEAD"))
    except UserError:
        return None


def _without_user(address: str) -> str:
    """An address without the name and password that may stand in it, which would end up in a file of the project."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or "@" not in parts.netloc:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
