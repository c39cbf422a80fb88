"""What whole runs printed, each with the files that it depends on and what they held."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from scrimp.store import sealed

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
        self._folder = folder

    def get(self, question: bytes) -> Answer | None:
        """The last answer to a question, ``None`` if there is none."""
        content = None if self._folder is None else sealed.read(self._file(self._folder, question))
        try:
            return None if content is None else _DECODER.decode(content)
        except msgspec.MsgspecError:
            return None

    def put(self, question: bytes, answer: Answer) -> bool:
        """Keep an answer, and let go of those that are too many; whether it was kept."""
        if self._folder is None:
            return False
        try:
            content = msgspec.msgpack.encode(answer)
        except (UnicodeEncodeError, OverflowError):
            return False
        if len(content) > MOST_BYTES or not sealed.write(self._file(self._folder, question), content):
            return False
        self._forget(self._folder)
        return True

    @staticmethod
    def _file(folder: Path, question: bytes) -> Path:
        return folder / blake2b(question, digest_size=sealed.SEAL).hexdigest()

    @staticmethod
    def _forget(folder: Path) -> None:
        try:
            files = sorted(folder.iterdir(), key=lambda file: -file.stat().st_mtime_ns)
            for file in files[MOST_ANSWERS:]:
                file.unlink(missing_ok=True)
        except OSError:
            return  # another run is tidying up
