"""Reads exports: finds their importers, and adds their rows up.

Rows of logs that are read together are compared by their identity, whatever file they stand in. Sums in buckets are
added up by file, as another file may hold sums of the same calls.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field, structs

from scrimp.model.errors import UserError
from scrimp.usage.book import Period
from scrimp.usage.collect import Collector
from scrimp.usage.exports import Shape, is_open, sample
from scrimp.usage.importers import BY_NAME, recognise
from scrimp.usage.importers.importer import Importer
from scrimp.usage.join import Rule
from scrimp.usage.ledger import Cell
from scrimp.usage.rows import CurrencyError, PassedOver, RowError
from scrimp.usage.streams import Found, records

MOST_FAULTS = 20  # that are told one by one


class Reading(Struct):
    """What became of the records of some exports."""

    rows: Counter[str] = field(default_factory=Counter)
    """Rows by export."""
    titles: dict[str, str] = field(default_factory=dict)
    """What each export is."""
    passed: Counter[str] = field(default_factory=Counter)
    """Records that are no calls, by the reason."""
    faults: list[str] = field(default_factory=list)
    """Records that can't be understood, each with its place: the first of them."""
    faulty: int = 0
    repeated: int = 0
    """Rows that stood there more than once."""
    parts: int = 0
    """Rows that are parts of other rows."""

    def fault(self, place: str, reason: str) -> None:
        """Note a record that can't be understood."""
        self.faulty += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(f"{place}: {reason}")


class Choices(Struct, frozen=True):
    """What the user said of an import."""

    source: str | None = None
    system: str | None = None
    period: Period | None = None
    rules: tuple[Rule, ...] = ()
    tags: bool = True


class Batch(Struct, frozen=True):
    """Cells that were added up together."""

    importer: Importer
    cells: tuple[Cell, ...]


def batches(exports: Sequence[Path], choices: Choices, reading: Reading) -> Iterator[Batch]:
    """The cells of exports, in an order that doesn't depend on that of the files.

    Raises ``UserError`` for a file that can't be read, that no importer knows, or that is in another currency.
    """
    chosen = [(path, *_importer(path, choices.source)) for path in exports]
    logs: dict[str, Collector] = {}
    buckets: list[Batch] = []
    pages: list[_Pages] = []
    for path, importer, shape in chosen:
        stream = importer.name + (f":{choices.system}" if choices.system else "")
        reading.titles[str(path)] = importer.title
        if importer.in_buckets:
            collector = Collector(stream)
            _read(path, records(path, shape, importer.layout), importer, choices, reading, collector)
            batch = Batch(importer, _collected(collector, reading))
            buckets.append(batch)
            more = importer.layout.more
            pages.append(_Pages(path, stream, batch.cells, bool(more) and is_open(path, more)))
        else:
            collector = logs.setdefault(stream, Collector(stream))
            _read(path, records(path, shape, importer.layout), importer, choices, reading, collector)
    for each in pages:
        if each.is_open and not any(map(each.is_continued_by, pages)):
            reading.fault(str(each.path), "its last page tells that there are more: export these, too")
    yield from sorted(
        buckets, key=lambda batch: [(each.key, each.first, each.sums.tells) for each in batch.cells]
    )
    for stream in sorted(logs):
        yield Batch(BY_NAME[stream.partition(":")[0]], _collected(logs[stream], reading))


class _Pages(Struct, frozen=True):
    """Pages of an export, of which the last may tell that more follow: those of other files may be these."""

    path: Path
    stream: str
    cells: tuple[Cell, ...]
    is_open: bool

    def is_continued_by(self, other: _Pages) -> bool:
        """Whether another file goes on where these end: pages are in the order of time."""
        end = max((cell.last for cell in self.cells), default=0)
        return other.stream == self.stream and any(cell.first <= end < cell.last for cell in other.cells)


def _read(
    path: Path,
    found: Iterator[Found],
    importer: Importer,
    choices: Choices,
    reading: Reading,
    collector: Collector,
) -> None:
    """Take up the rows of one export."""
    number = 0
    for each in found:
        if each.record is None:
            reading.fault(each.place, each.fault)
            continue
        try:
            for row in importer.rows(each.record):
                if isinstance(row, PassedOver):
                    reading.passed[row.reason] += 1
                else:
                    number += 1
                    collector.add(row if choices.tags else structs.replace(row, tags=()))
        except CurrencyError as error:
            raise UserError(
                f"{each.place}: {error}", "amounts are never converted: rates change daily"
            ) from None
        except (RowError, TypeError, AttributeError) as error:
            reading.fault(each.place, str(error))
    reading.rows[str(path)] = number


def _collected(collector: Collector, reading: Reading) -> tuple[Cell, ...]:
    cells = tuple(sorted(collector.cells(), key=lambda cell: (cell.key, cell.sums.is_bill)))
    reading.repeated += collector.repeated
    reading.parts += collector.parts
    return cells


def _importer(path: Path, source: str | None) -> tuple[Importer, Shape]:
    """The importer of an export: the one that is named, or the one that knows it."""
    known = sample(path)
    importer = BY_NAME[source] if source else recognise(known)
    if importer is None:
        names = ", ".join(sorted(BY_NAME))
        raise UserError(f"{path}: no importer knows this export", f"name its source with --source: {names}")
    return importer, known.shape
