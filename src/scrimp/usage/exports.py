"""Exports as files: opened whether they are packed or not, and told by their beginning and their end."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, cast

from msgspec import Struct

from scrimp.model.errors import UserError

Shape = Literal["csv", "lines", "document", "parquet"]

HEAD = 64 * 1024
"""Bytes that tell what a file is."""
END = 4 * 1024
"""Bytes that hold what a page says behind its records."""
LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one line of JSON lines: a longer one would break the promise of bounded memory."""

GZIP, PARQUET = b"\x1f\x8b", b"PAR1"


class Sample(Struct, frozen=True):
    """The beginning of an export: its shape, its first bytes and, for a table, its columns."""

    shape: Shape
    head: bytes
    columns: frozenset[str]

    def mentions(self, *keys: str) -> bool:
        """Whether all of some keys stand in it, as columns of a table or as keys of JSON."""
        if self.columns:
            return self.columns.issuperset(keys)
        return all(re.search(rb'"%b"\s*:' % re.escape(key.encode()), self.head) for key in keys)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of an export, unpacked. Raises ``UserError`` if it can't be read."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}", "check the path of the export") from error
    with raw:
        packed = raw.read(2) == GZIP
        raw.seek(0)
        if not packed:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield cast("BinaryIO", unpacked)


def sample(path: Path) -> Sample:
    """What the beginning of a file tells. Raises ``UserError`` if it can't be read or holds nothing."""
    with opened(path) as stream:
        try:
            head = stream.read(HEAD)
        except (OSError, EOFError) as error:
            raise UserError(f"{path}: can't be unpacked: {error}", "export it again") from error
    if head.startswith(PARQUET):
        return Sample("parquet", head, frozenset())
    begin = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not begin:
        raise UserError(f"{path}: the file is empty", "export it again")
    if begin[:1] not in (b"{", b"["):
        header = begin.partition(b"\n")[0].decode("utf-8", "replace").strip()
        return Sample("csv", head, frozenset(next(csv.reader([header]), [])))
    line, newline, _ = begin.partition(b"\n")
    long = begin[:1] == b"{" and not newline and len(head) == HEAD
    one_a_line = _goes_on_behind_first_line(path) if long else _is_object(line)
    return Sample("lines" if one_a_line else "document", head, frozenset())


def _goes_on_behind_first_line(path: Path) -> bool:
    """Whether another object follows a first line that is longer than what is looked at of a file."""
    with opened(path) as stream:
        try:
            for _ in range(LONGEST_LINE // HEAD):
                chunk = stream.read(HEAD)
                _, newline, behind = chunk.partition(b"\n")
                if newline or not chunk:
                    return (behind or stream.read(HEAD)).lstrip()[:1] == b"{"
        except (OSError, EOFError):
            pass  # what is damaged is told where it is read
    return False


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def is_open(path: Path, key: str) -> bool:
    """Whether an export ends with a page that tells under a key that others follow."""
    with opened(path) as stream:
        try:
            stream.seek(max(0, stream.seek(0, io.SEEK_END) - END))
            end = stream.read()
        except (OSError, EOFError):
            return False  # what is damaged is told where it is read
    told = re.findall(rb'"%b"\s*:\s*(\w+)' % re.escape(key.encode()), end)
    return bool(told) and told[-1] == b"true"
