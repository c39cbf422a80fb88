"""A newer price list in place of the one in force: what it would change, and whether to believe it.

Taken are lists of ours and LiteLLM's table, which is published almost daily. A price that is suddenly ten times or a
tenth of what it was is more likely a mistake of the list than of the provider.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from scrimp.model.errors import UserError
from scrimp.prices.litellm import parsed, table_of
from scrimp.prices.lock import Entry, Lock, check
from scrimp.prices.rows import FIELDS, listed
from scrimp.prices.snapshot import SCHEMA, Snapshot, read, render

MOST = 10
"""The factor by which a price may change before somebody has to say that it is right."""

FIGURES = ("input", "output", "cached_input", "cache_write")


class Step(Struct, frozen=True):
    """A price that changes; ``None`` is unknown."""

    model: str
    figure: str
    before: Decimal | None
    after: Decimal | None

    @property
    def suspicious(self) -> bool:
        """Whether it is more than a provider does at once, or makes something free."""
        if not self.before or self.after is None:
            return False
        return not self.after or not Decimal(1) / MOST <= self.after / self.before <= MOST


def newer(content: bytes, name: str, today: date) -> Snapshot:
    """A list of its bytes; LiteLLM's table, which bears no date, is of ``today``.

    Raises a located ``UserError`` if it is no list, or has a row that isn't to be believed.
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"{name}: this is no JSON: {error}", "take a price list of scrimp or of LiteLLM"
        ) from error
    if not isinstance(document, dict):
        raise UserError(f"{name}: this is no price list", "take one of scrimp or of LiteLLM")
    if "schema" not in document:
        content = _converted(content, name, today)
    found = read(content, name)
    check(found, content.decode("utf-8", "replace"), name)
    if not found.rows:
        raise UserError(f"{name}: this price list is empty", "take one of scrimp or of LiteLLM")
    if found.date > today:
        raise UserError(f"{name}: this price list is of {found.date}, which is yet to come", "check its date")
    return found


def steps(before: Mapping[str, Entry], after: Lock) -> Iterator[Step]:
    """The prices that change, of models that both know."""
    for name in sorted(before.keys() & after.entries.keys()):
        one, other = before[name].row, after.entries[name].row
        for figure in FIGURES:
            old, new = _money(one.get(figure)), _money(other.get(figure))
            if old != new:
                yield Step(name, figure, old, new)


def _converted(content: bytes, name: str, today: date) -> bytes:
    """LiteLLM's table as a list of ours."""
    try:
        rows = {key: row for key, (_, row) in table_of(parsed(content)).items()}
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError) as error:
        raise UserError(
            f"{name}: this is neither a price list of scrimp nor LiteLLM's table: {error!r}",
            "check what the file or address holds",
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    source = {
        "package": "litellm",
        "version": f"sha256:{digest[:12]}",
        "date": today.isoformat(),
        "licence": "MIT",
    }
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "date": today.isoformat(),
        "sources": [source],
        "fields": list(FIELDS),
        "models": {key: listed(row, 0) for key, row in sorted(rows.items())},
        "disagreements": [],
    }
    return render(document).encode()


def _money(text: object) -> Decimal | None:
    return None if text is None else Decimal(str(text))
