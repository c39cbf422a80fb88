"""Blobs of a repository: which of them this clone has, and the one process that hands out their bytes."""

from __future__ import annotations

import subprocess
import weakref
from collections.abc import Collection
from pathlib import Path
from typing import IO

from scrimp.tree.command import ask, decoded, run, start

PROMISOR = r"^(remote\..*\.promisor|extensions\.partialclone)$"
"""The settings that make a clone a partial one (git 2.19 and later)."""


def sizes(root: Path, objects: str, blobs: Collection[str]) -> dict[str, int]:
    """The sizes in bytes of some blobs; those that a partial clone lacks are left out.

    They are among ``objects``: a commit, or an option of ``git rev-list``.
    """
    here = sorted(set(blobs) - _absent(root, objects))
    answers = run(root, "cat-file", "--batch-check", given="".join(f"{blob}\n" for blob in here).encode())
    known = (line.split() for line in decoded(answers).splitlines())
    return {answer[0]: int(answer[2]) for answer in known if len(answer) == 3}


def _absent(root: Path, objects: str) -> frozenset[str]:
    """Blobs that have to be fetched first; to ask for any of them would end git, which may not fetch."""
    if ask(root, "config", "--get-regexp", PROMISOR) is None:
        return frozenset()
    listed = run(root, "rev-list", "--objects", "--no-object-names", "--missing=print", "--no-walk", objects)
    return frozenset(line[1:] for line in decoded(listed).splitlines() if line.startswith("?"))


class Blobs:
    """Blobs by their hash, through one ``git cat-file --batch``.

    The process starts with the first question and ends with ``close``, or with this object. Questions and
    answers alternate, so neither side can wait for the other's full pipe. Not for several threads at once.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._stop: weakref.finalize[[subprocess.Popen[bytes]], Blobs] | None = None

    def read(self, blob: str) -> bytes | None:
        """The bytes of a blob, or ``None`` if it is missing or damaged. Raises ``UserError`` without git."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            answer = _answer(process.stdout)
        except (BrokenPipeError, EOFError):
            # Git ends at an object that is damaged, and older ones at one that a partial clone lacks.
            self.close()
            return None
        return answer

    def close(self) -> None:
        """End the process; the next question starts another."""
        if self._stop is not None:
            self._stop()
        self._process = self._stop = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = start(self._root, "cat-file", "--batch")
            self._stop = weakref.finalize(self, _end, self._process)
        return self._process


def _answer(output: IO[bytes]) -> bytes | None:
    """One answer: ``<hash> <type> <size>``, the bytes and a line feed; or a line ending with ``missing``."""
    header = output.readline()
    if not header:
        raise EOFError
    if header.endswith(b" missing\n"):
        return None
    size = int(header.rsplit(b" ", 1)[1])
    raw = output.read(size + 1)
    if len(raw) <= size:
        raise EOFError
    return raw[:size]


def _end(process: subprocess.Popen[bytes]) -> None:
    # It only reads, so nothing is lost, and a forked child that still holds the pipe can't keep it waiting.
    process.kill()
    process.communicate()
