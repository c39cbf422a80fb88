"""GitLab, as far as it keeps the notes of merge requests: what docs.gitlab.com says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from forge.loopback import Answer, Request

TOKEN = "glpat-0123456789abcdefghij"
NOTES = "/api/v4/projects/group%2Fapp/merge_requests/3/notes"
ME, OTHER = 42, 43
"""Ids of users: whose the token is, and of somebody else."""


@dataclass
class GitLab:
    """The notes on merge request 3 of a project."""

    notes: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    def write(self, body: str, author: int = ME, *, system: bool = False) -> None:
        number = 300 + len(self.notes)
        self.notes.append({"id": number, "body": body, "author": {"id": author}, "system": system})

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        if request.headers.get("private-token") != TOKEN:
            return Answer(401, {"message": "401 Unauthorized"})
        if request.path == "/api/v4/user":
            return Answer(200, {"id": ME, "username": "project_bot"})
        if request.path == NOTES and request.method == "POST":
            self.write(request.body["body"])
            return Answer(201, self.notes[-1])
        if request.path == NOTES:
            return self._listed(request)
        if (match := re.fullmatch(f"{NOTES}/(\\d+)", request.path)) and request.method == "PUT":
            (note,) = (each for each in self.notes if each["id"] == int(match[1]))
            note["body"] = request.body["body"]
            return Answer(200, note)
        return Answer(404, {"message": "404 Not found"})

    def _listed(self, request: Request) -> Answer:
        size, page = int(request.query["per_page"]), int(request.query.get("page", "1"))
        more = page * size < len(self.notes)
        link = f'<http://{request.headers["host"]}{NOTES}?per_page={size}&page={page + 1}>; rel="next"'
        return Answer(200, self.notes[(page - 1) * size : page * size], {"link": link} if more else {})
