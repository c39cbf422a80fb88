"""Counts by another process, which loads a vocabulary while this one puts prompts together.

A vocabulary takes a third of a second and 60 MB. Where it is loaded by a process of its own neither is spent here; what
that process can't tell is counted here after all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from msgspec import Struct

from scrimp.model.errors import UserError
from scrimp.tokens.exact import counted
from scrimp.tokens.vocabularies import loaded
from scrimp.workers import Answering


class Elsewhere(Struct):
    """Another process that counts, once it was asked to begin."""

    process: Answering | None = None
    begun: bool = False

    def stand_by(self, encoding: str) -> None:
        """Have a process wait that can load a vocabulary, unless one does already, or this one has loaded any."""
        if self.process is None and not loaded():
            self.process = Answering.start(_answer, partial(counted, "", encoding))

    def begin(self, encoding: str) -> None:
        """Have it load the vocabulary."""
        self.stand_by(encoding)
        if self.process is not None and not self.begun:
            self.process.begin()
            self.begun = True

    def count(self, text: str, encoding: str) -> int | None:
        """The tokens of a text; ``None`` if no other process can tell."""
        if self.process is None or not self.begun:
            return None
        raw = self.process.ask(b"\0".join((encoding.encode(), text.encode("utf-8", "surrogatepass"))))
        return int(raw) if raw else None

    def end(self) -> None:
        """End the process, if there is one."""
        if self.process is not None:
            self.process.end()
            self.process, self.begun = None, False


def _answer(question: bytes) -> bytes:
    encoding, _, text = question.partition(b"\0")
    try:
        return b"%d" % counted(text.decode("utf-8", "surrogatepass"), encoding.decode())
    except UserError:  # raised again where it is asked for
        return b""


ELSEWHERE: ContextVar[Elsewhere | None] = ContextVar("where else texts are counted", default=None)


@contextmanager
def counting_elsewhere() -> Iterator[None]:
    """Lets another process count, while this lasts."""
    elsewhere = Elsewhere()
    token = ELSEWHERE.set(elsewhere)
    try:
        yield
    finally:
        ELSEWHERE.reset(token)
        elsewhere.end()
