"""Counts by another process, which loads a vocabulary while this one puts prompts together.

A vocabulary takes a third of a second and 60 MB. Where it is loaded by a process of its own neither is spent here; what
that process can't tell is counted here after all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

import msgspec
from msgspec import Struct, field

from scrimp.ambient import holding
from scrimp.model.errors import UserError
from scrimp.tokens.exact import counted
from scrimp.tokens.vocabularies import loaded
from scrimp.workers import Answering


class _Question(Struct, frozen=True, array_like=True):
    """Texts, as UTF-8 with lone surrogates, and the vocabulary that counts them."""

    encoding: str
    texts: list[bytes]


_QUESTIONS = msgspec.msgpack.Decoder(_Question)
_ANSWERS = msgspec.msgpack.Decoder(list[int])


class Elsewhere(Struct):
    """Another process that counts, once it was asked to begin."""

    process: Answering | None = None
    begun: bool = False
    expected: list[tuple[str, str]] = field(default_factory=list)
    """Vocabularies and texts whose counts it was asked for and hasn't told."""
    told: dict[tuple[str, str], int] = field(default_factory=dict)
    """The counts that it was asked for before they were needed."""

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

    def foresee(self, texts: Sequence[str], encoding: str) -> None:
        """Have it count texts that will be needed, with one question, while this process goes on."""
        if self.process is None or not self.begun:
            return
        self._take_in()
        self.expected = [key for text in texts if (key := (encoding, text)) not in self.told]
        if self.expected:
            self.process.put(_question([text for _, text in self.expected], encoding))

    def count(self, text: str, encoding: str) -> int | None:
        """The tokens of a text; ``None`` if no other process can tell."""
        if self.process is None or not self.begun:
            return None
        self._take_in()
        tokens = self.told.get((encoding, text))
        if tokens is None:
            counts = _counts(self.process.ask(_question([text], encoding)))
            return counts[0] if counts else None
        return tokens

    def dismiss(self) -> None:
        """Have the process end while this one goes on, as nothing is left to count."""
        if self.process is not None and self.begun:
            self.process.dismiss()
            self.begun = False

    def end(self) -> None:
        """End the process, if there is one."""
        if self.process is not None:
            self.process.end()
            self.process, self.begun = None, False

    def _take_in(self) -> None:
        """Wait for the counts that are expected."""
        if self.expected and self.process is not None:
            self.told.update(zip(self.expected, _counts(self.process.answer()), strict=False))
            self.expected = []


def _question(texts: Sequence[str], encoding: str) -> bytes:
    raw = [text.encode("utf-8", "surrogatepass") for text in texts]
    return msgspec.msgpack.encode(_Question(encoding, raw))


def _answer(question: bytes) -> bytes:
    asked = _QUESTIONS.decode(question)
    texts = (raw.decode("utf-8", "surrogatepass") for raw in asked.texts)
    try:
        return msgspec.msgpack.encode([counted(text, asked.encoding) for text in texts])
    except UserError:  # raised again where it is asked for
        return msgspec.msgpack.encode([])


def _counts(answer: bytes | None) -> list[int]:
    """The counts of an answer; none if the process can't tell, or has ended."""
    return [] if answer is None else _ANSWERS.decode(answer)


ELSEWHERE: ContextVar[Elsewhere | None] = ContextVar("where else texts are counted", default=None)


@contextmanager
def counting_elsewhere() -> Iterator[None]:
    """Lets another process count, while this lasts."""
    elsewhere = Elsewhere()
    try:
        with holding(ELSEWHERE, elsewhere):
            yield
    finally:
        elsewhere.end()
