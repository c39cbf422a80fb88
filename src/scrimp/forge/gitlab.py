"""GitLab's notes on a merge request (docs.gitlab.com/api/notes and /api/users, read 2026-11).

A job's own token (``CI_JOB_TOKEN``) may not write notes: a project's access token may.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from itertools import chain
from urllib.parse import quote

from msgspec import Struct

from scrimp.forge.comments import Comment
from scrimp.forge.connection import Connection, GoneError, RefusedError
from scrimp.model.errors import UserError

API = "https://gitlab.com/api/v4"
_HINTS = {
    401: "check GITLAB_TOKEN: it needs the scope api",
    403: "the token's owner may not comment here",
    404: "check --repository and --pull-request, and that the token may read them",
    429: "try again later",
}


class _User(Struct, frozen=True):
    id: int


class _Note(Struct, frozen=True):
    id: int
    body: str
    author: _User
    system: bool = False


class MergeRequestNotes(Struct, frozen=True):
    """The notes on merge request ``number`` of a project, by its id or path."""

    connection: Connection
    project: str
    number: int
    page: str = ""
    """Where people see the merge request, if that is known."""

    def find(self, marker: str) -> Comment | None:
        """The first note of ours."""
        author = self.connection.get("/user", _User).id
        for each in chain.from_iterable(self.connection.pages(self._path, list[_Note])):
            if each.author.id == author and not each.system and each.body.startswith(marker):
                return self._plain(each)
        return None

    def create(self, body: str) -> Comment:
        """A new note."""
        return self._plain(self.connection.send("POST", self._path, {"body": body}, _Note, repeat=False))

    def update(self, comment: Comment, body: str) -> Comment:
        """The note with another text."""
        try:
            note = self.connection.send(
                "PUT", f"{self._path}/{comment.id}", {"body": body}, _Note, repeat=True
            )
        except RefusedError as error:
            if error.status == 404:
                raise GoneError(error.message, error.hint) from error
            raise
        return self._plain(note)

    @property
    def _path(self) -> str:
        return f"/projects/{quote(self.project, safe='')}/merge_requests/{self.number}/notes"

    def _plain(self, note: _Note) -> Comment:
        return Comment(note.id, note.body, f"{self.page}#note_{note.id}" if self.page else "")


def connect(environment: Mapping[str, str], wait: Callable[[float], None] = time.sleep) -> Connection:
    """A connection with the token and the address of the environment. Raises ``UserError`` if there is no token."""
    token = environment.get("GITLAB_TOKEN", "").strip()
    if not token:
        raise UserError(
            "no token for GitLab", "set GITLAB_TOKEN in the environment; a job's own can't write notes"
        )
    address = environment.get("CI_API_V4_URL") or API
    return Connection("GitLab", address, token, {"PRIVATE-TOKEN": token}, _HINTS, wait)
