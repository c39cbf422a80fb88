"""A price list: one dated JSON file, be it the packaged one or a project's lock.

``scripts/refresh_prices.py`` makes the packaged one of published tables. The file holds one line a model, so that a
change reads as a list of changed prices. A key is ``provider/name`` or ``provider/zone/name`` in the catalogue's words
(see ``scrimp.catalog.names``). Money is in USD per million tokens, as text so that nobody reads it as a float.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from scrimp.catalog.names import ModelName
from scrimp.model.errors import UserError
from scrimp.model.written import exact

PACKAGED = Path(__file__).parent / "data" / "prices.json"
"""Where the price list of this release lies."""

SCHEMA = "scrimp-prices/1"
"""The first word of every price list that this release can read."""

LISTS = ("models", "disagreements")
"""The members of a list that are written with a line for each of theirs."""


class PriceSource(Struct, frozen=True):
    """Where prices are from: a package and its version (or a file and its hash), and the day of it."""

    package: str
    version: str
    date: date
    licence: str = ""

    @property
    def name(self) -> str:
        """Package and version."""
        return f"{self.package} {self.version}".rstrip()

    @property
    def document(self) -> dict[str, str]:
        """As a list holds it."""
        return {
            "package": self.package,
            "version": self.version,
            "date": self.date.isoformat(),
            "licence": self.licence,
        }


class Snapshot(Struct, frozen=True):
    """A price list as read: ``rows`` by key, their members named by ``fields``; ``sources`` are its origins.

    ``sha256`` is the hash of the whole file, in hexadecimal. ``disagreements`` are ``key``, input and output of the
    first source, and of the second.
    """

    date: date
    sha256: str
    fields: tuple[str, ...]
    rows: Mapping[str, list[Any]]
    sources: tuple[PriceSource, ...]
    disagreements: tuple[tuple[str, ...], ...] = ()

    def row(self, key: str) -> dict[str, Any] | None:
        """The fields of one model by name, prices as text; ``None`` if the list doesn't have it."""
        row = self.rows.get(key)
        return None if row is None else dict(zip(self.fields, row, strict=False))


def key(name: ModelName) -> str:
    """Where a price list keeps a name."""
    return "/".join(filter(None, (name.provider, name.zone, name.bare)))


@lru_cache(maxsize=4)
def load(path: Path = PACKAGED) -> Snapshot:
    """Read a price list, once a process. Raises ``UserError`` if it can't be read or isn't one."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(str(path), error) from error
    if path != PACKAGED:
        return read(content, str(path))
    members = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    rows = _Rows(msgspec.json.decode(members.pop("models"), type=dict[str, msgspec.Raw]))
    document = {name: msgspec.json.decode(member) for name, member in members.items()}
    return _snapshot({**document, "models": rows}, content)


def read(content: bytes, name: str) -> Snapshot:
    """A price list of its bytes; ``name`` is for errors. Raises ``UserError`` if it isn't one."""
    try:
        document = json.loads(content)
        if document["schema"] != SCHEMA:
            raise UserError(
                f"{name}: this price list is {document['schema']!r}, not {SCHEMA!r}", "refresh it"
            )
        return _snapshot(document, content)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable(name, error) from error


def render(document: Mapping[str, Any]) -> str:
    """A price list as JSON, one line a model and a disagreement, trailing unknowns left out."""
    lines = [f"{json.dumps(name)}:{_compact(value)}" for name, value in document.items() if name not in LISTS]
    models = ",\n".join(
        f"{json.dumps(name)}:{_compact(_trimmed(row))}" for name, row in document["models"].items()
    )
    disagreements = ",\n".join(_compact(row) for row in document["disagreements"])
    lines += [f'"models":{{\n{models}\n}}', f'"disagreements":[\n{disagreements}\n]']
    return "{\n" + ",\n".join(lines) + "\n}\n"


class _Rows(Mapping[str, list[Any]]):
    """The rows of our own list, each read when it is asked for: of thousands a run needs a few."""

    def __init__(self, raw: Mapping[str, msgspec.Raw]) -> None:
        self._raw = raw

    def __getitem__(self, key: str) -> list[Any]:
        return msgspec.json.decode(self._raw[key], type=list[Any])

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


def _snapshot(document: Mapping[str, Any], content: bytes) -> Snapshot:
    return Snapshot(
        date=date.fromisoformat(document["date"]),
        sha256=hashlib.sha256(content).hexdigest(),
        fields=tuple(document["fields"]),
        rows=document["models"],
        sources=tuple(_source(each) for each in document["sources"]),
        disagreements=tuple(map(tuple, document["disagreements"])),
    )


def _source(row: Mapping[str, str]) -> PriceSource:
    return PriceSource(
        row["package"], row["version"], date.fromisoformat(row["date"]), row.get("licence", "")
    )


def _unreadable(name: str, error: Exception) -> UserError:
    return UserError(f"{name}: the price list can't be read: {error}", "refresh it, or install scrimp again")


def _trimmed(row: list[Any]) -> list[Any]:
    """A row without unknowns at its end."""
    last = max((index for index, value in enumerate(row) if value is not None), default=-1)
    return row[: last + 1]


def _compact(value: Any) -> str:
    """JSON without blanks, money as text so that nobody reads it as a float."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=exact)
