"""Rows of any number to the sums of a ledger: each row once, in bounded memory.

Rows go through a database of SQLite in a temporary file, keyed by a hash of their identity. That is what makes their
order and their number irrelevant: a row that comes again is the same row, of two that differ under one identity the
fuller one counts (an export while a bucket was still filling), and what is a part of another call is left out.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from scrimp.model.errors import UserError
from scrimp.usage.ledger import TOKENS, Cell, Key, Sums
from scrimp.usage.rows import Row

DIGEST = 16
"""Bytes of an identity's hash: with 10^9 rows two are alike with a chance of 10^-21."""
SCALE = Decimal(10) ** 10
"""Amounts are added up as whole numbers of 10^-10 USD, a thousandth of the price of the cheapest token."""
BATCH = 2_000  # rows that go to the database together
CACHE = 4 * 1024  # KiB of the database that are held
MOST_KEYS = 100_000
"""Combinations of model, project, names and tags: more than that are labels of single calls, and would break the
promise of bounded memory."""
SECONDS_A_DAY = 86_400

_TABLE = """
CREATE TABLE rows (identity, key, day, first, last, calls, input, cached, written, output, reasoning, usd, parent)
"""
_ADD = "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FULLEST_FIRST = """
SELECT * FROM rows ORDER BY identity, ifnull(calls, -1) DESC, input DESC, output DESC, ifnull(usd, -1) DESC,
  cached DESC, written DESC, reasoning DESC, first DESC, key
"""
"""Rows of one identity stand together. They are sorted outside of memory and written in the order in which they come:
an index that is kept while they come, at random places, takes ten times as long for a million rows."""
_IDENTITIES = "CREATE TABLE identities (identity PRIMARY KEY) WITHOUT ROWID"
_FILL_IDENTITIES = "INSERT INTO identities SELECT DISTINCT identity FROM rows ORDER BY identity"


def _opened() -> sqlite3.Connection:
    """A database in a temporary file without a name, which goes with its connection."""
    database = sqlite3.connect("", isolation_level=None)
    database.execute(f"PRAGMA cache_size = -{CACHE}")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")  # never ended: a row by itself would be a transaction, with a write of its own
    database.execute(_TABLE)
    return database


class Collector(Struct):
    """Takes up the rows of one stream; ``repeated`` and ``parts`` count those that don't count."""

    stream: str
    repeated: int = 0
    parts: int = 0
    _keys: dict[tuple[str, str, str, str, str, str, tuple[str, ...]], int] = field(default_factory=dict)
    _waiting: list[tuple[object, ...]] = field(default_factory=list)
    _has_parents: bool = False
    _database: sqlite3.Connection = field(default_factory=_opened)

    def add(self, row: Row) -> None:
        """Take up one row."""
        self._waiting.append(self._values(row))
        if len(self._waiting) >= BATCH:
            self._flush()

    def cells(self) -> Iterator[Cell]:
        """The sums of all rows; the collector is empty after it."""
        self._flush()
        sums: dict[tuple[int, int, bool], list[Any]] = {}
        for row in self._counted():
            _identity, key, day, first, last, calls, *numbers, _parent = row
            is_bill = calls is None and not numbers[0] and not numbers[3]
            known = sums.get((key, day, is_bill))
            if known is None:
                sums[key, day, is_bill] = [first, last, calls, *numbers]
            else:
                _add(known, first, last, (calls, *numbers))
        self._database.close()
        keys = list(self._keys)
        for (key, day, _), (first, last, calls, *tokens, usd) in sums.items():
            named = dict(zip(TOKENS, tokens, strict=True))
            amount = None if usd is None else Decimal(usd) / SCALE
            yield Cell(Key(_day(day), self.stream, *keys[key]), first, last, Sums(calls, **named, usd=amount))

    def _counted(self) -> Iterator[tuple[Any, ...]]:
        """Rows that count: of each identity the fullest, and none that is a part of another."""
        if self._has_parents:
            self._database.execute(_IDENTITIES)
            self._database.execute(_FILL_IDENTITIES)
        previous = None
        for row in self._database.execute(_FULLEST_FIRST):
            if row[0] == previous:
                self.repeated += 1
                continue
            previous = row[0]
            if row[-1] is not None and self._is_known(row[-1]):
                self.parts += 1
                continue
            yield row

    def _is_known(self, identity: bytes) -> bool:
        found = self._database.execute("SELECT 1 FROM identities WHERE identity = ?", (identity,))
        return found.fetchone() is not None

    def _values(self, row: Row) -> tuple[object, ...]:
        usd = None if row.usd is None else int((row.usd * SCALE).to_integral_value())
        self._has_parents = self._has_parents or bool(row.parent)
        return (
            _hash(row.identity),
            self._key(row),
            int(row.start // SECONDS_A_DAY),
            int(row.start),
            max(int(row.start) + 1, int(row.end)),
            row.calls,
            row.input,
            row.cached,
            row.written,
            row.output,
            row.reasoning,
            usd,
            _hash(row.parent) if row.parent else None,
        )

    def _key(self, row: Row) -> int:
        key = (row.provider, row.model, row.project, row.prompt, row.path, row.function, row.tags)
        known = self._keys.setdefault(key, len(self._keys))
        if known >= MOST_KEYS:
            raise UserError(
                f"{self.stream}: more than {MOST_KEYS} combinations of models, projects, names and tags",
                "tags that differ from call to call tell no prompts: leave them out with --no-tags",
            )
        return known

    def _flush(self) -> None:
        self._database.executemany(_ADD, self._waiting)
        self._waiting.clear()


def _add(known: list[Any], first: int, last: int, numbers: tuple[int | None, ...]) -> None:
    """Add a row to sums, whose first two are moments; nothing and nothing stay nothing."""
    known[0] = min(known[0], first)
    known[1] = max(known[1], last)
    for index, number in enumerate(numbers, 2):
        if number is not None:
            known[index] = number if known[index] is None else known[index] + number


def _hash(identity: str) -> bytes:
    return hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def _day(number: int) -> date:
    return datetime.fromtimestamp(number * SECONDS_A_DAY, UTC).date()
