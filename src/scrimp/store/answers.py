"""What whole runs printed, each with the files that it depends on and what they held."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.store.shelf import Shelf
from scrimp.store.values import decoded, encoded

MOST_ANSWERS = 24
"""Answers of a tree that are kept: a hook asks another question for each set of files."""

MOST_BYTES = 8 * 2**20
"""Bytes of an answer that is kept."""


class Printed(Struct, frozen=True):
    """What a run printed: its ``texts``, one an output in the order they were asked for, and its exit ``code``.

    ``warnings`` are the lines that went to standard error.
    """

    texts: tuple[str, ...]
    warnings: tuple[str, ...]
    code: int


class Answer(Struct, frozen=True):
    """What a run printed, and the files that it read, by path, each with what it held."""

    depends: dict[bytes, str]
    printed: Printed


_DECODER = msgspec.msgpack.Decoder(Answer)


class Answers:
    """The answers in a folder; ``None`` for a folder is to know and keep nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._shelf = Shelf(folder, MOST_ANSWERS, MOST_BYTES)

    def get(self, question: bytes) -> Answer | None:
        """The last answer to a question, ``None`` if there is none."""
        return decoded(_DECODER, self._shelf.get(question))

    def put(self, question: bytes, answer: Answer) -> bool:
        """Keep an answer, and let go of those that are too many; whether it was kept."""
        content = encoded(answer)
        return content is not None and self._shelf.put(question, content)
