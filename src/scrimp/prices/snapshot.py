"""The packaged price list: one dated JSON file that ``scripts/refresh_prices.py`` makes of published tables.

The file holds one line a model, so that a refresh reads as a list of changes. A key is ``provider/name`` or
``provider/zone/name`` in the catalogue's words (see ``scrimp.catalog.names``). Money is in USD per million
tokens.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from scrimp.catalog.names import ModelName
from scrimp.model.errors import UserError

PACKAGED = Path(__file__).parent / "data" / "prices.json"
"""Where the price list of this release lies."""

SCHEMA = "scrimp-prices/1"
"""The first word of every price list that this release can read."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A price list as read: ``rows`` by key, their members named by ``fields``; ``sources`` are its origins.

    ``sha256`` is the hash of the whole file, in hexadecimal.
    """

    date: date
    sha256: str
    fields: tuple[str, ...]
    rows: Mapping[str, list[Any]]
    sources: tuple[str, ...]
    disagreements: tuple[tuple[str, ...], ...]

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
        document = json.loads(content)
        if document["schema"] != SCHEMA:
            raise UserError(
                f"{path}: this price list is {document['schema']!r}, not {SCHEMA!r}", "refresh it"
            )
        return Snapshot(
            date=date.fromisoformat(document["date"]),
            sha256=hashlib.sha256(content).hexdigest(),
            fields=tuple(document["fields"]),
            rows=document["models"],
            sources=tuple(f"{source['package']} {source['version']}" for source in document["sources"]),
            disagreements=tuple(map(tuple, document["disagreements"])),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"{path}: the price list can't be read: {error}", "refresh it, or install scrimp again"
        ) from error
