"""Sources to facts, spread over processes where there is enough to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.readers import Reader
from scrimp.workers import Codec, spread

SMALLEST_SHARE = 200_000
"""Characters that are worth a process: reading them takes some 0.1 s, a fork and its results a tenth of that."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is about to be read: its bytes, their text, and who reads it.

    ``wanted`` tells whether its own bytes are the reason, rather than that another file names it.
    """

    raw: bytes
    source: Source
    reader: Reader
    wanted: bool = True


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """The facts of a file, or why there are none."""

    facts: Facts | None
    failure: str = ""


_DIED = Outcome(None, "it ended the process")
_DECODER = msgspec.msgpack.Decoder(Outcome)
_CODEC = Codec[Outcome](msgspec.msgpack.Encoder().encode, _DECODER.decode)


def read_all(
    files: Sequence[Unread], jobs: int, meanwhile: Callable[[], object] = lambda: None
) -> list[Outcome]:
    """The outcome for each file, in order, made in up to ``jobs`` processes; the same for any number of them.

    Where other processes read, this one does ``meanwhile`` before it reads as well.
    """
    sizes = [len(each.source.text) for each in files]
    processes = min(jobs, 1 + sum(sizes) // SMALLEST_SHARE)
    return [outcome or _DIED for outcome in spread(files, _read, sizes, processes, _CODEC, meanwhile)]


def _read(file: Unread) -> Outcome:
    try:
        return Outcome(file.reader.read(file.source))
    except Exception as error:  # noqa: BLE001  one file's reader may not stop the run; it makes it incomplete
        return Outcome(None, f"{type(error).__name__}: {error}")
