"""A process that answers questions: none is lost, and none is waited for in vain."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from scrimp.workers import Answering

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="processes are forked only where that is safe"
)


def started(answer: object = bytes.upper, prepare: object = lambda: None) -> Answering:
    process = Answering.start(answer, prepare)  # type: ignore[arg-type]
    assert process is not None
    process.begin()
    return process


def test_questions_of_any_length_are_answered_in_their_order() -> None:
    process = started()

    assert [process.ask(each) for each in (b"a", b"", b"b" * 3_000_000)] == [b"A", b"", b"B" * 3_000_000]
    process.end()


def test_an_answer_may_be_asked_for_later() -> None:
    process = started()

    process.put(b"a" * 3_000_000)
    assert process.answer() == b"A" * 3_000_000
    assert process.ask(b"b") == b"B"
    process.end()


def test_what_is_prepared_is_prepared_there() -> None:
    held: list[int] = []
    process = started(lambda _: b"%d" % held[0], lambda: held.append(os.getpid()))

    assert process.ask(b"") == b"%d" % process.process
    assert not held
    process.end()


def test_one_that_has_ended_answers_nothing() -> None:
    process = started()
    os.kill(process.process, signal.SIGKILL)

    assert process.ask(b"a") is None
    assert process.ask(b"a" * 3_000_000) is None
    process.put(b"a")
    assert process.answer() is None
    process.end()


def test_one_that_fails_at_a_question_answers_nothing_from_then_on(capfd: pytest.CaptureFixture[str]) -> None:
    process = started(lambda question: b"%d" % (1 // len(question)))

    assert [process.ask(each) for each in (b"a", b"", b"a")] == [b"1", None, None]
    process.end()
    assert capfd.readouterr() == ("", "")


def test_one_that_was_dismissed_answers_nothing_and_can_be_ended() -> None:
    process = started()
    process.dismiss()

    assert process.ask(b"a") is None
    process.end()


def test_none_is_left_behind() -> None:
    process = started()
    process.end()

    with pytest.raises(ChildProcessError):
        os.waitpid(process.process, 0)


def test_one_that_was_not_told_to_begin_prepares_nothing_and_ends() -> None:
    reading, writing = os.pipe()
    process = Answering.start(bytes.upper, lambda: os.write(writing, b"prepared"))
    assert process is not None
    process.end()
    os.close(writing)

    assert os.read(reading, 1) == b""
    os.close(reading)
