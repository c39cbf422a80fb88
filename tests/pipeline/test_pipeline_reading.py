"""Files are read in as many processes as they are worth, and what is read is the same for any number."""

from __future__ import annotations

from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.pipeline.reading import SMALLEST_SHARE, Outcome, Unread, read_all
from scrimp.readers import Reader, reader_named


class Failing:
    """A reader with a mistake in it."""

    name = "failing"
    VERSION = 1

    def read(self, source: Source) -> Facts:
        raise LookupError(source.path)


def unread(path: str, text: str, reader: Reader) -> Unread:
    return Unread(text.encode(), Source(path, text, ""), reader)


def files() -> list[Unread]:
    sentence = "You are a helpful assistant. "
    texts = [f'PROMPT_{size} = "{sentence * (SMALLEST_SHARE // 50 + size)}"' for size in range(5)]
    return [unread(f"{number}.py", text, reader_named("python")) for number, text in enumerate(texts)]


def test_any_number_of_processes_reads_the_same() -> None:
    waiting = files()

    alone = read_all(waiting, 1)

    assert read_all(waiting, 3) == alone
    assert all(outcome.facts and outcome.facts.sites for outcome in alone)


def test_a_reader_that_fails_says_why_in_any_process() -> None:
    waiting = [unread(f"{number}.x", "a" * SMALLEST_SHARE, Failing()) for number in range(2)]

    for jobs in (1, 2):
        assert read_all(waiting, jobs) == [
            Outcome(None, "LookupError: 0.x"),
            Outcome(None, "LookupError: 1.x"),
        ]
