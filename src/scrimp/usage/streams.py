"""Exports as streams of records, whatever their size: CSV and JSON lines by the line, JSON documents by the element.

Documents are parsed with ijson, whose parser in C hands out one element of an array at a time; nothing that grows with
the file is held. What is compressed with gzip is read through it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from scrimp.model.errors import UserError
from scrimp.usage.exports import HEAD, LONGEST_LINE, Shape, opened

Record = Mapping[str, Any]

LONGEST_CELL = 64 * 1024 * 1024
"""Characters of one cell of CSV: exports of traces hold whole conversations in one."""


class Found(Struct, frozen=True):
    """A record with its place in the file; ``fault`` says why there is none."""

    place: str
    record: Record | None
    fault: str = ""


class Layout(Struct, frozen=True):
    """Where the records of a document stand: the path of the arrays to them, each step a key.

    What stands under ``context`` beside the path holds for all records below, and is handed out with each of them
    under the same key: the resource of spans. ``more`` is the key by which a page tells that others follow.
    """

    steps: tuple[str, ...]
    context: str = ""
    more: str = ""


def records(path: Path, shape: Shape, layout: Layout) -> Iterator[Found]:
    """All records of an export, in the order of the file."""
    if shape == "parquet":
        yield from _parquet(path)
        return
    with opened(path) as stream:
        match shape:
            case "csv":
                yield from _table(path, stream)
            case "lines":
                yield from _lines(path, stream, layout)
            case "document":
                yield from _document(path, stream, layout)


def _table(path: Path, stream: BinaryIO) -> Iterator[Found]:
    csv.field_size_limit(LONGEST_CELL)
    with io.TextIOWrapper(stream, "utf-8-sig", newline="") as decoded:
        lines = _Seen(decoded)
        yield from _cells(path, csv.DictReader(lines, strict=True), lines)


class _Seen:
    """The lines of a table, of which the last one read is known."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.last = next(self._lines)
        return self.last


def _cells(path: Path, reader: csv.DictReader[str], lines: _Seen) -> Iterator[Found]:
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError, OSError, EOFError) as error:
            # Where a quote isn't closed, no later line can be told from a value.
            yield Found(f"{path}:{reader.line_num}", None, f"not CSV from here on: {error}")
            return
        place = f"{path}:{reader.line_num}"
        if None in record or None in record.values():
            yield Found(place, None, "has another number of columns than the header")
        elif lines.last.endswith(","):  # and with no line end
            yield Found(place, None, "the file ends before the row's last column")
        else:
            yield Found(place, record)


def _lines(path: Path, stream: BinaryIO, layout: Layout) -> Iterator[Found]:
    number = 0
    while True:
        try:
            line = stream.readline(LONGEST_LINE)
        except (OSError, EOFError) as error:
            yield Found(f"{path}:{number + 1}", None, f"can't be unpacked: {error}")
            return
        if not line:
            return
        number += 1
        if line.strip():
            yield from _line(f"{path}:{number}", line.removeprefix(codecs.BOM_UTF8), layout)


def _line(place: str, line: bytes, layout: Layout) -> Iterator[Found]:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Found(place, None, f"not JSON: {error}")
        return
    if not isinstance(value, dict):
        yield Found(place, None, "is no object")
        return
    for record in _within(value, layout):
        yield Found(place, record)


def _within(value: dict[str, Any], layout: Layout) -> Iterator[Record]:
    """The records of a decoded document, or the document itself where it is one."""
    if not layout.steps or layout.steps[0] not in value:
        yield value
        return
    yield from _walk(value, layout.steps, layout.context, None)


def _walk(value: dict[str, Any], steps: Sequence[str], context: str, held: object) -> Iterator[Record]:
    held = value.get(context, held) if context else None
    members = value.get(steps[0])
    for member in members if isinstance(members, list) else ():
        if not isinstance(member, dict):
            continue
        if len(steps) > 1:
            yield from _walk(member, steps[1:], context, held)
        else:
            yield {**member, context: held} if context else member


def _document(path: Path, stream: BinaryIO, layout: Layout) -> Iterator[Found]:
    """Records of one document, counted from 1 in its place, as a parser of streams tells no lines."""
    import ijson  # noqa: PLC0415  only documents need it

    number = 0
    try:
        for record in _streamed(stream, layout):
            number += 1
            place = f"{path}: record {number}"
            yield Found(place, record) if isinstance(record, dict) else Found(place, None, "is no object")
    except (ijson.JSONError, UnicodeDecodeError, OSError, EOFError) as error:
        reason = " ".join(str(error).split())
        yield Found(f"{path}: after record {number}", None, f"not JSON from here on: {reason}")


def _streamed(stream: BinaryIO, layout: Layout) -> Iterator[Any]:
    import ijson  # noqa: PLC0415

    steps = _Prefixed(stream)
    if steps.begins_with_array:
        for member in ijson.items(steps, "item"):
            yield from _within(member, layout) if isinstance(member, dict) else (member,)
    elif not layout.steps:
        yield from ijson.items(steps, "")
    elif not layout.context:
        yield from ijson.items(steps, ".".join(f"{step}.item" for step in layout.steps))
    else:
        yield from _with_context(steps, layout)


def _with_context(stream: _Prefixed, layout: Layout) -> Iterator[Any]:
    """Records with what stands before them on the way, from the parser's single events."""
    import ijson  # noqa: PLC0415

    element = ".".join(f"{step}.item" for step in layout.steps)
    ways = {
        ".".join((*element.split(".")[: 2 * depth], layout.context)) for depth in range(len(layout.steps))
    }
    builder, building, held = None, "", None
    for prefix, event, value in ijson.parse(stream):
        if (
            builder is None
            and event in {"start_map", "start_array"}
            and (prefix == element or prefix in ways)
        ):
            builder, building = ijson.ObjectBuilder(), prefix
        if builder is None:
            continue
        builder.event(event, value)
        if prefix == building and event in {"end_map", "end_array"}:
            made, builder = builder.value, None
            if building == element:
                yield {**made, layout.context: held} if isinstance(made, dict) else made
            else:
                held = made


class _Prefixed:
    """A stream whose first bytes have been looked at, as the parser reads it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._begin = stream.read(HEAD).removeprefix(codecs.BOM_UTF8)
        self.begins_with_array = self._begin.lstrip().startswith(b"[")

    def read(self, size: int) -> bytes:
        if self._begin and size:
            begin, self._begin = self._begin, b""
            return begin
        return self._stream.read(size)


def _parquet(path: Path) -> Iterator[Found]:
    try:
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise UserError(f"{path}: Parquet can't be read here", "pip install 'scrimp[parquet]'") from None
    try:
        file = pyarrow.parquet.ParquetFile(path)
        number = 0
        for batch in file.iter_batches(batch_size=4096):
            for record in batch.to_pylist():
                number += 1
                yield Found(f"{path}: row {number}", record)
    except (pyarrow.ArrowException, OSError) as error:
        yield Found(f"{path}", None, f"not Parquet from here on: {error}")
