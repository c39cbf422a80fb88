"""Rows of any number to the sums of a ledger: each row once, in bounded memory.

Rows go through a database of SQLite in a temporary file, keyed by a hash of their identity. That is what makes their
order and their number irrelevant: a row that comes again is the same row, of two that differ under one identity the
fuller one counts (an export while a bucket was still filling), and what is a part of another call is left out.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from scrimp.model.errors import UserError
from scrimp.usage.ledger import Cell, Key, Sums
from scrimp.usage.rows import Row

DIGEST = 16
"""Bytes of an identity's hash: with 10^9 rows two are alike with a chance of 10^-21."""
SCALE = Decimal(10) ** 10
"""Amounts are added up as whole numbers of 10^-10 USD, a thousandth of the price of the cheapest token."""
BATCH = 2_000  # rows that go to the database together
CACHE = 32 * 1024  # KiB of the database that are held
MOST_KEYS = 100_000
"""Combinations of model, project, names and tags: more than that are labels of single calls, and would break the
promise of bounded memory."""
SECONDS_A_DAY = 86_400

_TABLE = """
CREATE TABLE rows (
  identity BLOB PRIMARY KEY, parent BLOB, key INTEGER, day INTEGER, first INTEGER, last INTEGER,
  calls INTEGER, input INTEGER, cached INTEGER, written INTEGER, output INTEGER, reasoning INTEGER, usd INTEGER
) WITHOUT ROWID
"""
_ADD = """
INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (identity) DO UPDATE SET
  parent = excluded.parent, key = excluded.key, day = excluded.day, first = excluded.first, last = excluded.last,
  calls = excluded.calls, input = excluded.input, cached = excluded.cached, written = excluded.written,
  output = excluded.output, reasoning = excluded.reasoning, usd = excluded.usd
WHERE (ifnull(excluded.calls, -1), excluded.input, excluded.output, ifnull(excluded.usd, -1), excluded.cached,
       excluded.written, excluded.reasoning, excluded.first)
    > (ifnull(calls, -1), input, output, ifnull(usd, -1), cached, written, reasoning, first)
"""
_SUMS = """
SELECT key, day, min(first), max(last), sum(calls), sum(input), sum(cached), sum(written), sum(output),
  sum(reasoning), sum(usd)
FROM rows GROUP BY key, day, calls IS NULL AND input = 0 AND output = 0
"""
_LEAVE_OUT_PARTS = """
DELETE FROM rows WHERE identity IN (SELECT identity FROM rows WHERE parent IN (SELECT identity FROM rows))
"""


def _opened() -> sqlite3.Connection:
    """A database in a temporary file without a name, which goes with its connection."""
    database = sqlite3.connect("", isolation_level=None)
    database.execute(f"PRAGMA cache_size = -{CACHE}")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute(_TABLE)
    return database


@dataclass(slots=True)
class Collector:
    """Takes up the rows of one stream; ``repeated`` and ``parts`` count those that don't count."""

    stream: str
    repeated: int = 0
    parts: int = 0
    _keys: dict[tuple[str, str, str, str, str, str, tuple[str, ...]], int] = field(default_factory=dict)
    _waiting: list[tuple[object, ...]] = field(default_factory=list)
    _added: int = 0
    _database: sqlite3.Connection = field(default_factory=_opened)

    def add(self, row: Row) -> None:
        """Take up one row."""
        self._waiting.append(self._values(row))
        if len(self._waiting) >= BATCH:
            self._flush()

    def cells(self) -> Iterator[Cell]:
        """The sums of all rows; the collector is empty after it."""
        self._flush()
        held = self._count()
        self.repeated = self._added - held
        self._database.execute(_LEAVE_OUT_PARTS)
        self.parts = held - self._count()
        keys = list(self._keys)
        for key, day, first, last, calls, *tokens, usd in self._database.execute(_SUMS):
            amount = None if usd is None else Decimal(usd) / SCALE
            sums = Sums(calls, *tokens, amount)  # type: ignore[call-arg]  # five of them, as selected
            yield Cell(Key(_day(day), self.stream, *keys[key]), first, last, sums)
        self._database.close()

    def _values(self, row: Row) -> tuple[object, ...]:
        usd = None if row.usd is None else int((row.usd * SCALE).to_integral_value())
        return (
            _hash(row.identity),
            _hash(row.parent) if row.parent else None,
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
        self._added += len(self._waiting)
        self._database.executemany(_ADD, self._waiting)
        self._waiting.clear()

    def _count(self) -> int:
        (number,) = self._database.execute("SELECT count(*) FROM rows").fetchone()
        return int(number)


def _hash(identity: str) -> bytes:
    return hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def _day(number: int) -> date:
    return datetime.fromtimestamp(number * SECONDS_A_DAY, UTC).date()
