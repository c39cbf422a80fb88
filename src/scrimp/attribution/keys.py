"""What rows can be made by. A new way is one more ``Key``."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from operator import attrgetter

from msgspec import Struct

from scrimp.model.measured import Measured, MeasuredPrompt, MeasuredRequest

ROOT = "./"
"""The name of the tree's own folder."""


class Key(Struct, frozen=True):
    """Tells the row of a request, and of a prompt in it; rows of requests as a whole have no ``of_prompt``.

    A row is ``""`` where nobody or nothing is known.
    """

    of_request: Callable[[MeasuredRequest], str]
    of_prompt: Callable[[MeasuredPrompt], str] | None = None

    def of_part(self, request: MeasuredRequest, prompt: MeasuredPrompt) -> str:
        """The row of one of the prompts that a request sends."""
        return self.of_request(request) if self.of_prompt is None else self.of_prompt(prompt)


_FOLDER = "folder"
_KEYS = {
    "owner": Key(attrgetter("owner"), attrgetter("owner")),
    "model": Key(attrgetter("model")),
    "provider": Key(attrgetter("provider")),
    "file": Key(attrgetter("request.path"), attrgetter("prompt.path")),
}


def key(by: str, measured: Measured, depth: int) -> Key:
    """The key of a name: ``owner model provider file folder``.

    Folders are those of ``depth`` levels below the innermost one that holds all prompts and calls.
    """
    return _by_folder(measured, depth) if by == _FOLDER else _KEYS[by]


def _by_folder(measured: Measured, depth: int) -> Key:
    paths = [each.request.path for each in measured.requests] + [
        each.prompt.path for each in measured.prompts
    ]
    shared = posixpath.commonpath({posixpath.dirname(path) for path in paths}) if paths else ""

    def folder(path: str) -> str:
        below = posixpath.relpath(posixpath.dirname(path) or ".", shared or ".").split("/")
        name = posixpath.normpath(posixpath.join(shared, *below[:depth]))
        return ROOT if name == "." else f"{name}/"

    return Key(lambda request: folder(request.request.path), lambda prompt: folder(prompt.prompt.path))
