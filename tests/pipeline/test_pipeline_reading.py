"""Files are read in as many processes as they are worth, and what is read is the same for any number."""

from __future__ import annotations

import re

import pytest

from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.pipeline import reading
from scrimp.pipeline.reading import SMALLEST_SHARE, Outcome, Unread
from scrimp.readers import Reader, reader_named
from scrimp.readers.tame import LARGEST
from scrimp.tree.files import TreeFile
from scrimp.workers import Limits


class Failing:
    """A reader with a mistake in it."""

    name = "failing"
    VERSION = 1

    def read(self, source: Source) -> Facts:
        raise LookupError(source.path)


class Hanging:
    """A reader that never comes back, in code that no signal's handler can interrupt."""

    name = "hanging"
    VERSION = 1

    def read(self, source: Source) -> Facts:
        if re.match(r"(a+)+$", source.text):
            raise AssertionError
        return reader_named("plain").read(source)


class Failed:
    """A reader that fails as one may that runs out of something."""

    name = "failed"
    VERSION = 1

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def read(self, source: Source) -> Facts:
        raise self.error


def unread(path: str, text: str, reader: str = "python") -> Unread:
    return Unread(path, text.encode(), "", reader)


def read_all(files: list[Unread], jobs: int, reader: Reader | None = None) -> list[Outcome]:
    """What is read of some files, by a reader if one is given."""
    with pytest.MonkeyPatch.context() as patch:
        if reader is not None:
            patch.setattr(reading, "reader_named", lambda *_: reader)
        with reading.reading(jobs) as desk:
            for file in files:
                desk.take(file)
            outcomes = {file.path: outcome for file, outcome in desk.outcomes()}
    assert len(outcomes) == len(files)
    return [outcomes[file.path] for file in files]


def files() -> list[Unread]:
    sentence = "You are a helpful assistant. "
    texts = [f'PROMPT_{size} = "{sentence * (SMALLEST_SHARE // 50 + size)}"' for size in range(5)]
    return [unread(f"{number}.py", text, "python") for number, text in enumerate(texts)]


def test_any_number_of_processes_reads_the_same() -> None:
    waiting = files()

    alone = read_all(waiting, 1)

    assert read_all(waiting, 3) == alone
    assert all(outcome.facts and outcome.facts.sites for outcome in alone)


def test_processes_that_have_waited_read_the_same() -> None:
    given = files()
    listed = [TreeFile(file.path, len(file.raw), None) for file in given]

    with reading.waiting(listed, 2):
        assert read_all(given, 2) == read_all(given, 1)
    with reading.waiting(listed, 2), reading.reading(2) as desk:
        assert not list(desk.outcomes())


def test_a_reader_that_fails_says_why_in_any_process() -> None:
    waiting = [unread(f"{number}.x", "a" * SMALLEST_SHARE, "python") for number in range(2)]

    for jobs in (1, 2):
        assert read_all(waiting, jobs, Failing()) == [
            Outcome(None, "crash", "the failing reader failed: LookupError: 0.x"),
            Outcome(None, "crash", "the failing reader failed: LookupError: 1.x"),
        ]


def test_a_reader_that_hangs_costs_its_file_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMITS", Limits(seconds=0.1, memory=2**28))
    wild = unread("a.txt", "a" * LARGEST + "b")
    tame = unread("b.txt", "one two three")

    late, read = read_all([wild, tame], 1, Hanging())

    assert (late.facts, late.code, late.reason) == (
        None,
        "timeout",
        "reading it took more than 0.1 s; exclude it, or split it",
    )
    assert read.facts is not None


@pytest.mark.parametrize(("error", "code"), [(RecursionError(), "depth"), (MemoryError(), "memory")])
def test_what_a_reader_ran_out_of_is_told(error: BaseException, code: str) -> None:
    (outcome,) = read_all([unread("a.txt", "x")], 1, Failed(error))

    assert (outcome.facts, outcome.code) == (None, code)


def test_half_of_a_surrogate_pair_is_read_by_any_process() -> None:
    text = '{"system_prompt": "You are a judge \\ud800 of words", "a": "' + "a" * SMALLEST_SHARE + '"}'
    waiting = [unread("a.json", text, "json"), *files()]

    assert read_all(waiting, 2) == read_all(waiting, 1)
    assert read_all(waiting, 2)[0].facts is not None
