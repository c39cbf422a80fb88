"""A forked process that answers questions, one after the other, once it was told to prepare itself.

It prepares while the process that asks does something else; what it has to load for its answers is never loaded here.
It begins as large as the process that it is forked from, so that it is forked early and may wait.
"""

from __future__ import annotations

import os
import signal
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from msgspec import Struct

from scrimp.workers.crew import MAY_FORK

_LENGTH = struct.Struct("<Q")


class Answering(Struct):
    """A process that answers, by its id, and the pipes to it and from it."""

    process: int
    questions: BinaryIO
    answers: BinaryIO

    @classmethod
    def start(cls, answer: Callable[[bytes], bytes], prepare: Callable[[], object]) -> Answering | None:
        """Fork a process that waits for ``begin``, does ``prepare`` and answers; ``None`` where none can be forked.

        Neither may write to standard output. A question whose answer raises ends the process.
        """
        if not MAY_FORK or threading.active_count() > 1:
            return None
        asked, questions = os.pipe()
        answers, answered = os.pipe()
        process = os.fork()
        if process:
            os.close(asked)
            os.close(answered)
            return cls(process, os.fdopen(questions, "wb"), os.fdopen(answers, "rb"))
        try:
            os.close(questions)
            os.close(answers)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the process that asks
            silent = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):  # whoever reads what this one prints doesn't wait for the other one
                os.dup2(silent, standard)
            with os.fdopen(asked, "rb") as incoming, os.fdopen(answered, "wb") as outgoing:
                if not incoming.read(1):
                    return None
                prepare()
                while (question := _received(incoming)) is not None:
                    _send(outgoing, answer(question))
        finally:
            os._exit(0)

    def begin(self) -> None:
        """Have it prepare itself, which is not waited for; to be called once, before any question."""
        with suppress(OSError):  # it has ended
            self.questions.write(b"\n")
            self.questions.flush()

    def ask(self, question: bytes) -> bytes | None:
        """The answer to a question; ``None`` if the process has ended."""
        self.put(question)
        return self.answer()

    def put(self, question: bytes) -> None:
        """Put a question whose answer is asked for later, and before the next question."""
        with suppress(OSError):  # it has ended
            _send(self.questions, question)

    def answer(self) -> bytes | None:
        """The answer to the question that was put; ``None`` if the process has ended."""
        try:
            return _received(self.answers)
        except OSError:
            return None

    def dismiss(self) -> None:
        """Have the process end, whatever it is at, which takes some milliseconds if it is large; ``end`` follows."""
        os.kill(self.process, signal.SIGKILL)

    def end(self) -> None:
        """End the process, whatever it is at, and wait until it has."""
        self.dismiss()
        os.waitpid(self.process, 0)
        self.answers.close()
        with suppress(OSError):  # a question that it hasn't taken
            self.questions.close()


def _send(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)) + message)
    pipe.flush()


def _received(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = pipe.read(length)
    return message if len(message) == length else None
