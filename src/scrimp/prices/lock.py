"""A project's lock: the prices of the models that it uses, kept beside its code so that a gate judges alike tomorrow.

The lock is a price list like any other (see ``snapshot``) with a hash of what it says, so that an edit or a merge that
went wrong is seen. A model is kept under the name that the project uses, in full.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct, field

from scrimp.model.errors import UserError
from scrimp.prices.book import SERVICES, asked, found_in
from scrimp.prices.rows import FIELDS, Row, listed, shortened
from scrimp.prices.snapshot import SCHEMA, PriceSource, Snapshot, read

FILE = "scrimp-prices.lock.json"
"""Where the lock lies, at the root of a project."""

HIGHEST = Decimal(100_000)
"""USD per million tokens above which no price is believed: the dearest model of the list of 2026-11-10 costs 600."""

HASH = "content_sha256"
NO_ROW = "this is no row of a price list"
_AGAIN = "write it anew with: scrimp prices --lock"


class Entry(Struct, frozen=True):
    """A model's row with its source."""

    row: Mapping[str, Any]
    source: PriceSource


class Lock(Struct, frozen=True):
    """What a lock is to say: entries by the names under which they are kept; ``unpriced`` are those without any."""

    entries: Mapping[str, Entry]
    unpriced: tuple[str, ...] = ()
    made: date = field(default_factory=date.today)

    @property
    def document(self) -> dict[str, Any]:
        """The list, in the order of names: the same entries make the same text."""
        names = sorted(self.entries)
        sources = sorted(
            {self.entries[name].source for name in names}, key=lambda each: (each.name, each.date)
        )
        models = {
            name: shortened(listed(dict(self.entries[name].row), sources.index(self.entries[name].source)))
            for name in names
        }
        # The list is as old as its oldest price.
        oldest = min((source.date for source in sources), default=self.made)
        content = {
            "date": oldest.isoformat(),
            "sources": [source.document for source in sources],
            "fields": list(FIELDS),
            "models": models,
        }
        return {"schema": SCHEMA, HASH: _hash(content), **content, "disagreements": []}


def resolve(names: Iterable[str], lists: Iterable[Snapshot], made: date) -> Lock:
    """The lock of some models: of each the newest row of some lists, the first of those where several are."""
    lists = tuple(lists)
    entries: dict[str, Entry] = {}
    unpriced = []
    for name in sorted(set(names)):
        rows = [(each, each.row(key)) for each in lists if (key := found_in(each, name))]
        found = [Entry(row, each.sources[row["source"]]) for each, row in rows if row]
        if found:
            entries[asked(name)] = max(found, key=lambda entry: entry.source.date)
        else:
            unpriced.append(name)
    return Lock(entries, tuple(unpriced), made)


def read_lock(content: bytes, name: str = FILE) -> Snapshot:
    """A lock of its bytes. Raises a located ``UserError`` for what isn't a lock as it was written."""
    try:
        found = read(content, name)
    except UserError as error:
        raise UserError(error.message, _AGAIN) from error
    check(found, content.decode("utf-8", "replace"), name)
    document = json.loads(content)
    said = {key: document[key] for key in ("date", "sources", "fields", "models")}
    if document.get(HASH) != _hash(said):
        raise UserError(f"{name}:1:1: the prices are not those that were locked ({HASH} differs)", _AGAIN)
    return found


def check(found: Snapshot, text: str, name: str) -> None:
    """Raise a located ``UserError`` for the first row of a list that isn't one or holds an absurd price."""
    if not isinstance(found.rows, dict) or not all(isinstance(each, str) for each in found.fields):
        raise UserError(f"{name}:1:1: this is no price list: it has no models by name", "take another one")
    for key in found.rows:
        try:
            problem = next(problems(found, key), None)
        except (TypeError, ValueError, AttributeError, IndexError, KeyError):
            problem = NO_ROW
        if problem:
            line = text[: max(text.find(f'"{key}":'), 0)].count("\n") + 1
            raise UserError(f"{name}:{line}:1: {key}: {problem}", "correct the list, or take another one")


def problems(found: Snapshot, key: str) -> Iterator[str]:
    """What is wrong with a row, in words."""
    row = found.row(key) if isinstance(found.rows[key], list) else None
    if row is None:
        yield NO_ROW
        return
    if not isinstance(row.get("source"), int) or not 0 <= row["source"] < len(found.sources):
        yield "its source isn't listed"
    for limit in ("context_window", "max_output", "cache_minimum"):
        if not isinstance(row.get(limit), int | None):
            yield f"{limit} is no number of tokens: {row[limit]!r}"
    for field_name, price in _prices(row):
        if price is None and field_name in ("input", "output"):
            yield f"the price of {field_name} is missing"
        elif price is not None:
            yield from _believable(field_name, price)


def _prices(row: Row) -> Iterator[tuple[str, object]]:
    """All prices of a row by what they are for."""
    for name in ("input", "output", "cached_input", "cache_write", "cache_write_hour"):
        yield name, row.get(name)
    for name in SERVICES:
        yield from ((f"{name} {place}", price) for place, price in enumerate(row.get(name) or (), 1))
    for tier in row.get("tiers") or ():
        yield from ((f"inputs above {int(tier[0])}", price) for price in tier[1:])


def _believable(name: str, price: object) -> Iterator[str]:
    try:
        number = Decimal(price) if isinstance(price, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        yield f"the price of {name} is no number: {price!r}"
    elif number < 0:
        yield f"the price of {name} is negative: {price}"
    elif number > HIGHEST:
        yield f"the price of {name} is absurd: {price} USD per million tokens"


def _hash(content: Mapping[str, Any]) -> str:
    """A hash of what a list says, however it is laid out."""
    text = json.dumps(
        content, sort_keys=True, separators=(",", ":"), default=lambda money: format(money, "f")
    )
    return hashlib.sha256(text.encode()).hexdigest()
